import { expect, test } from "@jest/globals";
import { type Seed, startSimulator } from "../index";
import { setup } from "../testing/setup";

test("a seed fills the first account, and a number may name the trunk or application it goes to", async () => {
  const { simulator } = await setup({
    seed: {
      applications: [{ app_id: "4", app_name: "voicemail" }],
      originationUris: [{ uri_uuid: "u1", uri: "pbx.example.com" }],
      trunks: [{ trunk_id: "7", trunk_direction: "inbound", primary_uri_uuid: "u1" }],
      numbers: ["1", { number: "2", app_id: "7" }, { number: "3", alias: "a", app_id: "4" }],
    },
  });
  const path = `/v1/Account/${simulator.authId}`;
  expect([...simulator.store.numbers.values()].map(({ application }) => application)).toEqual([
    null,
    `${path}/Zentrunk/Trunk/7/`,
    `${path}/Application/4/`,
  ]);
  expect(simulator.store.trunks.get("7")).toMatchObject({ trunk_status: "enabled", primary_uri_uuid: "u1" });
});

test.each([
  { seed: { numbers: ["+1415"] }, field: "numbers[0].number: must be digits without +" },
  { seed: { numbers: [{ number: "1", app_id: "9" }] }, field: "numbers[0].app_id: no trunk or application" },
  { seed: { trunks: [{ name: "a" }] }, field: "trunks[0].trunk_direction: " },
  { seed: { trunk: [] }, field: '"trunk"' },
  { seed: [], field: "(the whole seed): " },
])("a bad seed is rejected, naming the field: $field", async ({ seed, field }) => {
  await expect(startSimulator({ seed: seed as Seed })).rejects.toThrow(field);
});
