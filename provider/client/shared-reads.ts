/**
 * Reading many objects by few calls. Plivo's lists bring 20 objects a call, a GET brings one, and the account has 300
 * calls in 5 s: a refresh of 1,000 trunks is 50 calls or 1,000.
 *
 * Nobody says how many objects will be asked for, so every step is paid for by what was asked so far: with n objects
 * asked for, of an account whose list has P pages, no more than 2 * min(n, P) calls are made, which is twice the best
 * choice with hindsight. The first object is a GET. The second makes the first page worth its call, and that tells P.
 * Further pages are read while they keep bringing what is asked for, from whichever end of the list they do, a few at a
 * time and ahead of the questions; when the GETs have cost as much as the whole list, the rest of the list is read.
 *
 * A page may leave out what a GET answers, or lag behind: where it shows an object otherwise than expected, a GET decides.
 * What a page showed may be answered for FRESH_MS. An object that this process wrote is never answered from a list,
 * because a list may lag behind a write; and one that no page shows is asked for with a GET before it counts as gone.
 */
import type { Clock } from "./clock";

/** How old, in ms, an answer from a list may be. */
export const FRESH_MS = 30_000;
/** Objects that a page must have brought, of those asked for, to make the next page worth trying. */
const WORTH = 8;
/** Pages under way at once. */
const AT_ONCE = 4;
/** Pages that are read before anybody asks for what is on them. */
const AHEAD = 3;
/** Pages that may fail before lists are not tried any more. */
const MOST_FAILURES = 2;

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Of the whole list; `null` where the server does not say. */
  readonly total: number | null;
}

/** One kind of object of one account, through the operation that asks. */
export interface Source<Row> {
  get(id: string): Promise<Row>;
  /** Rows from this offset on. */
  page(offset: number): Promise<Page<Row>>;
  idOf(row: Row): string;
  readonly pageSize: number;
  /** Waits for what others read, as long as this operation may; `false` when it may not any more. */
  waitFor(shared: Promise<unknown>): Promise<boolean>;
}

interface Shown<Row> {
  readonly row: Row;
  readonly at: number;
}

/** What was asked and paid for since the last pause of FRESH_MS. */
interface Account {
  readonly since: number;
  readonly asked: Set<string>;
  /** The offsets of the pages that were read or are being read. */
  readonly read: Set<number>;
  gets: number;
  hits: number;
  failures: number;
  pages: number | undefined;
  backwards: boolean;
  broken: boolean;
}

export class SharedReads<Row> {
  readonly #clock: Clock;
  readonly #shown = new Map<string, Shown<Row>>();
  readonly #written = new Set<string>();
  readonly #reading = new Set<Promise<void>>();
  #account: Account;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#account = openAccount(clock.now());
  }

  /** This process is about to write, or has written, the object: what lists show of it counts no more. */
  wrote(id: string): void {
    this.#written.add(id);
    this.#shown.delete(id);
  }

  hasWritten(id: string): boolean {
    return this.#written.has(id);
  }

  /** @param isExpected A page that shows the object otherwise is not believed: a GET decides. */
  async get(id: string, source: Source<Row>, isExpected: (row: Row) => boolean = () => true): Promise<Row> {
    if (this.#written.has(id)) return source.get(id);
    this.#startAnewWhenStale();
    const account = this.#account;
    account.asked.add(id);
    // Nothing is awaited between a decision and its entry in the account: others decide by that entry.
    while (!this.#fresh(id)) {
      this.#readPages(source, account, nextOffset);
      if (this.#reading.size === 0 || !(await source.waitFor(Promise.race(this.#reading)))) break;
    }
    const shown = this.#fresh(id);
    if (!shown || !isExpected(shown.row)) {
      account.gets += 1;
      return source.get(id);
    }
    account.hits += 1;
    this.#readPages(source, account, offsetAhead);
    return shown.row;
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

  /** Begins to read the pages that are worth their call. */
  #readPages(source: Source<Row>, account: Account, next: typeof nextOffset): void {
    while (!account.broken && this.#reading.size < AT_ONCE) {
      const offset = next(account, source.pageSize);
      if (offset === undefined) return;
      account.read.add(offset);
      const reading = this.#readPage(offset, source, account).finally(() => this.#reading.delete(reading));
      this.#reading.add(reading);
    }
  }

  /** A page that cannot be read is nobody's failure: everyone goes on with GETs. */
  async #readPage(offset: number, source: Source<Row>, account: Account): Promise<void> {
    const at = this.#clock.now();
    try {
      const { rows, total } = await source.page(offset);
      account.pages = total === null ? undefined : Math.ceil(total / source.pageSize);
      // Without a total nobody can say what the whole list costs, and an empty page says that it ends here.
      if (total === null || rows.length === 0) account.broken = true;
      for (const row of rows) this.#show(source.idOf(row), { row, at });
    } catch {
      account.failures += 1;
      account.broken ||= account.failures >= MOST_FAILURES;
      // It was paid for and brought nothing, like a GET too many.
      account.read.delete(offset);
      account.gets += 1;
    }
  }

  #show(id: string, shown: Shown<Row>): void {
    if (!this.#written.has(id)) this.#shown.set(id, shown);
  }
}

function openAccount(since: number): Account {
  const rest = { gets: 0, hits: 0, failures: 0, pages: undefined, backwards: false, broken: false };
  return { since, asked: new Set(), read: new Set(), ...rest };
}

/** The next page worth its call for an object that no page has shown yet, if one is. */
function nextOffset(account: Account, pageSize: number): number | undefined {
  const { asked, read, gets, hits, pages } = account;
  if (pages === undefined) return asked.size >= 2 && read.size === 0 ? 0 : undefined;
  if (read.size >= pages) return undefined;
  const wholeListPays = asked.size >= pages && gets <= pages && gets + read.size >= pages;
  const mayTry = hits >= WORTH * (read.size - 1) && hits > 0 && isPaidFor(account, pages);
  const mayTryOtherEnd = hits === 0 && read.size === 1 && gets >= WORTH && isPaidFor(account, pages);
  if (mayTryOtherEnd) account.backwards = true;
  if (!wholeListPays && !mayTry && !mayTryOtherEnd) return undefined;
  return unread(account, pages, pageSize);
}

/** The next page worth its call although nobody has asked for what is on it: the ones before were well used. */
function offsetAhead(account: Account, pageSize: number): number | undefined {
  const { read, hits, pages } = account;
  if (pages === undefined || read.size >= pages) return undefined;
  const isFarAhead = read.size >= Math.floor(hits / pageSize) + AHEAD;
  if (isFarAhead || hits < WORTH * read.size || !isPaidFor(account, pages)) return undefined;
  return unread(account, pages, pageSize);
}

/** The page, and a GET if what is asked for is not on it. */
function isPaidFor({ asked, read, gets }: Account, pages: number): boolean {
  return gets + read.size + 2 <= 2 * Math.min(asked.size, pages);
}

function unread({ read, backwards }: Account, pages: number, pageSize: number): number | undefined {
  // No further than to the first one: how many there are is what the server says.
  for (let nth = 0; nth < pages; nth++) {
    const offset = (backwards ? pages - 1 - nth : nth) * pageSize;
    if (!read.has(offset)) return offset;
  }
  return undefined;
}
