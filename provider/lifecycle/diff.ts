/**
 * diff: what would change, and does it need a new object? Old outputs against new inputs, so that drift shows; from the
 * facts on the properties, so that no resource writes its own.
 */
import { isInput, type Property } from "./property";
import type { Resource } from "./resource";
import { containsUnknown, isAbsent, own, type Values } from "./values";

export interface Difference {
  readonly kind: "add" | "update" | "delete";
  readonly replaces: boolean;
}

/** The changed properties, by name. */
export type Differences = Readonly<Record<string, Difference>>;

export function diff(resource: Resource<never>, olds: Values, news: Values): Differences {
  const found: Record<string, Difference> = {};
  for (const [key, property] of Object.entries(resource.properties)) {
    if (!isInput(property)) continue;
    const before = recordedValue(property, own(olds, key));
    const after = own(news, key);
    if (sameValue(property, before, after)) continue;
    const kind = isAbsent(before) ? "add" : isAbsent(after) ? "delete" : "update";
    found[key] = { kind, replaces: property.facts.replaceOnChange };
  }
  return found;
}

/** A state written before a property existed knows nothing of it: the object then has the default. */
function recordedValue(property: Property, value: unknown): unknown {
  return value === undefined ? property.facts.default : value;
}

/** Whether two values mean the same to Plivo: equal in normal form, whatever the order of a list. Unknown is a change. */
export function sameValue(property: Property, before: unknown, after: unknown): boolean {
  if (isAbsent(before) || isAbsent(after)) return isAbsent(before) && isAbsent(after);
  if (containsUnknown(before) || containsUnknown(after)) return false;
  return JSON.stringify(normalForm(property, before)) === JSON.stringify(normalForm(property, after));
}

function normalForm(property: Property, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((element) => normalForm(property, element)).sort();
  const parsed = property.facts.schema.safeParse(value);
  return parsed.success ? parsed.data : value;
}
