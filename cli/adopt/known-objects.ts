/** The objects that a stack manages already, from what `pulumi stack export` prints. */
import { digitsOf, type Inventory, keyOf, type LiveObject } from "../inventory/inventory";
import {
  type ManagedSet,
  managedKey,
  type PendingOperation,
  stackState,
  trunksOfUnknownNumbers,
} from "../inventory/stack-state";
import { CommandError } from "../shared/errors";
import { EXIT } from "./exit-codes";

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
  /** Trunks with a set whose numbers are encrypted: any number of theirs may be in it. */
  readonly trunksOfSets: ReadonlySet<string>;
  /** Trunk -> the set of its numbers. */
  readonly sets: ReadonlyMap<string, ManagedSet>;
}

/** Without --update. */
export const nothingKnown: KnownObjects = {
  names: new Map(),
  taken: new Set(),
  everyName: new Set(),
  unconfirmed: new Set(),
  interrupted: new Set(),
  trunksOfSets: new Set(),
  sets: new Map(),
};

/** Whether the stack manages the object, or may do so. */
export function isKnown({ names, trunksOfSets }: KnownObjects, key: string, { token, live }: LiveObject): boolean {
  return names.has(key) || (token === "PhoneNumberAttachment" && trunksOfSets.has(String(live.trunkId)));
}

/** By `keyOf` with the friendly name. */
function interruptedCreates(pending: readonly PendingOperation[]): ReadonlySet<string> {
  return new Set(
    pending.flatMap(({ token, type, friendlyName, otherAccount }) =>
      type === "creating" && friendlyName !== undefined && otherAccount === undefined
        ? [keyOf(token, friendlyName)]
        : [],
    ),
  );
}

/**
 * @param authId of the account that is read: a provider of the stack may be configured with another one
 * @throws CommandError for the state of another account
 */
export function knownObjects(exported: string, what: string, authId: string): KnownObjects {
  const { entries, everyName, pending, sets } = stackState(exported, what, authId);
  const here = entries.filter(({ otherAccount }) => otherAccount === undefined);
  const names = new Map(
    here.flatMap((entry): [string, string][] => {
      const key = managedKey(entry);
      return key === undefined ? [] : [[key, entry.name]];
    }),
  );
  const unconfirmed = new Set(
    here.flatMap(({ token, unconfirmed: lost }) => (lost === undefined ? [] : [keyOf(token, lost)])),
  );
  const other = entries.find(({ id, unconfirmed: lost, otherAccount }) => (id ?? lost) !== undefined && otherAccount);
  if (other !== undefined && names.size === 0)
    throw wrongAccount(`${what} is of account ${JSON.stringify(other.otherAccount)}, not of ${JSON.stringify(authId)}`);
  const taken = new Set(entries.map(({ name }) => name));
  const trunksOfSets = trunksOfUnknownNumbers(here);
  return { names, taken, everyName, unconfirmed, interrupted: interruptedCreates(pending), trunksOfSets, sets };
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
  const rented = new Set(numbers.map(({ number }) => keyOf("PhoneNumberAttachment", digitsOf(number))));
  const telling = assigned.length > 0 ? assigned : keys;
  if (telling.length === 0 || telling.some((key) => objects.has(key) || rented.has(key))) return;
  throw wrongAccount(`this account has none of the ${keys.length} objects of ${what}, such as ${telling[0]}`);
}

function wrongAccount(reason: string): CommandError {
  const next = "use the credentials of the stack's account, or run `pulumi refresh` if its objects were deleted";
  return new CommandError(`${reason}; nothing was written: ${next}`, EXIT.usage);
}
