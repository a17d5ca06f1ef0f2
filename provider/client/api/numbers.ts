import type * as z from "zod";
import type { Consistency } from "../cache/list-cache";
import type { BeforeLateWrite } from "../http/request-spec";
import { clearField, type Empty } from "./clear-field";
import { type ApiContext, Collection } from "./collection";
import type { Visit } from "./visit";
import { id, optionalId, optionalText, row } from "./wire";

/** What takes the calls to a number. */
export interface Application {
  readonly kind: "trunk" | "application";
  readonly id: string;
}

const fields = {
  number: ["number", id],
  alias: ["alias", optionalText],
  application: ["application", optionalId.transform((path) => (path === null ? null : applicationOf(path)))],
} as const;

const phoneNumber = row(fields);

/** A rented phone number and where its calls go. https://www.plivo.com/docs/numbers/api/account-phone-number */
export type PhoneNumber = z.infer<typeof phoneNumber>;

/** https://www.plivo.com/docs/numbers/api/account-phone-number */
export class Numbers extends Collection<PhoneNumber, "number"> {
  constructor(api: ApiContext) {
    super(api, {
      path: "Number",
      noun: "number",
      fields,
      row: phoneNumber,
      idKey: "number",
      canonicalId: (number) => number.replace(/\D/g, ""),
    });
  }

  /** @param number digits; a leading + is dropped */
  override get(number: string, consistency?: Consistency): Promise<PhoneNumber> {
    return super.get(digits(number), consistency);
  }

  /** As `get` returns each of these, or the error that it rejects with. Many are read from pages. */
  override getMany(numbers: readonly string[]): Promise<ReadonlyMap<string, PhoneNumber | Error>> {
    return super.getMany(numbers.map(digits));
  }

  /** Hands over each of these right after it was read, for a write that depends on it, or that is to be verified. */
  override visit(numbers: readonly string[], visit: Visit<PhoneNumber>): Promise<void> {
    return super.visit(numbers.map(digits), visit);
  }

  /** Those that are routed to a trunk, for a delete that depends on them: not older than a second. */
  usage(trunkId: string): Promise<PhoneNumber[]> {
    // No filter of the API finds the numbers of a trunk.
    return this.usedRows([{}], ({ application }) => application?.kind === "trunk" && application.id === trunkId);
  }

  /**
   * Routes the calls to an application, or to an *inbound* trunk (an outbound one is taken too, and stays silent).
   *
   * @param appId An empty value that `detach` has returned detaches another number too.
   * @param beforeLate As `beforeLateWrite` in `RequestContext`, for this request.
   */
  route(number: string, appId: string | Empty, beforeLate?: BeforeLateWrite): Promise<void> {
    return this.sendUpdate(digits(number), { app_id: appId }, beforeLate);
  }

  /**
   * Takes the number off its trunk. Where an application of the account takes over by default, that counts as done.
   *
   * @returns the empty value that does it
   */
  async detach(number: string): Promise<Empty> {
    const key = digits(number);
    const { by } = await clearField({
      send: (empty) => this.sendUpdate(key, { app_id: empty }),
      readBack: () => this.get(key),
      isCleared: ({ application }) => application?.kind !== "trunk",
      failed: ({ application }, tried) =>
        this.notApplied(key, `still routed to trunk ${application?.id} after app_id ${tried}`),
    });
    return by;
  }
}

function digits(number: string): string {
  return number.replace(/^\+/, "");
}

/** `.../Zentrunk/Trunk/<id>/`, `.../Application/<id>/` or a bare id. */
function applicationOf(path: string): Application {
  const parts = path.split("/").filter((part) => part !== "");
  const [collection, last] = [parts.at(-2)?.toLowerCase(), parts.at(-1) ?? path];
  return { kind: collection === "trunk" ? "trunk" : "application", id: last };
}
