/** Creates without a response, and objects that appear late: one object in the end, and its id is in the state. */
import { expect, test } from "@jest/globals";
import type { TerminalFault } from "pulumi-plivo/simulator";
import {
  type Adapter,
  checked,
  FailedInitialisation,
  openAdapters,
  type Props,
  type State,
  type World,
  withWorld,
} from "./support/adapters/adapter";
import { seed } from "./support/adapters/life-cases";

const token = "Trunk";
const args = { trunkDirection: "inbound", primaryUriUuid: "uri-1" };
const adapters = Object.entries(openAdapters).map(([adapter, open]) => ({ adapter, open }));

const lostResponses: readonly { what: string; fault: TerminalFault }[] = [
  { what: "a connection that drops", fault: { kind: "drop-after" } },
  { what: "a gateway's 502", fault: { kind: "html", status: 502, acts: true } },
  { what: "a 500", fault: { kind: "status-after", status: 500 } },
  { what: "half a response", fault: { kind: "cut" } },
  { what: "an empty response", fault: { kind: "empty" } },
  { what: "a page of a proxy", fault: { kind: "html", status: 200 } },
];
const lostTable = adapters.flatMap((row) => lostResponses.map((how) => ({ ...row, ...how })));

const ours = ({ simulator }: World) => [...simulator.store.trunks.keys()].filter((id) => !["100", "101"].includes(id));
const posts = (world: World) => world.takeRequests().filter((request) => request === "POST Zentrunk/Trunk/").length;

async function failedInitialisation(promise: Promise<State>): Promise<FailedInitialisation> {
  const error = await promise.then(
    () => new Error("it did not fail"),
    (caught: unknown) => caught,
  );
  if (error instanceof FailedInitialisation) return error;
  throw error;
}

/** Loses the response to the create, and all checks for what it created. */
async function leftUnconfirmed(world: World, given: Props): Promise<State> {
  const { faults } = world.simulator;
  faults.add({ method: "POST", path: "Zentrunk/Trunk/", do: { kind: "drop-after" } });
  faults.add({ method: "GET", path: "Zentrunk/Trunk/", times: 99, do: { kind: "status", status: 503 } });
  const inputs = await checked(world.adapter, token, given);
  const { state } = await failedInitialisation(world.adapter.create(token, inputs));
  faults.clear();
  world.takeRequests();
  return state;
}

/** The next `pulumi up`: replaced, the old one deleted first. */
async function replaced(adapter: Adapter, state: State, given: Props): Promise<State> {
  const news = await checked(adapter, token, given, state.inputs);
  const difference = await adapter.diff(token, state, news);
  expect(difference).toMatchObject({ replaces: ["name"], deleteBeforeReplace: true });
  const inputs = await checked(adapter, token, given);
  await adapter.delete(token, state);
  return adapter.create(token, inputs);
}

test.each(lostTable)("$adapter: after $what the trunk is found and adopted, not created again", ({ open, fault }) =>
  withWorld(open, { seed }, async (world) => {
    world.simulator.faults.add({ method: "POST", path: "Zentrunk/Trunk/", do: fault });
    const inputs = await checked(world.adapter, token, args);
    const { id, outputs } = await world.adapter.create(token, inputs);
    expect(ours(world)).toEqual([id]);
    expect(outputs).toMatchObject({ trunkDomain: `${id}.zt.plivo.com` });
    expect(posts(world)).toBe(1);
  }),
);

const replacedBlindly = [
  ...lostResponses,
  { what: "a connection that drops before it was done", fault: { kind: "drop-before" } },
  { what: "a 500 that did nothing", fault: { kind: "status", status: 500 } },
] satisfies typeof lostResponses;

test.each(adapters.flatMap((row) => replacedBlindly.map((how) => ({ ...row, ...how }))))(
  "$adapter: after $what in an unannounced replacement (--target-replace), the old trunk is not mistaken for the new one",
  ({ open, fault }) =>
    withWorld(open, { seed }, async (world) => {
      const old = await world.adapter.create(token, await checked(world.adapter, token, args));
      const adapter = world.nextRun();
      world.simulator.faults.add({ method: "POST", path: "Zentrunk/Trunk/", do: fault });
      const next = await adapter.create(token, await checked(adapter, token, args));
      expect(next.id).not.toBe(old.id);
      await adapter.delete(token, old);
      expect(ours(world)).toEqual([next.id]);
    }),
);

test.each(adapters)("$adapter: a create that was never carried out is retried", ({ open }) =>
  withWorld(open, { seed }, async (world) => {
    world.simulator.faults.add({ method: "POST", path: "Zentrunk/Trunk/", do: { kind: "drop-before" } });
    const { id } = await world.adapter.create(token, await checked(world.adapter, token, args));
    expect(ours(world)).toEqual([id]);
    expect(posts(world)).toBe(2);
  }),
);

