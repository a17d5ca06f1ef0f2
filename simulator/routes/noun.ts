import type * as z from "zod";
import type { Behaviour } from "../behaviour";
import { isOnFor } from "../behaviour";
import { Refusal } from "../errors";
import type { Kind, Rows } from "../rows";
import type { Store } from "../store";

/** A request that has found its route. */
export interface Exchange {
  readonly store: Store;
  readonly behaviour: Behaviour;
  readonly query: URLSearchParams;
  /** Parsed JSON, `undefined` when there is no body. */
  readonly body: unknown;
  /** Path of the collection below the root, without a leading slash: what `next` is made of. */
  readonly collectionPath: string;
}

/** What a route answers; the server adds `api_id`. */
export interface Answer {
  readonly status: number;
  /** Absent: no body at all. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The object that a create made, for what hides new objects. */
  readonly created?: { readonly kind: Kind; readonly id: string };
}

export type Method = "GET" | "POST" | "DELETE";

/** The routes of one kind of object, with the facts of the kind folded in. */
export interface Noun {
  readonly kind: Kind;
  /** Path below the account, ending in `/`. */
  readonly collection: string;
  readonly onCollection: Partial<Record<Method, (exchange: Exchange) => Answer>>;
  readonly onObject: Partial<Record<Method, (exchange: Exchange, id: string) => Answer>>;
}

/** What is particular about one kind of object. */
export interface NounFacts<K extends Kind> {
  readonly kind: K;
  /** How a text begins that is about one object: `A trunk`. */
  readonly what: string;
  /** The subject of "created successfully." and "updated successfully."; absent: an update responds "changed" alone. */
  readonly label?: string;
  readonly collection: string;
  readonly idField: keyof Rows[K] & string;
  /** Fields that a list can be filtered by. */
  readonly filters?: readonly (keyof Rows[K] & string)[];
  /** Arguments that filter a list otherwise than by an equal field. */
  readonly matchers?: Readonly<Record<string, (row: Rows[K], wanted: string) => boolean>>;
  /** What a read shows of a row. */
  view(row: Rows[K], exchange: Exchange): Record<string, unknown>;
  /** Absent: objects of this kind cannot be created. */
  create?(exchange: Exchange): Rows[K];
  update(exchange: Exchange, row: Rows[K]): void;
  remove(exchange: Exchange, id: string): void;
}

const MAX_LIMIT = 20;

/** Folds the facts of one kind into routes: what all kinds have in common is written here, once. */
export function defineNoun<K extends Kind>(facts: NounFacts<K>): Noun {
  const { kind, idField } = facts;
  const { create } = facts;
  const idOf = (row: Rows[K]) => String(row[idField]);
  return {
    kind,
    collection: facts.collection,
    onCollection: {
      GET: (exchange) => listAnswer(facts, exchange),
      ...(create && {
        POST: (exchange) => {
          refuseTakenName(facts, exchange, undefined);
          const id = idOf(create(exchange));
          // Only the id: everything else, the trunk's domain too, comes from a read-back.
          const body = { message: `${facts.label} created successfully.`, [idField]: id };
          return { status: exchange.behaviour.createStatus, body, created: { kind, id } };
        },
      }),
    },
    onObject: {
      GET: (exchange, id) => {
        const view = facts.view(found(exchange.store.see(kind, id), facts, id), exchange);
        return { status: 200, body: isOnFor(exchange.behaviour.wrapSingle, kind) ? { object: view } : view };
      },
      POST: (exchange, id) => {
        const row = found(exchange.store.table(kind).get(id), facts, id);
        refuseTakenName(facts, exchange, id);
        facts.update(exchange, row);
        exchange.store.touch(row);
        return { status: exchange.behaviour.updateStatus, body: updated(facts, id) };
      },
      DELETE: (exchange, id) => {
        found(exchange.store.table(kind).get(id), facts, id);
        facts.remove(exchange, id);
        return { status: 204 };
      },
    },
  };
}

