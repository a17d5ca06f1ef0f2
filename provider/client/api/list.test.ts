import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Reply, rejection, type Seen, setup, TRUNK } from "../testing/scripted-server";

function trunk(n: number) {
  return { ...TRUNK, trunk_id: String(n) };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, n) => from + n);
}

/** A well-behaved list of `total` trunks, with `meta` as given on top of the true one. */
function pageOf(seen: Seen, total: number, meta: object | null = {}, size = 20): Reply {
  const offset = Number(seen.query.offset);
  const end = Math.min(total, offset + size);
  const truth = {
    limit: 20,
    offset,
    total_count: total,
    previous: null,
    next: end < total ? `v1/x?offset=${end}` : null,
  };
  return {
    json: { objects: range(offset, end).map(trunk), ...(meta === null ? {} : { meta: { ...truth, ...meta } }) },
  };
}

const idsUpTo = (total: number) => range(0, total).map(String);

async function idsFrom(reply: (seen: Seen, n: number) => Reply) {
  const { plivo, requests } = await setup(reply);
  const rows = await plivo.trunks.list();
  return { ids: rows.map(({ trunkId }) => trunkId), offsets: requests.map(({ query }) => query.offset) };
}

test("a list is read to its end, page by page", async () => {
  const { ids, offsets } = await idsFrom((seen) => pageOf(seen, 45));
  expect([ids, offsets]).toEqual([idsUpTo(45), ["0", "19", "38"]]);
});

test("each page tells how many rows are read, and of how many", async () => {
  const pages: unknown[] = [];
  const onPage = (read: number, total: number | null) => pages.push([read, total]);
  const { plivo } = await setup((seen) => pageOf(seen, 45), { operation: { onPage } });
  await plivo.trunks.list();
  expect(pages).toEqual([
    [20, 45],
    [39, 45],
    [45, 45],
  ]);
});

test("an empty list takes one request", async () => {
  expect(await idsFrom((seen) => pageOf(seen, 0))).toEqual({ ids: [], offsets: ["0"] });
});

test("no row is lost or doubled, however meta lies and whatever the size of the pages", async () => {
  const lie = fc.constantFrom<object | null>(
    null,
    { total_count: 0 },
    { total_count: 1, next: null },
    { total_count: "many" },
    { limit: 0 },
    { next: 7 },
  );
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 65 }), lie, async (total, meta) => {
      expect((await idsFrom((seen) => pageOf(seen, total, meta))).ids).toEqual(idsUpTo(total));
    }),
    { numRuns: 25 },
  );
  expect((await idsFrom((seen) => pageOf(seen, 25, {}, 7))).ids).toEqual(idsUpTo(25));
  expect((await idsFrom((seen) => pageOf(seen, 25, { next: null, limit: 7, total_count: 0 }, 7))).ids).toEqual(
    idsUpTo(25),
  );
});

test("a list whose total changes while it is read is read again", async () => {
  // The row with offset 20 moves to the first page while that page is already here.
  const { ids } = await idsFrom((seen, n) => {
    if (n === 0) return pageOf(seen, 41);
    if (n > 2) return pageOf(seen, 40);
    const offset = Number(seen.query.offset);
    const objects = range(offset + 1, Math.min(41, offset + 21)).map(trunk);
    return { json: { objects, meta: { total_count: 40, next: null } } };
  });
  expect(ids).toEqual(idsUpTo(40));
});

test("a list that never comes to rest ends, and keeps every row that was seen", async () => {
  const { ids, offsets } = await idsFrom((seen, n) => pageOf(seen, 30, { total_count: 30 + n }));
  expect(ids).toEqual(idsUpTo(30));
  expect(offsets.length).toBeLessThan(12);
});

test("a row that the last pass of a restless list does not show is asked for: it is gone, or still there", async () => {
  const reply = (seen: Seen, n: number): Reply => {
    if (seen.path.endsWith("/7/")) return { json: trunk(7) };
    if (seen.path.endsWith("/8/")) return { status: 404, json: { error: "no such trunk" } };
    const hidden = n > 1 ? [7, 8] : [];
    const objects = range(0, 15)
      .filter((id) => !hidden.includes(id))
      .map(trunk);
    const offset = Number(seen.query.offset);
    return { json: { objects: objects.slice(offset, offset + 10), meta: { total_count: 100 + n, limit: 10 } } };
  };
  const { ids } = await idsFrom(reply);
  expect([...ids].sort()).toEqual(
    idsUpTo(15)
      .filter((id) => id !== "8")
      .sort(),
  );
});

