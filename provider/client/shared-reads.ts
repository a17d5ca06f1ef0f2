/**
 * Reading many objects by few calls. Plivo's lists bring 20 objects a call, a GET brings one, and the account has 300
 * calls in 5 s: a refresh of 1,000 trunks is 50 calls or 1,000.
 *
 * Nobody says how many objects will be asked for, so every step is paid for by what was asked so far: with n objects
 * asked for, of an account whose list has P pages, no more than 2 * min(n, P) calls are made, which is twice the best
 * choice with hindsight. The first object is a GET. The second makes the first page worth its call, and that tells P.
 * Further pages are read while they keep bringing what is asked for, from whichever end of the list they do; when the
 * GETs have cost as much as the whole list, the rest of the list is read.
 *
 * What a page showed may be answered for FRESH_MS. An object that this process wrote is never answered from a list,
 * because a list may lag behind a write; and one that no page shows is asked for with a GET before it counts as gone.
 */
import type { Clock } from "./clock";

/** How old, in ms, an answer from a list may be. */
export const FRESH_MS = 30_000;
/** Objects that a page must have brought, of those asked for, to make the next page worth trying. */
const WORTH = 8;

/** One kind of object of one account, through the operation that asks. */
export interface Source<Row> {
  get(id: string): Promise<Row>;
  /** Rows from this offset on; `total` is of the whole list, `null` where the server does not say. */
  page(offset: number): Promise<{ readonly rows: readonly Row[]; readonly total: number | null }>;
  idOf(row: Row): string;
  readonly pageSize: number;
}

interface Shown<Row> {
  readonly row: Row;
  readonly at: number;
}

/** What was asked and paid for since the last pause of FRESH_MS. */
interface Account {
  readonly since: number;
  readonly asked: Set<string>;
  readonly read: Set<number>;
  gets: number;
  hits: number;
  pages: number | undefined;
  backwards: boolean;
  broken: boolean;
}

export class SharedReads<Row> {
  readonly #clock: Clock;
  readonly #shown = new Map<string, Shown<Row>>();
  readonly #written = new Map<string, number>();
  #account: Account;
  #reading: Promise<void> | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#account = openAccount(clock.now());
  }

  /** This process is about to write, or has written, the object: what lists show of it counts no more. */
  wrote(id: string): void {
    this.#written.set(id, this.#clock.now());
    this.#shown.delete(id);
  }

  async get(id: string, source: Source<Row>): Promise<Row> {
    if (this.#written.has(id)) return source.get(id);
    this.#startAnewWhenStale();
    const account = this.#account;
    account.asked.add(id);
    // Nothing is awaited between a decision and its entry in the account: others decide by that entry.
    for (let page = this.#worthwhile(id, source, account); page; page = this.#worthwhile(id, source, account))
      await page;
    const shown = this.#fresh(id);
    if (shown) {
      account.hits += 1;
      return shown.row;
    }
    account.gets += 1;
    return source.get(id);
  }

  #fresh(id: string): Shown<Row> | undefined {
    const shown = this.#shown.get(id);
    return shown && !this.#written.has(id) && shown.at >= this.#clock.now() - FRESH_MS ? shown : undefined;
  }

  #startAnewWhenStale(): void {
    const now = this.#clock.now();
    if (now - this.#account.since < FRESH_MS) return;
    this.#account = openAccount(now);
    this.#shown.clear();
  }

  /** A page that may show the object: the one being read, or else the next, if it is worth its call. */
  #worthwhile(id: string, source: Source<Row>, account: Account): Promise<void> | undefined {
    if (account.broken || this.#fresh(id)) return undefined;
    if (this.#reading) return this.#reading;
    const offset = nextOffset(account, source.pageSize);
    if (offset === undefined) return undefined;
    this.#reading = this.#readPage(offset, source, account).finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /** A page that cannot be read is nobody's failure: everyone goes on with GETs. */
  async #readPage(offset: number, source: Source<Row>, account: Account): Promise<void> {
    account.read.add(offset);
    const at = this.#clock.now();
    try {
      const { rows, total } = await source.page(offset);
      account.pages = total === null ? undefined : Math.ceil(total / source.pageSize);
      // Without a total nobody can say what the whole list costs, and an empty page says that it ends here.
      if (total === null || rows.length === 0) account.broken = true;
      for (const row of rows) this.#show(source.idOf(row), { row, at });
    } catch {
      account.broken = true;
    }
  }

  #show(id: string, shown: Shown<Row>): void {
    if (!this.#written.has(id)) this.#shown.set(id, shown);
  }
}

function openAccount(since: number): Account {
  const rest = { gets: 0, hits: 0, pages: undefined, backwards: false, broken: false };
  return { since, asked: new Set(), read: new Set(), ...rest };
}

/** The next page worth its call, if one is. */
function nextOffset(account: Account, pageSize: number): number | undefined {
  const { asked, read, gets, hits, pages, broken } = account;
  if (broken) return undefined;
  if (pages === undefined) return asked.size >= 2 && read.size === 0 ? 0 : undefined;
  if (read.size >= pages) return undefined;
  const cost = gets + read.size;
  const bound = 2 * Math.min(asked.size, pages);
  const wholeListPays = asked.size >= pages && gets <= pages && cost >= pages;
  // The page, and a GET if the object is not on it.
  const mayTry = hits >= WORTH * (read.size - 1) && hits > 0 && cost + 2 <= bound;
  const mayTryOtherEnd = hits === 0 && read.size === 1 && gets >= WORTH && cost + 2 <= bound;
  if (mayTryOtherEnd) account.backwards = true;
  if (!wholeListPays && !mayTry && !mayTryOtherEnd) return undefined;
  return unread(account, pages, pageSize);
}

function unread({ read, backwards }: Account, pages: number, pageSize: number): number | undefined {
  const offsets = Array.from({ length: pages }, (_, page) => page * pageSize).filter((offset) => !read.has(offset));
  return backwards ? offsets.at(-1) : offsets[0];
}
