/**
 * Which page of a list to request next, and when a list is cheaper than GETs. Pure: it counts what was asked and what the
 * pages brought, and knows neither rows nor time.
 */

import { compare, SortedPages } from "./sorted-pages";

/** Objects that a page must have brought, of those asked for, to make the next page worth trying. */
const WORTH = 8;
/** Pages that are read before anything on them is asked for. */
const AHEAD = 3;
/** Pages that may fail before lists are not tried any more. */
const MOST_FAILURES = 2;

/**
 * Reading objects that were asked for one by one. How many there will be is not known, so that each page is paid for by
 * what was asked so far: with n objects of a list of P pages, no more than 2 * min(n, P) requests are made, twice the best
 * choice with hindsight; with pages that fail, no more than 2 * n.
 *
 * The first object is a GET. The second makes the first page worth its request, which tells P. If the list is sorted, the
 * page that has an object is guessed, in place of a GET; else the other end is tried once. Further pages are read while
 * they keep bringing what is asked for; once the GETs have cost as much as the whole list, the rest of the list is read.
 * Where it is known beforehand how many objects will be asked for, the whole list is read as soon as it is cheaper.
 */
export class ScanPolicy {
  readonly #asked = new Set<string>();
  #announced = 0;
  /** The offsets of the pages that were requested. */
  readonly #read = new Set<number>();
  #gets = 0;
  #hits = 0;
  #failures = 0;
  #pages: number | undefined;
  readonly #sorted: SortedPages;
  /** The page that was taken last, and where the scan goes on from there. */
  #last = -1;
  #step = 1;
  #isGivenUp = false;

  constructor(readonly pageSize: number) {
    this.#sorted = new SortedPages(pageSize);
  }

  /** So many will be asked for together. */
  announce(count: number): void {
    this.#announced += count;
  }

  asked(id: string): void {
    this.#asked.add(id);
  }

  /** A page has served an object that was asked for. */
  hit(): void {
    this.#hits += 1;
  }

  /** An object was, or has to be, read with a GET. */
  missed(): void {
    this.#gets += 1;
  }

  /**
   * @param total rows of the whole list; `null` where the server does not tell
   * @param ids of its rows, in their order
   */
  pageRead(offset: number, total: number | null, ids: readonly string[]): void {
    // Beyond safe integers the next page has the same number.
    const isTold = total !== null && Number.isSafeInteger(total);
    this.#pages = isTold ? Math.ceil(total / this.pageSize) : undefined;
    this.#sorted.record(offset / this.pageSize, ids);
    // Without a total it is not known what the whole list costs, and an empty page says that it ends here.
    if (!isTold || ids.length === 0) this.#isGivenUp = true;
  }

  pageFailed(offset: number): void {
    this.#failures += 1;
    this.#isGivenUp ||= this.#failures >= MOST_FAILURES;
    // It was paid for and brought nothing, like a GET too many.
    this.#read.delete(offset);
    this.#sorted.failed(offset / this.pageSize);
    this.#gets += 1;
  }