test("a number that a list spells with blanks is asked for by its digits", async () => {
  const number = (n: number) => ({ number: `+1 415 555 01${10 + n}`, application: null });
  const { plivo, requests } = await setup((seen, n) => {
    if (seen.path !== "Number/") return { json: number(7) };
    const objects = range(0, 15).filter((id) => n < 2 || id !== 7);
    const offset = Number(seen.query.offset);
    const page = objects.slice(offset, offset + 10).map(number);
    return { json: { objects: page, meta: { total_count: 100 + n, limit: 10 } } };
  });
  expect(await plivo.numbers.list()).toHaveLength(15);
  expect(requests.at(-1)?.path).toBe("Number/14155550117/");
});

test("a list whose every pass shows other rows is an error, not a request for each of them", async () => {
  const { plivo, requests } = await setup((seen, n) => {
    const offset = Number(seen.query.offset);
    const pass = Math.floor(n / 8);
    const objects = range(offset, Math.min(offset + 20, 130)).map((id) => trunk(id + pass * 1_000));
    return { json: { objects, meta: { total_count: 130 + n, limit: 20 } } };
  });
  expect((await rejection(plivo.trunks.list())).message).toContain("the list changes faster than it can be read");
  expect(requests.filter(({ path }) => path !== "Zentrunk/Trunk/")).toEqual([]);
});

test("a long list takes a request for each page, and one for its end", async () => {
  const { ids, offsets } = await idsFrom((seen) => pageOf(seen, 505));
  expect(ids).toEqual(idsUpTo(505));
  expect(offsets).toEqual(["0", "485", ...range(1, 26).map((page) => String(20 * page - 1))]);
});

