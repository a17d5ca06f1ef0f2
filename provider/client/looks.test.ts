import { expect, test } from "@jest/globals";
import { CancelledError, DeadlineExceededError, ServerError } from "./http/errors";
import { InFlightWrites } from "./in-flight-writes";
import { type LookSource, Looks } from "./looks";

interface Trunk {
  readonly id: number;
  readonly uri: string;
}
type Filter = { readonly uri?: string };
type Failure = typeof CancelledError | typeof DeadlineExceededError | typeof ServerError;

const turn = () => new Promise((resolve) => setImmediate(resolve));
const clock = { now: () => 0, sleep: () => turn().then(() => undefined) };

function errorOf(Class: Failure): Error {
  return new Class({ message: "no", status: null, apiId: null, method: "GET", path: "", outcome: "not-sent" });
}

class World {
  isScarce = true;
  readonly calls: string[] = [];
  readonly writes = new InFlightWrites();
  readonly looks = new Looks<Trunk, Filter>({ clock, writes: this.writes, isScarce: () => this.isScarce });
  trunks: Trunk[];
  mostAtOnce = 0;
  #underWay = 0;

  constructor(count: number) {
    this.trunks = Array.from({ length: count }, (_, id) => ({ id, uri: `uri-${id}` }));
  }

  source(failure?: Failure): LookSource<Trunk, Filter> {
    const answer = async (call: string, rows: () => Trunk[]) => {
      this.calls.push(call);
      if (failure) throw errorOf(failure);
      const seen = rows();
      this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#underWay);
      for (let turns = 0; turns < 5; turns++) await turn();
      this.#underWay -= 1;
      return seen;
    };
    const whole = () => [...this.trunks];
    return {
      firstPage: async () => {
        const rows = (await answer("first page", whole)).slice(0, 20);
        return { rows, total: this.trunks.length, isLast: this.trunks.length < 20 };
      },
      all: () => answer("all", whole),
      matching: ({ uri }) => answer(`uri=${uri}`, () => whole().filter((trunk) => trunk.uri === uri)),
      isEmpty: ({ uri }) => uri === undefined,
      matches: (trunk, { uri }) => uri === undefined || trunk.uri === uri,
      pageSize: 20,
      waitFor: (shared) =>
        shared.then(
          () => true,
          () => true,
        ),
    };
  }

  async find(uri: string, failure?: Failure): Promise<number[]> {
    return (await this.looks.find([{ uri }], this.source(failure))).map(({ id }) => id);
  }

  all(failure?: Failure): Promise<readonly Trunk[]> {
    return this.looks.find([{}], this.source(failure));
  }
}

test("one who asks for one thing asks the server for it", async () => {
  const world = new World(5);
  expect(await world.find("uri-3")).toEqual([3]);
  expect(world.calls).toEqual(["uri=uri-3"]);
});

test("two filters are worth the first page, which may be all there is", async () => {
  const world = new World(5);
  const found = await world.looks.find([{ uri: "uri-1" }, { uri: "uri-2" }], world.source());
  expect(found.map(({ id }) => id)).toEqual([1, 2]);
  expect(world.calls).toEqual(["first page"]);
});

test("those who ask at the same time share the whole list, and each gets what it asked for", async () => {
  const world = new World(30);
  const found = await Promise.all([3, 4, 99].map((id) => world.find(`uri-${id}`)));
  expect(found).toEqual([[3], [4], []]);
  expect(world.calls).toEqual(["first page", "all"]);
});

test("a list that is longer than the questions are many is not read; how long it is, is asked once", async () => {
  const world = new World(500);
  for (let round = 0; round < 2; round++) await Promise.all([1, 2].map((id) => world.find(`uri-${id}`)));
  expect(world.calls).toEqual(["first page", "uri=uri-1", "uri=uri-2", "uri=uri-1", "uri=uri-2"]);
});

test("nothing counts that was read before it was asked for", async () => {
  const world = new World(5);
  const first = world.all();
  while (world.calls.length === 0) await turn();
  // The list is being read: what happens to it now may be missing in the answer to the first, never to the second.
  world.trunks = [...world.trunks, { id: 9, uri: "uri-9" }];
  const second = world.all();
  expect((await first).length).toBe(5);
  expect((await second).length).toBe(6);
  expect(world.calls).toEqual(["all", "all"]);
});

test("those who come while others look wait, and share the next look", async () => {
  const world = new World(5);
  const looks = [world.all()];
  while (world.calls.length === 0) await turn();
  looks.push(world.all(), world.all(), world.all());
  await Promise.all(looks);
  expect([world.calls, world.mostAtOnce]).toEqual([["all", "all"], 1]);
});

test("where calls are plenty, nobody waits for the look of others", async () => {
  const world = new World(5);
  world.isScarce = false;
  const looks = [world.all()];
  while (world.calls.length === 0) await turn();
  looks.push(world.all());
  await Promise.all(looks);
  expect([world.calls, world.mostAtOnce]).toEqual([["all", "all"], 2]);
});

test("deletes under way are waited for: those who made them will ask next", async () => {
  const world = new World(5);
  let end = () => {};
  const deleting = world.writes.during(() => new Promise<void>((resolve) => (end = resolve))).then(() => world.all());
  const asked = world.all();
  await Promise.resolve();
  end();
  await Promise.all([deleting, asked]);
  expect(world.calls).toEqual(["all"]);
});

test.each([CancelledError, DeadlineExceededError])(
  "that one of them may not wait any longer ($kind) is nobody else's failure",
  async (failure) => {
    const world = new World(5);
    const [first, second, third] = await Promise.allSettled([world.all(failure), world.all(), world.all()]);
    expect(first).toMatchObject({ status: "rejected", reason: { message: "no" } });
    expect([second?.status, third?.status]).toEqual(["fulfilled", "fulfilled"]);
    expect(world.calls).toEqual(["all", "all"]);
  },
);

test("what the server said is everyone's failure: it is not asked once for each", async () => {
  const world = new World(5);
  const asked = await Promise.allSettled([world.all(ServerError), world.all(ServerError), world.all(ServerError)]);
  expect(asked.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(world.calls).toEqual(["all"]);
});
