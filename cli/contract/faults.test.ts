/** Responses that are lost, a process that is killed, an API that goes away: what was made is removed all the same. */
import { beforeAll, expect, test } from "@jest/globals";
import type { Fault } from "pulumi-plivo/simulator";
import { type ContractWorld, contractWorld, KilledError, NUMBER, snapshot, valuesOf } from "./testing/examined";

const faults: readonly { readonly what: string; readonly fault: Fault }[] = [
  { what: "a connection that ends before the request is carried out", fault: { kind: "drop-before" } },
  { what: "a connection that ends after it", fault: { kind: "drop-after" } },
  { what: "no response, although it was carried out", fault: { kind: "hang", acts: true } },
  { what: "the page of a gateway", fault: { kind: "html", status: 502 } },
  { what: "a 500 after it was carried out", fault: { kind: "status-after", status: 500 } },
  { what: "a 429", fault: { kind: "status", status: 429 } },
  { what: "JSON that is none", fault: { kind: "raw", status: 200, text: '{"objects":[' } },
  { what: "a redirect", fault: { kind: "redirect", location: "https://example.com/" } },
];

let expected: ReturnType<typeof valuesOf>;

beforeAll(async () => {
  expected = valuesOf(await (await contractWorld()).run({ number: NUMBER }));
});

test.each(faults)("every fact is found out with $what, again and again", async ({ fault }) => {
  const world = await contractWorld();
  const before = snapshot(world.simulator);
  let count = 0;
  world.simulator.faults.add({ when: () => ++count % 7 === 3, times: Number.POSITIVE_INFINITY, do: fault });
  const seen = await world.run({ number: NUMBER });
  expect(valuesOf(seen)).toEqual(expected);
  expect(seen.left).toEqual([]);
  expect(snapshot(world.simulator)).toEqual(before);
});

/** Every so many requests, so that each experiment is hit. */
const points = (from: number, to: number, step: number) =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => from + index * step);

/** A run that only looks after what an earlier one has left. */
const tidying = { stopAfter: 4 };

async function killed(world: ContractWorld, killAfter: number): Promise<void> {
  await expect(world.run({ number: NUMBER }, { killAfter })).rejects.toThrow(KilledError);
}

test.each(points(8, 250, 27))(
  "what a run that was killed after %s requests has left, the next one removes",
  async (n) => {
    const world = await contractWorld({ behaviour: { detachWith: n % 2 === 0 ? "ignored" : "null" } });
    const before = snapshot(world.simulator);
    await killed(world, n);
    // Killed again while it cleans up.
    await killed(world, 7);
    const { left } = await world.run({ number: NUMBER }, tidying);
    expect(left).toEqual([]);
    expect(snapshot(world.simulator)).toEqual(before);
  },
);

test.each([0, 2, ...points(6, 250, 61)])(
  "a run that is stopped after %s requests leaves nothing",
  async (stopAfter) => {
    const world = await contractWorld();
    const before = snapshot(world.simulator);
    const seen = await world.run({ number: NUMBER }, { stopAfter });
    expect([seen.isStopped, seen.left]).toEqual([true, []]);
    expect(snapshot(world.simulator)).toEqual(before);
  },
);

test("a create without a response is looked up, not sent again", async () => {
  const world = await contractWorld();
  const trunks = { method: "POST", path: "Zentrunk/Trunk/" };
  world.simulator.faults.add({ ...trunks, do: { kind: "drop-after" } });
  await world.run();
  const names = world.simulator.requests.filter(({ method, path }) => method === trunks.method && path === trunks.path);
  const [first, second] = names.map(({ body }) => Reflect.get(body as object, "name"));
  expect(first).not.toBe(second);
  const [, next] = world.simulator.requests.slice(world.simulator.requests.findIndex(({ fault }) => fault));
  expect([next?.method, next?.path]).toEqual(["GET", "Zentrunk/Trunk/"]);
});

test("a create that shows up late is removed too", async () => {
  const world = await contractWorld();
  const before = snapshot(world.simulator);
  const path = "Zentrunk/Credential/";
  world.simulator.faults.add({ method: "POST", path, do: { kind: "hide-new", ms: 20_000 } });
  world.simulator.faults.add({ method: "POST", path, do: { kind: "drop-after" } });
  const seen = await world.run({}, { stopAfter: 22 });
  expect(seen.left).toEqual([]);
  expect(snapshot(world.simulator)).toEqual(before);
});

