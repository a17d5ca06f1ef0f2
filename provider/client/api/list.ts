import * as z from "zod";
import { createError } from "../http/create-error";
import type { RequestContext, RequestSpec, SendRequest } from "../http/request-spec";
import { listOf } from "./wire";

/** Plivo's largest page. */
export const PAGE = 20;
/** A server may ignore the limit of a page. Beyond this it is no page any more, and none of it is read. */
const MOST_ON_PAGE = 1_000;
/** More than any account has; keeps a server that invents rows for ever from filling the memory. */
const MOST_ROWS = 50_000;
/** How often a list that changes while it is read is read again. */
const MOST_PASSES = 3;
/** Rows that a list shows in one pass and not in the next, each checked with a GET: beyond this it is no list. */
const MOST_DOUBTFUL = 100;
/** Rows beyond which overlaps cost more than the one request that makes them unnecessary. */
const LONG = 400;

const count = z.number().nullish().catch(null);

/** `meta` only ever says that there is more: where it is missing or lies, the pages themselves decide. */
const meta = z.object({ total_count: count, limit: count, next: z.unknown().optional() }).nullish().catch(null);

/** How an operation reaches Plivo. */
export interface ListContext extends Required<Pick<RequestContext, "onPage">> {
  readonly request: SendRequest;
  /** For error texts. */
  readonly authId: string;
}

export interface Listing<Row> extends ListContext {
  readonly path: string;
  /** Plural, for error texts: `trunks`. */
  readonly target: string;
  readonly row: z.ZodType<Row>;
  idOf(row: Row): string;
  /** Filters of the API, snake_case. A server may ignore them: the caller filters the rows again. */
  readonly query: Readonly<Record<string, string>>;
}

interface Pass<Row> {
  readonly rows: ReadonlyMap<string, Row>;
  /** No row moved from one page to another while the pages were read, as far as can be seen. */
  readonly steady: boolean;
  /** The offset of an empty page that ended it, where an earlier page has shown a row. */
  readonly cutAt: number | undefined;
}

/** What a list has shown. */
export interface Listed<Row> {
  readonly rows: readonly Row[];
  /** The list never came to rest, and its last pass did not show these: each is gone, or was missed. */
  readonly doubtful: readonly Row[];
}

/** How it is noticed that rows moved between two pages. */
export type Shifts = "overlap" | "ends";

/** Every row of a collection, each once. A list that changes while it is read is read again. */
export async function readList<Row>(listing: Listing<Row>, shifts: Shifts): Promise<Listed<Row>> {
  const seen = new Map<string, Row>();
  for (let pass = 1; ; pass++) {
    const { rows, steady, cutAt } = await new ListPass(listing).read(pass === 1 ? shifts : "overlap");
    if (steady) return { rows: [...rows.values()], doubtful: [] };
    for (const [id, row] of rows) seen.set(id, row);
    if (pass < MOST_PASSES) continue;
    if (cutAt !== undefined)
      throw invalidResponse(listing, `page at offset ${cutAt} is empty, where an earlier page has shown a row`);
    const doubtful = [...seen].flatMap(([id, row]) => (rows.has(id) ? [] : [row]));
    if (doubtful.length > MOST_DOUBTFUL) throw invalidResponse(listing, `the list changes faster than it can be read`);
    return { rows: [...rows.values()], doubtful };
  }
}

/** The last page, read before the second one. */
interface ListEnd {
  readonly offset: number;
  readonly ids: readonly string[];
}

/**
 * One reading of all pages. With "overlap" each page begins with the last row of the one before: when it begins with
 * another, rows were inserted or deleted in front of it, and one may have slipped through between the two.
 *
 * That costs a request in twenty. A long list in the order of creation can do without ("ends"): a row slips through only
 * when one in front of it is deleted. Then the total changes; or as many are created at the same time, and these are at the
 * end of the list, which is read behind the first page and compared. So only the second page overlaps, with the first one.
 * New rows at the beginning move the others back, so that they are seen twice.
 */
class ListPass<Row> {
  readonly #rows = new Map<string, Row>();
  readonly #totals = new Set<number | null>();
  #last: string | undefined;
  #shifted = false;
  #cutAt: number | undefined;

  constructor(private readonly listing: Listing<Row>) {}

