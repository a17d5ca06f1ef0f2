import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { InFlightWrites } from "./in-flight-writes";
import { ReadBacks } from "./read-backs";
import type { Source } from "./shared-reads";

interface Row {
  readonly id: string;
}

const range = (count: number) => Array.from({ length: count }, (_, n) => n);

type Order = "oldest first" | "newest first" | "by name";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const clock = { now: () => 0, sleep: turn };

/** An account whose list has `before` rows already, and what it costs to make and read more. */
class World implements Source<Row> {
  readonly calls: string[] = [];
  readonly pageSize = 20;
  readonly rows: Row[];
  readonly #writes = new InFlightWrites();
  readonly #readBacks = new ReadBacks<Row>({ clock, writes: this.#writes, isScarce: () => this.isScarce });
  isScarce = true;
  failing = false;
  tells = true;
  hidden = new Set<string>();

  constructor(
    before: number,
    readonly order: Order = "oldest first",
  ) {
    this.rows = Array.from({ length: before }, (_, n) => ({ id: `old-${n}` }));
  }

  idOf = ({ id }: Row) => id;
  waitFor = (shared: Promise<unknown>) => shared.then(() => true);

  async get(id: string): Promise<Row> {
    this.calls.push(`get ${id}`);
    return { id };
  }

  async page(offset: number) {
    this.calls.push(`page ${offset}`);
    const rows = this.#list().slice(offset, offset + 20);
    await Promise.resolve();
    if (this.failing) throw new Error("503");
    return { rows: rows.filter(({ id }) => !this.hidden.has(id)), total: this.tells ? this.rows.length : null };
  }

  #list(): Row[] {
    if (this.order === "newest first") return [...this.rows].reverse();
    // Ids that say nothing about their age, as random ones do.
    const hash = (id: string) => [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9_973, 7);
    return this.order === "by name" ? [...this.rows].sort((a, b) => hash(a.id) - hash(b.id)) : this.rows;
  }

  /** As an engine does it: so many at once, each create followed by its read-back. */
  async create(count: number, atOnce = 8): Promise<void> {
    const ids = Array.from({ length: count }, (_, n) => `new-${this.rows.length + n}`);
    const worker = async () => {
      for (let id = ids.shift(); id !== undefined; id = ids.shift()) expect((await this.#one(id)).id).toBe(id);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }

  async #one(id: string): Promise<Row> {
    await this.#writes.during(async () => {
      await turn();
      this.rows.push({ id });
    });
    this.#readBacks.made(id);
    return this.find(id);
  }

  async find(id: string): Promise<Row> {
    return (await this.#readBacks.find(id, this)) ?? this.get(id);
  }

  wrote(id: string): void {
    this.#readBacks.wrote(id);
  }

  made(id: string): void {
    this.#readBacks.made(id);
  }
}

test("a create alone is read back with a GET", async () => {
  const world = new World(500);
  await world.create(1);
  expect(world.calls).toEqual(["get new-500"]);
});

test.each<Order>(["oldest first", "newest first"])(
  "8 creates at once share a page, wherever new objects stand: %s",
  async (order) => {
    for (const before of [0, 15, 500]) {
      const world = new World(before, order);
      await world.create(800);
      // One page for 8, and some to learn where to look.
      expect(world.calls.length).toBeLessThanOrEqual(800 / 8 + 3);
    }
  },
);

test("50 creates at once are on three pages", async () => {
  const world = new World(500);
  await world.create(500, 50);
  expect(world.calls.length).toBeLessThanOrEqual((500 / 50) * 3 + 3);
});

test("where calls are plenty, each is read by itself at once", async () => {
  const world = new World(500);
  world.isScarce = false;
  await world.create(16);
  expect(world.calls).toEqual(range(16).map((n) => `get new-${500 + n}`));
});

test("where new objects stand at neither end, pages are given up after a few", async () => {
  const world = new World(2_000, "by name");
  await world.create(200);
  expect(world.calls.filter((call) => call.startsWith("page")).length).toBeLessThanOrEqual(6);
  expect(world.calls.length).toBeLessThanOrEqual(206);
});

test.each([
  ["lists that fail", { failing: true }],
  ["lists that do not say how long they are", { tells: false }],
])("%s cost three calls, and the rest is read with GETs", async (_, failure) => {
  const world = Object.assign(new World(500), failure);
  await world.create(80);
  expect(world.calls.filter((call) => call.startsWith("page"))).toHaveLength(3);
  expect(world.calls.filter((call) => call.startsWith("get"))).toHaveLength(80);
});

test("whatever the account, reading back costs at most a few calls more than GETs", async () => {
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
      expect(world.calls.length).toBeLessThanOrEqual(count + 6);
    }),
    { numRuns: 100 },
  );
});

test("others who make and delete objects meanwhile do not lead astray for long", async () => {
  const world = new World(500);
  await world.create(80);
  const learnt = world.calls.length;
  world.rows.splice(0, 300);
  await world.create(80);
  world.rows.push(...Array.from({ length: 40 }, (_, n) => ({ id: `theirs-${n}` })));
  await world.create(80);
  expect(world.calls.length - learnt).toBeLessThanOrEqual(20 + 4);
});

test("what a page does not show yet is read with a GET", async () => {
  const world = new World(0);
  world.hidden.add("new-3");
  await world.create(8);
  expect(world.calls).toEqual(["page 0", "get new-3"]);
});

test("only what this process made, and has not written or read since, comes from a page", async () => {
  const world = new World(0);
  await world.create(8);
  world.calls.length = 0;
  for (const id of ["new-1", "new-2"]) await world.find(id);
  world.made("new-3");
  world.made("new-4");
  world.wrote("new-3");
  world.wrote("new-4");
  await Promise.all(["new-3", "new-4", "foreign"].map((id) => world.find(id)));
  expect(world.calls).toEqual(["get new-1", "get new-2", "get new-3", "get new-4", "get foreign"]);
});