test("where one kind of object cannot be made, its facts stay open and all others are found out", async () => {
  const world = await contractWorld();
  const before = snapshot(world.simulator);
  const fault: Fault = { kind: "drop-before" };
  world.simulator.faults.add({ method: "POST", path: "Zentrunk/Credential/", times: Infinity, do: fault });
  const values = valuesOf(await world.run());
  expect(values).toMatchObject({ "username-length": null, "uri-cascade": "deleted too", "clear-null": "cleared" });
  expect(snapshot(world.simulator)).toEqual(before);
});

test("an API that goes away in the middle: what may be left is reported, and the next run removes it", async () => {
  const world = await contractWorld();
  const before = snapshot(world.simulator);
  const gone = world.simulator.faults.add({ after: 120, times: Infinity, do: { kind: "html", status: 503 } });
  const { left } = await world.run({ number: NUMBER });
  expect(left).toEqual([expect.stringContaining("could not be read")]);
  expect(snapshot(world.simulator)).not.toEqual(before);
  gone.remove();
  expect((await world.run({ number: NUMBER }, tidying)).left).toEqual([]);
  expect(snapshot(world.simulator)).toEqual(before);
});

/** Reads that show what was before a write, for a while. */
function stale(world: ContractWorld, path: RegExp, field: string, forMs: number): void {
  const shown = new Map<string, { readonly since: number; readonly before: unknown; now: unknown }>();
  const { store, faults } = world.simulator;
  const fieldOf = (id: string) => Reflect.get(store.trunks.get(id) ?? {}, field);
  const idOf = (from: string) => path.exec(from)?.[1] ?? "";
  faults.add({
    method: "POST",
    path,
    times: Infinity,
    when: ({ path: at }) => {
      shown.set(at, { since: world.clock.now(), before: fieldOf(idOf(at)), now: undefined });
      return false;
    },
    do: { kind: "delay", ms: 0 },
  });
  faults.add({
    method: "GET",
    path,
    times: Infinity,
    when: ({ path: at }) => world.clock.now() - (shown.get(at)?.since ?? -Infinity) < forMs,
    do: {
      kind: "respond",
      respond: ({ path: at }) => {
        const object = { ...store.trunks.get(idOf(at)), [field]: shown.get(at)?.before };
        return { status: 200, body: { api_id: "1", object } };
      },
    },
  });
}

test("reads that lag behind an update do not change what is found out about clearing, and the lag is found out", async () => {
  const world = await contractWorld();
  stale(world, /^Zentrunk\/Trunk\/(\d+)\/$/, "fallback_uri_uuid", 400);
  expect(valuesOf(await world.run())).toMatchObject({ "clear-null": "cleared", "clear-empty": "rejected" });
  const other = await contractWorld();
  stale(other, /^Zentrunk\/Trunk\/(\d+)\/$/, "secure", 400);
  expect(valuesOf(await other.run())).toMatchObject({ "update-lag": "later", "clear-null": "cleared" });
});

test("of several doubtful statuses the one that comes back is believed", async () => {
  const world = await contractWorld();
  const path = "Zentrunk/PulumiPlivoContract/";
  world.simulator.faults.add({ path, do: { kind: "html", status: 502 } });
  expect(valuesOf(await world.run())).toMatchObject({ "unknown-path": "501" });
});

test("Ctrl-C right after a create: the object is waited for until it is visible, and removed", async () => {
  const world = await contractWorld({ behaviour: { visibilityDelayMs: 5_000 } });
  const before = snapshot(world.simulator);
  // One request to begin with, four lists, the create.
  const seen = await world.run({}, { stopAfter: 6 });
  expect(world.simulator.requests[5]).toMatchObject({ method: "POST", status: 201 });
  expect([seen.isStopped, seen.left]).toEqual([true, []]);
  expect(snapshot(world.simulator)).toEqual(before);
});

test("Ctrl-C before a create is not waited for", async () => {
  const world = await contractWorld();
  await world.run({}, { stopAfter: 5 });
  expect(world.simulator.requests.filter(({ method }) => method === "POST")).toEqual([]);
  expect(world.clock.slept).toBe(0);
});

test("an outage is no rejection: what only a status could tell stays open", async () => {
  const world = await contractWorld();
  const when = ({ body }: { readonly body: unknown }) => JSON.stringify(body ?? {}).includes('"secure":true}');
  world.simulator.faults.add({ method: "POST", when, times: Infinity, do: { kind: "html", status: 503 } });
  expect(valuesOf(await world.run())).toMatchObject({ "update-secure-alone": null, "clear-null": "cleared" });
});