  async read(shifts: Shifts): Promise<Pass<Row>> {
    let page = await this.#page(0);
    const listEnd = shifts === "ends" ? await this.#end(page) : undefined;
    for (let [end, pages] = [0, 0]; ; pages++) {
      const isDisjoint = listEnd !== undefined && pages > 1;
      const offset = isDisjoint ? end : Math.max(0, end - 1);
      if (end > 0) page = await this.#page(offset);
      if (this.#add(page, offset, isDisjoint)) break;
      end = offset + page.objects.length;
      if (!mayGoOn(page, end)) break;
    }
    if (listEnd && !this.#endsWith(listEnd)) this.#shifted = true;
    if (!listEnd) this.#totals.delete(null);
    return { rows: this.#rows, steady: !this.#shifted && this.#totals.size <= 1, cutAt: this.#cutAt };
  }

  /** `true` where nothing comes any more. */
  #add({ objects, meta }: Page<Row>, offset: number, isDisjoint: boolean): boolean {
    const rows = this.#rows;
    const ids = objects.map((row) => this.listing.idOf(row));
    const before = rows.size;
    for (const [index, row] of objects.entries()) rows.set(ids[index] ?? "", row);
    const total = meta?.total_count ?? null;
    this.#totals.add(total);
    this.listing.onPage(rows.size, total);
    if (rows.size === before) {
      const isEnd = ids.length === 0 || (ids.length === 1 && ids[0] === this.#last);
      if (ids.length === 0) this.#ended(total, isDisjoint ? undefined : offset);
      // The server ignores `offset`, or repeats itself. Having all it speaks of is fine; anything else would lose rows.
      if (isEnd || (total !== null && rows.size >= total)) return true;
      throw invalidResponse(this.listing, `page at offset ${offset} repeats rows of earlier pages`);
    }
    if (isDisjoint ? rows.size < before + ids.length : this.#last !== undefined && ids[0] !== this.#last)
      this.#shifted = true;
    this.#last = ids.at(-1);
    if (rows.size > MOST_ROWS) throw invalidResponse(this.listing, `more than ${MOST_ROWS} ${this.listing.target}`);
    return false;
  }

  /** By an empty page. At the end of a list an overlap has one row: without it rows have gone, or the page is not true. */
  #ended(total: number | null, overlapAt: number | undefined): void {
    const isEmptyList = this.#rows.size === 0;
    const hasLostOverlap = overlapAt !== undefined && !isEmptyList;
    if (hasLostOverlap || (isEmptyList && (total ?? 0) > 0)) this.#shifted = true;
    // Unless the page says that the list is that short by now.
    if (hasLostOverlap && (total ?? Number.POSITIVE_INFINITY) > overlapAt) this.#cutAt = overlapAt;
  }

  /** `undefined` where an overlap costs no more, or the total is not true. */
  async #end({ meta }: Page<Row>): Promise<ListEnd | undefined> {
    const total = meta?.total_count ?? 0;
    if (total <= LONG || total > MOST_ROWS) return undefined;
    const offset = total - PAGE;
    const { objects } = await this.#page(offset);
    return objects.length === PAGE ? { offset, ids: objects.map((row) => this.listing.idOf(row)) } : undefined;
  }

  #endsWith({ offset, ids }: ListEnd): boolean {
    const end = [...this.#rows.keys()].slice(offset);
    return end.length === ids.length && end.every((id, index) => id === ids[index]);
  }

  #page(offset: number): Promise<Page<Row>> {
    return this.listing.request(pageCall(this.listing, offset));
  }
}

/** One page from this offset on, and how many rows the whole list has, if the server says so. */
export async function readPage<Row>(
  listing: Listing<Row>,
  offset: number,
  how: { readonly bestEffort: boolean },
): Promise<{ readonly rows: readonly Row[]; readonly total: number | null; readonly isLast: boolean }> {
  const page = await listing.request({ ...pageCall(listing, offset), ...how });
  // What is remembered of a page is bounded, whatever a server makes of the limit.
  const rows = page.objects.slice(0, PAGE);
  return { rows, total: page.meta?.total_count ?? null, isLast: !mayGoOn(page, offset + rows.length) };
}

interface Page<Row> {
  readonly objects: Row[];
  readonly meta?: z.infer<typeof meta> | undefined;
}

/** Any one sign of more is believed: a request too many costs little, a row too few may cost a phone line. */
function mayGoOn<Row>({ objects, meta }: Page<Row>, offset: number): boolean {
  const full = objects.length >= Math.min(PAGE, Math.max(1, meta?.limit ?? PAGE));
  const announced = typeof meta?.next === "string" && meta.next !== "";
  return full || announced || (meta?.total_count ?? 0) > offset;
}

function pageCall<Row>(listing: Listing<Row>, offset: number): RequestSpec<Page<Row>> {
  return {
    method: "GET",
    path: listing.path,
    // `next` is never followed: it is a URL of the server's choosing.
    query: { ...listing.query, limit: String(PAGE), offset: String(offset) },
    idempotent: true,
    schema: z.object({ objects: distinct(listing), meta }),
    target: listing.target,
    toCollection: true,
  };
}

/** The same id twice: it cannot be told which of the two is the object. */
function distinct<Row>({ row, idOf }: Listing<Row>): z.ZodType<Row[]> {
  return listOf(row, MOST_ON_PAGE).superRefine((rows, context) => {
    const seen = new Set<string>();
    for (const [index, id] of rows.map(idOf).entries()) {
      if (seen.has(id)) return context.addIssue({ code: "custom", message: "the same id twice", path: [index] });
      seen.add(id);
    }
  });
}

function invalidResponse<Row>(listing: Listing<Row>, why: string): Error {
  const request = { ...pageCall(listing, 0), authId: listing.authId };
  return createError({ kind: "invalid-response", status: 200, apiId: null, why }, request);
}
