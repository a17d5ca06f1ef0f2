import type * as z from "zod";
import type { Wait } from "../cache/batcher";
import type { Consistency, ListCache } from "../cache/list-cache";
import type { ListSource } from "../cache/list-source";
import { createError } from "../http/create-error";
import { NotFoundError } from "../http/errors";
import type { BeforeLateWrite, Method, RequestBody, RequestSpec } from "../http/request-spec";
import { type ListContext, type Listing, readList, readPage, type Shifts } from "./list";
import { type Visit, visitRows } from "./visit";
import { done, given, id as idSchema, isId, ofId, row, single, type WireFields } from "./wire";

/** What tells one kind of object from another. */
export interface CollectionSpec<Row, IdKey extends keyof Row & string> {
  /** Of the collection, without the slash at its end: `Zentrunk/Trunk`. */
  readonly path: string;
  /** Singular, for error texts: `trunk`. */
  readonly noun: string;
  readonly fields: WireFields;
  /** What a row of these fields is. */
  readonly row: z.ZodType<Row>;
  /** The field that is the id, in rows and in the response to a create. */
  readonly idKey: IdKey;
  /** One spelling for each id. @default an id is spelled in one way, small and capital letters apart */
  canonicalId?(id: string): string;
  /** A list might leave fields out: a row that is no object as they are says nothing, and the object is asked for itself. */
  isWhole?(row: Row): boolean;
}

/** Field -> the value that a row must have; no value: any. */
export type RowFilter<Row> = { readonly [Key in keyof Row]?: Row[Key] | null | undefined };

/** What the kinds of objects get of an operation and its client. */
export interface ApiContext extends ListContext {
  /** Identifies the operation. */
  readonly operation: object;
  /** What the operations of one client share of a kind, named by its path. */
  listCache(path: string): ListCache<unknown, unknown>;
  readonly wait: Wait;
  /** On the clock of the client, in ms. */
  now(): number;
}

/**
 * What all kinds share. Bodies are in the API's own field names, because only there can a null mean "clear it". `Filter`
 * is what the API finds objects by, if it does.
 */
export abstract class Collection<Row, IdKey extends keyof Row & string, Filter extends RowFilter<Row> = never> {
  readonly #api: ApiContext;
  readonly #spec: CollectionSpec<Row, IdKey>;
  readonly #cache: ListCache<Row, RowFilter<Row>>;
  /** Of the list, as this operation has last seen it. */
  #pages: number | undefined;

  constructor(api: ApiContext, spec: CollectionSpec<Row, IdKey>) {
    this.#api = api;
    this.#spec = spec;
    // Only collections of this kind put rows in, and all of them have this type.
    this.#cache = api.listCache(spec.path) as ListCache<Row, RowFilter<Row>>;
  }

  /** Returns the id: Plivo tells nothing else of a new object. */
  protected async createFrom(body: RequestBody): Promise<Pick<Row, IdKey>> {
    const { path, noun, idKey } = this.#spec;
    const isNew = (id: string) => isId(id) && !this.#cache.hasWritten(id);
    // To TypeScript, a computed key may be any text.
    const created = row({ [idKey]: [this.wireName(idKey), idSchema] }) as unknown as z.ZodType<Pick<Row, IdKey>>;
    const error = "it cannot be the id of a new object";
    const schema = single(created).refine((made) => isNew(String(made[idKey])), { error, path: [idKey] });
    const spec = {
      method: "POST",
      path: `${path}/`,
      body: given(body),
      idempotent: false,
      toCollection: true,
    } as const;
    const made = await this.#cache.write(undefined, () => this.#api.request({ ...spec, schema, target: noun }));
    this.#cache.created(this.#idOf(String(made[idKey])));
    return made;
  }

  /**
   * "eventual": where many are asked for, a list may show it, at most 30 s old; never an object that this process wrote,
   * unless the list was requested after its create. "strong": what a GET of this operation returns.
   */
  async get(id: string, consistency: Consistency = "eventual"): Promise<Row> {
    // Refuses what can be the id of no object, also where a list would be read.
    this.#to("GET", id);
    return this.#cache.get(this.#idOf(id), this.#source(), consistency);
  }

