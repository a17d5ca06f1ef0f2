/**
 * Reading back what was just created. Plivo answers a create with an id and nothing else, so each one is read once
 * more: 2 calls an object. Where calls are scarce, creates that run at once share these reads, since their objects are
 * neighbours in the list: 8 creates are 8 POSTs and one page.
 *
 * A page that was asked for after a create shows the object as that create left it: nobody else has written it yet.
 * What a page does not show is read with a GET, and so is the only one that waits. Where the newest objects stand is
 * not documented: it is learnt from the first page that has them, and given up where they are at neither end.
 */
import { type Circumstances, Gathering } from "./gathering";
import type { Page, Source } from "./shared-reads";

/** Times that the pages brought less than their calls are worth, before they are not tried any more. */
const MOST_MISSES = 3;
/** Fewer are as well read with GETs. */
const FEWEST = 2;

type End = "start" | "end";

/** Those who wait for the same pages. */
interface Batch<Row> {
  readonly ids: Set<string>;
  readonly rows: Promise<ReadonlyMap<string, Row>>;
}

export class ReadBacks<Row> {
  readonly #gathering: Gathering;
  /** Made by this process, and not read or written since. */
  readonly #made = new Set<string>();
  #batch: Batch<Row> | undefined;
  /** Of the whole list, as the last page said, and what was made since. */
  #total = 0;
  /** Where the newest objects stand, once it is known. */
  #newest: End | undefined;
  #misses = 0;

  constructor(circumstances: Circumstances) {
    this.#gathering = new Gathering(circumstances);
  }

  made(id: string): void {
    this.#made.add(id);
    this.#total += 1;
  }

  /** It is not as its create left it any more. */
  wrote(id: string): void {
    this.#made.delete(id);
  }

  /** The object as its create left it. `undefined`: this process has not made it, or nobody has read a page that shows it. */
  async find(id: string, source: Source<Row>): Promise<Row | undefined> {
    const isNew = this.#made.delete(id);
    if (!isNew || !this.#gathering.isWorthIt || this.#misses >= MOST_MISSES) return undefined;
    this.#batch ??= this.#open(source);
    const { ids, rows } = this.#batch;
    ids.add(id);
    return (await source.waitFor(rows)) ? (await rows).get(id) : undefined;
  }

  #open(source: Source<Row>): Batch<Row> {
    const ids = new Set<string>();
    const rows = this.#gathering
      .end(() => ids.size)
      .then(() => {
        this.#batch = undefined;
        return this.#read(ids, source);
      });
    return { ids, rows };
  }

  async #read(ids: ReadonlySet<string>, source: Source<Row>): Promise<ReadonlyMap<string, Row>> {
    const found = new Map<string, Row>();
    const search = new Search(this.#newest, this.#total, source.pageSize);
    let calls = 0;
    while (ids.size - found.size >= FEWEST) {
      const offset = search.next();
      if (offset === undefined) break;
      calls += 1;
      const page = await source.page(offset).catch(() => undefined);
      if (!page) break;
      const shown = new Map(page.rows.map((row) => [source.idOf(row), row]));
      const hits = [...shown].filter(([id]) => ids.has(id) && !found.has(id));
      for (const [id, row] of hits) found.set(id, row);
      const order = [...shown.keys()];
      search.learn({ ...page, hits: hits.length, isOurs: (at) => ids.has(order.at(at) ?? "") });
    }
    this.#total = search.total;
    this.#newest = search.newest;
    if (found.size < calls) this.#misses += 1;
    return found;
  }
}

/** What a page has shown to those who wait. */
interface Seen extends Page<unknown> {
  readonly hits: number;
  /** Whether the row at this place is one that is waited for; -1 is the last. */
  isOurs(at: number): boolean;
}

/** Which pages to read for one batch: from one end inwards while they bring enough, else the other end once. */
class Search {
  newest: End | undefined;
  total: number;
  #end: End;
  #inwards = 0;
  #triesLeft = 2;

  constructor(
    newest: End | undefined,
    total: number,
    readonly pageSize: number,
  ) {
    this.newest = newest;
    this.total = total;
    this.#end = newest ?? "start";
  }

  next(): number | undefined {
    if (this.#triesLeft === 0) return undefined;
    const offset = this.#inwards * this.pageSize;
    return this.#end === "start" ? offset : Math.max(0, this.total - offset - this.pageSize);
  }

  learn({ rows, total, hits, isOurs }: Seen): void {
    const expected = this.total;
    this.total = total ?? rows.length;
    const isEverything = this.total <= rows.length;
    // In a short list the newest are on the first page and on the last; only at their own end do they come first.
    if (hits >= FEWEST && isOurs(this.#end === "start" ? 0 : -1)) this.newest ??= isEverything ? undefined : this.#end;
    if (hits >= FEWEST && this.newest !== undefined && !isEverything) {
      this.#inwards += 1;
      return;
    }
    // Where the newest are is known: then only the length of the list can have been wrong.
    const isElsewhere = this.newest === undefined || (this.newest === "end" && expected !== this.total);
    this.#triesLeft = isEverything || !isElsewhere ? 0 : this.#triesLeft - 1;
    if (this.newest === undefined) this.#end = "end";
    this.#inwards = 0;
  }
}
