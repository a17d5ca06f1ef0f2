import { expect } from "@jest/globals";
import type * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo";
import { testInWorld } from "./support/stack/engine";
import { idOf } from "./support/stack/fleet";
import { requestLines, writes } from "./support/stack/requests";
import { changesOf } from "./support/stack/steps";

const numbers = ["14155550100"];

function spelt(number: string, ...ipAddresses: string[]) {
  return async () => {
    const { uriUuid } = new plivo.OriginationUri("uri", { uri: "sip.example.com" });
    const trunk = new plivo.Trunk("in", { trunkDirection: "inbound", primaryUriUuid: uriUuid });
    new plivo.PhoneNumberAttachment("hotline", { number, trunkId: trunk.trunkId });
    new plivo.IpAccessControlList("offices", { ipAddresses });
  };
}

testInWorld(
  "the order of addresses and the spelling of IPv6 and numbers are no change, whatever the server makes of them",
  async (world) => {
    const { stack, simulator, run } = world;
    run(spelt("+1 (415) 555-0100", "203.0.113.10", "2001:DB8:0:0::/48", "198.51.100.7/32"));
    await stack.up();
    run(spelt("14155550100", "198.51.100.7", "2001:0db8::/48", "203.0.113.10"));
    await stack.preview({ expectNoChanges: true });
    const respelt = ["198.51.100.7/32", "203.0.113.10", "2001:db8:0:0:0:0:0:0/48"];
    simulator.store.edit("ipAccessControlLists", idOf(world, "offices"), { ip_addresses: respelt });
    await stack.refresh({ expectNoChanges: true });
    await stack.preview({ expectNoChanges: true });
  },
  { simulator: { seed: { numbers }, behaviour: { keepAddressOrder: false, canonicalAddresses: true } } },
);

function uri(name: string, args: Partial<plivo.OriginationUriArgs>, opts: pulumi.CustomResourceOptions = {}) {
  return async () => void new plivo.OriginationUri(name, { uri: "sip.example.com", ...args }, opts);
}

testInWorld("what ignoreChanges names is left alone, in the program and behind our back", async (world) => {
  const { stack, simulator, run } = world;
  run(uri("pbx", { name: "pbx" }));
  await stack.up();
  run(uri("pbx", { name: "other", uri: "other.example.com" }, { ignoreChanges: ["name", "uri"] }));
  await stack.preview({ expectNoChanges: true });
  simulator.store.edit("originationUris", idOf(world, "pbx"), { name: "renamed" });
  simulator.clearRequests();
  await stack.up({ refresh: true });
  expect(writes(simulator)).toEqual([]);
});

testInWorld("a resource renamed with an alias is no change, and keeps its generated name", async (world) => {
  const { stack, simulator, run } = world;
  run(uri("pbx", {}));
  await stack.up();
  simulator.clearRequests();
  run(uri("telephone", {}, { aliases: [{ name: "pbx" }] }));
  await stack.preview({ expectNoChanges: true });
  await stack.up({ expectNoChanges: true });
  expect(requestLines(simulator)).toEqual([]);
  expect([...simulator.store.originationUris.values()]).toMatchObject([{ name: expect.stringMatching(/^pbx-/) }]);
});

testInWorld("a resource renamed without an alias is created and deleted", async ({ stack, run }) => {
  run(uri("pbx", {}));
  await stack.up();
  run(uri("telephone", {}));
  const changes = await changesOf((listening) => stack.up(listening));
  expect(changes).toEqual({ telephone: "create", pbx: "delete" });
});

testInWorld("a change of forceDestroy alone sends no request", async (world) => {
  const { stack, simulator, run } = world;
  run(uri("pbx", {}));
  await stack.up();
  simulator.clearRequests();
  run(uri("pbx", { forceDestroy: true }));
  expect(await changesOf((listening) => stack.up(listening))).toEqual({ pbx: "update forceDestroy" });
  expect(requestLines(simulator)).toEqual([]);
  expect(world.state().resources.at(-1)?.outputs).toMatchObject({ forceDestroy: true });
  await stack.preview({ expectNoChanges: true });
});
