/** The objects that this run makes: named after the command, read back, and deleted one by one. */
import type { Api } from "./api";
import { isId, isOwnName, isRow, type Kind, kinds, NAME_PREFIX, type Row } from "./kinds";
import { readList } from "./pages";
import { isDone, isGone, isRefusal, NamelessError, NoReplyError, objectIn, RefusedError, type Reply } from "./reply";

export interface OwnObject {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  /** As its first read showed it. */
  readonly row: Row;
  /** That read. */
  readonly read: Reply;
}

export type Created = OwnObject | { readonly refused: Reply };

/** Waits before each read of a new object: until it is visible. */
const VISIBLE_MS = [0, 250, 250, 500, 1_000, 2_000, 4_000, 8_000, 16_000] as const;
/** Waits before each list, after a create without a response. */
const LOOKUP_MS = [0, 1_000, 3_000, 6_000] as const;
const ATTEMPTS = 3;
/** Waits before an object is read again that should have changed. */
const REREADS_MS = [500, 2_000] as const;

export class OwnObjects {
  /** Those that exist, by ID. Each was read back under its name: an ID alone proves nothing. */
  readonly existing = new Map<string, OwnObject>();
  /** Names of creates without a response, and not found since: they may turn up. */
  readonly unsettled = new Set<string>();
  /** Objects that a create has named, and whose read does not show the name that was sent: they are left alone. */
  readonly nameless: string[] = [];
  /** How long new objects were invisible, in ms. */
  readonly lags: number[] = [];

  constructor(
    private readonly api: Api,
    private readonly random: () => string,
  ) {}

  newName(): string {
    return `${NAME_PREFIX}${this.random()}`;
  }

  path({ kind, id }: Pick<OwnObject, "kind" | "id">): string {
    return `${kinds[kind].collection}${id}/`;
  }

  /** Throws where the API refuses it. */
  async make(kind: Kind, fields: Row): Promise<OwnObject> {
    const created = await this.create(kind, fields);
    if (!("refused" in created)) return created;
    throw new RefusedError(`POST ${kinds[kind].collection} -> ${created.refused.status}`);
  }

  /** Under a new name, unless `fields` has one. A create without a response is looked up before anything else is sent. */
  async create(kind: Kind, fields: Row): Promise<Created> {
    const { collection } = kinds[kind];
    const statuses = new Set<number>();
    const tried: string[] = [];
    const doubtful = new Set<string>();
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const name = typeof fields.name === "string" ? fields.name : this.newName();
      tried.push(name);
      const began = this.api.clock.now();
      const reply = await this.#post(collection, { ...fields, name });
      const id = reply && idIn(reply, kind);
      const made = id === undefined ? undefined : await this.#readBack(kind, id, name, began);
      if (made) return made;
      if (reply && isRefusal(reply) && !doubtful.has(name)) return this.#refused(reply, tried);
      doubtful.add(name);
      const found = await this.#lookUp(kind, name);
      if (found) return found;
      if (reply && isRefusal(reply)) return this.#refused(reply, tried);
      statuses.add(reply?.status ?? 0);
      if (reply && attempt === ATTEMPTS - 1 && statuses.size === 1 && reply.status >= 400) return { refused: reply };
    }
    throw new NoReplyError(`POST ${collection}: no usable response in ${ATTEMPTS} attempts`);
  }

  /** From here on the object may exist, whatever ends the run; but not where an error says that nothing was sent. */
  async #post(path: string, body: Row & { readonly name: string }): Promise<Reply | undefined> {
    this.unsettled.add(body.name);
    try {
      return await this.api.once({ method: "POST", path, body });
    } catch (error) {
      this.unsettled.delete(body.name);
      throw error;
    }
  }

  /** What the API says of one attempt it says of those before: none of them has made an object. */
  #refused(reply: Reply, tried: readonly string[]): Created {
    for (const name of tried) this.unsettled.delete(name);
    return { refused: reply };
  }

  async remove(object: OwnObject): Promise<Reply> {
    const reply = await this.api.remove(this.path(object));
    if (isGone(reply)) this.existing.delete(object.id);
    return reply;
  }

  #nameless(kind: Kind, id: string, name: string): NamelessError {
    const what = `${kinds[kind].noun} ${id}`;
    this.nameless.push(
      `${what}: made as ${name}, says its create, but a read does not show this name; check it yourself`,
    );
    return new NamelessError(`${what} does not show its name`);
  }

  /**
   * Reads an object that must be there, up to three times, until it is as wanted: a read may lag behind a write. Returns
   * what it was last.
   */
  async readUntil(object: Pick<OwnObject, "kind" | "id">, isWanted: (row: Row) => boolean): Promise<Row> {
    for (let attempt = 0; ; attempt++) {
      const row = await this.read(object);
      if (row === undefined) throw new NoReplyError(`GET ${this.path(object)}: the object is gone`);
      const wait = REREADS_MS[attempt];
      if (isWanted(row) || wait === undefined) return row;
      await this.api.pause(wait);
    }
  }

  /** The same for an object that may be gone: `false` if it is, and stays so. */
  async isKept(object: Pick<OwnObject, "kind" | "id">): Promise<boolean> {
    for (const wait of [0, ...REREADS_MS]) {
      if (wait > 0) await this.api.pause(wait);
      if ((await this.read(object)) === undefined) return false;
    }
    return true;
  }

  /** Reads an object again; `undefined` when it is gone. */
  async read(object: Pick<OwnObject, "kind" | "id">): Promise<Row | undefined> {
    const reply = await this.api.get(this.path(object));
    if (reply.status === 404) return undefined;
    if (!isDone(reply)) throw new NoReplyError(`GET ${this.path(object)} -> ${reply.status}`);
    return objectIn(reply);
  }

  async #readBack(kind: Kind, id: string, name: string, began: number): Promise<OwnObject | undefined> {
    for (const wait of VISIBLE_MS) {
      if (wait > 0) await this.api.pause(wait);
      const reply = await this.api.get(this.path({ kind, id }));
      const row = isDone(reply) ? objectIn(reply) : undefined;
      if (row === undefined) continue;
      // A long name may be cut.
      if (!isOwnName(row.name) || !name.startsWith(row.name)) throw this.#nameless(kind, id, name);
      this.lags.push(wait === 0 ? 0 : Math.round(this.api.clock.now() - began));
      this.unsettled.delete(name);
      const object = { kind, id, name: row.name, row, read: reply };
      this.existing.set(id, object);
      return object;
    }
    return undefined;
  }

  async #lookUp(kind: Kind, name: string): Promise<OwnObject | undefined> {
    const { idField } = kinds[kind];
    for (const wait of LOOKUP_MS) {
      if (wait > 0) await this.api.pause(wait);
      const { rows } = await readList(this.api, kind);
      const row = rows.find((one) => one.name === name && !this.existing.has(String(one[idField])));
      if (row) return this.#readBack(kind, String(row[idField]), name, this.api.clock.now());
    }
    return undefined;
  }
}

function idIn(reply: Reply, kind: Kind): string | undefined {
  if (!isDone(reply) || !isRow(reply.json)) return undefined;
  const id = reply.json[kinds[kind].idField];
  return isId(id) ? String(id) : undefined;
}
