/**
 * diff: what would change, and does it need a new object? Old outputs against new inputs, so that drift shows; from the
 * facts on the properties, so that no resource writes its own.
 */
import { isInput, type Property } from "./definition/property";
import type { Resource } from "./definition/resource";
import { containsUnknown, getOwn, isNullish, type Values } from "./definition/values";

export interface Difference {
  readonly kind: "add" | "update" | "delete";
  readonly replaces: boolean;
}

/** The changed properties, by name. */
export type Differences = Readonly<Record<string, Difference>>;

export function diff(resource: Pick<Resource<never>, "properties">, olds: Values, news: Values): Differences {
  const found: Record<string, Difference> = {};
  for (const [key, property] of Object.entries(resource.properties)) {
    if (!isInput(property)) continue;
    const before = recordedValue(property, getOwn(olds, key));
    const after = getOwn(news, key);
    if (sameValue(property, before, after)) continue;
    const kind = isNullish(before) ? "add" : isNullish(after) ? "delete" : "update";
    found[key] = { kind, replaces: property.facts.replaceOnChange };
  }
  return found;
}

/** The changed properties, less those of which the program ignores every changed path. */
export function diffProperties(
  resource: Resource<never>,
  olds: Values,
  news: Values,
  isIgnored?: (path: string) => boolean,
): Differences {
  const all = diff(resource, olds, news);
  if (!isIgnored) return all;
  const paths = Object.keys(diffElements(resource, olds, news)).filter((path) => !isIgnored(path));
  const taken = new Set(paths.map((path) => path.split("[")[0]));
  return Object.fromEntries(Object.entries(all).filter(([key]) => taken.has(key)));
}

/** The changed elements of the changed lists, by path (`ipAddresses[1]`); everything else as it stands. */
export function diffElements(resource: Resource<never>, olds: Values, news: Values): Differences {
  const found: Record<string, Difference> = {};
  for (const [key, difference] of Object.entries(diff(resource, olds, news))) {
    const before = getOwn(olds, key);
    const after = getOwn(news, key);
    const property = resource.properties[key];
    const isList = Array.isArray(before) && Array.isArray(after) && !containsUnknown(after);
    const elements = property && isList ? elementsOf(key, property, before, after) : {};
    // Where only the number of equal elements changed there is none to name, but a change all the same.
    Object.assign(found, Object.keys(elements).length > 0 ? elements : { [key]: difference });
  }
  return found;
}

/** An element that only the old list has is removed from its old place, one that only the new list has added in its new. */
function elementsOf(
  key: string,
  property: Property,
  before: readonly unknown[],
  after: readonly unknown[],
): Differences {
  const replaces = property.facts.replaceOnChange;
  const removed = lackingIn(after, before, property);
  const added = lackingIn(before, after, property);
  const [isRemoved, isAdded] = [new Set(removed), new Set(added)];
  const kindOf = (index: number) =>
    isAdded.has(index) && isRemoved.has(index) ? "update" : isAdded.has(index) ? "add" : "delete";
  return Object.fromEntries(
    [...new Set([...removed, ...added])].map((index) => [`${key}[${index}]`, { kind: kindOf(index), replaces }]),
  );
}

/** The places of the elements that another list does not have. */
export function lackingIn(
  list: readonly unknown[],
  elements: readonly unknown[],
  property: Property,
): readonly number[] {
  // Normal forms once each: comparing every pair of ten thousand would take hours.
  const keyOf = (element: unknown) => JSON.stringify(normalForm(property, element)) ?? "";
  const known = new Set(list.map(keyOf));
  return elements.flatMap((element, index) => (known.has(keyOf(element)) ? [] : [index]));
}

/** A state written before a property existed knows nothing of it: the object then has the default. */
function recordedValue(property: Property, value: unknown): unknown {
  return value === undefined ? property.facts.default : value;
}

/** Whether two values mean the same to Plivo: equal in normal form, whatever the order of a list. Unknown is a change. */
export function sameValue(property: Property, before: unknown, after: unknown): boolean {
  if (isNullish(before) || isNullish(after)) return isNullish(before) && isNullish(after);
  if (containsUnknown(before) || containsUnknown(after)) return false;
  return JSON.stringify(normalForm(property, before)) === JSON.stringify(normalForm(property, after));
}

function normalForm(property: Property, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((element) => normalForm(property, element)).sort();
  const parsed = property.facts.schema.safeParse(value);
  return parsed.success ? parsed.data : value;
}