  /** Each of these as `get` returns it, or the error that it rejects with; they share the pages of the list. */
  getMany(ids: readonly string[]): Promise<ReadonlyMap<string, Row | Error>> {
    const canonical = ids.map((id) => this.#idOf(id));
    return this.#cache.getMany(canonical, this.#source());
  }

  /** Hands over each of these objects right after it was read, from pages or with GETs: nothing else in the client is used. */
  async visit(ids: readonly string[], visit: Visit<Row>): Promise<void> {
    const source = { ...this.#source(), now: () => this.#api.now() };
    const canonical = ids.map((id) => this.#idOf(id));
    this.#pages = await visitRows(canonical, source, visit, this.#pages);
  }

  /** @param beforeLate As `beforeLateWrite` in `RequestContext`, for this request. */
  protected async sendUpdate(id: string, body: RequestBody, beforeLate?: BeforeLateWrite): Promise<void> {
    const spec = { ...this.#to("POST", id), body, schema: this.#done(id), beforeLate };
    await this.#cache.write(this.#idOf(id), () => this.#api.request(spec));
  }

  protected async sendDelete(id: string): Promise<void> {
    const spec = { ...this.#to("DELETE", id), schema: this.#done(id) };
    await this.#cache.write(this.#idOf(id), () => this.#api.request(spec), true);
  }

  /** Every page. Rows are filtered again here, because a server may ignore what it does not know. */
  async list(filter?: Filter): Promise<Row[]> {
    const wanted: RowFilter<Row> = filter ?? {};
    // Only a new object comes into a list without a filter, at one of its ends.
    const shifts = isEmpty(wanted) ? "ends" : "overlap";
    return (await this.#all(wanted, shifts)).filter((row) => matches(row, wanted));
  }

  /**
   * The rows that match one of the filters, for a delete that depends on them: as they were within the last second, and
   * since the last write of this process. Operations that ask at the same time share what is read.
   *
   * @param isMatch for what no filter of the API can say
   */
  protected async usedRows(
    filters: readonly RowFilter<Row>[],
    isMatch = (row: Row) => filters.some((filter) => matches(row, filter)),
  ): Promise<Row[]> {
    const rows = await this.#cache.rows({ filters, isMatch }, this.#source());
    return [...new Map(rows.map((row) => [this.#idOf(String(row[this.#spec.idKey])), row])).values()];
  }

  /** The error where Plivo accepted an update, and a read-back shows that it did not apply it. */
  protected notApplied(id: string, why: string): Error {
    return createError({ kind: "not-applied", why }, { ...this.#to("POST", id), authId: this.#api.authId });
  }

  /** What the server finds; one that knows no filters finds everything. */
  async #all(filter: RowFilter<Row>, shifts: Shifts = "overlap"): Promise<Row[]> {
    const query = Object.fromEntries(
      Object.entries(given(filter)).map(([key, value]) => [this.wireName(key), String(value)]),
    );
    const { rows, doubtful } = await readList(this.#listing(query), shifts);
    const existing = await Promise.all(doubtful.map((row) => this.#reread(row)));
    return [...rows, ...existing.filter((row) => row !== undefined)];
  }

  /** The rows, those that say nothing replaced by what a GET says. */
  async #whole(rows: readonly Row[]): Promise<Row[]> {
    const whole: Row[] = [];
    for (const row of rows) {
      const found = this.#isWhole(row) ? row : await this.#reread(row);
      if (found) whole.push(found);
    }
    return whole;
  }

  async #reread(row: Row): Promise<Row | undefined> {
    try {
      return await this.#getOne(this.#idOf(String(row[this.#spec.idKey])));
    } catch (error) {
      if (NotFoundError.isInstance(error)) return undefined;
      throw error;
    }
  }

  #isWhole(row: Row): boolean {
    return this.#spec.isWhole?.(row) ?? true;
  }

  #getOne(id: string): Promise<Row> {
    const { row: schema, idKey } = this.#spec;
    return this.#api.request({ ...this.#to("GET", id), schema: ofId(single(schema), idKey, this.#isSame(id)) });
  }

  #source(): ListSource<Row, RowFilter<Row>> {
    const { operation, wait } = this.#api;
    const listing = this.#listing({});
    return {
      operation,
      wait,
      get: (id) => this.#getOne(id),
      page: async (offset) => {
        const { rows, total } = await readPage(listing, offset, { bestEffort: true });
        return { rows: rows.filter((found) => this.#isWhole(found)), total };
      },
      firstPage: async () => {
        const page = await readPage(listing, 0, { bestEffort: false });
        return { ...page, rows: await this.#whole(page.rows) };
      },
      list: async (filter = {}) => (await this.#whole(await this.#all(filter))).filter((row) => matches(row, filter)),
      idOf: listing.idOf,
      isEmpty,
    };
  }

  #listing(query: Readonly<Record<string, string>>): Listing<Row> {
    const { path, noun, row: schema, idKey } = this.#spec;
    return {
      ...this.#api,
      path: `${path}/`,
      target: `${noun}s`,
      row: schema,
      idOf: (found) => this.#idOf(String(found[idKey])),
      query,
    };
  }

  protected wireName(key: string): string {
    return this.#spec.fields[key]?.[0] ?? key;
  }

  #idOf(id: string): string {
    return this.#spec.canonicalId?.(id) ?? id;
  }

  #isSame(asked: string): (id: string) => boolean {
    const key = (id: string) => this.#idOf(id).toLowerCase();
    return (id) => key(id) === key(asked);
  }

  #done(id: string): z.ZodType<undefined> {
    return done(this.wireName(this.#spec.idKey), this.#isSame(id));
  }

  #to(method: Method, id: string): Omit<RequestSpec<unknown>, "schema"> {
    const { path, noun } = this.#spec;
    const request = { method, path: `${path}/`, idempotent: true, target: `${noun} ${id}` };
    if (isId(id)) return { ...request, path: `${path}/${encodeURIComponent(id)}/` };
    const why = `${JSON.stringify(id.slice(0, 60))} cannot be the id of any ${noun}`;
    throw createError({ kind: "invalid", why }, { ...request, authId: this.#api.authId });
  }
}

function isEmpty(filter: object): boolean {
  return Object.keys(given(filter)).length === 0;
}

function matches<Row>(row: Row, filter: RowFilter<Row>): boolean {
  return Object.entries(given(filter)).every(([key, value]) => Reflect.get(Object(row), key) === value);
}
