/** Objects in texts for a person. */
import { resources } from "../../provider/resources/index";
import { visible } from "../../provider/text/visible";
import type { LiveObject } from "./inventory";

/** `trunk 123 ("support")` */
export function describe({ token, id, friendlyName }: Pick<LiveObject, "token" | "id" | "friendlyName">): string {
  if (token === "PhoneNumberAttachment") return `phone number ${id}`;
  return visible(`${resources[token].noun} ${id}${friendlyName === "" ? "" : ` ("${friendlyName}")`}`);
}

export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

const LONGEST_LIST = 5;

/** `a, b, c, d, e and 12 more` */
export function shortList(items: readonly string[]): string {
  const shown = items.slice(0, LONGEST_LIST).join(", ");
  const more = items.length - LONGEST_LIST;
  return more > 0 ? `${shown} and ${more} more` : shown;
}
