import { expect } from "@jest/globals";
import type { Stack } from "@pulumi/pulumi/automation";
import { groupNumbers } from "../../cli/migrate/group-numbers";
import { type Sdk, sdks } from "./support/programs/sdks";
import { testInWorld } from "./support/stack/engine";
import { failureOf } from "./support/stack/failure";
import { idOf, resourceOf } from "./support/stack/fleet";
import { writes } from "./support/stack/requests";
import { changesOf } from "./support/stack/steps";

const voicemail = "40000000000000001";
const [first = "", second = "", third = "", fourth = ""] = [0, 1, 2, 3].map((digit) => `1415555010${digit}`);
const seed = {
  applications: [{ app_id: voicemail }],
  originationUris: [{ uri_uuid: "pbx", uri: "sip.example.com" }],
  numbers: [{ number: first, app_id: voicemail }, { number: second, app_id: voicemail }, third, fourth],
};

/** A trunk, and numbers of it: those of a set, and one by itself. */
const lines =
  ({ Trunk, TrunkPhoneNumbers, PhoneNumberAttachment }: Sdk, numbers: readonly string[], single?: string) =>
  async () => {
    const { trunkId } = new Trunk("in", { trunkDirection: "inbound", primaryUriUuid: "pbx" });
    if (single !== undefined) new PhoneNumberAttachment("single", { number: single, trunkId });
    new TrunkPhoneNumbers("in-numbers", { trunkId, numbers: [...numbers] });
  };

/** What the state has of attachments before they become a set. */
const attachments =
  ({ Trunk, PhoneNumberAttachment }: Sdk, ...numbers: readonly string[]) =>
  async () => {
    const { trunkId } = new Trunk("in", { trunkDirection: "inbound", primaryUriUuid: "pbx" });
    for (const number of numbers) new PhoneNumberAttachment(number, { number, trunkId });
  };

async function group(stack: Stack): Promise<void> {
  const { text } = groupNumbers(JSON.stringify(await stack.exportStack()));
  await stack.importStack(JSON.parse(text));
}

for (const [adapter, sdk] of Object.entries(sdks)) {
  testInWorld(
    `${adapter}: attachments become a set, which keeps what was done when one fails, takes numbers over, and gives them back`,
    async (world) => {
      const { stack, run, simulator } = world;
      const { store, faults } = simulator;
      const outputs = () => resourceOf(world, "in-numbers").outputs ?? {};
      run(attachments(sdk, first, third));
      await stack.up();
      await group(stack);
      simulator.clearRequests();
      run(lines(sdk, [first, third]));
      await stack.preview({ expectNoChanges: true });

      run(lines(sdk, [first, "+1 415 555 0101", third], fourth));
      const fault = faults.add({
        method: "POST",
        path: `Number/${second}/`,
        times: 99,
        do: { kind: "status", status: 500 },
      });
      expect(await failureOf(stack.up())).toContain(`attaching ${second}: POST Number/${second}/ -> 500`);
      expect(outputs()).toMatchObject({ numbers: [first, third], previousApplications: { [voicemail]: [first] } });
      fault.remove();
      simulator.clearRequests();

      // What is left to do, not what the program had before the failure.
      expect((await stack.preview()).stdout).toMatch(new RegExp(`[:;] attaches 1 \\(${second}\\)$`, "m"));

      // The rest is done, and the number of the attachment moves without a request.
      run(lines(sdk, [fourth, third, second, first]));
      const changes = await changesOf((listening) => stack.up(listening));
      expect(changes).toEqual({ "in-numbers": "update numbers", single: "delete" });
      expect(writes(simulator)).toEqual([`POST Number/${second}/`]);
      expect(store.numbersOf(idOf(world, "in"))).toHaveLength(4);

      run(lines(sdk, [first, second, third, "+1 (415) 555-0103"]));
      expect((await stack.preview({ expectNoChanges: true })).stdout).not.toContain("attaches");
      run(lines(sdk, [first, second, third], third));
      expect(await failureOf(stack.preview())).toMatch(
        /is in (PhoneNumberAttachment "single"|TrunkPhoneNumbers "in-numbers") of this program already: a phone number belongs/,
      );
      store.route(fourth, null);
      run(lines(sdk, [first, second, third, fourth]));
      expect((await stack.refresh()).stdout).toContain(`attaches 1 (${fourth})`);
      await stack.up();
      run(lines(sdk, [first, third]));
      expect((await stack.preview()).stdout).toContain(`puts back or detaches 2 (${second}, ${fourth})`);
      await stack.destroy();
      const routes = [...store.numbers.values()].map(({ application }) => application);
      expect(routes).toEqual([store.applicationPath(voicemail), store.applicationPath(voicemail), null, null]);
    },
    { simulator: { seed }, config: { "plivo:maxRetries": { value: "0" } } },
  );
}
