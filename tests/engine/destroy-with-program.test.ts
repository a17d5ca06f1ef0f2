/** `pulumi destroy --run-program`: the program runs, and everything that it declares is deleted all the same. */
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
    `${adapter}: a destroy that runs the program puts each number back`,
    async ({ stack, run, simulator: { store } }) => {
      run(async () => {
        const { trunkId } = new Trunk("in", { trunkDirection: "inbound", primaryUriUuid: "pbx" });
        new PhoneNumberAttachment("single", { number: second, trunkId });
        new TrunkPhoneNumbers("in-numbers", { trunkId, numbers: [first] });
      });
      await stack.up();
      await stack.destroy({ runProgram: true });
      const routes = [...store.numbers.values()].map(({ application }) => application?.split("/").at(-2));
      expect(routes).toEqual([voicemail, voicemail]);
      expect(store.trunks.size).toBe(0);
    },
    { simulator: { seed } },
  );
}
