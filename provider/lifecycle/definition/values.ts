/** The values the kernel works on: plain JSON, plus a mark for what the engine will only know when it applies. */

/** Stands for a value that is not known yet. Adapters translate it from and to what their host uses. */
export const unknown: unique symbol = Symbol.for("pulumi-plivo.unknown");

export type Unknown = typeof unknown;

/** Properties by name. `null` and a missing key mean the same: no value. */
export type Values = Readonly<Record<string, unknown>>;

/** An address with a user and a password in it, such as `sip:user:password@host`, in a place that takes none. */
export function mayHoldPassword(value: unknown): boolean {
  if (typeof value !== "string") return false;
  const address = value.replace(/^(?:\w+:\/\/|sips?:)/i, "");
  const colon = address.indexOf(":");
  return colon !== -1 && address.indexOf("@", colon) !== -1;
}

export function isNullish(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** Whether the value, or any element of it, is not known yet. */
export function containsUnknown(value: unknown): boolean {
  if (value === unknown) return true;
  return Array.isArray(value) && value.some(containsUnknown);
}

/** The own value of a key, never one inherited from Object.prototype. */
export function getOwn(values: Values, key: string): unknown {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}