function found<T>(row: T | undefined, facts: { collection: string }, id: string): T {
  if (row === undefined) throw new Refusal(404, `${facts.collection}${id}/ not found`);
  return row;
}

function updated({ label, idField }: { label?: string; idField: string }, id: string): Record<string, string> {
  return label === undefined ? { message: "changed" } : { message: `${label} updated successfully.`, [idField]: id };
}

function listAnswer<K extends Kind>(facts: NounFacts<K>, exchange: Exchange): Answer {
  const { query, behaviour, store } = exchange;
  const matchers: NonNullable<typeof facts.matchers> = {
    ...Object.fromEntries((facts.filters ?? []).map((name) => [name, equals<K>(name)])),
    ...facts.matchers,
  };
  refuseUnknownArguments(query, ["limit", "offset", ...Object.keys(matchers)]);
  const limit = readCount(query, "limit", MAX_LIMIT, 1, MAX_LIMIT);
  const offset = readCount(query, "offset", 0, 0, Number.MAX_SAFE_INTEGER);
  const wanted = behaviour.ignoreFilters ? [] : Object.entries(matchers).filter(([name]) => query.has(name));
  const rows = store
    .seeAll(facts.kind)
    .filter((row) => wanted.every(([name, matches]) => matches(row, query.get(name) ?? "")));
  if (behaviour.listOrder === "newest-first") rows.reverse();
  const link = (to: number) => {
    const parameters = new URLSearchParams(query);
    parameters.set("limit", String(limit));
    parameters.set("offset", String(to));
    return `${exchange.collectionPath}?${parameters}`;
  };
  const meta = {
    limit,
    offset,
    total_count: rows.length,
    previous: offset > 0 ? link(Math.max(0, offset - limit)) : null,
    next: offset + limit < rows.length ? link(offset + limit) : null,
  };
  const objects = rows.slice(offset, offset + limit).map((row) => facts.view(row, exchange));
  return { status: 200, body: { meta, objects } };
}

function equals<K extends Kind>(name: keyof Rows[K] & string): (row: Rows[K], wanted: string) => boolean {
  return (row, wanted) => String(row[name]) === wanted;
}

/** A misspelt filter must not pass: a client that filters again would never notice that it reads everything. */
function refuseUnknownArguments(query: URLSearchParams, known: readonly string[]): void {
  for (const name of query.keys()) {
    if (!known.includes(name)) throw new Refusal(400, `unknown argument "${name}"; known: ${known.join(", ")}`);
  }
}

function readCount(query: URLSearchParams, name: string, missing: number, min: number, max: number): number {
  const text = query.get(name);
  if (text === null) return missing;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new Refusal(400, `${name} must be a whole number from ${min} to ${max}`);
  }
  return value;
}

function refuseTakenName(facts: { kind: Kind; what: string }, exchange: Exchange, ownId: string | undefined): void {
  const { behaviour, store, body } = exchange;
  if (!isOnFor(behaviour.uniqueNames, facts.kind) || typeof body !== "object" || body === null) return;
  if (!("name" in body) || body.name === "") return;
  for (const [id, row] of store.table(facts.kind)) {
    if (id === ownId || !("name" in row) || row.name !== body.name) continue;
    const text = `${facts.what} with the same name "${row.name}" already exists`;
    throw new Refusal(behaviour.duplicateNameStatus, text);
  }
}

/** The body as the schema has it; what it does not have is refused with 400, a required field left out with `missing`. */
export function readBody<T>(schema: z.ZodType<T>, body: unknown, missing: 400 | 422 = 400): T {
  const parsed = schema.safeParse(body ?? {}, { reportInput: true });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const absent = issue !== undefined && issue.path.length === 1 && issue.input === undefined;
  const field = issue?.path.join(".") ?? "";
  if (absent) throw new Refusal(missing, `${field} is required`);
  throw new Refusal(400, field === "" ? (issue?.message ?? "bad body") : `${field}: ${issue?.message}`);
}
