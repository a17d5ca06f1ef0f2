import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { FRESH_MS, SharedReads, type Source } from "./shared-reads";

interface Row {
  readonly id: string;
}

/** A list of `total` rows, and what it costs to read it. */
class World implements Source<Row> {
  readonly calls: string[] = [];
  readonly pageSize = 20;
  now = 0;
  failing = false;
  rows: Row[];

  constructor(total: number) {
    this.rows = Array.from({ length: total }, (_, n) => ({ id: String(n) }));
  }

  readonly reads = new SharedReads<Row>({ now: () => this.now, sleep: async () => undefined });

  idOf = ({ id }: Row) => id;

  waitFor = (shared: Promise<unknown>) => shared.then(() => true);

  async get(id: string): Promise<Row> {
    this.calls.push(`get ${id}`);
    const row = this.rows.find((found) => found.id === id);
    if (!row) throw new Error("404");
    return row;
  }

  async page(offset: number) {
    this.calls.push(`page ${offset}`);
    await Promise.resolve();
    if (this.failing) throw new Error("500");
    return { rows: this.rows.slice(offset, offset + 20), total: this.rows.length };
  }

  async ask(ids: readonly number[], atOnce = 1): Promise<void> {
    const queue = ids.map(String);
    const worker = async () => {
      for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
        expect((await this.reads.get(id, this)).id).toBe(id);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }
}

const upTo = (n: number) => Array.from({ length: n }, (_, id) => id);

test("one object is one GET", async () => {
  const world = new World(1_000);
  await world.ask([500]);
  expect(world.calls).toEqual(["get 500"]);
});

test("two objects of a small account are a GET and a page", async () => {
  const world = new World(15);
  await world.ask(upTo(15), 8);
  expect([...world.calls].sort()).toEqual(["get 0", "page 0"]);
});

test("a thousand of a thousand objects are fifty pages and a GET, eight at once", async () => {
  const world = new World(1_000);
  await world.ask(upTo(1_000), 8);
  expect(world.calls.length).toBeLessThanOrEqual(52);
});

test("the newest first, or the oldest: the end of the list that brings what is asked for is found", async () => {
  const world = new World(1_000);
  await world.ask(upTo(1_000).reverse(), 8);
  expect(world.calls.length).toBeLessThanOrEqual(65);
});

test("a few of a large account cost little more than their GETs", async () => {
  const world = new World(1_000);
  await world.ask(
    upTo(25).map((n) => n * 37),
    8,
  );
  expect(world.calls.length).toBeLessThanOrEqual(28);
});

test("never more than twice the calls of the best choice with hindsight", async () => {
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
      expect(world.calls.length).toBeLessThanOrEqual(2 * best);
    }),
    { numRuns: 300 },
  );
});

test("an object that no page shows is asked for with a GET before it counts as gone", async () => {
  const world = new World(10);
  await world.ask([0, 1]);
  await expect(world.reads.get("gone", world)).rejects.toThrow("404");
  expect(world.calls.at(-1)).toBe("get gone");
});

test("what a page shows otherwise than expected is asked for with a GET, which is believed", async () => {
  const world = new World(10);
  await world.ask([0, 1]);
  const asked: string[] = [];
  const isExpected = ({ id }: Row) => asked.push(id) > 1;
  expect(await world.reads.get("5", world, isExpected)).toEqual({ id: "5" });
  expect(await world.reads.get("6", world, isExpected)).toEqual({ id: "6" });
  expect([world.calls.slice(2), asked]).toEqual([["get 5"], ["5", "6"]]);
});

test("what this process wrote is never answered from a list", async () => {
  const world = new World(10);
  await world.ask([0, 1]);
  world.reads.wrote("5");
  await world.ask([5]);
  expect(world.calls).toEqual(["get 0", "page 0", "get 5"]);
});

test("an answer from a list is never older than it may be", async () => {
  const world = new World(10);
  await world.ask([0, 1, 2]);
  world.now += FRESH_MS + 1;
  await world.ask([3]);
  expect(world.calls).toEqual(["get 0", "page 0", "get 3"]);
});

test.each([1e12, 5e9])("a list that claims %d rows is read like any other", async (claimed) => {
  const world = new World(100);
  const page = world.page.bind(world);
  world.page = async (offset) => ({ ...(await page(offset)), total: claimed });
  await world.ask(upTo(100), 8);
  expect(world.calls.length).toBeLessThanOrEqual(100);
});

test("lists that fail cost two calls and change nothing else", async () => {
  const world = new World(100);
  world.failing = true;
  await world.ask(upTo(100), 8);
  expect(world.calls.filter((call) => call.startsWith("page"))).toHaveLength(2);
  expect(world.calls).toHaveLength(102);
});
