/** An account for the tests of the list cache: objects in a list, and every request that was made for them. */
import { ListCache } from "../cache/list-cache";
import type { ListSource } from "../cache/list-source";

export interface Row {
  readonly id: string;
}

export interface RowFilter {
  readonly id?: string;
}

export const PAGE_SIZE = 20;

export const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

export class ListedObjects {
  /** `get 5`, `page 20`, `first page`, `list`, `list 5`. */
  readonly requests: string[] = [];
  now = 0;
  isNearLimit = true;
  /** How long a GET takes, in ms. */
  getTakes = 0;
  /** Pages end in an error. */
  failing = false;
  /** Whether pages tell how long the list is. */
  tells = true;
  /** What is thrown by the next request of each operation. */
  failure: unknown;
  hidden = new Set<string>();
  rows: Row[];
  /** Identifies the operation that asks. */
  operation = {};
  /** How many requests of a usage query were in flight at once. */
  mostAtOnce = 0;
  #inFlight = 0;

  readonly cache: ListCache<Row, RowFilter>;

  constructor(total: number, named = (n: number) => String(n)) {
    this.rows = Array.from({ length: total }, (_, n) => ({ id: named(n) }));
    const clock = { now: () => this.now, sleep: async () => undefined };
    this.cache = new ListCache(PAGE_SIZE, clock, () => this.isNearLimit);
  }

  /** The rows in the order of the list. */
  list(): readonly Row[] {
    return this.rows;
  }

  /** @param failure what each request of this operation ends in */
  source(failure?: Error): ListSource<Row, RowFilter> {
    const slowly = async <Result>(request: string, result: () => Result): Promise<Result> => {
      this.requests.push(request);
      if (failure) throw failure;
      this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#inFlight);
      const seen = result();
      for (let turns = 0; turns < 5; turns++) await turn();
      this.#inFlight -= 1;
      return seen;
    };
    return {
      operation: this.operation,
      wait: (shared) =>
        shared.then(
          () => true,
          () => true,
        ),
      get: async (id) => {
        this.requests.push(`get ${id}`);
        const row = this.rows.find((found) => found.id === id);
        await turn();
        this.now += this.getTakes;
        if (!row) throw new Error("404");
        return row;
      },
      page: async (offset) => {
        this.requests.push(`page ${offset}`);
        const rows = this.list().slice(offset, offset + PAGE_SIZE);
        await Promise.resolve();
        if (this.failing) throw new Error("503");
        return { rows: rows.filter(({ id }) => !this.hidden.has(id)), total: this.tells ? this.rows.length : null };
      },
      firstPage: () =>
        slowly("first page", () => {
          const rows = this.list().slice(0, PAGE_SIZE);
          return { rows, total: this.rows.length, isLast: this.rows.length < PAGE_SIZE };
        }),
      list: (filter) =>
        slowly(filter?.id === undefined ? "list" : `list ${filter.id}`, () =>
          this.list().filter(({ id }) => filter?.id === undefined || id === filter.id),
        ),
      idOf: ({ id }) => id,
      isEmpty: ({ id }) => id === undefined,
    };
  }

  /** Ids of those that match one of these. */
  async usage(ids: readonly string[], failure?: Error): Promise<readonly string[]> {
    const filters = ids.map((id) => ({ id }));
    const isMatch = ({ id }: Row) => ids.includes(id);
    return (await this.cache.rows({ filters, isMatch }, this.source(failure))).map(({ id }) => id);
  }

  /** As a guard asks that no filter of the server helps. */
  async usageByList(isMatch: (row: Row) => boolean, failure?: Error): Promise<readonly string[]> {
    return (await this.cache.rows({ filters: [{}], isMatch }, this.source(failure))).map(({ id }) => id);
  }
}
