/**
 * One table of scenarios, run through every adapter: the requests to Plivo must be the same, body by body.
 *
 * What the hosts force to differ is not in these logs. Names: the dynamic adapter derives its suffix from project, stack
 * and logical name, the plugin gets one from the engine; so each scenario sets its name. Previews: the dynamic host asks
 * for none, and the plugin's send no request. Import: only the plugin has it, through the same read as `get`.
 */
import { expect, test } from "@jest/globals";
import type { FaultRule } from "pulumi-plivo/simulator";
import { resources } from "../provider/resources/index";
import {
  type Adapter,
  checked,
  type OpenAdapter,
  openAdapters,
  type Props,
  type State,
  type World,
  withWorld,
} from "./support/adapters/adapter";
import { type LifeCase, lifeCases, seed } from "./support/adapters/life-cases";

interface Scenario {
  readonly what: string;
  readonly faults?: readonly FaultRule[];
  readonly act: (world: World, life: LifeCase) => Promise<unknown>;
}

function named({ token }: LifeCase, args: Props): Props {
  return resources[token].properties.name && args.name === undefined ? { ...args, name: "given" } : args;
}

async function made({ adapter }: World, life: LifeCase): Promise<State> {
  return adapter.create(life.token, await checked(adapter, life.token, named(life, life.args)));
}

async function updated(adapter: Adapter, life: LifeCase, state: State, to: Props): Promise<State> {
  const news = await checked(adapter, life.token, named(life, to), state.inputs);
  await adapter.diff(life.token, state, news);
  return adapter.update(life.token, state, news);
}

const unavailable = { kind: "status", status: 503 } as const;

const scenarios: readonly Scenario[] = [
  {
    what: "make, refresh, change, refresh, delete twice, refresh",
    async act(world, life) {
      const { adapter } = world;
      const state = await made(world, life);
      await adapter.read(life.token, state);
      const next = await updated(adapter, life, state, life.change.to);
      await adapter.read(life.token, next);
      const destroying = world.nextRun();
      await destroying.delete(life.token, next);
      await destroying.delete(life.token, next);
      await adapter.read(life.token, next);
    },
  },
  {
    what: "read by the id alone",
    act: async (world, life) => world.adapter.read(life.token, (await made(world, life)).id),
  },
  {
    what: "heal every drift",
    async act(world, life) {
      const state = await made(world, life);
      for (const { by } of life.drifts.filter(({ replaces }) => !replaces)) {
        by(world.simulator.store, state.id);
        const found = await world.adapter.read(life.token, state);
        if (!found) throw new Error(`${life.what} counts as deleted`);
        await world.adapter.update(life.token, found, state.inputs);
      }
    },
  },
  { what: "make, with a server that is busy", faults: [{ times: 2, do: { ...unavailable, status: 429 } }], act: made },
  { what: "make, with a lost response", faults: [{ method: "POST", do: { kind: "drop-after" } }], act: made },
  {
    what: "make, with a lost response and failing checks",
    faults: [
      { method: "POST", do: { kind: "drop-after" } },
      { method: "GET", times: 99, do: unavailable },
    ],
    act: made,
  },
  { what: "make, with a read-back that fails", faults: [{ method: "GET", times: 99, do: unavailable }], act: made },
  { what: "make what Plivo rejects", faults: [{ method: "POST", do: { kind: "status", status: 400 } }], act: made },
];

const table = scenarios
  .flatMap((scenario) => lifeCases.map((life) => ({ ...scenario, scenario, life, of: life.what })))
  .map((row, index) => ({ ...row, authId: `MAPARITY${String(index).padStart(12, "0")}` }));

/** What reaches Plivo, and how it ends; a failure may be worded for its adapter. */
async function logOf(open: OpenAdapter, { scenario, life, authId }: (typeof table)[number]): Promise<unknown[]> {
  const { faults = [], act } = scenario;
  const log: unknown[] = [];
  await withWorld(open, { seed, idSeed: "parity", authId }, async (world) => {
    for (const fault of faults) world.simulator.faults.add(fault);
    const failed = await act(world, life).then(
      () => false,
      () => true,
    );
    // Without a fault nothing may fail: two adapters that fail alike would look the same.
    if (faults.length === 0) expect(failed).toBe(false);
    log.push(...world.simulator.requests.map(({ ms: _, ...request }) => request), { failed, slept: world.clock.slept });
  });
  return log;
}

test.each(table)("every adapter sends the same to $what: $of", async (row) => {
  const [first, ...others] = await Promise.all(Object.values(openAdapters).map((open) => logOf(open, row)));
  expect(first?.length).toBeGreaterThan(1);
  expect(others.length).toBeGreaterThan(0);
  for (const other of others) expect(other).toEqual(first);
});
