/** Which objects of the account are adopted: all, or what the options name and what that needs. */

import { digitsOf, type Inventory, keyOf, type LiveObject, referencesOf } from "../inventory/inventory";
import { CommandError } from "../shared/errors";
import { matchesGlob } from "../shared/glob";
import { EXIT } from "./exit-codes";

export interface Filters {
  /** Ids or friendly names. */
  readonly trunks: readonly string[];
  readonly numbers: readonly string[];
  /** Globs, or regular expressions between slashes, for friendly names. */
  readonly patterns: readonly string[];
}

export function isEverything({ trunks, numbers, patterns }: Filters): boolean {
  return trunks.length + numbers.length + patterns.length === 0;
}

/**
 * A trunk brings what it refers to and the numbers that are attached to it; any other object comes alone. In the order of
 * the inventory.
 */
export function select(inventory: Inventory, filters: Filters): ReadonlyMap<string, LiveObject> {
  const { objects } = inventory;
  if (isEverything(filters)) return objects;
  const named = [
    ...filters.trunks.flatMap((text) => trunksCalled(inventory, text)),
    ...filters.numbers.map((text) => attachmentOf(inventory, text)),
    ...filters.patterns.flatMap((text) => objectsLike(inventory, text)),
  ];
  const keys = new Set(named.map(({ token, id }) => keyOf(token, id)));
  const trunks = named.filter(({ token }) => token === "Trunk");
  for (const trunk of trunks) for (const { token, id } of referencesOf(trunk)) keys.add(keyOf(token, id));
  const trunkIds = new Set<unknown>(trunks.map(({ id }) => id));
  return new Map(
    [...objects].filter(([key, { token, live }]) => {
      return keys.has(key) || (token === "PhoneNumberAttachment" && trunkIds.has(live.trunkId));
    }),
  );
}

function trunksCalled({ objects }: Inventory, text: string): readonly LiveObject[] {
  const trunks = [...objects.values()].filter(({ token }) => token === "Trunk");
  const found = trunks.filter(({ id, friendlyName }) => id === text || friendlyName === text);
  if (found.length === 0) throw new CommandError(`no trunk has the id or the name ${JSON.stringify(text)}`, EXIT.usage);
  return found;
}

function attachmentOf({ objects, numbers }: Inventory, text: string): LiveObject {
  const digits = digitsOf(text);
  const attachment = objects.get(keyOf("PhoneNumberAttachment", digits));
  if (attachment) return attachment;
  const isRented = numbers.some(({ number }) => digitsOf(number) === digits);
  const why = isRented ? "is not attached to an inbound trunk" : "is no number of this account";
  throw new CommandError(`${JSON.stringify(text)} ${why}`, EXIT.usage);
}

function objectsLike({ objects }: Inventory, text: string): readonly LiveObject[] {
  const isLike = patternOf(text);
  const found = [...objects.values()].filter(({ friendlyName }) => isLike(friendlyName));
  if (found.length === 0) throw new CommandError(`no friendly name matches ${JSON.stringify(text)}`, EXIT.usage);
  return found;
}

/** `support-*`, or `/^support/i`. */
function patternOf(text: string): (name: string) => boolean {
  const [, source, flags] = /^\/(.+)\/([imsu]*)$/.exec(text) ?? [];
  if (source === undefined) return (name) => matchesGlob(text, name);
  try {
    const pattern = new RegExp(source, flags);
    return (name) => pattern.test(name);
  } catch {
    throw new CommandError(`${JSON.stringify(text)} is no regular expression`, EXIT.usage);
  }
}
