/** Reading back what was just created: pages of the list's newest end, near the rate limit. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { ListedObjects, type Row, turn } from "../testing/listed-objects";

const range = (count: number) => Array.from({ length: count }, (_, n) => n);

type Order = "oldest first" | "newest first" | "by name";

/** An account whose list has `before` rows already, and what it costs to create and read more. */
class World extends ListedObjects {
  constructor(
    before: number,
    readonly order: Order = "oldest first",
  ) {
    super(before, (n) => `old-${n}`);
  }

  override list(): readonly Row[] {
    if (this.order === "newest first") return [...this.rows].reverse();
    // Ids that say nothing about their age, as random ones do.
    const hash = (id: string) => [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9_973, 7);
    return this.order === "by name" ? [...this.rows].sort((a, b) => hash(a.id) - hash(b.id)) : this.rows;
  }

  /** As an engine does it: so many at once, each create followed by its read-back. */
  async create(count: number, atOnce = 8): Promise<void> {
    const ids = Array.from({ length: count }, (_, n) => `new-${this.rows.length + n}`);
    const worker = async () => {
      for (let id = ids.shift(); id !== undefined; id = ids.shift()) expect((await this.one(id)).id).toBe(id);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }

  async one(id: string): Promise<Row> {
    await this.cache.write(undefined, async () => {
      await turn();
      this.rows.push({ id });
    });
    this.cache.created(id);
    return this.read(id);
  }

  read(id: string): Promise<Row> {
    return this.cache.get(id, this.source(), "eventual");
  }
}

test("a create alone is read back with a GET", async () => {
  const world = new World(500);
  await world.create(1);
  expect(world.requests).toEqual(["get new-500"]);
});

test.each<Order>(["oldest first", "newest first"])(
  "8 creates at once share a page, wherever new objects stand: %s",
  async (order) => {
    for (const before of [0, 15, 500]) {
      const world = new World(before, order);
      await world.create(800);
      // One page for 8, and some to learn where the newest objects are.
      expect(world.requests.length).toBeLessThanOrEqual(800 / 8 + 3);
    }
  },
);

test("50 creates at once are on three pages", async () => {
  const world = new World(500);
  await world.create(500, 50);
  expect(world.requests.length).toBeLessThanOrEqual((500 / 50) * 3 + 3);
});

test("far from the rate limit, each is read by itself at once", async () => {
  const world = new World(500);
  world.isNearLimit = false;
  await world.create(16);
  expect(world.requests).toEqual(range(16).map((n) => `get new-${500 + n}`));
});

test("creates that end one after another wait for no other: what comes during a read shares the next page", async () => {
  const world = new World(500);
  const first = world.one("new-0");
  while (world.requests.length === 0) await turn();
  const others = [1, 2, 3].map((n) => world.one(`new-${n}`));
  await Promise.all([first, ...others]);
  expect(world.requests.filter((request) => request.startsWith("get"))).toEqual(["get new-0"]);
  expect(world.requests.length).toBeLessThanOrEqual(3);
});

test("where new objects stand at neither end, pages are given up after a few", async () => {
  const world = new World(2_000, "by name");
  await world.create(200);
  expect(world.requests.filter((request) => request.startsWith("page")).length).toBeLessThanOrEqual(6);
  expect(world.requests.length).toBeLessThanOrEqual(206);
});

test.each([
  ["lists that fail", { failing: true }],
  ["lists that do not say how long they are", { tells: false }],
])("%s cost a few requests, and the rest is read with GETs", async (_, failure) => {
  const world = Object.assign(new World(500), failure);
  await world.create(80);
  expect(world.requests.filter((request) => request.startsWith("page")).length).toBeLessThanOrEqual(6);
  expect(world.requests.filter((request) => request.startsWith("get"))).toHaveLength(80);
});

test("whatever the account, reading back costs at most a few requests more than GETs", async () => {
  const account = fc.record({
    before: fc.integer({ min: 0, max: 120 }),
    order: fc.constantFrom<Order>("oldest first", "newest first", "by name"),
    count: fc.integer({ min: 1, max: 60 }),
    atOnce: fc.integer({ min: 1, max: 30 }),
  });
  await fc.assert(
    fc.asyncProperty(account, async ({ before, order, count, atOnce }) => {
      const world = new World(before, order);
      await world.create(count, atOnce);
      expect(world.requests.length).toBeLessThanOrEqual(count + 6);
    }),
    { numRuns: 100 },
  );
});

test("others who create and delete objects meanwhile do not lead astray for long", async () => {
  const world = new World(500);
  await world.create(80);
  const learnt = world.requests.length;
  world.rows.splice(0, 300);
  await world.create(80);
  world.rows.push(...Array.from({ length: 40 }, (_, n) => ({ id: `theirs-${n}` })));
  await world.create(80);
  expect(world.requests.length - learnt).toBeLessThanOrEqual(20 + 4);
});

test("what a page does not show yet is read with a GET", async () => {
  const world = new World(0);
  world.hidden.add("new-3");
  await world.create(8);
  expect(world.requests).toEqual(["page 0", "get new-3"]);
});

test("only what this process created, and has not written or read since, comes from a page", async () => {
  const world = new World(0);
  await world.create(8);
  world.requests.length = 0;
  for (const id of ["new-1", "new-2"]) await world.read(id);
  world.cache.created("new-3");
  world.cache.created("new-4");
  for (const id of ["new-3", "new-4"]) await world.cache.write(id, async () => undefined);
  world.rows.push({ id: "foreign" });
  await Promise.all(["new-3", "new-4", "foreign"].map((id) => world.read(id)));
  expect(world.requests).toEqual(["get new-1", "get new-2", "get new-3", "get new-4", "get foreign"]);
});
