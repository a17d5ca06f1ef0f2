/** How many requests many operations send together, through every adapter, 8 at a time as the engine does. */
import { expect, test } from "@jest/globals";
import type { Seed, Simulator } from "pulumi-plivo/simulator";
import type { ResourceToken } from "../provider/resources/index";
import type { OpenRun, Props, Run } from "./support/adapters/adapter";
import { openRuns, VirtualWorld } from "./support/virtual/virtual-world";

const AT_ONCE = 8;
const adapters = Object.entries(openRuns).map(([adapter, open]) => ({ adapter, open }));

const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const trunkOf = (index: number) => ({
  trunk_id: String(100_000 + index),
  name: `trunk ${index}`,
  trunk_direction: "inbound" as const,
  primary_uri_uuid: "uri-1",
});
const seedOf = (trunks: number): Seed => ({
  originationUris: [{ uri_uuid: "uri-1", uri: "a.example.com" }],
  trunks: range(trunks).map(trunkOf),
});

/** Does one thing for each of these, and returns the number of requests. */
async function requestsOf<Item>(
  open: OpenRun,
  seed: Seed,
  items: readonly Item[],
  work: (run: Run, item: Item, simulator: Simulator) => Promise<unknown>,
  { isScarce = true, pauseMs = 0 } = {},
): Promise<number> {
  const world = await VirtualWorld.start(open, { seed });
  const { simulator, run } = world;
  if (isScarce) world.approachRateLimit();
  try {
    const queue = [...items];
    const worker = async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
        if (pauseMs > 0 && queue.length % AT_ONCE === 0) await world.clock.sleep(pauseMs);
        await work(run, item, simulator);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return simulator.requests.length;
  } finally {
    await simulator.close();
  }
}

async function refresh(run: Run, index: number): Promise<void> {
  const { trunk_id: id, name } = trunkOf(index);
  expect((await run.adapter(name).read("Trunk", id))?.outputs).toMatchObject({
    name,
    trunkDomain: `${id}.zt.plivo.com`,
  });
}

async function create(run: Run, name: string): Promise<void> {
  const adapter = run.adapter(name);
  const { inputs } = await adapter.check("Trunk", { trunkDirection: "inbound", primaryUriUuid: "uri-1" });
  const { id, outputs } = await adapter.create("Trunk", inputs);
  expect(outputs).toMatchObject({ trunkDomain: `${id}.zt.plivo.com` });
}

const remove = (token: ResourceToken, name: string, outputs: Props) => (run: Run, id: string) =>
  run.adapter(name).delete(token, { id, inputs: outputs, outputs });

test.each(adapters)("$adapter: a refresh of one trunk is one request, whatever the account has", async ({ open }) => {
  expect(await requestsOf(open, seedOf(1_000), [500], refresh)).toBe(1);
});

test.each(adapters)("$adapter: a refresh of 25 of 1,000 trunks is 25 requests and a few", async ({ open }) => {
  const some = range(25).map((nth) => nth * 37);
  expect(await requestsOf(open, seedOf(1_000), some, refresh)).toBeLessThanOrEqual(25 + 3);
});

test.each(adapters)("$adapter: a refresh of 1,000 trunks is 50 pages and a few requests", async ({ open }) => {
  expect(await requestsOf(open, seedOf(1_000), range(1_000), refresh)).toBeLessThanOrEqual(50 + 3);
});

test.each(adapters)("$adapter: 1,000 creates at 8 at once are 1.3 requests each at most", async ({ open }) => {
  const names = range(1_000).map((index) => `new-${index}`);
  // Requests take time; without any, all of a window would be sent in one moment.
  expect(await requestsOf(open, seedOf(0), names, create, { isScarce: false, pauseMs: 50 })).toBeLessThanOrEqual(1_300);
});

test.each(adapters)(
  "$adapter: the first 70 creates are 2 requests each: none waits for others to save some",
  async ({ open }) => {
    const names = range(70).map((index) => `new-${index}`);
    expect(await requestsOf(open, seedOf(0), names, create, { isScarce: false })).toBe(140);
  },
);

test.each(adapters)("$adapter: 200 creates fit into one window of the rate limit", async ({ open }) => {
  const names = range(200).map((index) => `new-${index}`);
  expect(await requestsOf(open, seedOf(0), names, create, { isScarce: false })).toBeLessThanOrEqual(300);
});

test.each(adapters)("$adapter: deletes of trunks share the list of numbers that they depend on", async ({ open }) => {
  const ids = range(80).map((index) => trunkOf(index).trunk_id);
  const requests = await requestsOf(open, seedOf(80), ids, remove("Trunk", "it", { trunkDirection: "inbound" }));
  expect(requests).toBeLessThanOrEqual(80 + 1);
});

