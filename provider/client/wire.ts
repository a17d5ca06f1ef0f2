/** Between the API's snake_case JSON and our camelCase objects, and what the nouns' schemas share. */
import * as z from "zod";

export function toCamel(key: string): string {
  return key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

export function toSnake(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `fromEntries` defines keys instead of assigning them, so a `__proto__` in an answer stays a harmless key. */
function withKeys(value: object, rename: (key: string) => string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [rename(key), entry]));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A request body: snake_case, without what has no value. */
export function toWire(fields: object): Record<string, unknown> {
  return withKeys(Object.fromEntries(Object.entries(fields).filter(([, value]) => (value ?? null) !== null)), toSnake);
}

/** Schema of an API object: its keys in camelCase, those not named here dropped. */
export function row<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess((value) => (isObject(value) ? withKeys(value, toCamel) : value), z.object(shape));
}

/** A single GET answers `{api_id, object: {...}}` or the bare object: both were seen. */
export function single<T>(schema: z.ZodType<T>): z.ZodType<T> {
  return z.preprocess(
    (value) => (isObject(value) && "object" in value && isObject(value.object) ? value.object : value),
    schema,
  );
}

/** Longer than anything Plivo stores; keeps what a broken server can make us hold within bounds. */
const LONGEST_TEXT = 4_096;

/** An id. Documented as text; a number is taken as long as JSON has not rounded it. */
export const id = z.union([
  z.string().min(1).max(LONGEST_TEXT),
  z
    .int()
    .nonnegative()
    .transform((number) => String(number)),
]);

/** Half of a pair of UTF-16 would not survive the way to the engine: then the state would hold another value. */
export const text = z
  .string()
  .max(LONGEST_TEXT)
  .transform((value) => value.replace(/\p{Cs}/gu, "\ufffd"));

/** Absent, null and "" all mean: none. */
export const optionalText = text.nullish().transform((value) => value || null);

export const optionalId = z
  .union([id, z.literal("")])
  .nullish()
  .transform((value) => value || null);

export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);

/** Nothing is used of the answer to an update or delete; but HTML from a gateway is no "done". */
export const done = z.union([z.undefined(), z.looseObject({})]).transform(() => undefined);
