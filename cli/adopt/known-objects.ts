/** The objects that a stack manages already, from what `pulumi stack export` prints. */
import { unconfirmedName } from "../../provider/lifecycle/index";
import { type ResourceToken, resources } from "../../provider/resources/index";
import { CommandError } from "../shared/errors";
import { type ExportedStack, parseExportedStack } from "../shared/exported-stack";
import { EXIT } from "./exit-codes";
import { type Inventory, keyOf } from "./read-account";

export interface KnownObjects {
  /** Object -> its logical name in the stack. By `keyOf`. */
  readonly names: ReadonlyMap<string, string>;
  /** The logical names of Plivo's resources. */
  readonly taken: ReadonlySet<string>;
  /** Those of all resources: in YAML no two resources of a program have the same. */
  readonly everyName: ReadonlySet<string>;
  /** Creates without a usable response, by `keyOf` with the friendly name for the id: it may be an object of this name. */
  readonly unconfirmed: ReadonlySet<string>;
  /** Creates that were in flight when the engine was killed, likewise. */
  readonly interrupted: ReadonlySet<string>;
}

/** Without --update. */
export const nothingKnown: KnownObjects = {
  names: new Map(),
  taken: new Set(),
  everyName: new Set(),
  unconfirmed: new Set(),
  interrupted: new Set(),
};

type Entry = NonNullable<ExportedStack["deployment"]["resources"]>[number];

const TYPE = /^(?:plivo:index:|pulumi-nodejs:dynamic\/plivo:)(\w+)$/;
const PROVIDER = "pulumi:providers:plivo";

/**
 * @param authId of the account that is read: a provider of the stack may be configured with another one
 * @throws CommandError for the state of another account
 */
export function knownObjects(exported: string, what: string, authId: string): KnownObjects {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const everyName = new Set<string>();
  const unconfirmed = new Set<string>();
  const { resources: entries = [], pending_operations: pending = [] } = parseExportedStack(exported, what).deployment;
  const others = providersOfOthers(entries, authId);
  const foreign = new Set<string>();
  for (const { type, urn, id, external, delete: isLeaving, provider } of entries) {
    const name = urn.split("::").slice(3).join("::");
    everyName.add(name);
    const token = TYPE.exec(type)?.[1];
    if (token === undefined || !isToken(token)) continue;
    taken.add(name);
    if (typeof id !== "string") continue;
    const other = others.get(String(provider));
    if (other !== undefined) {
      foreign.add(other);
      continue;
    }
    const lost = unconfirmedName(id);
    if (lost !== undefined) unconfirmed.add(keyOf(token, lost));
    // What `get` reads, and what waits for its deletion, is not managed.
    else if (external !== true && isLeaving !== true) names.set(keyOf(token, id), name);
  }
  const [other] = foreign;
  if (other !== undefined && names.size === 0)
    throw wrongAccount(`${what} is of account ${JSON.stringify(other)}, not of ${JSON.stringify(authId)}`);
  return { names, taken, everyName, unconfirmed, interrupted: interruptedCreates(pending, others) };
}

function interruptedCreates(
  pending: NonNullable<ExportedStack["deployment"]["pending_operations"]>,
  others: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  return new Set(
    pending.flatMap(({ type: operation, resource: { type, inputs, provider } }) => {
      const token = TYPE.exec(type)?.[1];
      const name = Reflect.get(Object(inputs), "name");
      const isCreate = operation === "creating" && typeof name === "string" && !others.has(String(provider));
      return isCreate && token !== undefined ? [keyOf(token, name)] : [];
    }),
  );
}

/** As resources refer to them -> the Auth ID. One that is secret or from the environment is not known. */
function providersOfOthers(entries: readonly Entry[], authId: string): ReadonlyMap<string, string> {
  return new Map(
    entries.flatMap(({ type, urn, id, inputs }) => {
      const configured = type === PROVIDER ? Reflect.get(Object(inputs), "authId") : undefined;
      return typeof configured === "string" && configured !== authId ? [[`${urn}::${id}`, configured]] : [];
    }),
  );
}

/**
 * Ids are unique among all accounts; a number may have been moved to another one. A few that are gone are drift, which
 * `pulumi refresh` shows.
 *
 * @throws CommandError if the account has nothing of what the stack manages
 */
export function checkAccount({ names }: KnownObjects, { objects, numbers }: Inventory, what: string): void {
  const keys = [...names.keys()];
  const assigned = keys.filter((key) => !key.startsWith("PhoneNumberAttachment/"));
  const rented = new Set(numbers.map(({ number }) => keyOf("PhoneNumberAttachment", number.replace(/\D/g, ""))));
  const telling = assigned.length > 0 ? assigned : keys;
  if (telling.length === 0 || telling.some((key) => objects.has(key) || rented.has(key))) return;
  throw wrongAccount(`this account has none of the ${keys.length} objects of ${what}, such as ${telling[0]}`);
}

function wrongAccount(reason: string): CommandError {
  const next = "use the credentials of the stack's account, or run `pulumi refresh` if its objects were deleted";
  return new CommandError(`${reason}; nothing was written: ${next}`, EXIT.usage);
}

function isToken(token: string): token is ResourceToken {
  return Object.hasOwn(resources, token);
}
