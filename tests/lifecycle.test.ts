/** The life of every resource through every adapter against the simulator, request by request. */
import { expect, test } from "@jest/globals";
import { resources } from "../provider/resources/index";
import { type Adapter, checked, openAdapters, type State, up, type World, withWorld } from "./support/adapters/adapter";
import { type Drift, type LifeCase, lifeCases, seed } from "./support/adapters/life-cases";

const table = Object.entries(openAdapters).flatMap(([adapter, open]) =>
  lifeCases.map((life) => ({ adapter, open, life, what: life.what })),
);
const driftTable = table.flatMap((row) =>
  row.life.drifts.map((drift, index) => ({ ...row, drift, on: drift.on.join(" and "), nth: index + 1 })),
);

/** The requests of a step with the object's own id and trunk filled in. */
function requestsOf(step: readonly string[], { id, inputs }: State): string[] {
  return step.map((request) => request.replace("{id}", id).replace("{trunk}", String(inputs.trunkId)));
}

async function expectNoDiff(world: World, life: LifeCase, state: State, news = state.inputs): Promise<void> {
  world.takeRequests();
  expect(await world.adapter.diff(life.token, state, news)).toEqual({ changed: [], replaces: [] });
  expect(world.takeRequests()).toEqual([]);
}

test.each(table)("$adapter: $what is checked without a request, and checking again changes nothing", ({ open, life }) =>
  withWorld(open, { seed }, async ({ adapter, takeRequests }) => {
    const once = await adapter.check(life.token, life.args);
    expect(once.failures).toEqual([]);
    expect(await adapter.check(life.token, once.inputs, once.inputs)).toEqual(once);
    expect(takeRequests()).toEqual([]);
  }),
);

test.each(table)(
  "$adapter: $what is created with its requests and no more, and then shows no difference",
  ({ open, life }) =>
    withWorld(open, { seed }, async (world) => {
      const state = await up(world.adapter, life.token, life.args);
      expect(world.takeRequests()).toEqual(requestsOf(life.create, state));
      await expectNoDiff(world, life, state);
      await expectNoDiff(world, life, state, await checked(world.adapter, life.token, life.args, state.inputs));
    }),
);

test.each(table)(
  "$adapter: $what has every declared output, and a refresh of it is one request that finds no change",
  ({ open, life }) =>
    withWorld(open, { seed }, async (world) => {
      const state = await up(world.adapter, life.token, life.args);
      const declared = Object.entries(resources[life.token].properties).filter(([, { role }]) => role !== "id");
      expect(Object.keys(state.outputs)).toEqual(expect.arrayContaining(declared.map(([key]) => key)));
      world.takeRequests();
      expect(await world.adapter.read(life.token, state)).toEqual(state);
      expect(world.takeRequests()).toEqual(requestsOf([life.refresh], state));
    }),
);

test.each(table)(
  "$adapter: a change of $what shows on exactly what changed, and an update settles it",
  ({ open, life }) =>
    withWorld(open, { seed }, async (world) => {
      const state = await up(world.adapter, life.token, life.args);
      const news = await checked(world.adapter, life.token, life.change.to, state.inputs);
      world.takeRequests();
      expect(await world.adapter.diff(life.token, state, news)).toEqual({ changed: life.change.on, replaces: [] });
      const updated = await world.nextRun().update(life.token, state, news);
      expect(world.takeRequests()).toEqual(requestsOf(life.update, updated));
      expect(updated.outputs).toMatchObject(news);
      await expectNoDiff(world, life, updated);
      expect(await world.adapter.read(life.token, updated)).toEqual(updated);
    }),
);

test.each(table.filter(({ life }) => resources[life.token].properties.forceDestroy))(
  "$adapter: forceDestroy of $what is set without a request",
  ({ open, life }) =>
    withWorld(open, { seed }, async (world) => {
      const state = await up(world.adapter, life.token, life.args);
      const news = await checked(world.adapter, life.token, { ...life.args, forceDestroy: true }, state.inputs);
      world.takeRequests();
      expect(await world.adapter.diff(life.token, state, news)).toEqual({ changed: ["forceDestroy"], replaces: [] });
      const updated = await world.adapter.update(life.token, state, news);
      expect(world.takeRequests()).toEqual([]);
      expect(updated.outputs).toEqual({ ...state.outputs, forceDestroy: true });
    }),
);