test.each([
  { title: "in the order of creation", create: (trunks: number[], id: number) => trunks.push(id) },
  { title: "the newest first", create: (trunks: number[], id: number) => trunks.unshift(id) },
])("a long list, $title, loses no row that moves while others come and go", async ({ create }) => {
  const at = fc.record({
    request: fc.integer({ min: 1, max: 28 }),
    deleted: fc.uniqueArray(fc.integer({ min: 0, max: 504 }), { maxLength: 3 }),
    created: fc.integer({ min: 0, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(at, async ({ request, deleted, created }) => {
      const { ids } = await idsWhile(
        (trunks) => {
          for (const id of deleted) trunks.splice(trunks.indexOf(id), 1);
          for (const id of range(0, created)) create(trunks, 1_000 + id);
        },
        { count: 505, request },
      );
      const stayed = idsUpTo(505).filter((id) => !deleted.includes(Number(id)));
      expect(stayed.filter((id) => !ids.includes(id))).toEqual([]);
      expect(new Set(ids).size).toBe(ids.length);
    }),
    { numRuns: 15, examples: [1, 2, 5].map((request) => [{ request, deleted: [3], created: 1 }]) },
  );
});

test("where the end is not where the total says, a long list is read with overlaps", async () => {
  const { ids, offsets } = await idsFrom((seen) => pageOf(seen, 45, { total_count: 500 }));
  expect([ids, offsets]).toEqual([idsUpTo(45), ["0", "480", "19", "38", "44"]]);
});

/** The trunks of one account, of which rows come and go between two requests. */
async function idsWhile(change: (trunks: number[]) => void, { count = 60, request = 1 } = {}) {
  const trunks = range(0, count);
  return idsFrom((seen, n) => {
    if (n === request) change(trunks);
    const offset = Number(seen.query.offset);
    return { json: { objects: trunks.slice(offset, offset + 20).map(trunk), meta: { total_count: trunks.length } } };
  });
}

test("a row deleted in front of the next page hides none, also when another appears at the same time", async () => {
  const { ids } = await idsWhile((trunks) => {
    trunks.splice(3, 1);
    trunks.push(99);
  });
  expect(ids).toEqual(expect.arrayContaining(idsUpTo(60).filter((id) => id !== "3")));
  expect(new Set(ids).size).toBe(ids.length);
});

test.each([
  { offset: 38, count: 60 },
  { offset: 0, count: 60 },
  { offset: 19, count: 505 },
  { offset: 39, count: 505 },
])("an empty page at offset $offset of $count rows is no end: the list is read again", async ({ offset, count }) => {
  let isGiven = false;
  const { ids } = await idsFrom((seen) => {
    if (isGiven || seen.query.offset !== String(offset)) return pageOf(seen, count);
    isGiven = true;
    return { json: { objects: [], meta: { total_count: count } } };
  });
  expect(ids).toEqual(idsUpTo(count));
});

test("a list that ends with an empty page where a row was is an error, not a part of it", async () => {
  const { plivo, requests } = await setup((seen) =>
    Number(seen.query.offset) > 20 ? { json: { objects: [] } } : pageOf(seen, 60),
  );
  expect(await rejection(plivo.trunks.usage({ primaryUriUuid: "u" }))).toMatchObject({
    name: "InvalidResponseError",
    message: expect.stringContaining("page at offset 38 is empty, where an earlier page has shown a row"),
  });
  expect(requests).toHaveLength(9);
});

test("a list whose last rows go in every pass ends, without an error", async () => {
  let total = 60;
  const { ids } = await idsFrom((seen) => {
    if (seen.query.offset === "0") total = 60;
    if (seen.query.offset === "38") total = 38;
    return pageOf(seen, total);
  });
  expect(ids).toEqual(idsUpTo(39));
});

test("an empty list whose total is wrong is empty", async () => {
  expect(await idsFrom((seen) => pageOf(seen, 0, { total_count: 7 }))).toEqual({ ids: [], offsets: ["0", "0", "0"] });
});

test("a row inserted in front of the next page doubles none", async () => {
  const { ids } = await idsWhile((trunks) => {
    trunks.pop();
    trunks.unshift(99);
  });
  expect(ids).toEqual(expect.arrayContaining(["99", ...idsUpTo(59)]));
  expect(new Set(ids).size).toBe(ids.length);
});

test("a server that ignores offset: fine when that is all there is, an error when rows would be missing", async () => {
  const objects = range(0, 20).map(trunk);
  const all = await idsFrom(() => ({ json: { objects, meta: { total_count: 20, next: "again" } } }));
  expect(all).toEqual({ ids: idsUpTo(20), offsets: ["0", "19"] });
  const { plivo } = await setup(() => ({ json: { objects, meta: { total_count: 40 } } }));
  expect(await rejection(plivo.trunks.list())).toMatchObject({
    name: "InvalidResponseError",
    message: expect.stringContaining("page at offset 19 repeats rows of earlier pages"),
  });
});

test("pages without end stop with an error", async () => {
  const size = 1_000;
  const { plivo, requests } = await setup((_, n) => ({
    json: { objects: range(n * size, (n + 1) * size).map((number) => ({ number })) },
  }));
  expect((await rejection(plivo.numbers.list())).message).toContain("more than 50000 numbers");
  expect(requests).toHaveLength(51);
});

test("a page may be longer than asked for, but not without end", async () => {
  const rows = (count: number) => async () => {
    const { plivo } = await setup(
      () => ({ json: { objects: range(0, count).map(trunk), meta: { total_count: count } } }),
      {
        options: { maxRetries: 0 },
      },
    );
    return plivo.trunks.list();
  };
  expect(await rows(1_000)()).toHaveLength(1_000);
  expect((await rejection(rows(1_001)())).message).toContain("objects: more than 1000 of them");
});

test("two rows of one id on a page are no page: a guard cannot know which of them to trust", async () => {
  const objects = [trunk(1), trunk(2), { ...trunk(1), primary_uri_uuid: "other" }];
  const { plivo } = await setup(() => ({ json: { objects } }), { options: { maxRetries: 0 } });
  expect((await rejection(plivo.trunks.list())).message).toContain("objects.2: the same id twice");
});

test("filters are sent in the API's names, and rows are filtered again", async () => {
  const rows = [
    { ...trunk(1), primary_uri_uuid: "u", secure: false },
    { ...trunk(2), primary_uri_uuid: "u", secure: true },
    { ...trunk(3), primary_uri_uuid: "other", secure: false },
  ];
  const { plivo, requests } = await setup(() => ({ json: { objects: rows } }));
  const found = await plivo.trunks.list({ primaryUriUuid: "u", secure: false, trunkStatus: undefined });
  expect(found.map(({ trunkId }) => trunkId)).toEqual(["1"]);
  expect(requests[0]?.query).toEqual({ primary_uri_uuid: "u", secure: "false", limit: "20", offset: "0" });
});

test("a row that cannot be read fails the list, naming the field: a guard must not skip it", async () => {
  const { plivo } = await setup([{ json: { objects: [trunk(1), { name: "no id" }] } }], { options: { maxRetries: 0 } });
  expect((await rejection(plivo.trunks.list())).message).toContain("objects.1.trunk_id: Invalid input");
});
