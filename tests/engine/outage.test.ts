import { expect } from "@jest/globals";
import * as plivo from "pulumi-plivo";
import type { TerminalFault } from "pulumi-plivo/simulator";
import { testInWorld } from "./support/stack/engine";
import { failureOf } from "./support/stack/failure";
import { idOf, resourceOf } from "./support/stack/fleet";

const config = { "plivo:maxRetries": { value: "0" }, "plivo:requestTimeout": { value: "1" } };
const seed = { originationUris: [{ uri_uuid: "elsewhere", uri: "sip.example.com" }] };

async function trunk(): Promise<void> {
  new plivo.Trunk("trunk", { name: "support", trunkDirection: "inbound", primaryUriUuid: "elsewhere" });
}

/** One of each sort; tests/faults.test.ts has them all, on every operation. */
const outages: { does: TerminalFault; says: string }[] = [
  { does: { kind: "status", status: 401 }, says: 'Auth ID "MASIMULATOR000000000" or its Auth Token is wrong' },
  // A gateway's page: Plivo itself never returns HTML, so this 404 does not mean that the trunk is gone.
  { does: { kind: "html", status: 404 }, says: "this is no response of Plivo's API" },
  { does: { kind: "cut" }, says: "an incomplete response" },
  { does: { kind: "body", status: 200, body: null }, says: "unexpected response body" },
  { does: { kind: "drop-before" }, says: "no response" },
  { does: { kind: "hang", acts: false }, says: "no complete response within 1 s" },
];

testInWorld(
  "no failure during a refresh drops a trunk from the state",
  async (world) => {
    const { stack, simulator, run } = world;
    run(trunk);
    await stack.up();
    const { id, inputs, outputs } = resourceOf(world, "trunk");
    for (const { does, says } of outages) {
      simulator.faults.add({ times: 99, do: does });
      const message = await failureOf(stack.refresh());
      expect(message).toContain('reading trunk "support": GET Zentrunk/Trunk/');
      expect(message).toContain(says);
      expect(resourceOf(world, "trunk")).toMatchObject({ id, inputs, outputs });
      simulator.faults.clear();
    }
    await stack.refresh({ expectNoChanges: true });
  },
  { simulator: { seed }, config },
);

testInWorld(
  "while Plivo is away a destroy keeps the trunk in the state; a deleted trunk is done",
  async (world) => {
    const { stack, simulator, run } = world;
    run(trunk);
    await stack.up();
    const id = idOf(world, "trunk");
    await simulator.goAway();
    const message = await failureOf(stack.destroy());
    expect(message).toContain('deleting trunk "support": refused, cannot see what still uses it');
    expect(idOf(world, "trunk")).toBe(id);
    await simulator.comeBack();
    simulator.faults.add({ method: "DELETE", do: { kind: "status", status: 500 } });
    expect(await failureOf(stack.destroy())).toContain(`deleting trunk "support": DELETE Zentrunk/Trunk/${id}/ -> 500`);
    expect(idOf(world, "trunk")).toBe(id);
    simulator.store.deleteTrunk(id);
    await stack.destroy();
    expect(world.state().resources).toEqual([]);
  },
  { simulator: { seed }, config },
);

testInWorld(
  "a create that Plivo rejects leaves nothing behind, and reports Plivo's message",
  async (world) => {
    const { stack, simulator, run, state } = world;
    simulator.faults.add({
      method: "POST",
      do: { kind: "body", status: 400, body: { api_id: "1a2b", error: "no <b>way</b>" } },
    });
    run(trunk);
    const message = await failureOf(stack.up());
    expect(message).toContain('creating trunk "support": POST Zentrunk/Trunk/ -> 400 "no <b>way</b>" (api_id 1a2b)');
    expect(state().resources.filter(({ type }) => type.endsWith(":Trunk"))).toEqual([]);
    await stack.up();
    expect(simulator.store.trunks.size).toBe(1);
  },
  { simulator: { seed }, config },
);
