import type * as z from "zod";
import { clearField } from "./clear-field";
import { type ApiContext, Collection, type RowFilter } from "./collection";
import { flag, given, id, optionalId, optionalText, row, text, textOrEmpty, wireBody } from "./wire";

const writable = {
  name: ["name", textOrEmpty],
  trunkStatus: ["trunk_status", text],
  trunkDirection: ["trunk_direction", text],
  secure: ["secure", flag],
  ipaclUuid: ["ipacl_uuid", optionalId],
  credentialUuid: ["credential_uuid", optionalId],
  primaryUriUuid: ["primary_uri_uuid", optionalId],
  fallbackUriUuid: ["fallback_uri_uuid", optionalId],
} as const;

const fields = {
  trunkId: ["trunk_id", id],
  /** `<trunk_id>.zt.plivo.com`; what a PBX dials. Only a read returns it, never a create. */
  trunkDomain: ["trunk_domain", optionalText],
  ...writable,
} as const;

const trunk = row(fields);

/** A SIP trunk as Plivo returns it. https://www.plivo.com/docs/sip-trunking/api/trunks */
export type Trunk = z.infer<typeof trunk>;

const REFERENCES = ["ipaclUuid", "credentialUuid", "primaryUriUuid", "fallbackUriUuid"] as const;

/** The fields of a trunk that point at other objects. */
export type ReferenceKey = (typeof REFERENCES)[number];

/** What a trunk can be found by. */
export type TrunkFilter = RowFilter<Pick<Trunk, ReferenceKey | "trunkDirection" | "trunkStatus" | "secure">>;

/** What a trunk is made of. References that are null or absent are left out of the request. */
export type TrunkFields = {
  readonly name: string;
  /** "inbound" | "outbound" */
  readonly trunkDirection: string;
  /** "enabled" | "disabled". @default "enabled" */
  readonly trunkStatus?: string | null | undefined;
  /** TLS and SRTP. @default false */
  readonly secure?: boolean | null | undefined;
} & { readonly [Key in ReferenceKey]?: string | null | undefined };

/** Fields to change; what is left out stays. */
export type TrunkChanges = Partial<TrunkFields> & Pick<TrunkFields, "trunkDirection">;

/** What every trunk has: its domain, where its calls go, or which calls it accepts. */
function isWhole(trunk: Trunk): boolean {
  if (trunk.trunkDomain === null) return false;
  if (trunk.trunkDirection === "inbound") return trunk.primaryUriUuid !== null;
  return trunk.ipaclUuid !== null || trunk.credentialUuid !== null;
}

/** https://www.plivo.com/docs/sip-trunking/api/trunks */
export class Trunks extends Collection<Trunk, "trunkId", TrunkFilter> {
  constructor(api: ApiContext) {
    super(api, { path: "Zentrunk/Trunk", noun: "trunk", fields, row: trunk, idKey: "trunkId", isWhole });
  }

  /** Returns the id and nothing else; `get` returns the domain. */
  create(fields: TrunkFields): Promise<{ trunkId: string }> {
    return this.createFrom(wireBody(writable, fields));
  }

  /** Those that match one of the filters, for a delete that depends on them: not older than a second. */
  usage(...filters: readonly TrunkFilter[]): Promise<Trunk[]> {
    return this.usedRows(filters);
  }

  /** Phone numbers that are routed to it fall silent: Plivo detaches them without a word. */
  delete(trunkId: string): Promise<void> {
    return this.sendDelete(trunkId);
  }

  /**
   * Sends the given fields (Plivo rejects an update without the direction), reads back and returns that: 2 requests.
   * References named in `cleared` are emptied, and verified to be.
   */
  async update(trunkId: string, fields: TrunkChanges, cleared: readonly ReferenceKey[] = []): Promise<Trunk> {
    const body = given(wireBody(writable, fields));
    const send = (empty: null | "") => {
      const emptied = Object.fromEntries(cleared.map((key) => [this.wireName(key), empty]));
      return this.sendUpdate(trunkId, { ...body, ...emptied });
    };
    const readBack = () => this.get(trunkId);
    if (cleared.length === 0) {
      await send(null);
      return readBack();
    }
    const stillSet = (state: Trunk) => cleared.filter((key) => state[key] !== null).map((key) => this.wireName(key));
    const { state } = await clearField({
      send,
      readBack,
      isCleared: (read) => stillSet(read).length === 0,
      failed: (read, tried) => this.notApplied(trunkId, `${stillSet(read).join(", ")} still set after ${tried}`),
    });
    return state;
  }
}
