/** A rule whose breach is allowed, and how it is evaluated. */

type Values = Readonly<Record<string, unknown>>;

/** A value that Plivo may reject, or that carries a risk. The program runs with it, and the user is warned. */
export interface WarningRule {
  /** What is warned of, for the documentation. */
  readonly describe: string;
  /** Follows the path of the property: `username has ...`. Never contains the value. */
  readonly reason: string;
  /** Where the rule is known from. */
  readonly source: string;
  /** Other properties that the rule depends on. */
  readonly uses?: readonly string[];
  /** `null` where there is no value; of a list, one element. `others` holds the properties that the rule uses. */
  applies(value: unknown, others: Values): boolean;
}

/** A rule that applies to a value of the program. */
export interface Warning {
  /** Path of the property: `ipAddresses[1]`. */
  readonly property: string;
  readonly reason: string;
}

/** The warnings of one property. */
export function warningsOf(key: string, rules: readonly WarningRule[], values: Values): readonly Warning[] {
  const value = values[key] ?? null;
  if (!Array.isArray(value)) return warningsAt(key, value, rules, values);
  return value.flatMap((element: unknown, index) => warningsAt(`${key}[${index}]`, element, rules, values));
}

/** The warnings of one value, or of one element of a list. What is not known yet (a symbol) breaks no rule. */
export function warningsAt(
  property: string,
  value: unknown,
  rules: readonly WarningRule[],
  values: Values,
): readonly Warning[] {
  if (isUnknown(value)) return [];
  return rules.flatMap((rule) => {
    const others = Object.fromEntries((rule.uses ?? []).map((used) => [used, values[used] ?? null]));
    const isBroken = !Object.values(others).some(isUnknown) && rule.applies(value, others);
    return isBroken ? [{ property, reason: rule.reason }] : [];
  });
}

function isUnknown(value: unknown): boolean {
  return typeof value === "symbol";
}
