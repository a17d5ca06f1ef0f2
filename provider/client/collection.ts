import type * as z from "zod";
import type { Call, Method, Request } from "./call";
import { type About, errorFor } from "./error-factory";
import { type Listing, PAGE, readList, readPage } from "./list";
import type { SharedReads } from "./shared-reads";
import { done, single, toSnake, toWire } from "./wire";

/** What tells one kind of object from another. */
export interface Kind<Row> {
  /** Of the collection, without the slash at its end: `Zentrunk/Trunk`. */
  readonly path: string;
  /** Singular, for error texts: `trunk`. */
  readonly noun: string;
  readonly row: z.ZodType<Row>;
  /** The field that is the id, in rows and in the answer to a create. */
  readonly idKey: keyof Row & string;
}

/** How nouns reach their objects: the request path of one account, and its Auth ID for error texts. */
export interface Reach {
  readonly request: Request;
  readonly authId: string;
  /** What the operations of one client share of a kind, named by its path. */
  sharedReads(path: string): SharedReads<unknown>;
}

/** The five verbs that all kinds share. Bodies are camelCase; null and undefined are left out of them. */
export class Collection<Row> {
  readonly #reach: Reach;
  readonly #kind: Kind<Row>;
  readonly #reads: SharedReads<Row>;

  constructor(reach: Reach, kind: Kind<Row>) {
    this.#reach = reach;
    this.#kind = kind;
    // Only collections of this kind put rows in, and all of them have this type.
    this.#reads = reach.sharedReads(kind.path) as SharedReads<Row>;
  }

  async create<Answer extends object>(fields: object, answer: z.ZodType<Answer>): Promise<Answer> {
    const { path, noun, idKey } = this.#kind;
    const call = { method: "POST", path: `${path}/`, body: toWire(fields), idempotent: false } as const;
    const made = await this.#reach.request({ ...call, answer: single(answer), what: noun, toCollection: true });
    this.#reads.wrote(String(Reflect.get(made, idKey)));
    return made;
  }

  /**
   * Where many are asked for, a list may answer, at most 30 s old; never for an object that this process wrote, and
   * never where `fresh` says that a decision hangs on the answer.
   */
  async get(id: string, { fresh = false } = {}): Promise<Row> {
    const call = { ...this.#to("GET", id), answer: single(this.#kind.row) };
    if (fresh) return this.#reach.request(call);
    const { idKey } = this.#kind;
    return this.#reads.get(id, {
      get: () => this.#reach.request(call),
      page: (offset) => readPage(this.#reach.request, this.#listing({}), offset),
      idOf: (row) => String(row[idKey]),
      pageSize: PAGE,
    });
  }

  /** `body` is in the API's own field names, because only there can a null mean "clear it". */
  async update(id: string, body: Readonly<Record<string, unknown>>): Promise<void> {
    const call = { ...this.#to("POST", id), body, answer: done };
    this.#reads.wrote(id);
    await this.#reach.request(call);
  }

  async delete(id: string): Promise<void> {
    const call = { ...this.#to("DELETE", id), answer: done };
    this.#reads.wrote(id);
    await this.#reach.request(call);
  }

  /** Every page. Rows are filtered again here, because a server may ignore what it does not know. */
  async list(filter: { readonly [Key in keyof Row]?: Row[Key] | undefined } = {}): Promise<Row[]> {
    const wanted = Object.entries(filter).filter(([, value]) => value !== undefined && value !== null);
    const query = Object.fromEntries(wanted.map(([key, value]) => [toSnake(key), String(value)]));
    const listing = this.#listing(query);
    const rows = await readList(this.#reach.request, listing, this.#about("GET", listing.path, listing.what));
    return rows.filter((row) => wanted.every(([key, value]) => Reflect.get(Object(row), key) === value));
  }

  /** For nouns that find something wrong after the calls themselves went well. */
  noEffect(id: string, why: string): Error {
    const { path, what } = this.#to("POST", id);
    return errorFor({ kind: "no-effect", why }, this.#about("POST", path, what));
  }

  #listing(query: Readonly<Record<string, string>>): Listing<Row> {
    const { path, noun, row, idKey } = this.#kind;
    return { path: `${path}/`, what: `${noun}s`, row, idOf: (found) => String(found[idKey]), query };
  }

  #to(method: Method, id: string): Omit<Call<unknown>, "answer"> {
    const what = `${this.#kind.noun} ${id}`;
    const place = `${this.#kind.path}/`;
    if (!isId(id)) {
      const why = `${JSON.stringify(id.slice(0, 60))} cannot be the id of a ${this.#kind.noun}`;
      throw errorFor({ kind: "invalid", why }, this.#about(method, place, what));
    }
    return { method, path: `${place}${encodeURIComponent(id)}/`, idempotent: true, what };
  }

  #about(method: Method, path: string, what: string): About {
    return { method, path, what, idempotent: true, toCollection: false, authId: this.#reach.authId };
  }
}

/** What would leave its place in the path, or the path itself, is no id, whoever gave it. */
function isId(id: string): boolean {
  return id.length > 0 && id.length <= 256 && !/[/\\.?#%\s\p{Cc}\p{Cs}]/u.test(id);
}
