import { expect } from "@jest/globals";
import type * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo";
import { testInWorld, type World } from "./support/engine";
import { failureOf } from "./support/failure";
import { idOf } from "./support/fleet";
import { writes } from "./support/requests";
import { changesOf, stepsOf } from "./support/steps";

const number = "14155550100";
const simulator = { seed: { numbers: [number] } };

/** An inbound trunk with a number, or an outbound trunk; both under the logical name "main". */
function program(direction: plivo.TrunkDirection, args: Partial<plivo.TrunkArgs> = {}, opts = {}) {
  return async () => {
    const { uriUuid } = new plivo.OriginationUri("uri", { uri: "sip.example.com" });
    const { ipaclUuid } = new plivo.IpAccessControlList("acl", { ipAddresses: ["192.0.2.1"] });
    const references = direction === "inbound" ? { primaryUriUuid: uriUuid } : { ipaclUuid };
    const { trunkId } = new plivo.Trunk("main", { trunkDirection: direction, ...references, ...args }, opts);
    if (direction === "inbound") new plivo.PhoneNumberAttachment("hotline", { number, trunkId });
  };
}

function trunkNames({ simulator: { store } }: World): string[] {
  return [...store.trunks.values()].map(({ name }) => name);
}

testInWorld(
  "a direction change is a replacement: the number leaves the old trunk before that goes, and the new one has another name",
  async (world) => {
    const { stack, run } = world;
    run(program("inbound"));
    await stack.up();
    const [oldId, oldName] = [idOf(world, "main"), trunkNames(world)[0]];
    world.simulator.clearRequests();

    run(program("outbound"));
    const steps = await stepsOf((listening) => stack.preview(listening));
    const replace = steps.find(({ op }) => op === "replace");
    expect(replace).toMatchObject({ name: "main", properties: ["ipaclUuid", "primaryUriUuid", "trunkDirection"] });
    expect(steps.at(-1)).toMatchObject({ op: "delete-replaced", name: "main" });
    await stack.up();
    const detach = `POST Number/${number}/`;
    expect(writes(world.simulator)).toEqual(["POST Zentrunk/Trunk/", detach, `DELETE Zentrunk/Trunk/${oldId}/`]);
    expect(trunkNames(world)).toEqual([expect.stringMatching(/^main-[0-9a-f]{7}$/)]);
    expect(trunkNames(world)).not.toContain(oldName);
    await stack.preview({ expectNoChanges: true });
  },
  { simulator },
);

testInWorld(
  "replaceOnChanges replaces: the number moves to the new trunk before the old one goes",
  async (world) => {
    const { stack, run } = world;
    run(program("inbound"));
    await stack.up();
    const oldId = idOf(world, "main");
    world.simulator.clearRequests();

    run(program("inbound", { secure: true }, { replaceOnChanges: ["secure"] }));
    const previewed = await changesOf((listening) => stack.preview(listening));
    expect(previewed).toMatchObject({ main: expect.stringMatching(/^delete-replaced/), hotline: "update trunkId" });
    await stack.up();
    const move = `POST Number/${number}/`;
    expect(writes(world.simulator)).toEqual(["POST Zentrunk/Trunk/", move, `DELETE Zentrunk/Trunk/${oldId}/`]);
    expect(world.simulator.store.numbersOf(idOf(world, "main"))).toHaveLength(1);
    await stack.refresh({ expectNoChanges: true });
  },
  { simulator },
);

testInWorld(
  "a direction change under a number that stays attached is refused, and both trunks are still known",
  async (world) => {
    const { stack, run } = world;
    run(program("inbound"));
    await stack.up();
    const trunkId = idOf(world, "main");
    run(async () => {
      const { ipaclUuid } = new plivo.IpAccessControlList("acl", { ipAddresses: ["192.0.2.1"] });
      new plivo.OriginationUri("uri", { uri: "sip.example.com" });
      const trunk = new plivo.Trunk("main", { trunkDirection: "outbound", ipaclUuid });
      new plivo.PhoneNumberAttachment("hotline", { number, trunkId: trunk.trunkId });
    });
    const message = await failureOf(stack.up());
    expect(message).toMatch(
      /updating phone number attachment 14155550100: refused: trunk \d+ \("main-\w+"\) is outbound/,
    );
    expect(world.simulator.store.numbersOf(trunkId)).toHaveLength(1);

    run(program("inbound"));
    await stack.up();
    expect(world.simulator.store.trunks.size).toBe(1);
    expect(world.simulator.store.numbersOf(idOf(world, "main"))).toHaveLength(1);
  },
  { simulator },
);

testInWorld("a server that wants names to be unique refuses the second one; nothing is lost", async (world) => {
  const { stack, run, simulator } = world;
  simulator.behaviour.uniqueNames = true;
  run(program("outbound", { name: "support" }));
  await stack.up();
  const oldId = idOf(world, "main");
  const toInbound = (opts: pulumi.CustomResourceOptions) => async () => {
    const { uriUuid } = new plivo.OriginationUri("uri", { uri: "sip.example.com" });
    new plivo.IpAccessControlList("acl", { ipAddresses: ["192.0.2.1"] });
    new plivo.Trunk("main", { name: "support", trunkDirection: "inbound", primaryUriUuid: uriUuid }, opts);
  };
  run(toInbound({}));
  const message = await failureOf(stack.up());
  expect(message).toContain('creating trunk "support": POST Zentrunk/Trunk/ -> 400 "A trunk with the same name ');
  expect(idOf(world, "main")).toBe(oldId);
  run(toInbound({ deleteBeforeReplace: true }));
  await stack.up();
  expect([...simulator.store.trunks.values()]).toMatchObject([{ name: "support", trunk_direction: "inbound" }]);
});

testInWorld("protect keeps a trunk from being destroyed and from being replaced", async (world) => {
  const { stack, run } = world;
  run(program("outbound", {}, { protect: true }));
  await stack.up();
  expect(await failureOf(stack.destroy())).toContain("because it is protected");
  const change = program("outbound", { secure: true }, { protect: true, replaceOnChanges: ["secure"] });
  run(change);
  expect(await failureOf(stack.up())).toContain("as it is currently marked for protection");
  expect(world.simulator.store.trunks.has(idOf(world, "main"))).toBe(true);
});
