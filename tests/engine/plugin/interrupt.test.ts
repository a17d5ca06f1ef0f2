import { expect } from "@jest/globals";
import * as plivo from "pulumi-plivo/plugin";
import { engineProcesses } from "../support/processes/processes";
import { testInWorld, type World } from "../support/stack/engine";
import { failureOf } from "../support/stack/failure";
import { until } from "../support/stack/until";

const TRUNKS = 50;
const LATENCY = 1_000;

const seed = { originationUris: [{ uri_uuid: "uri-1", uri: "sip.example.com" }] };

async function program(): Promise<void> {
  for (let index = 0; index < TRUNKS; index++)
    new plivo.Trunk(`trunk-${index}`, { trunkDirection: "inbound", primaryUriUuid: "uri-1" });
}

/** Trunk ids at Plivo, and in the state. */
function trunks({ simulator, state }: World) {
  const known = state().resources.filter(({ type, id }) => type === "plivo:index:Trunk" && id);
  return { held: [...simulator.store.trunks.keys()].sort(), known: known.map(({ id }) => String(id)).sort() };
}

testInWorld(
  "Ctrl-C ends an `up` with the requests that are in flight; every trunk is in the state, and the next `up` goes on",
  async (world) => {
    const { stack, simulator, run } = world;
    run(program);
    const failed = failureOf(stack.up());
    await until(() => simulator.store.trunks.size >= 12, failed);
    for (const id of engineProcesses()) process.kill(id, "SIGINT");
    expect(await failed).toMatch(/cancel/i);
    const { held, known } = trunks(world);
    expect(held.length).toBeGreaterThanOrEqual(12);
    expect(held.length).toBeLessThan(TRUNKS);
    expect(known).toEqual(held);

    await stack.up({ parallel: 50 });
    const after = trunks(world);
    expect(after.known).toEqual(after.held);
    expect(after.held).toHaveLength(TRUNKS);
    expect(after.held).toEqual(expect.arrayContaining(held));
    await stack.preview({ expectNoChanges: true });
  },
  { simulator: { seed, latencyMs: LATENCY } },
);
