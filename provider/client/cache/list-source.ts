/** What the cache reads from: one kind of object of one account. */
import type { Wait } from "./batcher";

/** How old, in ms, may be what a write depends on: the list of a usage query, a recent read. */
export const RECENT_MS = 1_000;

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Of the whole list; `null` where the server does not tell. */
  readonly total: number | null;
}

/** One kind of object of one account, through the operation that asks. */
export interface ListSource<Row, Filter> {
  readonly operation: object;
  readonly wait: Wait;
  get(id: string): Promise<Row>;
  /** Rows from this offset on, without those that say too little. */
  page(offset: number): Promise<Page<Row>>;
  /** Every row that matches, each complete. No filter: all. */
  list(filter?: Filter): Promise<readonly Row[]>;
  /** The first page, each row complete. */
  firstPage(): Promise<Page<Row> & { readonly isLast: boolean }>;
  idOf(row: Row): string;
  isEmpty(filter: Filter): boolean;
}

/** Which rows a decision depends on; the filters are for the server, which may find more. */
export interface Query<Row, Filter> {
  readonly filters: readonly Filter[];
  isMatch(row: Row): boolean;
}