test.each(adapters)("$adapter: a trunk under the user's own name is not adopted: the error names its id", ({ open }) =>
  withWorld(open, { seed }, async (world) => {
    world.simulator.faults.add({ method: "POST", path: "Zentrunk/Trunk/", do: { kind: "drop-after" } });
    const inputs = await checked(world.adapter, token, { ...args, name: "eu" });
    const { reasons } = await failedInitialisation(world.adapter.create(token, inputs));
    expect(reasons.join()).toContain(ours(world)[0]);
    expect(posts(world)).toBe(1);
  }),
);

test.each(adapters)(
  "$adapter: an unconfirmed trunk is found and created anew by the next up: one trunk in the end",
  ({ open }) =>
    withWorld(open, { seed }, async (world) => {
      const state = await leftUnconfirmed(world, args);
      expect(state.id).toMatch(/^unconfirmed:it-[0-9a-f]{7}$/);
      const next = await replaced(world.nextRun(), state, args);
      expect(ours(world)).toEqual([next.id]);
      expect(next.inputs.name).toBe(state.inputs.name);
      expect(posts(world)).toBe(1);
      expect(await world.nextRun().diff(token, next, next.inputs)).toEqual({ changed: [], replaces: [] });
    }),
);

test.each(adapters)("$adapter: an unconfirmed trunk that does not exist is created by the next up", ({ open }) =>
  withWorld(open, { seed }, async (world) => {
    const state = await leftUnconfirmed(world, args);
    for (const id of ours(world)) world.simulator.store.trunks.delete(id);
    const next = await replaced(world.nextRun(), state, args);
    expect(ours(world)).toEqual([next.id]);
    expect(posts(world)).toBe(1);
  }),
);

test.each(adapters)(
  "$adapter: a refresh finds the id of an unconfirmed trunk, or reports that it is gone",
  ({ open }) =>
    withWorld(open, { seed }, async (world) => {
      const state = await leftUnconfirmed(world, args);
      const [id] = ours(world);
      expect(await world.nextRun().read(token, state)).toMatchObject({
        id,
        outputs: { trunkDomain: `${id}.zt.plivo.com` },
      });
      world.simulator.store.trunks.clear();
      expect(await world.nextRun().read(token, state)).toBeUndefined();
    }),
);

test.each(adapters)("$adapter: a destroy does not delete what is not proven to be ours", ({ open }) =>
  withWorld(open, { seed }, async (world) => {
    const state = await leftUnconfirmed(world, { ...args, name: "eu" });
    await expect(world.nextRun().delete(token, state)).rejects.toThrow(/refused.*delete it at Plivo/);
    expect(ours(world)).toHaveLength(1);
    world.simulator.store.trunks.clear();
    await expect(world.nextRun().delete(token, state)).resolves.toBeUndefined();
  }),
);

test.each(adapters)("$adapter: a trunk that appears late is waited for", ({ open }) =>
  withWorld(open, { seed, behaviour: { visibilityDelayMs: 9_000 } }, async (world) => {
    const { id, outputs } = await world.adapter.create(token, await checked(world.adapter, token, args));
    expect(outputs).toMatchObject({ trunkDomain: `${id}.zt.plivo.com` });
    expect(posts(world)).toBe(1);
  }),
);

test.each(adapters)("$adapter: a trunk that appears too late keeps its id and is repaired by the next up", ({ open }) =>
  withWorld(open, { seed, behaviour: { visibilityDelayMs: 20_000 } }, async (world) => {
    const inputs = await checked(world.adapter, token, args);
    const { state } = await failedInitialisation(world.adapter.create(token, inputs));
    expect([state.id]).toEqual(ours(world));
    expect(world.clock.slept).toBeLessThanOrEqual(15_000);
    await world.clock.sleep(10_000);
    const adapter = world.nextRun();
    expect(await adapter.diff(token, state, inputs)).toEqual({ changed: [], replaces: [] });
    const repaired = await adapter.update(token, state, inputs);
    expect(repaired.outputs).toMatchObject({ trunkDomain: `${state.id}.zt.plivo.com` });
    expect(posts(world)).toBe(1);
  }),
);

test.each(adapters)("$adapter: two 503s in a row to the create of a credential need no second run", ({ open }) =>
  withWorld(open, { seed }, async ({ adapter, simulator }) => {
    const path = "Zentrunk/Credential/";
    simulator.faults.add({ method: "POST", path, times: 2, do: { kind: "status", status: 503 } });
    const inputs = await checked(adapter, "Credential", { username: "pbxparis", password: "Secret!3" });
    const { id } = await adapter.create("Credential", inputs);
    const made = [...simulator.store.credentials.keys()].filter((key) => !key.startsWith("cred-"));
    expect(made).toEqual([id]);
  }),
);
