import { describe, expect, test } from "@jest/globals";
import { setup } from "../testing/setup";

const path = "Number/14155550100/";

async function withNumber(options?: Parameters<typeof setup>[0]) {
  const started = await setup({ ...options, seed: { numbers: ["14155550100"] } });
  const { store } = started.simulator;
  const trunk = store.addTrunk({ trunk_direction: "inbound" });
  const row = store.route("14155550100", trunk.trunk_id);
  return { ...started, store, trunk, row };
}

test("a number is attached by the trunk's id and shows a resource path", async () => {
  const { simulator, request, store } = await withNumber();
  const { trunk_id } = store.addTrunk({ trunk_direction: "inbound" });
  const response = await request("POST", path, { app_id: trunk_id });
  expect(response).toMatchObject({ status: 202, body: { message: "changed", api_id: expect.any(String) } });
  expect((await request("GET", path)).body).toMatchObject({
    number: "14155550100",
    alias: null,
    application: `/v1/Account/${simulator.authId}/Zentrunk/Trunk/${trunk_id}/`,
    voice_enabled: true,
  });
});

test("an outbound trunk is attached without an error: the number then silently stops answering", async () => {
  const { request, store, row } = await withNumber();
  const { trunk_id } = store.addTrunk({ trunk_direction: "outbound" });
  expect((await request("POST", path, { app_id: trunk_id })).status).toBe(202);
  expect(row.application).toContain(trunk_id);
});

test("an application is attached by its id, and shows its own path", async () => {
  const { simulator, request, store, row } = await withNumber();
  const { app_id } = store.addApplication();
  await request("POST", path, { app_id });
  expect(row.application).toBe(`/v1/Account/${simulator.authId}/Application/${app_id}/`);
});

test("a body without app_id assigns the default application", async () => {
  const { request, store, row } = await withNumber();
  const { app_id } = store.addApplication({ default_app: true });
  await request("POST", path, { alias: "front desk" });
  expect(row).toMatchObject({ alias: "front desk", application: expect.stringContaining(`Application/${app_id}/`) });
});

describe.each([
  { detachWith: "null", onNull: "nowhere", onEmpty: "rejected" },
  { detachWith: "empty", onNull: "default", onEmpty: "nowhere" },
  { detachWith: "both", onNull: "nowhere", onEmpty: "nowhere" },
  { detachWith: "reject-null", onNull: "rejected", onEmpty: "nowhere" },
  { detachWith: "neither", onNull: "rejected", onEmpty: "rejected" },
  { detachWith: "ignored", onNull: "default", onEmpty: "default" },
] as const)("detachWith $detachWith", ({ detachWith, onNull, onEmpty }) => {
  test.each([
    { value: null, outcome: onNull },
    { value: "", outcome: onEmpty },
  ])("an app_id of $value ends in: $outcome", async ({ value, outcome }) => {
    const { simulator, request, store, trunk, row } = await withNumber({ behaviour: { detachWith } });
    const { app_id } = store.addApplication({ default_app: true });
    expect((await request("POST", path, { app_id: value })).status).toBe(outcome === "rejected" ? 400 : 202);
    simulator.behaviour.rejectedClearingStatus = 404;
    expect((await request("POST", path, { app_id: value })).status).toBe(outcome === "rejected" ? 404 : 202);
    const expected = {
      nowhere: null,
      default: store.applicationPath(app_id),
      rejected: store.applicationPath(trunk.trunk_id),
    };
    expect(row.application).toBe(expected[outcome]);
  });
});

test("an app_id that does not exist is rejected, with 400 or 404, and a number that does not exist with 404", async () => {
  const { simulator, request, store, trunk, row } = await withNumber();
  expect((await request("POST", path, { app_id: "123" })).status).toBe(400);
  simulator.behaviour.unknownAppStatus = 404;
  expect((await request("POST", path, { app_id: "123" })).status).toBe(404);
  expect(row.application).toBe(store.applicationPath(trunk.trunk_id));
  expect((await request("GET", "Number/15555550199/")).status).toBe(404);
});

