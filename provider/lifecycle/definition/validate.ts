/**
 * Whether the value of one property is what its facts ask for. What the object has already is not refused: a value that
 * is unchanged from the last run, or that came by import, is tolerated, element by element where it is a list.
 */
import type { Property } from "./property";
import { containsUnknown, isNullish, unknown } from "./values";

export interface Failure {
  /** Path of the property: `ipAddresses[1]`. */
  readonly property: string;
  readonly reason: string;
}

export interface Validation {
  /** In normal form, where it has one. */
  readonly value: unknown;
  readonly failures: readonly Failure[];
  /** What would be a failure if the object did not have it already. */
  readonly tolerated: readonly Failure[];
}

/** `before` is the value in the inputs of the last run, if there is one. */
export function validate(property: Property, key: string, given: unknown, before: unknown): Validation {
  if (isNullish(given)) return isMissing(property) ? refused(undefined, [missing(property, key)]) : accepted(undefined);
  if (given === unknown) return accepted(given);
  if (property.facts.type === "list") return validateList(property, key, given, before);
  const { value, reasons } = parse(property, given);
  const failures = reasons.map((reason) => ({ property: key, reason }));
  return given === before ? { value, failures: [], tolerated: failures } : refused(value, failures);
}

function accepted(value: unknown): Validation {
  return { value, failures: [], tolerated: [] };
}

function refused(value: unknown, failures: readonly Failure[]): Validation {
  return { value, failures, tolerated: [] };
}

function isMissing({ facts }: Property): boolean {
  return facts.required || facts.autoName;
}

function missing({ facts }: Property, key: string): Failure {
  return { property: key, reason: facts.missing ?? `is required: ${facts.describe}` };
}

function parse({ facts }: Property, given: unknown): { readonly value: unknown; readonly reasons: readonly string[] } {
  const parsed = facts.schema.safeParse(given);
  if (parsed.success) return { value: parsed.data, reasons: [] };
  return { value: given, reasons: parsed.error.issues.map(({ message }) => message) };
}

function validateList(property: Property, key: string, given: unknown, before: unknown): Validation {
  if (!Array.isArray(given)) return refused(given, [{ property: key, reason: "must be a list of strings" }]);
  if (given.length === 0) {
    const failure = {
      property: key,
      reason: property.facts.missing ?? `must not be empty: ${property.facts.describe}`,
    };
    const wasEmpty = Array.isArray(before) && before.length === 0;
    return wasEmpty ? { value: given, failures: [], tolerated: [failure] } : refused(given, [failure]);
  }
  return validateElements(property, key, given, occurrences(property, before));
}

/** One pass, with normal forms once each: a program may have a hundred thousand addresses. */
function validateElements(
  property: Property,
  key: string,
  given: readonly unknown[],
  had: ReadonlyMap<unknown, number>,
): Validation {
  const seen = new Map<unknown, { readonly first: number; count: number }>();
  const value: unknown[] = [];
  const failures: Failure[] = [];
  const tolerated: Failure[] = [];
  for (const [index, element] of given.entries()) {
    const isOpen = containsUnknown(element);
    const { value: normal, reasons } = isOpen ? { value: element, reasons: [] } : parse(property, element);
    value.push(normal);
    if (isOpen) continue;
    const same = seen.get(normal);
    const duplicate = same ? [`is the same as ${key}[${same.first}]: give each only once`] : [];
    const isKnown = (same?.count ?? 0) < (had.get(normal) ?? 0);
    for (const reason of [...reasons, ...duplicate])
      (isKnown ? tolerated : failures).push({ property: `${key}[${index}]`, reason });
    seen.set(normal, { first: same?.first ?? index, count: (same?.count ?? 0) + 1 });
  }
  return { value, failures, tolerated };
}

/** How often each element stands in the list of the last run, in normal form. */
function occurrences(property: Property, before: unknown): ReadonlyMap<unknown, number> {
  const counts = new Map<unknown, number>();
  for (const element of Array.isArray(before) ? before : []) {
    const { value } = parse(property, element);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}
