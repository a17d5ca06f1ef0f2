import type * as z from "zod";
import type { Kind, Rows } from "../account/rows";
import type { Store } from "../account/store";
import type { Behaviour } from "../behaviour";
import { isOnFor } from "../behaviour";
import { ApiError } from "../errors";

/** A request as its route gets it. */
export interface RouteRequest {
  readonly store: Store;
  readonly behaviour: Behaviour;
  readonly query: URLSearchParams;
  /** Parsed JSON, `undefined` when there is no body. */
  readonly body: unknown;
  /** Path of the collection below the root, without a leading slash: what `next` is made of. */
  readonly collectionPath: string;
}

/** What a route returns; the server adds `api_id`. */
export interface RouteResponse {
  readonly status: number;
  /** Absent: no body at all. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The object that was created, so that it can be hidden for a while. */
  readonly created?: { readonly kind: Kind; readonly id: string };
}

export type Method = "GET" | "POST" | "DELETE";

/** The routes of one kind of object, with its facts applied. */
export interface ResourceRoute {
  readonly kind: Kind;
  /** Path below the account, ending in `/`. */
  readonly collection: string;
  readonly onCollection: Partial<Record<Method, (request: RouteRequest) => RouteResponse>>;
  readonly onObject: Partial<Record<Method, (request: RouteRequest, id: string) => RouteResponse>>;
}

/** What differs between the kinds of objects. */
export interface ResourceFacts<K extends Kind> {
  readonly kind: K;
  /** The subject of an error message: `A trunk`. */
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
  view(row: Rows[K], request: RouteRequest): Record<string, unknown>;
  /** Absent: objects of this kind cannot be created. */
  create?(request: RouteRequest): Rows[K];
  update(request: RouteRequest, row: Rows[K]): void;
  remove(request: RouteRequest, id: string): void;
}

const MAX_LIMIT = 20;

/** Builds the routes of one kind from its facts: what all kinds have in common is written here, once. */
export function defineResourceRoute<K extends Kind>(facts: ResourceFacts<K>): ResourceRoute {
  const { kind, idField } = facts;
  const { create } = facts;
  const idOf = (row: Rows[K]) => String(row[idField]);
  return {
    kind,
    collection: facts.collection,
    onCollection: {
      GET: (request) => listResponse(facts, request),
      ...(create && {
        POST: (request) => {
          rejectTakenName(facts, request, undefined);
          const id = idOf(create(request));
          // Only the id: everything else, the trunk's domain too, comes from a read-back.
          const body = { message: `${facts.label} created successfully.`, [idField]: id };
          return { status: request.behaviour.createStatus, body, created: { kind, id } };
        },
      }),
    },
    onObject: {
      GET: (request, id) => {
        const view = facts.view(requireRow(request.store.read(kind, id), facts, id), request);
        return { status: 200, body: isOnFor(request.behaviour.wrapSingle, kind) ? { object: view } : view };
      },
      POST: (request, id) => {
        const row = requireRow(request.store.table(kind).get(id), facts, id);
        rejectTakenName(facts, request, id);
        facts.update(request, row);
        request.store.touch(row);
        return { status: request.behaviour.updateStatus, body: updateMessage(facts, id) };
      },
      DELETE: (request, id) => {
        requireRow(request.store.table(kind).get(id), facts, id);
        facts.remove(request, id);
        return { status: 204 };
      },
    },
  };
}

function requireRow<T>(row: T | undefined, facts: { collection: string }, id: string): T {
  if (row === undefined) throw new ApiError(404, `${facts.collection}${id}/ not found`);
  return row;
}

function updateMessage({ label, idField }: { label?: string; idField: string }, id: string): Record<string, string> {
  return label === undefined ? { message: "changed" } : { message: `${label} updated successfully.`, [idField]: id };
}

function listResponse<K extends Kind>(facts: ResourceFacts<K>, request: RouteRequest): RouteResponse {
  const { query, behaviour, store } = request;
  const matchers: NonNullable<typeof facts.matchers> = {
    ...Object.fromEntries((facts.filters ?? []).map((name) => [name, equals<K>(name)])),
    ...facts.matchers,
  };
  rejectUnknownArguments(query, ["limit", "offset", ...Object.keys(matchers)]);
  const limit = readCount(query, "limit", MAX_LIMIT, 1, MAX_LIMIT);
  const offset = readCount(query, "offset", 0, 0, Number.MAX_SAFE_INTEGER);
  const wanted = behaviour.ignoreFilters ? [] : Object.entries(matchers).filter(([name]) => query.has(name));
  const rows = store
    .list(facts.kind)
    .filter((row) => wanted.every(([name, matches]) => matches(row, query.get(name) ?? "")));
  if (behaviour.listOrder === "newest-first") rows.reverse();
  const link = (to: number) => {
    const parameters = new URLSearchParams(query);
    parameters.set("limit", String(limit));
    parameters.set("offset", String(to));
    return `${request.collectionPath}?${parameters}`;
  };
  const meta = {
    limit,
    offset,
    total_count: rows.length,
    previous: offset > 0 ? link(Math.max(0, offset - limit)) : null,
    next: offset + limit < rows.length ? link(offset + limit) : null,
  };
  const objects = rows.slice(offset, offset + limit).map((row) => facts.view(row, request));
  return { status: 200, body: { meta, objects } };
}

function equals<K extends Kind>(name: keyof Rows[K] & string): (row: Rows[K], wanted: string) => boolean {
  return (row, wanted) => String(row[name]) === wanted;
}

/** A misspelt filter must not be ignored: a client that filters the rows again would not notice that it gets all. */
function rejectUnknownArguments(query: URLSearchParams, known: readonly string[]): void {
  for (const name of query.keys()) {
    if (!known.includes(name)) throw new ApiError(400, `unknown argument "${name}"; known: ${known.join(", ")}`);
  }
}

function readCount(query: URLSearchParams, name: string, missing: number, min: number, max: number): number {
  const text = query.get(name);
  if (text === null) return missing;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new ApiError(400, `${name} must be a whole number from ${min} to ${max}`);
  }
  return value;
}

function rejectTakenName(facts: { kind: Kind; what: string }, request: RouteRequest, ownId: string | undefined): void {
  const { behaviour, store, body } = request;
  if (!isOnFor(behaviour.uniqueNames, facts.kind) || typeof body !== "object" || body === null) return;
  if (!("name" in body) || body.name === "") return;
  for (const [id, row] of store.table(facts.kind)) {
    if (id === ownId || !("name" in row) || row.name !== body.name) continue;
    const text = `${facts.what} with the same name "${row.name}" already exists`;
    throw new ApiError(behaviour.duplicateNameStatus, text);
  }
}

/** The body, parsed by the schema. Unknown fields are rejected with 400, a missing required field with `missing`. */
export function readBody<T>(schema: z.ZodType<T>, body: unknown, missing: 400 | 422 = 400): T {
  const parsed = schema.safeParse(body ?? {}, { reportInput: true });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const absent = issue !== undefined && issue.path.length === 1 && issue.input === undefined;
  const field = issue?.path.join(".") ?? "";
  if (absent) throw new ApiError(missing, `${field} is required`);
  throw new ApiError(400, field === "" ? (issue?.message ?? "bad body") : `${field}: ${issue?.message}`);
}