  /** The page to request for an object that no page has shown, if one is worth it. It counts as requested from now on. */
  next(id: string): number | undefined {
    const [asked, read, gets, hits, pages] = [this.#asked.size, this.#read.size, this.#gets, this.#hits, this.#pages];
    if (this.#isGivenUp) return undefined;
    const announced = this.#announced;
    if (pages === undefined) return Math.max(asked, announced) >= 2 && read === 0 ? this.#take(1) : undefined;
    if (read >= pages) return undefined;
    const wholeListPays = gets <= pages && (announced >= pages || (asked >= pages && gets + read >= pages));
    const isPaidFor = this.#isPaidFor(pages);
    if (wholeListPays || (isPaidFor && hits > 0 && hits >= WORTH * (read - 1))) return this.#take(pages);
    if (!isPaidFor) return undefined;
    const guess = this.#guess(id, pages);
    const mayTryOtherEnd = guess === undefined && hits === 0 && read === 1 && gets >= WORTH;
    return mayTryOtherEnd ? this.#take(pages, pages, -1) : guess;
  }

  /** The scan goes on from a guess in the direction in which objects were asked for. */
  #guess(id: string, pages: number): number | undefined {
    const page = this.#asked.size < WORTH ? undefined : this.#sorted.guess(id, pages);
    if (page === undefined) return undefined;
    const [first = id] = this.#asked;
    const direction = Math.sign(compare([...this.#asked].at(-1) ?? id, first)) * this.#sorted.order || 1;
    return this.#take(pages, page - direction, direction);
  }

  /** The page to request although nothing on it was asked for: the ones before were well used. */
  ahead(): number | undefined {
    const [read, hits, pages] = [this.#read.size, this.#hits, this.#pages];
    if (this.#isGivenUp || pages === undefined || read >= pages) return undefined;
    const isFarAhead = read >= Math.floor(hits / this.pageSize) + AHEAD;
    return isFarAhead || hits < WORTH * read || !this.#isPaidFor(pages) ? undefined : this.#take(pages);
  }

  /** The page, and a GET if what is asked for is not on it. */
  #isPaidFor(pages: number): boolean {
    return this.#gets + this.#read.size + 2 <= 2 * Math.min(this.#asked.size, pages);
  }

  /** The next page that was not read yet, from the last one on and around. */
  #take(pages: number, last = this.#last, step = this.#step): number | undefined {
    // No further than to the first one: how many there are is what the server says.
    for (let nth = 1; nth <= pages; nth++) {
      const from = (last + step * nth) % pages;
      const page = from < 0 ? from + pages : from;
      const offset = page * this.pageSize;
      if (this.#read.has(offset)) continue;
      this.#read.add(offset);
      this.#last = page;
      this.#step = step;
      return offset;
    }
    return undefined;
  }
}

/** Times that the pages brought less than their requests are worth, before they are not tried any more. */
const MOST_MISSES = 3;
/** Fewer objects are as well read with GETs. */
const FEWEST = 2;

type End = "start" | "end";

/** What a page has shown of the objects that are searched. */
export interface SearchedPage {
  readonly rows: number;
  readonly total: number | null;
  readonly hits: number;
  readonly isFirstHit: boolean;
  readonly isLastHit: boolean;
}

/**
 * Reading back objects that were just created: neighbours in the list, at one of its ends. At which one is not documented:
 * it is learnt from the first page that has them, and given up where they are at neither.
 */
export class NewestPolicy {
  /** Of the whole list, as the last page told, and what was created since. */
  #total = 0;
  #newest: End | undefined;
  #misses = 0;

  constructor(readonly pageSize: number) {}

  created(): void {
    this.#total += 1;
  }

  get isGivenUp(): boolean {
    return this.#misses >= MOST_MISSES;
  }

  /**
   * Searches inwards from one end while the pages bring enough, else from the other end once.
   *
   * @param missing how many objects no page has shown yet
   * @param read requests the page at an offset; `undefined` where that fails
   */
  async search(missing: () => number, read: (offset: number) => Promise<SearchedPage | undefined>): Promise<void> {
    const before = missing();
    let requests = 0;
    let end: End = this.#newest ?? "start";
    let inwards = 0;
    for (let triesLeft = 2; triesLeft > 0 && missing() >= FEWEST; ) {
      requests += 1;
      const expected = this.#total;
      const page = await read(this.#offset(end, inwards));
      if (!page) break;
      const isEverything = this.#learn(page, end);
      if (page.hits >= FEWEST && this.#newest !== undefined && !isEverything) {
        inwards += 1;
        continue;
      }
      // Where the newest are is known: then only the length of the list can have been wrong.
      const isElsewhere = this.#newest === undefined || (this.#newest === "end" && expected !== this.#total);
      triesLeft = isEverything || !isElsewhere ? 0 : triesLeft - 1;
      if (this.#newest === undefined) end = "end";
      inwards = 0;
    }
    if (before - missing() < requests) this.#misses += 1;
  }

  #offset(end: End, inwards: number): number {
    const offset = inwards * this.pageSize;
    return end === "start" ? offset : Math.max(0, this.#total - offset - this.pageSize);
  }

  /** Whether the page is the whole list. */
  #learn({ rows, total, hits, isFirstHit, isLastHit }: SearchedPage, end: End): boolean {
    this.#total = total ?? rows;
    const isEverything = this.#total <= rows;
    // In a short list the newest are on the first page and on the last; only at their own end do they come first.
    if (hits >= FEWEST && !isEverything && (end === "start" ? isFirstHit : isLastHit)) this.#newest ??= end;
    return isEverything;
  }
}