test.each(table.filter(({ life }) => life.replace))(
  "$adapter: $what is replaced by a new one under another generated name",
  ({ open, life }) =>
    withWorld(open, { seed }, async (world) => {
      const { to, on } = life.replace ?? { to: {}, on: "" };
      const state = await up(world.adapter, life.token, life.args);
      const news = await checked(world.adapter, life.token, to, state.inputs);
      expect(await world.adapter.diff(life.token, state, news)).toMatchObject({ replaces: [on] });
      const replacement = await checked(world.adapter, life.token, to);
      // What has no name has none before and after.
      expect(replacement.name === state.inputs.name).toBe(!resources[life.token].properties.name);
      const next = await world.adapter.create(life.token, replacement);
      expect(next.id).not.toBe(state.id);
      world.takeRequests();
      await world.nextRun().delete(life.token, state);
      expect(world.takeRequests()).toEqual(requestsOf(life.delete, state));
      expect(await world.adapter.read(life.token, next)).toEqual(next);
    }),
);

test.each(driftTable)(
  "$adapter: drift $nth of $what shows on $on, and on nothing else, and heals",
  ({ open, life, drift }) =>
    withWorld(open, { seed }, async (world) => {
      const state = await up(world.adapter, life.token, life.args);
      const before = await world.adapter.read(life.token, state);
      drift.by(world.simulator.store, state.id);
      const found = await refreshed(world.adapter, life, state);
      const replaces = drift.replaces ? [...drift.on] : [];
      expect(await world.adapter.diff(life.token, found, state.inputs)).toEqual({ changed: [...drift.on], replaces });
      if (drift.replaces) return;
      world.takeRequests();
      const healed = await world.nextRun().update(life.token, found, state.inputs);
      expect(world.takeRequests()).toEqual(requestsOf(life.heal ?? life.update, healed));
      const recorded = drift.recordedOn && { [drift.recordedOn]: expect.anything() };
      const expected = before && { ...before, outputs: { ...before.outputs, ...recorded } };
      expect(await world.adapter.read(life.token, healed)).toEqual(expected);
      await expectNoDiff(world, life, healed);
    }),
);

test.each(table)("$adapter: $what that is gone is seen as gone, and $what can be deleted twice", ({ open, life }) =>
  withWorld(open, { seed }, async (world) => {
    const state = await up(world.adapter, life.token, life.args);
    world.takeRequests();
    const destroying = world.nextRun();
    await destroying.delete(life.token, state);
    expect(world.takeRequests()).toEqual(requestsOf(life.delete, state));
    if (life.token === "PhoneNumberAttachment") world.simulator.store.numbers.delete(state.id);
    const found = await world.adapter.read(life.token, state);
    // A set of which no number is attached is a set all the same.
    if (life.token === "TrunkPhoneNumbers") expect(found?.outputs.numbers).toEqual([]);
    else expect(found).toBeUndefined();
    await expect(destroying.delete(life.token, state)).resolves.toBeUndefined();
  }),
);

test.each(table)("$adapter: get of $what needs the id alone", ({ open, life }) =>
  withWorld(open, { seed }, async (world) => {
    const state = await up(world.adapter, life.token, life.args);
    const found = await world.adapter.read(life.token, state.id);
    const hidden = Object.entries(resources[life.token].properties).filter(([, { role }]) => role === "writeOnly");
    const none = Object.fromEntries(hidden.map(([key]) => [key, null]));
    expect(found?.outputs).toEqual({ ...state.outputs, ...none });
  }),
);

test("no property that Plivo returns is forgotten among the drifts", () => {
  for (const [token, { properties, id }] of Object.entries(resources)) {
    const cases = lifeCases.filter((life) => life.token === token);
    const drifting = new Set(cases.flatMap(({ drifts }) => drifts.flatMap(({ on }: Drift) => on)));
    const readable = Object.keys(properties).filter((key) => properties[key]?.role === "input" && key !== id);
    expect([token, [...drifting].sort()]).toEqual([token, readable.sort()]);
  }
});

async function refreshed(adapter: Adapter, life: LifeCase, state: State): Promise<State> {
  const found = await adapter.read(life.token, state);
  if (!found) throw new Error(`${life.what} counts as deleted`);
  return found;
}
