import { expect } from "@jest/globals";
import * as plivo from "pulumi-plivo";
import type { Clearing } from "pulumi-plivo/simulator";
import { type Sdk, sdks } from "./support/programs/sdks";
import { testInWorld } from "./support/stack/engine";
import { failureOf } from "./support/stack/failure";
import { addUnmanaged, idOf } from "./support/stack/fleet";
import { requestLines, writes } from "./support/stack/requests";
import { changesOf } from "./support/stack/steps";

const voicemail = "40000000000000001";
const seed = {
  applications: [{ app_id: voicemail }],
  originationUris: [{ uri_uuid: "pbx", uri: "sip.example.com" }],
  ipAccessControlLists: [{ ipacl_uuid: "offices", ip_addresses: ["192.0.2.1"] }],
  numbers: [1, 2, 3, 4, 5].map((digit) => `1415555010${digit}`),
};
const simulator = { seed: { ...seed, numbers: [...seed.numbers, { number: "14155550100", app_id: voicemail }] } };

/** A trunk and the numbers that are attached to it. */
function attached(...numbers: string[]) {
  return async () => {
    const { trunkId } = new plivo.Trunk("in", { trunkDirection: "inbound", primaryUriUuid: "pbx" });
    for (const number of numbers) new plivo.PhoneNumberAttachment(number, { number, trunkId });
  };
}

testInWorld(
  "a number goes back to what it was routed to before; one that was routed elsewhere by hand is left alone",
  async (world) => {
    const { stack, run } = world;
    const { store } = world.simulator;
    const [back, elsewhere, nowhere] = ["14155550100", "14155550101", "14155550102"];
    run(attached(back, elsewhere, nowhere));
    await stack.up();
    expect(store.numbersOf(idOf(world, "in"))).toHaveLength(3);
    const { trunk } = addUnmanaged(store);
    store.route(elsewhere, trunk);
    store.route(nowhere, null);
    world.simulator.clearRequests();

    run(attached());
    await stack.up();
    expect(writes(world.simulator)).toEqual([`POST Number/${back}/`]);
    expect(store.numbers.get(back)?.application).toBe(store.applicationPath(voicemail));
    expect(store.numbers.get(elsewhere)?.application).toBe(store.applicationPath(trunk));
    expect(store.numbers.get(nowhere)?.application).toBeNull();
    expect(store.numbers.size).toBe(6);
  },
  { simulator },
);

testInWorld(
  "an application that is gone cannot be put back: the number is detached, with a warning",
  async ({ stack, run, simulator: { store } }) => {
    run(attached("14155550100"));
    await stack.up();
    store.applications.clear();
    run(attached());
    const { stdout } = await stack.up();
    expect(stdout).toContain(`application ${voicemail}, the previous route, is gone; it is detached`);
    expect(store.numbers.get("14155550100")?.application).toBeNull();
  },
  { simulator },
);

const modes: Clearing[] = ["null", "empty", "both", "reject-null"];

testInWorld(
  "a number is detached, whichever way the server wants it",
  async ({ stack, run, simulator: { store, behaviour } }) => {
    const numbers = modes.map((_, index) => `1415555010${index + 1}`);
    run(attached(...numbers));
    await stack.up();
    store.addApplication({ app_id: "40000000000000002", default_app: false });
    for (const [index, mode] of modes.entries()) {
      behaviour.detachWith = mode;
      run(attached(...numbers.slice(index + 1)));
      await stack.up();
      expect(store.numbers.get(numbers[index] ?? "")?.application).toBeNull();
    }
  },
  { simulator },
);

testInWorld(
  "an outbound trunk gets no number: rejected before anything is written, by create and by update",
  async (world) => {
    const { stack, run, simulator } = world;
    const { trunk_id: outbound } = simulator.store.addTrunk({ name: "theirs", trunk_direction: "outbound" });
    const attachTo = (trunkId: string) => async () =>
      void new plivo.PhoneNumberAttachment("hotline", { number: "14155550100", trunkId });
    const refusal = `refused: trunk ${outbound} ("theirs") is outbound, and a number attached to it would stop answering`;
    run(attachTo(outbound));
    expect(await failureOf(stack.up())).toContain(refusal);
    expect(requestLines(simulator)).toEqual([`GET Zentrunk/Trunk/${outbound}/`]);

    const { trunk_id: inbound } = simulator.store.addTrunk({ name: "theirs", trunk_direction: "inbound" });
    run(attachTo(inbound));
    await stack.up();
    simulator.clearRequests();
    run(attachTo(outbound));
    expect(await failureOf(stack.up())).toContain(refusal);
    expect(writes(simulator)).toEqual([]);
    expect(simulator.store.numbersOf(inbound)).toHaveLength(1);
    run(attachTo("999"));
    expect(await failureOf(stack.up())).toContain("trunk 999 does not exist");
  },
  { simulator },
);

/** A number on a trunk, under a logical name. */
const hotline =
  ({ Trunk, PhoneNumberAttachment }: Sdk, name: string, more: { restoreApplication?: string } = {}, opts = {}) =>
  async () => {
    const { trunkId } = new Trunk("in", { trunkDirection: "inbound", primaryUriUuid: "pbx" });
    new PhoneNumberAttachment(name, { number: "14155550100", trunkId, ...more }, opts);
  };

for (const [adapter, sdk] of Object.entries(sdks)) {
  testInWorld(
    `${adapter}: a number goes back to where it came from after a replacement, and where the program says after a rename`,
    async ({ stack, run, simulator: { store } }) => {
      const application = () => store.numbers.get("14155550100")?.application;
      run(hotline(sdk, "hotline"));
      await stack.up();
      // Replaced by the engine, for a reason of the program's own.
      run(async () => {
        const { trunkId } = new sdk.Trunk("other", { trunkDirection: "inbound", primaryUriUuid: "pbx" });
        new sdk.Trunk("in", { trunkDirection: "inbound", primaryUriUuid: "pbx" });
        new sdk.PhoneNumberAttachment("hotline", { number: "14155550100", trunkId }, { replaceOnChanges: ["trunkId"] });
      });
      const replaced = await changesOf((listening) => stack.up(listening));
      expect(replaced).toMatchObject({ hotline: expect.stringContaining("replace") });

      run(hotline(sdk, "renamed"));
      const { stdout } = await stack.up();
      expect(stdout).toContain(`set restoreApplication: "${voicemail}" there now`);
      run(hotline(sdk, "renamed", { restoreApplication: voicemail }));
      await stack.up();
      await stack.preview({ expectNoChanges: true });
      await stack.destroy();
      expect(application()).toBe(store.applicationPath(voicemail));
    },
    { simulator },
  );
}
