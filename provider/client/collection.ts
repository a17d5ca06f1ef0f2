import type * as z from "zod";
import type { Call, Method, Request } from "./call";
import { type About, errorFor } from "./error-factory";
import { readList } from "./list";
import { done, single, toSnake, toWire } from "./wire";

/** What tells one kind of object from another. */
export interface Kind<Row> {
  /** Of the collection, without the slash at its end: `Zentrunk/Trunk`. */
  readonly path: string;
  /** Singular, for error texts: `trunk`. */
  readonly noun: string;
  readonly row: z.ZodType<Row>;
  idOf(row: Row): string;
}

/** How nouns reach their objects: the request path of one account, and its Auth ID for error texts. */
export interface Reach {
  readonly request: Request;
  readonly authId: string;
}

/** The five verbs that all kinds share. Bodies are camelCase; null and undefined are left out of them. */
export class Collection<Row> {
  readonly #reach: Reach;
  readonly #kind: Kind<Row>;

  constructor(reach: Reach, kind: Kind<Row>) {
    this.#reach = reach;
    this.#kind = kind;
  }

  create<Answer>(fields: object, answer: z.ZodType<Answer>): Promise<Answer> {
    const { path, noun } = this.#kind;
    const call = { method: "POST", path: `${path}/`, body: toWire(fields), idempotent: false } as const;
    return this.#reach.request({ ...call, answer: single(answer), what: noun, toCollection: true });
  }

  async get(id: string): Promise<Row> {
    return this.#reach.request({ ...this.#to("GET", id), answer: single(this.#kind.row) });
  }

  /** `body` is in the API's own field names, because only there can a null mean "clear it". */
  async update(id: string, body: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#reach.request({ ...this.#to("POST", id), body, answer: done });
  }

  async delete(id: string): Promise<void> {
    await this.#reach.request({ ...this.#to("DELETE", id), answer: done });
  }

  /** Every page. Rows are filtered again here, because a server may ignore what it does not know. */
  async list(filter: { readonly [Key in keyof Row]?: Row[Key] | undefined } = {}): Promise<Row[]> {
    const { path, noun, row, idOf } = this.#kind;
    const wanted = Object.entries(filter).filter(([, value]) => value !== undefined && value !== null);
    const query = Object.fromEntries(wanted.map(([key, value]) => [toSnake(key), String(value)]));
    const listing = { path: `${path}/`, what: `${noun}s`, row, idOf, query };
    const rows = await readList(this.#reach.request, listing, this.#about("GET", listing.path, listing.what));
    return rows.filter((row) => wanted.every(([key, value]) => Reflect.get(Object(row), key) === value));
  }

  /** For nouns that find something wrong after the calls themselves went well. */
  noEffect(id: string, why: string): Error {
    const { path, what } = this.#to("POST", id);
    return errorFor({ kind: "no-effect", why }, this.#about("POST", path, what));
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
