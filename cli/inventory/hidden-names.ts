/** Friendly names that repeat a password of a value: they are printed as little as the value is. */
import { mayHoldPassword, type Property } from "../../provider/lifecycle/index";
import { resources } from "../../provider/resources/index";
import type { Inventory, LiveObject } from "./inventory";

/** Such objects have no friendly name any more, and are marked. */
export function withHiddenNames<I extends Inventory>(inventory: I): I {
  const hidden = passwordsIn([...inventory.objects.values()]);
  if (hidden.length === 0) return inventory;
  const objects = [...inventory.objects].map(([key, object]): [string, LiveObject] => {
    const isHidden = hidden.some((text) => tells(object.friendlyName, text));
    return [key, isHidden ? { ...object, friendlyName: "", hidesName: true } : object];
  });
  return { ...inventory, objects: new Map(objects) };
}

/** The passwords in values such as `sip:user:password@host`. */
export function passwordsIn(objects: readonly Pick<LiveObject, "token" | "live">[]): readonly string[] {
  return objects.flatMap(hiddenIn);
}

/** From so many signs on a password is found anywhere in a name; a shorter one is in half of them by chance. */
const TELLING = 5;

/** A short password counts as a word of its own only: `a` hides `a` and `to a`, and not `support`. */
export function tells(name: string, password: string): boolean {
  // Logical names are in small letters.
  const [text = "", hidden = ""] = [name, password].map((one) => one.normalize("NFKC").toLowerCase());
  if ([...hidden].length >= TELLING) return text.includes(hidden);
  const isInside = (sign: string | undefined) => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);
  for (let at = text.indexOf(hidden); at >= 0; at = text.indexOf(hidden, at + 1))
    if (!isInside(text[at - 1]) && !isInside(text[at + hidden.length])) return true;
  return false;
}

/** `sip:user:password@host` -> `password` */
function hiddenIn({ token, live }: Pick<LiveObject, "token" | "live">): readonly string[] {
  return Object.entries(resources[token].properties).flatMap(([key, property]) => {
    const value = live[key];
    if (key === "name" || typeof value !== "string" || !holdsPassword(property, value)) return [];
    const passwords = beforeAts(value);
    return passwords.length === 0 ? [value] : passwords;
  });
}

/**
 * What stands between a colon and an `@`. Which `@` ends the password is not known: it may have one itself, and the
 * parameters behind the host too.
 */
function beforeAts(value: string): readonly string[] {
  const found = [...value.matchAll(/@/g)].flatMap(({ index }) => {
    const [, password] = /:([^:]+:*)$/.exec(value.slice(0, index)) ?? [];
    return password === undefined ? [] : [password, unescaped(password)];
  });
  return [...new Set(found)];
}

/** `p%40ss` -> `p@ss`, which is how a person would write it. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `sip:user:password@host`: what the definition refuses for the password in it. A name with such signs is a name. */
export function holdsPassword({ facts }: Property, text: string): boolean {
  return mayHoldPassword(text) && !facts.schema.safeParse(text).success;
}
