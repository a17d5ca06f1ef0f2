import { expect } from "@jest/globals";
import * as plivo from "pulumi-plivo";
import { testInWorld } from "./support/stack/engine";
import { foundation, resourceOf } from "./support/stack/fleet";

testInWorld("a trunk with every reference takes at most 900 bytes of state, `__provider` at most 80", async (world) => {
  const { stack, run, state } = world;
  run(async () => {
    const { primary, fallback, credential, addresses } = foundation();
    const name = "support-line-of-the-london-office";
    const other = "support-line-of-the-berlin-office";
    const uris = { primaryUriUuid: primary.uriUuid, fallbackUriUuid: fallback.uriUuid };
    new plivo.Trunk("in", { name, trunkDirection: "inbound", ...uris });
    const who = { credentialUuid: credential.credentialUuid, ipaclUuid: addresses.ipaclUuid };
    new plivo.Trunk("out", { name: other, trunkDirection: "outbound", trunkStatus: "disabled", secure: true, ...who });
  });
  await stack.up();
  for (const trunk of ["in", "out"]) {
    const { inputs, outputs } = resourceOf(world, trunk);
    const bytes = Buffer.byteLength(JSON.stringify(inputs) + JSON.stringify(outputs));
    expect(bytes).toBeGreaterThan(600);
    expect(bytes).toBeLessThanOrEqual(900);
  }
  const ours = state().resources.filter(({ type }) => type.startsWith("pulumi-nodejs:"));
  expect(ours).toHaveLength(6);
  for (const { inputs, outputs } of ours) {
    expect(inputs?.__provider).toMatch(/^exports\.handler=\(\)=>require\("pulumi-plivo\/provider"\)\.\w+;$/);
    expect(String(inputs?.__provider).length).toBeLessThanOrEqual(80);
    expect(outputs?.__provider).toBe(inputs?.__provider);
    expect(inputs).not.toHaveProperty("__autoName");
    expect(inputs).not.toHaveProperty("__plain");
  }
});
