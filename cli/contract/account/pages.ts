/** Whole lists, row by row as the API returns them. */
import type { Api } from "./api";
import { isRow, type Kind, kinds, type Row } from "./kinds";
import { isDone, NoReplyError, type Reply } from "./reply";

export const PAGE = 20;
/** More than any account has: what repeats itself for ever ends here. */
const MOST_PAGES = 1_000;

export interface List {
  readonly rows: readonly Row[];
  readonly first: Reply;
}

/** Every row of a list, each once. Throws when one page of it cannot be read. */
export async function readList(
  api: Api,
  kind: Kind,
  query: Readonly<Record<string, string>> = {},
  limit = PAGE,
): Promise<List> {
  const { collection, idField } = kinds[kind];
  const rows = new Map<unknown, Row>();
  let first: Reply | undefined;
  for (let page = 0, offset = 0; page < MOST_PAGES; page++) {
    const reply = await api.get(collection, { ...query, limit: String(limit), offset: String(offset) });
    first ??= reply;
    const objects = rowsIn(reply);
    if (objects === undefined) throw new NoReplyError(`GET ${collection} -> ${reply.status}: not a list`);
    const before = rows.size;
    for (const row of objects) rows.set(row[idField], row);
    offset += objects.length;
    if (rows.size === before || !goesOn(reply, objects.length, limit, offset))
      return { rows: [...rows.values()], first };
  }
  throw new NoReplyError(`GET ${collection}: a list without an end`);
}

export function rowsIn(reply: Reply): readonly Row[] | undefined {
  if (!isDone(reply) || !isRow(reply.json) || !Array.isArray(reply.json.objects)) return undefined;
  return reply.json.objects.every(isRow) ? reply.json.objects : undefined;
}

function goesOn({ json }: Reply, count: number, limit: number, offset: number): boolean {
  const meta = isRow(json) && isRow(json.meta) ? json.meta : {};
  const total = typeof meta.total_count === "number" ? meta.total_count : 0;
  return count >= limit || total > offset || (typeof meta.next === "string" && meta.next !== "");
}
