import { expect, test } from "@jest/globals";
import { type Visited, type VisitSource, visitRows } from "./visit";

interface Row {
  readonly id: string;
  version: number;
}

/** A list in memory: its rows, and the requests it got. */
function listOf(count: number) {
  const rows: Row[] = Array.from({ length: count }, (_, index) => ({ id: String(index), version: 1 }));
  const requests: string[] = [];
  let now = 0;
  const failing = new Set<string>();
  const enter = (request: string) => {
    requests.push(request);
    if (failing.has(request)) throw new Error(`${request} failed`);
  };
  const source: VisitSource<Row> = {
    now: () => now,
    idOf: ({ id }) => id,
    get: async (id) => {
      enter(`get ${id}`);
      const row = rows.find((one) => one.id === id);
      if (!row) throw new Error(`no ${id}`);
      return { ...row };
    },
    page: async (offset) => {
      enter(`page ${offset}`);
      return { rows: rows.slice(offset, offset + 20).map((row) => ({ ...row })), total: rows.length };
    },
  };
  const sleep = (ms: number) => {
    now += ms;
  };
  return { rows, requests, failing, source, sleep };
}

async function visit(
  { source }: ReturnType<typeof listOf>,
  ids: readonly string[],
  each: (visited: Visited<Row>) => void = () => undefined,
  known?: number,
) {
  const seen: string[] = [];
  const pages = await visitRows(
    ids,
    source,
    {
      shouldStop: () => false,
      each: async (visited) => {
        seen.push(visited.row ? visited.id : `${visited.id}: ${String(visited.error)}`);
        each(visited);
      },
    },
    known,
  );
  return { seen: seen.sort(), pages };
}

const ids = (count: number, from = 0) => Array.from({ length: count }, (_, index) => String(from + index));

test("one object is a GET, few are the first page and a GET each, many are pages", async () => {
  const one = listOf(100);
  await visit(one, ["7"]);
  expect(one.requests).toEqual(["get 7"]);
  const few = listOf(1_000);
  await visit(few, ["3", "500", "900"]);
  expect(few.requests.sort()).toEqual(["get 500", "get 900", "page 0"]);
  const many = listOf(1_000);
  expect(await visit(many, ids(1_000))).toEqual({ seen: ids(1_000).sort(), pages: 50 });
  expect(many.requests).toHaveLength(50);
});

test("where the length of the list is known, the first page is left out if GETs are cheaper", async () => {
  const list = listOf(1_000);
  expect((await visit(list, ["3", "500"], undefined, 50)).pages).toBe(50);
  expect(list.requests.sort()).toEqual(["get 3", "get 500"]);
});

test("objects that no page shows are read themselves, and what does not exist is told", async () => {
  const list = listOf(60);
  list.failing.add("page 20");
  const { seen } = await visit(list, [...ids(60), "x"]);
  expect(seen).toEqual([...ids(60), "x: Error: no x"].sort());
  expect(list.requests.filter((request) => request.startsWith("get"))).toHaveLength(21);
});

test("a row is read again when a write depends on it more than a second later: its page, once for all of its rows", async () => {
  const list = listOf(40);
  const visited: Visited<Row>[] = [];
  await visit(list, ids(40), (one) => visited.push(one));
  list.requests.length = 0;
  list.sleep(900);
  for (const one of visited) await one.recent();
  expect(list.requests).toEqual([]);
  list.sleep(200);
  for (const row of list.rows) row.version = 2;
  const rows = await Promise.all(visited.map((one) => one.recent()));
  expect(new Set(rows.map(({ version }) => version))).toEqual(new Set([2]));
  expect(list.requests.sort()).toEqual(["page 0", "page 20"]);
});

test("a row whose page does not show it any more is read itself", async () => {
  const list = listOf(40);
  const visited: Visited<Row>[] = [];
  await visit(list, ids(40), (one) => visited.push(one));
  list.rows.unshift({ id: "new", version: 1 });
  list.requests.length = 0;
  list.sleep(2_000);
  expect((await visited.find(({ id }) => id === "19")?.recent())?.id).toBe("19");
  expect(list.requests).toEqual(["page 0", "get 19"]);
});

test("no more is read once the visit is over", async () => {
  const list = listOf(1_000);
  let count = 0;
  await visitRows(ids(1_000), list.source, {
    shouldStop: () => count >= 30,
    each: async () => {
      count += 1;
    },
  });
  expect(list.requests.length).toBeLessThanOrEqual(4);
});
