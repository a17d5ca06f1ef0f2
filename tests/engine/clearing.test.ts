import { expect } from "@jest/globals";
import * as plivo from "pulumi-plivo";
import type { Clearing } from "pulumi-plivo/simulator";
import { testInWorld } from "./support/stack/engine";
import { addUnmanaged, foundation, idOf, inboundTrunk, outboundTrunk } from "./support/stack/fleet";
import { changesOf } from "./support/stack/steps";

const modes: Clearing[] = ["null", "empty", "both", "reject-null"];

/** Trunks with only the references that they cannot do without. */
async function bareTrunks(): Promise<void> {
  const { primary, addresses } = foundation();
  new plivo.Trunk("in", { name: "in", trunkDirection: "inbound", primaryUriUuid: primary.uriUuid });
  new plivo.Trunk("out", { name: "out", trunkDirection: "outbound", ipaclUuid: addresses.ipaclUuid });
}

testInWorld("a reference that the program drops is cleared, whichever way the server wants it", async (world) => {
  const { stack, simulator, run } = world;
  run(async () => {
    const parts = foundation();
    inboundTrunk("in", parts);
    outboundTrunk("out", parts);
  });
  await stack.up();
  run(bareTrunks);
  const cleared = { in: "update fallbackUriUuid", out: "update credentialUuid" };
  expect(await changesOf((listening) => stack.up(listening))).toEqual(cleared);

  const { uri, credential } = addUnmanaged(simulator.store);
  const [inbound, outbound] = [idOf(world, "in"), idOf(world, "out")];
  for (const mode of modes) {
    simulator.behaviour.clearWith = mode;
    simulator.store.edit("trunks", inbound, { fallback_uri_uuid: uri });
    simulator.store.edit("trunks", outbound, { credential_uuid: credential });
    await stack.up({ refresh: true });
    expect(simulator.store.trunks.get(inbound)).toMatchObject({ fallback_uri_uuid: null });
    expect(simulator.store.trunks.get(outbound)).toMatchObject({ credential_uuid: null });
  }
  await stack.refresh({ expectNoChanges: true });
});
