import * as z from "zod";
import type { RequestInfo } from "../http/create-error";
import { createError } from "../http/create-error";
import type { RequestSpec, SendRequest } from "../http/request-spec";
import { listOf } from "./wire";

/** Plivo's largest page. */
export const PAGE = 20;
/** A server may ignore the limit of a page. Beyond this it is no page any more, and none of it is read. */
const MOST_ON_PAGE = 1_000;
/** More than any account has; keeps a server that invents rows for ever from filling the memory. */
const MOST_ROWS = 50_000;
/** How often a list that changes while it is read is read again. */
const MOST_PASSES = 3;

const count = z.number().nullish().catch(null);

/** `meta` only ever says that there is more: where it is missing or lies, the pages themselves decide. */
const meta = z.object({ total_count: count, limit: count, next: z.unknown().optional() }).nullish().catch(null);

export interface Listing<Row> {
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
}

/**
 * Every row of a collection, each once. A list that changes while it is read is read again; if it never comes to rest,
 * a row that any pass saw is kept: one too many can be checked with a GET, a missed one is missed for good.
 */
export async function readList<Row>(
  request: SendRequest,
  listing: Listing<Row>,
  about: RequestInfo,
  onPage?: (read: number, total: number | null) => void,
): Promise<Row[]> {
  const seen = new Map<string, Row>();
  for (let pass = 1; pass <= MOST_PASSES; pass++) {
    const { rows, steady } = await readPass(request, listing, about, onPage);
    if (steady) return [...rows.values()];
    for (const [id, row] of rows) seen.set(id, row);
  }
  return [...seen.values()];
}

/**
 * Each page begins with the last row of the one before: when it begins with another, rows were inserted or deleted in
 * front of it, and one may have slipped through between the two.
 */
async function readPass<Row>(
  request: SendRequest,
  listing: Listing<Row>,
  about: RequestInfo,
  onPage?: (read: number, total: number | null) => void,
): Promise<Pass<Row>> {
  const rows = new Map<string, Row>();
  const totals = new Set<number>();
  let last: string | undefined;
  let shifted = false;
  for (let end = 0; ; ) {
    const offset = Math.max(0, end - 1);
    const page = await request(pageCall(listing, offset));
    const ids = page.objects.map((row) => listing.idOf(row));
    const before = rows.size;
    for (const [index, row] of page.objects.entries()) rows.set(ids[index] ?? "", row);
    const total = page.meta?.total_count ?? null;
    if (total !== null) totals.add(total);
    onPage?.(rows.size, total);
    if (rows.size === before) {
      const isEnd = ids.length === 0 || (ids.length === 1 && ids[0] === last);
      // The server ignores `offset`, or repeats itself. Having all it speaks of is fine; anything else would lose rows.
      if (isEnd || (total !== null && rows.size >= total)) break;
      throw tooMuch(about, `page at offset ${offset} repeats rows of earlier pages`);
    }
    if (last !== undefined && ids[0] !== last) shifted = true;
    last = ids.at(-1);
    end = offset + ids.length;
    if (!mayGoOn(page, end)) break;
    if (rows.size > MOST_ROWS) throw tooMuch(about, `more than ${MOST_ROWS} ${listing.target}`);
  }
  return { rows, steady: !shifted && totals.size <= 1 };
}

/** One page from this offset on, and how many rows the whole list has, if the server says so. */
export async function readPage<Row>(
  request: SendRequest,
  listing: Listing<Row>,
  offset: number,
  how: { readonly bestEffort: boolean },
): Promise<{ readonly rows: readonly Row[]; readonly total: number | null; readonly isLast: boolean }> {
  const page = await request({ ...pageCall(listing, offset), ...how });
  const { meta: about } = page;
  // What is remembered of a page is bounded, whatever a server makes of the limit.
  const rows = page.objects.slice(0, PAGE);
  return { rows, total: about?.total_count ?? null, isLast: !mayGoOn(page, offset + rows.length) };
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

function tooMuch(about: RequestInfo, why: string): Error {
  return createError({ kind: "invalid-response", status: 200, apiId: null, why }, about);
}
