/** What a change does with the elements of a long list: a diff of the engine may show no more than that it changed. */
import type { Property } from "./definition/property";
import type { Resource } from "./definition/resource";
import { containsUnknown, getOwn, type Values } from "./definition/values";
import { diff, lackingIn } from "./diff";

const MOST_SHOWN = 100;

/**
 * `attaches 2 (14155550100, 14155550101), puts back or detaches 1 (14155550107)`; `undefined` where there is nothing to
 * tell.
 *
 * @param secrets the properties whose value may be a secret
 */
export function describeChange(
  resource: Resource<never>,
  olds: Values,
  news: Values,
  secrets: ReadonlySet<string>,
): string | undefined {
  const texts = Object.keys(diff(resource, olds, news)).flatMap((key) => {
    const property = resource.properties[key];
    return property && !secrets.has(key) ? describeElements(property, getOwn(olds, key), getOwn(news, key)) : [];
  });
  return texts.length === 0 ? undefined : texts.join("; ");
}

export function describeElements(property: Property, before: unknown, after: unknown): readonly string[] {
  const { elementVerbs } = property.facts;
  if (!elementVerbs || !Array.isArray(before) || !Array.isArray(after) || containsUnknown(after)) return [];
  const textOf = (verb: string, list: readonly unknown[], places: readonly number[]) => {
    const shown = places.slice(0, MOST_SHOWN).map((place) => String(list[place]));
    const more = places.length - shown.length;
    return `${verb} ${places.length} (${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""})`;
  };
  const added = lackingIn(before, after, property);
  const removed = lackingIn(after, before, property);
  const texts = [
    ...(added.length > 0 ? [textOf(elementVerbs.added, after, added)] : []),
    ...(removed.length > 0 ? [textOf(elementVerbs.removed, before, removed)] : []),
  ];
  return texts.length === 0 ? [] : [texts.join(", ")];
}
