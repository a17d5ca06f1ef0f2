/** A new trunk with its numbers is previewed, and `pulumi destroy --run-program` deletes what its program declares. */
import { expect } from "@jest/globals";
import { sdks } from "./support/programs/sdks";
import { testInWorld } from "./support/stack/engine";

const voicemail = "40000000000000001";
const [first = "", second = ""] = ["14155550100", "14155550101"];
const seed = {
  applications: [{ app_id: voicemail }],
  originationUris: [{ uri_uuid: "pbx", uri: "sip.example.com" }],
  numbers: [first, second].map((number) => ({ number, app_id: voicemail })),
};

for (const [adapter, { Trunk, TrunkPhoneNumbers, PhoneNumberAttachment }] of Object.entries(sdks)) {
  testInWorld(
    `${adapter}: a trunk that is not known yet can get numbers in a preview, and a destroy that runs the program puts each back`,
    async ({ stack, run, simulator: { store } }) => {
      run(async () => {
        const { trunkId } = new Trunk("in", { trunkDirection: "inbound", primaryUriUuid: "pbx" });
        new PhoneNumberAttachment("single", { number: second, trunkId });
        new TrunkPhoneNumbers("in-numbers", { trunkId, numbers: [first] });
      });
      expect((await stack.preview()).changeSummary.create).toBe(4);
      await stack.up();
      await stack.destroy({ runProgram: true });
      const routes = [...store.numbers.values()].map(({ application }) => application?.split("/").at(-2));
      expect(routes).toEqual([voicemail, voicemail]);
      expect(store.trunks.size).toBe(0);
    },
    { simulator: { seed } },
  );
}
