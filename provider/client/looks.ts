/**
 * Looking at a list on behalf of a delete: who still uses the object? Nothing may count that was read before the delete
 * was asked for. Deletes that are asked for at once look together. Where calls are scarce none looks while others do:
 * those who come meanwhile share the next look.
 *
 * A whole list serves everyone who waits, a filter only the one who asks. Which is cheaper depends on how long the list
 * is, and that is all that is remembered of it.
 */

import { type Circumstances, Gathering } from "./gathering";
import { CancelledError, DeadlineExceededError, PlivoError } from "./http/errors";

/** Through the operation that asks. */
export interface LookSource<Row, Filter> {
  /** `isLast`: there is no second one. */
  firstPage(): Promise<{ readonly rows: readonly Row[]; readonly total: number | null; readonly isLast: boolean }>;
  all(): Promise<readonly Row[]>;
  /** What the server finds: at least one call. */
  matching(filter: Filter): Promise<readonly Row[]>;
  /** No filter at all matches everything. */
  isEmpty(filter: Filter): boolean;
  matches(row: Row, filter: Filter): boolean;
  readonly pageSize: number;
  /** As in `Source`. */
  waitFor(shared: Promise<unknown>): Promise<boolean>;
}

interface Look<Row, Filter> {
  readonly filters: Filter[];
  /** The whole list, or `undefined` when each had better ask alone. */
  readonly rows: Promise<readonly Row[] | undefined>;
}

export class Looks<Row, Filter> {
  readonly #gathering: Gathering;
  #next: Look<Row, Filter> | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #pages: number | undefined;

  constructor(circumstances: Circumstances) {
    this.#gathering = new Gathering(circumstances);
  }

  /** The rows that match one of the filters, as they are after this was asked. */
  async find(filters: readonly Filter[], source: LookSource<Row, Filter>): Promise<readonly Row[]> {
    const isMine = this.#next === undefined;
    this.#next ??= this.#open(source);
    const look = this.#next;
    look.filters.push(...filters);
    const isOver = await source.waitFor(look.rows);
    const rows = isOver ? await look.rows.catch((error: unknown) => this.#failed(error, isMine)) : undefined;
    if (rows === "again") return this.find(filters, source);
    if (rows) return rows.filter((row) => filters.some((filter) => source.matches(row, filter)));
    return (await Promise.all(filters.map((filter) => source.matching(filter)))).flat();
  }

  /** What the server said holds for all; that somebody else ran out of time or was cancelled does not. */
  #failed(error: unknown, isMine: boolean): "again" {
    const isLate = DeadlineExceededError.isInstance(error) || (PlivoError.isInstance(error) && error.ranOutOfTime);
    const isTheirs = isLate || CancelledError.isInstance(error);
    if (!isMine && isTheirs) return "again";
    throw error;
  }

  #open(source: LookSource<Row, Filter>): Look<Row, Filter> {
    const filters: Filter[] = [];
    const begin = async () => {
      await this.#gathering.end(() => filters.length);
      this.#next = undefined;
      return this.#read(filters, source);
    };
    const rows = this.#gathering.isWorthIt ? this.#last.then(begin) : begin();
    // Whoever waits hears of a failure there; here it only ends the look.
    this.#last = rows.catch(() => undefined);
    return { filters, rows };
  }

  async #read(filters: readonly Filter[], source: LookSource<Row, Filter>): Promise<readonly Row[] | undefined> {
    if (filters.some((filter) => source.isEmpty(filter))) return source.all();
    if (filters.length < 2) return undefined;
    if (this.#pages === undefined) {
      const { rows, total, isLast } = await source.firstPage();
      this.#pages = isLast ? 1 : Math.ceil((total ?? Number.POSITIVE_INFINITY) / source.pageSize);
      if (isLast) return rows;
    }
    if (this.#pages > filters.length) return undefined;
    const rows = await source.all();
    this.#pages = Math.ceil(rows.length / source.pageSize);
    return rows;
  }
}
