import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { ListedObjects } from "../testing/listed-objects";
import { MAX_AGE_MS } from "./list-cache";

class World extends ListedObjects {
  ask(ids: readonly number[], atOnce = 1): Promise<void> {
    return this.askNamed(ids.map(String), atOnce);
  }

  async askNamed(ids: readonly string[], atOnce: number): Promise<void> {
    const queue = [...ids];
    const worker = async () => {
      for (let id = queue.shift(); id !== undefined; id = queue.shift())
        expect((await this.cache.get(id, this.source(), "eventual")).id).toBe(id);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }
}

const upTo = (n: number) => Array.from({ length: n }, (_, id) => id);

test("one object is one GET", async () => {
  const world = new World(1_000);
  await world.ask([500]);
  expect(world.requests).toEqual(["get 500"]);
});

test("two objects of a small account are a GET and a page", async () => {
  const world = new World(15);
  await world.ask(upTo(15), 8);
  expect([...world.requests].sort()).toEqual(["get 0", "page 0"]);
});

test.each([100, 300, 1_000])(
  "%d objects, all of the account's, are their pages and at most 4 requests",
  async (count) => {
    const world = new World(count);
    await world.ask(upTo(count), 8);
    expect(world.requests.length).toBeLessThanOrEqual(count / 20 + 4);
  },
);

test("newest first or oldest first: the end of the list that has the requested objects is found", async () => {
  const world = new World(1_000);
  await world.ask(upTo(1_000).reverse(), 8);
  expect(world.requests.length).toBeLessThanOrEqual(65);
});

test.each([
  ["upwards", 1],
  ["downwards", -1],
])(
  "many objects from the middle of a sorted list on, %s and around, are its pages and a few requests",
  async (_, step) => {
    for (const start of [1, 9, 180, 515, 800, 999])
      for (const named of [
        String,
        (n: number) => String(14155550000 + n),
        (n: number) => String(14155550000 + n * n),
      ]) {
        const world = new World(1_000, named);
        const order = upTo(1_000).map((n) => named((start + step * n + 1_000) % 1_000));
        await world.askNamed(order, 8);
        expect(world.requests.length).toBeLessThanOrEqual(50 + 5);
      }
  },
);

test("in whatever order, many objects of a sorted list are little more than its pages", async () => {
  const world = new World(1_000, (n) => String(14155550000 + n));
  const order = upTo(1_000).map((n) => String(14155550000 + ((n * 617) % 1_000)));
  await world.askNamed(order, 8);
  expect(world.requests.length).toBeLessThanOrEqual(50 + 5);
});

test("a list that is not sorted costs no guesses", async () => {
  const named = (n: number) => String(14155550000 + ((n * 617) % 1_000));
  const world = new World(1_000, named);
  const order = upTo(12).map((n) => named(500 + n * 40));
  await world.askNamed(order, 8);
  expect(world.requests.length).toBeLessThanOrEqual(12 + 2);
});

test("a few of a large account cost little more than their GETs", async () => {
  const world = new World(1_000);
  await world.ask(
    upTo(25).map((n) => n * 37),
    8,
  );
  expect(world.requests.length).toBeLessThanOrEqual(28);
});

test("never more than twice the requests of the best choice with hindsight", async () => {
  const asked = fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 16 })).chain(([total, atOnce]) =>
    fc.record({
      total: fc.constant(total),
      atOnce: fc.constant(atOnce),
      ids: fc.shuffledSubarray(upTo(total), { minLength: 1 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(asked, async ({ total, atOnce, ids }) => {
      const world = new World(total);
      await world.ask(ids, atOnce);
      const best = Math.min(ids.length, Math.ceil(total / 20));
      expect(world.requests.length).toBeLessThanOrEqual(2 * best);
    }),
    { numRuns: 300 },
  );
});

test("an object that no page shows is read with a GET before it counts as deleted", async () => {
  const world = new World(10);
  await world.ask([0, 1]);
  await expect(world.cache.get("gone", world.source(), "eventual")).rejects.toThrow("404");
  expect(world.requests.at(-1)).toBe("get gone");
});

test("a strong read of what a page has shown is a GET; of what this operation has read with one, no request", async () => {
  const world = new World(10);
  await world.ask([0, 1]);
  for (const id of ["1", "1", "0"]) await world.cache.get(id, world.source(), "strong");
  expect(world.requests).toEqual(["get 0", "page 0", "get 1"]);
});

test("a strong read takes no GET of an operation before, and none before a write", async () => {
  const world = new World(1);
  await world.ask([0]);
  world.operation = {};
  await world.cache.get("0", world.source(), "strong");
  await world.cache.write("0", async () => undefined);
  await world.cache.get("0", world.source(), "strong");
  await world.cache.get("0", world.source(), "strong");
  expect(world.requests).toEqual(["get 0", "get 0", "get 0"]);
});

test("a GET that a write has overtaken is not remembered", async () => {
  const world = new World(1);
  const reading = world.cache.get("0", world.source(), "eventual");
  while (world.requests.length === 0) await Promise.resolve();
  await world.cache.write("0", async () => undefined);
  await reading;
  await world.cache.get("0", world.source(), "strong");
  expect(world.requests).toEqual(["get 0", "get 0"]);
});

test("what this process wrote is never taken from a list", async () => {
  const world = new World(10);
  await world.ask([0, 1]);
  await world.cache.write("5", async () => undefined);
  await world.ask([5]);
  expect(world.requests).toEqual(["get 0", "page 0", "get 5"]);
});

test("a page is never older than it may be", async () => {
  const world = new World(10);
  await world.ask([0, 1, 2]);
  world.now += MAX_AGE_MS + 1;
  await world.ask([3]);
  expect(world.requests).toEqual(["get 0", "page 0", "get 3"]);
});

test.each([1e12, 5e9, 2.5, 1e18, 1e300])("a list that claims %d rows is read like any other", async (claimed) => {
  const world = new World(100);
  const source = world.source.bind(world);
  world.source = () => ({
    ...source(),
    page: async (offset) => ({ ...(await source().page(offset)), total: claimed }),
  });
  await world.ask(upTo(100), 8);
  expect(world.requests.length).toBeLessThanOrEqual(100 + 1);
  expect(world.requests).not.toContain("page NaN");
});

test("lists that fail cost two requests and change nothing else", async () => {
  const world = new World(100);
  world.failing = true;
  await world.ask(upTo(100), 8);
  expect(world.requests.filter((request) => request.startsWith("page"))).toHaveLength(2);
  expect(world.requests).toHaveLength(102);
});

const recent = (world: World, id: string) => world.cache.get(id, world.source(), "recent");

test("a recent read takes what a GET of any operation has returned within the last second", async () => {
  const world = new World(100);
  await Promise.all([recent(world, "5"), recent(world, "5"), recent(world, "5")]);
  world.now += 1_000;
  await recent(world, "5");
  expect(world.requests).toEqual(["get 5"]);
  world.now += 1;
  await recent(world, "5");
  expect(world.requests).toEqual(["get 5", "get 5"]);
});

test("a recent read never takes what was read before the last write of this process", async () => {
  const world = new World(100);
  await recent(world, "5");
  await world.cache.write("5", async () => undefined);
  await recent(world, "5");
  expect(world.requests).toEqual(["get 5", "get 5"]);
});

test("recent reads of neighbours share a page a second", async () => {
  const world = new World(100);
  await world.ask(upTo(20));
  world.now += 2_000;
  const before = world.requests.length;
  for (const id of upTo(20)) await recent(world, String(id));
  // The first was read with a GET: no page was known then.
  expect(world.requests.slice(before)).toEqual(["page 0"]);
});

test("a recent read of what has left its page is a GET", async () => {
  const world = new World(100);
  await world.ask(upTo(20));
  world.now += 2_000;
  world.hidden.add("7");
  const before = world.requests.length;
  expect((await recent(world, "7")).id).toBe("7");
  expect(world.requests.slice(before)).toEqual(["page 0", "get 7"]);
});

test("a recent read whose page or whose neighbour fails is a GET of its own", async () => {
  const world = new World(100);
  await world.ask(upTo(20));
  world.now += 2_000;
  world.failing = true;
  expect((await recent(world, "7")).id).toBe("7");
  expect(world.requests.at(-1)).toBe("get 7");
  const gone = new World(1);
  const results = await Promise.allSettled([recent(gone, "9"), recent(gone, "9")]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
});

test("recent reads that wait for a slow request of another operation take what it returns", async () => {
  const world = new World(100);
  world.getTakes = 5_000;
  await Promise.all(Array.from({ length: 8 }, () => recent(world, "5")));
  expect(world.requests).toEqual(["get 5"]);
});

test("what this process has updated is read by each operation itself", async () => {
  const world = new World(100);
  await world.cache.write("5", async () => undefined);
  await recent(world, "5");
  await recent(world, "5");
  world.operation = {};
  await recent(world, "5");
  expect(world.requests).toEqual(["get 5", "get 5"]);
});
