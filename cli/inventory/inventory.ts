/** What an account holds, as a command works with it. */
import type { Values } from "../../provider/lifecycle/index";
import { type ResourceToken, resources } from "../../provider/resources/index";

export interface LiveObject {
  readonly token: ResourceToken;
  readonly id: string;
  /** What Plivo returns of it. */
  readonly live: Values;
  /** What its owner calls it: the name, or the alias of a number. Blank where there is none. */
  readonly friendlyName: string;
  /** The name at Plivo has a password in it: `friendlyName` is blank instead. */
  readonly hidesName?: boolean;
}

export interface PhoneNumber {
  readonly number: string;
  readonly alias: string | null;
  /** `null`: routed to an application, or to nothing. */
  readonly trunkId: string | null;
  readonly isRouted: boolean;
}

export interface Inventory {
  /** By `keyOf`, in the order of the ids: the same for the same account. Attachments are those to inbound trunks. */
  readonly objects: ReadonlyMap<string, LiveObject>;
  readonly numbers: readonly PhoneNumber[];
}

/** A phone number as ids have it. */
export function digitsOf(number: string): string {
  return number.replace(/\D/g, "");
}

export function keyOf(token: string, id: string): string {
  return `${token}/${id}`;
}

export interface Reference {
  readonly property: string;
  readonly token: ResourceToken;
  readonly id: string;
}

/** The objects that this one refers to, whether they exist or not. */
export function referencesOf({ token, live }: Pick<LiveObject, "token" | "live">): readonly Reference[] {
  return Object.entries(resources[token].properties).flatMap(([property, { facts }]) => {
    const id = live[property];
    if (facts.refersTo === undefined || typeof id !== "string") return [];
    return [{ property, token: facts.refersTo as ResourceToken, id }];
  });
}

/** Object -> those that refer to it, by `keyOf`. */
export function usersOf({ objects }: Pick<Inventory, "objects">): ReadonlyMap<string, readonly LiveObject[]> {
  const users = new Map<string, LiveObject[]>();
  for (const object of objects.values())
    for (const { token, id } of referencesOf(object)) {
      const key = keyOf(token, id);
      const all = users.get(key) ?? [];
      all.push(object);
      users.set(key, all);
    }
  return users;
}

/** The other objects of its kind that have the same friendly name, by `keyOf`. Numbers may share an alias: a call centre has many. */
export function twinsOf({ objects }: Pick<Inventory, "objects">): ReadonlyMap<string, readonly LiveObject[]> {
  const groups = new Map<string, LiveObject[]>();
  for (const object of objects.values()) {
    if (object.friendlyName === "" || object.token === "PhoneNumberAttachment") continue;
    const name = `${object.token} ${object.friendlyName}`;
    groups.set(name, [...(groups.get(name) ?? []), object]);
  }
  const entries = [...groups.values()].flatMap((group) =>
    group.map((object): [string, readonly LiveObject[]] => [
      keyOf(object.token, object.id),
      group.filter((other) => other !== object),
    ]),
  );
  return new Map(entries.filter(([, others]) => others.length > 0));
}
