import { expect } from "@jest/globals";
import * as plivo from "pulumi-plivo";
import { testInWorld } from "./support/stack/engine";

async function everything() {
  const primary = new plivo.OriginationUri("primary", { uri: "sip.example.com:5060;transport=tcp" });
  const fallback = new plivo.OriginationUri("fallback", { uri: "[2001:db8::5]:5060" });
  const inbound = new plivo.Trunk("in", {
    trunkDirection: "inbound",
    primaryUriUuid: primary.uriUuid,
    fallbackUriUuid: fallback.uriUuid,
  });
  new plivo.PhoneNumberAttachment("hotline", { number: "+1 415 555 0100", trunkId: inbound.trunkId });
  const credential = new plivo.Credential("pbx", { username: "pbxlondon", password: "s3cret_s3cret!" });
  const addresses = new plivo.IpAccessControlList("offices", { ipAddresses: ["203.0.113.10", "2001:DB8::/48"] });
  const outbound = new plivo.Trunk("out", {
    trunkDirection: plivo.TrunkDirection.Outbound,
    credentialUuid: credential.credentialUuid,
    ipaclUuid: addresses.ipaclUuid,
  });
  return { domain: outbound.trunkDomain };
}

testInWorld(
  "an inbound and an outbound trunk come up, stay unchanged, and go",
  async ({ stack, simulator, run }) => {
    run(everything);
    const preview = await stack.preview();
    expect(preview.changeSummary).toEqual({ create: 8 });
    expect(simulator.requests).toEqual([]);
    const up = await stack.up();
    expect(up.summary.resourceChanges).toEqual({ create: 8 });
    expect(up.outputs.domain?.value).toMatch(/^\d+\.zt\.plivo\.com$/);
    expect(simulator.store.trunks.size).toBe(2);
    simulator.clearRequests();
    await stack.preview({ expectNoChanges: true });
    expect(simulator.requests).toEqual([]);
    await stack.refresh({ expectNoChanges: true });
    const destroy = await stack.destroy();
    expect(destroy.summary.resourceChanges).toEqual({ delete: 8 });
    expect(simulator.store.trunks.size).toBe(0);
  },
  { simulator: { seed: { numbers: ["14155550100"] } } },
);