test("a DELETE gives the number back for good, so that a client that sends it is noticed", async () => {
  const { request, store } = await withNumber();
  expect((await request("DELETE", path)).status).toBe(204);
  expect(store.numbers.size).toBe(0);
});

test("a number shows all its fields", async () => {
  const clock = { now: () => Date.UTC(2026, 8, 18) };
  const { simulator, request } = await setup({ seed: { numbers: ["14155550100"] }, clock });
  expect((await request("GET", path)).body).toEqual({
    api_id: expect.any(String),
    number: "14155550100",
    alias: null,
    application: null,
    voice_enabled: true,
    sms_enabled: false,
    type: "local",
    number_type: "local",
    country: "US",
    region: "United States",
    carrier: "Plivo",
    sub_account: null,
    compliance_application_id: null,
    added_on: "2026-09-18",
    renewal_date: "2026-10-18",
    monthly_rental_rate: "0.80000",
    cnam: null,
    cnam_lookup: null,
    resource_uri: `/v1/Account/${simulator.authId}/Number/14155550100/`,
  });
});

test.each([
  { unroutedAs: "null", shown: null },
  { unroutedAs: "empty", shown: "" },
] as const)("a number that is not routed shows $shown, with unroutedAs $unroutedAs", async (row) => {
  const { request, store } = await withNumber({ behaviour: { unroutedAs: row.unroutedAs } });
  store.route("14155550100", null);
  expect((await request("GET", path)).body.application).toBe(row.shown);
  expect((await request("GET", "Number/")).body.objects).toMatchObject([{ application: row.shown }]);
});

test.each([
  { query: "type=tollfree", expected: ["18005550100"] },
  { query: "number_startswith=1415", expected: ["14155550100"] },
  { query: "subaccount=SAOFFICE", expected: ["4930555010"] },
  { query: "alias=front%20desk", expected: ["14155550100"] },
  { query: "services=sms", expected: ["18005550100"] },
  { query: "services=voice,sms", expected: ["18005550100"] },
  { query: "services=voice", expected: ["14155550100", "18005550100"] },
  { query: "services=voice&number_startswith=1800", expected: ["18005550100"] },
])("a list of numbers is filtered by $query", async ({ query, expected }) => {
  const numbers = [
    { number: "14155550100", alias: "front desk" },
    { number: "18005550100", type: "tollfree", sms_enabled: true },
    { number: "4930555010", sub_account: "SAOFFICE", voice_enabled: false },
  ];
  const { simulator, request } = await setup({ seed: { numbers } });
  const numbersOf = async () =>
    (await request("GET", `Number/?${query}`)).body.objects.map((row: { number: string }) => row.number);
  expect(await numbersOf()).toEqual(expected);
  simulator.behaviour.ignoreFilters = true;
  expect(await numbersOf()).toHaveLength(3);
});

test("a service that does not exist is rejected", async () => {
  const { request } = await withNumber();
  expect((await request("GET", "Number/?services=fax")).status).toBe(400);
});

test("an update takes the other fields of a number, and responds 'changed' without an id", async () => {
  const { request, trunk, store, row } = await withNumber();
  const fields = { alias: "desk", compliance_application_id: "co1", cnam: "ACME", cnam_lookup: "enabled" };
  const callback = { cnam_callback_url: "https://example.com/", cnam_callback_method: "POST" };
  const body = { app_id: trunk.trunk_id, subaccount: "SAOFFICE", ...fields, ...callback };
  expect((await request("POST", path, body)).body).toEqual({ api_id: expect.any(String), message: "changed" });
  const shown = (await request("GET", path)).body;
  expect(shown).toMatchObject({
    ...fields,
    sub_account: "SAOFFICE",
    application: store.applicationPath(trunk.trunk_id),
  });
  expect(Object.keys(shown).filter((key) => key.startsWith("cnam_callback"))).toEqual([]);
  await request("POST", path, { app_id: trunk.trunk_id, subaccount: "" });
  expect(row).toMatchObject({ ...fields, sub_account: null });
});
