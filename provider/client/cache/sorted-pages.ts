/**
 * Where a list has an object, if it is in the order of its ids: then one page takes the place of a GET. Whether Plivo's
 * lists are in that order is not documented: what their pages show decides, and too many wrong guesses end it.
 */

/** So many more guesses were wrong than right that none are made any more: enough to halve 256 pages. */
const MOST_WRONG = 8;

export class SortedPages {
  /** First and last id, by the number of the page. */
  readonly #ends = new Map<number, readonly [first: string, last: string]>();
  /** Number of a page that is being read -> the object that it was guessed to have. */
  readonly #guesses = new Map<number, string>();
  #right = 0;
  #wrong = 0;
  #wasWrong = false;
  #order = 0;

  constructor(private readonly pageSize: number) {}

  /** `1`: small ids first; `-1`: large ones; `0`: the list is in neither order, or that cannot be told yet. */
  get order(): number {
    return this.#order;
  }

  record(page: number, ids: readonly string[]): void {
    this.#judge(page, ids);
    const [first, last] = [ids[0], ids.at(-1)];
    if (first === undefined || last === undefined) return;
    if (this.#ends.size === 0) this.#order = Math.sign(compare(last, first));
    if (ids.some((id, nth) => nth > 0 && compare(id, ids[nth - 1] ?? id) * this.#order <= 0)) this.#order = 0;
    this.#ends.set(page, [first, last]);
  }

  failed(page: number): void {
    this.#guesses.delete(page);
  }

  #judge(page: number, ids: readonly string[]): void {
    const id = this.#guesses.get(page);
    if (id === undefined) return;
    this.#guesses.delete(page);
    this.#wasWrong = !ids.includes(id);
    if (this.#wasWrong) this.#wrong += 1;
    else this.#right += 1;
  }

  /** The page, of so many, that would have the object. One guess at a time, until more were right than wrong. */
  guess(id: string, pages: number): number | undefined {
    const isTrusted = this.#guesses.size === 0 || this.#right > this.#wrong;
    if (this.#order === 0 || !isTrusted || this.#wrong - this.#right >= MOST_WRONG) return undefined;
    const page = this.#pageOf(id, pages);
    if (page === undefined || this.#guesses.has(page)) return undefined;
    this.#guesses.set(page, id);
    return page;
  }

  /** Between the pages that were read: as if ids were spread evenly, or after a wrong guess in the middle. */
  #pageOf(id: string, pages: number): number | undefined {
    const read = [...this.#ends].sort(([one], [other]) => one - other);
    const before = read.filter(([, [, last]]) => compare(id, last) * this.#order > 0).at(-1);
    const after = read.find(([, [first]]) => compare(id, first) * this.#order < 0);
    if (!before) return undefined;
    const [from, until] = [before[0] + 1, (after?.[0] ?? pages) - 1];
    if (from > until) return undefined;
    const near = this.#wasWrong ? Number.NaN : this.#evenly(Number(id), before, after);
    // Of ids that are no numbers nothing but their order is known.
    return Math.min(until, Math.max(from, Number.isFinite(near) ? near : Math.floor((from + until) / 2)));
  }

  /** Without a page behind it, with as many ids a page as the page before has. */
  #evenly(id: number, [page, [first, last]]: Entry, after: Entry | undefined): number {
    const perPage = after
      ? (Number(after[1][0]) - Number(last)) / (after[0] - page - 1)
      : ((Number(last) - Number(first)) * this.pageSize) / (this.pageSize - 1);
    return page + Math.ceil((id - Number(last)) / perPage);
  }
}

type Entry = readonly [page: number, ends: readonly [first: string, last: string]];

/** By number where both have digits only. */
export function compare(one: string, other: string): number {
  if (one.length !== other.length) return one.length - other.length;
  return one < other ? -1 : one > other ? 1 : 0;
}
