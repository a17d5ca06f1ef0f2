import { expect } from "@jest/globals";
import * as plivo from "pulumi-plivo";
import { type Sdk, sdks } from "./support/programs/sdks";
import { testInWorld, type World } from "./support/stack/engine";
import { failureOf } from "./support/stack/failure";
import { idOf } from "./support/stack/fleet";
import { writes } from "./support/stack/requests";
import { changesOf, stepsOf } from "./support/stack/steps";

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

/** A trunk under a fixed name, with both references there, whichever it needs. */
const underName =
  ({ OriginationUri, IpAccessControlList, Trunk }: Sdk, direction: plivo.TrunkDirection, opts = {}) =>
  async () => {
    const { uriUuid } = new OriginationUri("uri", { uri: "sip.example.com" });
    const { ipaclUuid } = new IpAccessControlList("acl", { ipAddresses: ["192.0.2.1"] });
    const references = direction === "inbound" ? { primaryUriUuid: uriUuid } : { ipaclUuid };
    new Trunk("main", { name: "pbx", trunkDirection: direction, ...references }, opts);
  };

for (const [adapter, sdk] of Object.entries(sdks)) {
  testInWorld(`${adapter}: a trunk that keeps its name changes its direction in one up`, async (world) => {
    const { stack, run, simulator } = world;
    run(underName(sdk, "inbound"));
    await stack.up();
    const oldId = idOf(world, "main");
    run(underName(sdk, "outbound"));
    await stack.up();
    const rows = () => [...simulator.store.trunks.values()];
    expect(rows()).toMatchObject([{ name: "pbx", trunk_direction: "outbound" }]);
    expect(idOf(world, "main")).not.toBe(oldId);
    await stack.refresh({ expectNoChanges: true });
    await stack.preview({ expectNoChanges: true });

    // For a reason of the engine's own, of which the provider hears no more than that there is a difference.
    simulator.clearRequests();
    run(async () => {
      const { ipaclUuid } = new sdk.IpAccessControlList("acl", { ipAddresses: ["192.0.2.1"] });
      new sdk.OriginationUri("uri", { uri: "sip.example.com" });
      const args = { name: "pbx", trunkDirection: "outbound" as const, ipaclUuid, secure: true };
      new sdk.Trunk("main", args, { replaceOnChanges: ["secure"] });
    });
    await stack.up();
    expect(rows()).toMatchObject([{ name: "pbx", secure: true }]);
    run(underName(sdk, "inbound", { deleteBeforeReplace: true }));
    await stack.up();
    expect(rows()).toMatchObject([{ name: "pbx", trunk_direction: "inbound" }]);
  });

  testInWorld(`${adapter}: a name that an object of others has is an error that tells the ways out`, async (world) => {
    const { stack, run, simulator } = world;
    simulator.store.addOriginationUri({ uri_uuid: "u1", uri: "sip.example.com" });
    simulator.store.addTrunk({ trunk_id: "77", name: "pbx", trunk_direction: "inbound", primary_uri_uuid: "u1" });
    run(underName(sdk, "outbound"));
    const message = await failureOf(stack.up());
    expect(message).toContain('trunk 77 has the name "pbx", and Plivo wants it unique: choose another name, or ');
    const way = {
      dynamic: 'set the resource option `import: "77"`',
      plugin: "pulumi import plivo:index:Trunk main 77",
    };
    expect(message).toContain(way[adapter as keyof typeof way]);
    expect(simulator.store.trunks.get("77")).toMatchObject({ name: "pbx" });
  });
}

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
