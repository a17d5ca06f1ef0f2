/** Between the API's snake_case JSON and our camelCase objects, and what the nouns' schemas share. */
import * as z from "zod";

export function toCamel(key: string): string {
  return key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

export function toSnake(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A request body: snake_case, without what has no value. */
export function toWire(fields: object): Record<string, unknown> {
  const given = Object.entries(fields).filter(([, value]) => (value ?? null) !== null);
  return Object.fromEntries(given.map(([key, value]) => [toSnake(key), value]));
}

/** Schema of an API object: its keys in camelCase. Those not named here are not even visited, however many there are. */
export function row<Shape extends z.ZodRawShape>(shape: Shape) {
  const keys = Object.keys(shape);
  const named = (value: object) =>
    keys.flatMap((key) => {
      const own = [toSnake(key), key].find((spelling) => Object.hasOwn(value, spelling));
      return own === undefined ? [] : [[key, Reflect.get(value, own)] as const];
    });
  return z.preprocess((value) => (isObject(value) ? Object.fromEntries(named(value)) : value), z.object(shape));
}

/**
 * Schema of an array: counted first, read one by one, and the first bad one ends it, so that no server decides how much
 * work it is.
 *
 * @param longest @default as many as a body may have
 */
export function listOf<T>(schema: z.ZodType<T>, longest = Number.POSITIVE_INFINITY): z.ZodType<T[]> {
  return z.unknown().transform((value, context) => {
    const fail = (message: string, path: PropertyKey[] = []) => {
      context.addIssue({ code: "custom", message, path });
      return z.NEVER;
    };
    if (!Array.isArray(value)) return fail("Invalid input: expected array");
    if (value.length > longest) return fail(`more than ${longest} of them`);
    const items: T[] = [];
    for (const [index, item] of value.entries()) {
      const { success, data, error } = schema.safeParse(item);
      if (success) items.push(data);
      else {
        const [issue] = error.issues;
        return fail(issue?.message ?? "Invalid input", [index, ...(issue?.path ?? [])]);
      }
    }
    return items;
  });
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

/**
 * Of the response to an update or delete only its id is used, if it has one: it must be about this object. HTML from a
 * gateway is no "done".
 */
export function done(idKey: string, isSame: (id: string) => boolean): z.ZodType<undefined> {
  const body = z.union([z.undefined(), z.custom<object>(isObject, "Invalid input: expected object")]);
  const about = single(body).superRefine((value, context) => {
    const given = value === undefined ? undefined : id.safeParse(Reflect.get(value, toSnake(idKey)));
    if (given?.success && !isSame(given.data)) context.addIssue({ code: "custom", message: OTHER, path: [idKey] });
  });
  return about.transform(() => undefined);
}

/** A row, if it is about the object that was asked for. */
export function ofId<Row>(schema: z.ZodType<Row>, idKey: keyof Row & string, isSame: (id: string) => boolean) {
  return schema.superRefine((row, context) => {
    if (!isSame(String(row[idKey]))) context.addIssue({ code: "custom", message: OTHER, path: [idKey] });
  });
}

const OTHER = "it is about another object";

/** What would leave its place in a path, or the path itself, is no id, wherever it came from. */
export function isId(text: string): boolean {
  return text.length > 0 && text.length <= 256 && !/[/\\.?#%\s\p{Cc}\p{Cs}]/u.test(text);
}
