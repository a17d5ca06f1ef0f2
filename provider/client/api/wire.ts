/** Between the API's snake_case JSON and our camelCase objects, and what the schemas of the collections share. */
import * as z from "zod";
import { isObject } from "../http/parse-response";

/** A request body, or a filter: without what has no value. */
export function given(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => (value ?? null) !== null));
}

/** The fields of an API object by our names: the name of each on the wire, and what it holds. */
export type WireFields = Readonly<Record<string, readonly [wireName: string, schema: z.ZodType]>>;

type RowOf<Fields extends WireFields> = { [Key in keyof Fields]: z.output<Fields[Key][1]> };

/** Under their names on the wire, and only these: callers hand in whole objects, with properties of their own. */
export function wireBody(fields: WireFields, values: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, [wireName]]) => [wireName, Reflect.get(values, key)]));
}

/** Schema of an API object. Fields that are not named here are not even visited, however many there are. */
export function row<Fields extends WireFields>(fields: Fields): z.ZodType<RowOf<Fields>> {
  const shape = Object.fromEntries(Object.entries(fields).map(([key, [, schema]]) => [key, schema]));
  const named = (value: object) =>
    Object.entries(fields).flatMap(([key, [wireName]]) =>
      Object.hasOwn(value, wireName) ? [[key, Reflect.get(value, wireName)] as const] : [],
    );
  const schema = z.preprocess((value) => (isObject(value) ? Object.fromEntries(named(value)) : value), z.object(shape));
  // TypeScript cannot follow the fields through Object.entries.
  return schema as unknown as z.ZodType<RowOf<Fields>>;
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

/** A single GET returns `{api_id, object: {...}}` or the bare object: both were seen. */
export function single<T>(schema: z.ZodType<T>): z.ZodType<T> {
  return z.preprocess(
    (value) => (isObject(value) && "object" in value && isObject(value.object) ? value.object : value),
    schema,
  );
}

/** Longer than anything Plivo stores; keeps what a broken server can make us hold within bounds. */
const LONGEST_TEXT = 4_096;

/** An id. Documented as text; a number is taken as long as JSON has not rounded it. */
export const id = z.union([z.string().min(1).max(LONGEST_TEXT), z.int().nonnegative().transform(String)]);

const wellFormed = (value: string) => value.toWellFormed();
const orNull = (value: string | null | undefined) => value || null;

/** Half of a surrogate pair would not survive the way to the engine: the state would hold another value. */
export const text = z.string().max(LONGEST_TEXT).transform(wellFormed);

/** For a text that every object has, although a list might leave it out. */
export const textOrEmpty = text.nullish().transform((value) => value ?? "");

/** Absent, null and "" all mean: none. */
export const optionalText = text.nullish().transform(orNull);

export const optionalId = id.or(z.literal("")).nullish().transform(orNull);

export const flag = z.boolean().nullish().transform(Boolean);

/**
 * Of the response to an update or delete only its id is used, if it has one: it must be about this object. HTML from a
 * gateway is no "done".
 */
export function done(wireId: string, isSame: (id: string) => boolean): z.ZodType<undefined> {
  const body = z.union([z.undefined(), z.custom<object>(isObject, "Invalid input: expected object")]);
  const about = single(body).superRefine((value, context) => {
    const given = value === undefined ? undefined : id.safeParse(Reflect.get(value, wireId));
    if (given?.success && !isSame(given.data)) context.addIssue({ code: "custom", message: OTHER, path: [wireId] });
  });
  return about.transform(() => undefined);
}

/** A row, if it is about the object that was asked for. */
export function ofId<Row>(schema: z.ZodType<Row>, idKey: keyof Row & string, isSame: (id: string) => boolean) {
  return schema.refine((row) => isSame(String(row[idKey])), { error: OTHER, path: [idKey] });
}

const OTHER = "it is about another object";

/** What would leave its place in a path, or the path itself, is no id, wherever it came from. */
export function isId(text: string): boolean {
  return text.length > 0 && text.length <= 256 && !/[/\\.?#%\s\p{Cc}\p{Cs}]/u.test(text);
}