test.each(adapters)(
  "$adapter: deletes of URIs check with two requests each at most, however many trunks there are",
  async ({ open }) => {
    const originationUris = range(40).map((index) => ({ uri_uuid: `free-${index}`, uri: "b.example.com" }));
    const seed = { ...seedOf(500), originationUris: [...(seedOf(0).originationUris ?? []), ...originationUris] };
    const ids = originationUris.map(({ uri_uuid }) => uri_uuid);
    const requests = await requestsOf(open, seed, ids, remove("OriginationUri", "it", { uri: "b.example.com" }));
    // And one to learn how long the list of trunks is.
    expect(requests).toBeLessThanOrEqual(40 + 2 * 40 + 1);
  },
);

const numbersOf = (count: number) => range(count).map((index) => String(14_155_550_000 + index));
const numberSeed = (count: number, appId?: string): Seed => ({
  ...seedOf(3),
  numbers: numbersOf(count).map((number) => ({ number, ...(appId !== undefined && { app_id: appId }) })),
});

async function attach(run: Run, number: string): Promise<void> {
  const adapter = run.adapter(number);
  const { inputs } = await adapter.check("PhoneNumberAttachment", { number, trunkId: "100000" });
  expect((await adapter.create("PhoneNumberAttachment", inputs)).outputs).toMatchObject({ trunkId: "100000" });
}

const detach = (run: Run, number: string) => {
  const outputs = { number, trunkId: "100000", previousApplication: null };
  return run.adapter(number).delete("PhoneNumberAttachment", { id: number, inputs: outputs, outputs });
};

test.each(adapters)(
  "$adapter: attaching 300 numbers is a write and a read-back each, and what their trunk and their pages cost",
  async ({ open }) => {
    const requests = await requestsOf(open, numberSeed(360), numbersOf(300), attach);
    expect(requests).toBeLessThanOrEqual(2.2 * 300);
  },
);

test.each(adapters)(
  "$adapter: detaching 300 numbers is a write and a read-back each, and their pages once a second",
  async ({ open }) => {
    const requests = await requestsOf(open, numberSeed(360, "100000"), numbersOf(300), detach);
    expect(requests).toBeLessThanOrEqual(2.6 * 300);
  },
);

test.each(adapters)(
  "$adapter: one number costs what it always did: 4 requests to attach it, 3 to detach it",
  async ({ open }) => {
    expect(await requestsOf(open, numberSeed(360), numbersOf(1), attach)).toBe(4);
    expect(await requestsOf(open, numberSeed(360, "100000"), numbersOf(1), detach)).toBe(3);
  },
);

test.each(adapters)(
  "$adapter: 20 trunks of an account with 5,000 numbers are deleted after 3 lists of them at most",
  async ({ open }) => {
    const ids = range(20).map((index) => trunkOf(index).trunk_id);
    const seed = { ...seedOf(20), numbers: numbersOf(5_000) };
    const requests = await requestsOf(open, seed, ids, remove("Trunk", "it", { trunkDirection: "inbound" }));
    expect(requests).toBeLessThanOrEqual(20 + 3 * 250);
  },
);

/** Detaches all of them at once but the last, and the last 2 s later, with `meanwhile` before it. */
async function detachAll(open: OpenRun, numbers: readonly string[], meanwhile: (simulator: Simulator) => void) {
  const world = await VirtualWorld.start(open, { seed: numberSeed(numbers.length, "100000") });
  const { simulator, run, clock } = world;
  try {
    const [last = "", ...others] = [...numbers].reverse();
    await Promise.all(others.map((number) => detach(run, number)));
    await clock.sleep(2_000);
    meanwhile(simulator);
    await detach(run, last);
    return numbers.map((number) => simulator.store.numbers.get(number)?.application ?? null);
  } finally {
    await simulator.close();
  }
}

test.each(adapters)("$adapter: a number that was moved after its page was read is left alone", async ({ open }) => {
  const numbers = numbersOf(25);
  const routes = await detachAll(open, numbers, ({ store }) => store.route(numbers.at(-1) ?? "", "100001"));
  expect(routes.filter((route) => route !== null)).toEqual([expect.stringContaining("/100001/")]);
});

test.each(adapters)("$adapter: a list that lags behind does not leave a number on its trunk", async ({ open }) => {
  const numbers = numbersOf(5);
  const world = await VirtualWorld.start(open, { seed: numberSeed(5, "100000") });
  const { simulator, run } = world;
  try {
    const objects = numbers.map((number) => ({ number, application: null }));
    const body = { api_id: "x", meta: { limit: 20, offset: 0, total_count: 5 }, objects };
    const respond = () => ({ status: 200, body });
    simulator.faults.add({ method: "GET", path: "Number/", times: 99, do: { kind: "respond", respond } });
    for (const number of numbers) await detach(run, number);
    expect([...simulator.store.numbers.values()].map(({ application }) => application)).toEqual(
      numbers.map(() => null),
    );
  } finally {
    await simulator.close();
  }
});
