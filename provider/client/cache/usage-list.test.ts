/** What a delete depends on: which objects use the one that is to be deleted. */
import { expect, test } from "@jest/globals";
import { CancelledError, DeadlineExceededError, ServerError } from "../http/errors";
import { ListedObjects, turn } from "../testing/listed-objects";
import { RECENT_MS } from "./list-source";

type Failure = typeof CancelledError | typeof DeadlineExceededError | typeof ServerError;

function errorOf(Class: Failure): Error {
  return new Class({ message: "no", status: null, apiId: null, method: "GET", path: "", outcome: "not-sent" });
}

const is = (id: string) => (row: { readonly id: string }) => row.id === id;

test("a query for one object uses the server's filter", async () => {
  const world = new ListedObjects(5);
  expect(await world.usage(["3"])).toEqual(["3"]);
  expect(world.requests).toEqual(["list 3"]);
});

test("two filters are worth the first page, which may be all there is", async () => {
  const world = new ListedObjects(5);
  expect(await world.usage(["1", "2"])).toEqual(["1", "2"]);
  expect(world.requests).toEqual(["first page"]);
});

test("concurrent queries share the whole list, and each gets its own rows", async () => {
  const world = new ListedObjects(30);
  const found = await Promise.all([["3"], ["4"], ["99"]].map((ids) => world.usage(ids)));
  expect(found).toEqual([["3"], ["4"], []]);
  expect(world.requests).toEqual(["first page", "list"]);
});

test("a list with more pages than there are queries is not read; its length is requested once", async () => {
  const world = new ListedObjects(500);
  for (let round = 0; round < 2; round++) await Promise.all([["1"], ["2"]].map((ids) => world.usage(ids)));
  expect(world.requests).toEqual(["first page", "list 1", "list 2", "list 1", "list 2"]);
});

test("a list that was read within the last second serves later queries, an older one does not", async () => {
  const world = new ListedObjects(30);
  for (let nth = 0; nth < 20; nth++) expect(await world.usageByList(is("gone"))).toEqual([]);
  expect(world.requests).toEqual(["list"]);
  world.now += RECENT_MS + 1;
  await world.usageByList(is("gone"));
  expect(world.requests).toEqual(["list", "list"]);
});

/** Begins a write; ends it when the returned function is called. */
function begin(world: ListedObjects): () => Promise<void> {
  let end = () => {};
  const writing = world.cache.write("7", () => new Promise<void>((resolve) => (end = resolve)));
  return () => {
    end();
    return writing;
  };
}

async function beginReading(world: ListedObjects): Promise<() => Promise<unknown>> {
  const reading = world.usageByList(is("gone"));
  while (world.requests.length === 0) await turn();
  return () => reading;
}

const overtaken: Readonly<Record<string, (world: ListedObjects) => Promise<void>>> = {
  async "a write since"(world) {
    await world.usageByList(is("gone"));
    await begin(world)();
  },
  async "a write in flight"(world) {
    await world.usageByList(is("gone"));
    begin(world);
  },
  async "a write that ended while it was read"(world) {
    const end = begin(world);
    const read = await beginReading(world);
    await end();
    await read();
  },
};

test.each(Object.entries(overtaken))("%s makes a list worthless for the deletes that follow", async (_, act) => {
  const world = new ListedObjects(30);
  await act(world);
  await world.usageByList(is("gone"));
  expect(world.requests).toEqual(["list", "list"]);
});

test("a write that overtakes a list while it is read makes the query ask again", async () => {
  const world = new ListedObjects(30);
  const query = world.usageByList(is("x"));
  while (world.requests.length === 0) await turn();
  await world.cache.write(undefined, async () => {
    world.rows = [...world.rows, { id: "x" }];
  });
  expect(await query).toEqual(["x"]);
  expect(world.requests).toEqual(["list", "list"]);
});

test("a query that writes overtake every time ends nevertheless", async () => {
  const world = new ListedObjects(30);
  const list = world.list.bind(world);
  world.list = () => {
    void world.cache.write(undefined, async () => undefined);
    return list();
  };
  expect(await world.usageByList(is("x"))).toEqual([]);
  expect(world.requests).toEqual(["list", "list", "list"]);
});

test("a delete makes nothing use what a list shows unused, so that the list stays good", async () => {
  const world = new ListedObjects(30);
  await world.usageByList(is("gone"));
  await world.cache.write("7", async () => undefined, true);
  await world.usageByList(is("gone"));
  expect(world.requests).toEqual(["list"]);
});

test("a delete is refused only because of a list that was requested after the query", async () => {
  const world = new ListedObjects(30);
  await world.usageByList(is("gone"));
  expect(await world.usageByList(is("7"))).toEqual(["7"]);
  expect(world.requests).toEqual(["list", "list"]);
  world.rows = world.rows.filter(({ id }) => id !== "8");
  expect(await world.usageByList(is("8"))).toEqual([]);
  expect(world.requests).toHaveLength(3);
});

test("queries that arrive while a list is read share the next one, if it is needed", async () => {
  const world = new ListedObjects(5);
  const queries = [world.usageByList(is("1"))];
  while (world.requests.length === 0) await turn();
  queries.push(world.usageByList(is("gone")), world.usageByList(is("1")), world.usageByList(is("2")));
  expect(await Promise.all(queries)).toEqual([["1"], [], ["1"], ["2"]]);
  expect([world.requests, world.mostAtOnce]).toEqual([["list", "list"], 1]);
});

test.each([CancelledError, DeadlineExceededError])(
  "that one of them may not wait any longer ($kind) fails no other",
  async (failure) => {
    const world = new ListedObjects(5);
    const [first, second, third] = await Promise.allSettled([
      world.usageByList(is("1"), errorOf(failure)),
      world.usageByList(is("1")),
      world.usageByList(is("2")),
    ]);
    expect(first).toMatchObject({ status: "rejected", reason: { message: "no" } });
    expect([second?.status, third?.status]).toEqual(["fulfilled", "fulfilled"]);
    expect(world.requests).toEqual(["list", "list"]);
  },
);

test("an error of the server fails all of them: it is not requested once for each", async () => {
  const world = new ListedObjects(5);
  const queries = [1, 2, 3].map(() => world.usageByList(is("1"), errorOf(ServerError)));
  const asked = await Promise.allSettled(queries);
  expect(asked.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(world.requests).toEqual(["list"]);
});
