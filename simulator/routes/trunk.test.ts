import { describe, expect, test } from "@jest/globals";
import { setup } from "../testing/setup";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function inbound(options?: Parameters<typeof setup>[0]) {
  const started = await setup(options);
  const primary = started.simulator.store.addOriginationUri({ name: "primary" });
  const fallback = started.simulator.store.addOriginationUri({ name: "fallback" });
  const trunk = started.simulator.store.addTrunk({
    name: "in",
    trunk_direction: "inbound",
    primary_uri_uuid: primary.uri_uuid,
    fallback_uri_uuid: fallback.uri_uuid,
  });
  return { ...started, primary, fallback, trunk, path: `Zentrunk/Trunk/${trunk.trunk_id}/` };
}

test("a create returns the id and a message only: the domain comes from a read-back", async () => {
  const { simulator, request } = await setup();
  const { credential_uuid } = simulator.store.addCredential();
  const created = await request("POST", "Zentrunk/Trunk/", { trunk_direction: "outbound", credential_uuid });
  expect(created.status).toBe(201);
  expect(Object.keys(created.body).sort()).toEqual(["api_id", "message", "trunk_id"]);
  expect(created.body.api_id).toMatch(UUID);
  const read = await request("GET", `Zentrunk/Trunk/${created.body.trunk_id}/`);
  expect(read.body.object).toEqual({
    trunk_id: created.body.trunk_id,
    trunk_domain: `${created.body.trunk_id}.zt.plivo.com`,
    name: "",
    trunk_status: "enabled",
    trunk_direction: "outbound",
    secure: false,
    ipacl_uuid: null,
    credential_uuid,
    primary_uri_uuid: null,
    fallback_uri_uuid: null,
    created_at: expect.any(String),
    updated_at: expect.any(String),
  });
});

test("the domain has a region where the account has one", async () => {
  const { simulator, request } = await setup({ behaviour: { trunkDomainRegion: "us-east-1" } });
  const { trunk_id } = simulator.store.addTrunk({ trunk_direction: "inbound" });
  const read = await request("GET", `Zentrunk/Trunk/${trunk_id}/`);
  expect(read.body.object.trunk_domain).toBe(`${trunk_id}.us-east-1.zt.plivo.com`);
});

test("an id is longer than a number can hold: a client that parses it as one is caught", async () => {
  const { simulator } = await setup();
  const { trunk_id } = simulator.store.addTrunk({ trunk_direction: "inbound" });
  expect(trunk_id).toMatch(/^\d{18}$/);
  expect(Number.isSafeInteger(Number(trunk_id))).toBe(false);
});

test.each([
  { name: "new" },
  { name: "in", secure: true },
  { primary_uri_uuid: "u" },
  { fallback_uri_uuid: null },
  { credential_uuid: "c" },
  { ipacl_uuid: "l" },
])("an update of %j without trunk_direction is rejected and changes nothing", async (body) => {
  const { request, path, trunk } = await inbound();
  const before = { ...trunk };
  const response = await request("POST", path, body);
  expect(response).toMatchObject({ status: 400, body: { error: "trunk_direction is required" } });
  expect(trunk).toEqual(before);
});

test.each([{ trunk_status: "disabled" }, { secure: true }, { trunk_status: "disabled", secure: true }, {}])(
  "an update of only %j is taken without trunk_direction",
  async (body) => {
    const { request, path, trunk } = await inbound();
    expect((await request("POST", path, body)).status).toBe(202);
    expect(trunk).toMatchObject({ name: "in", trunk_direction: "inbound", ...body });
  },
);

test("an update does not change what it leaves out", async () => {
  const { request, path, trunk, primary, fallback } = await inbound();
  const response = await request("POST", path, { trunk_direction: "inbound", trunk_status: "disabled" });
  expect(response.status).toBe(202);
  expect(trunk).toMatchObject({
    name: "in",
    trunk_status: "disabled",
    primary_uri_uuid: primary.uri_uuid,
    fallback_uri_uuid: fallback.uri_uuid,
  });
});

describe.each([
  { clearWith: "null", onNull: "cleared", onEmpty: "rejected" },
  { clearWith: "empty", onNull: "ignored", onEmpty: "cleared" },
  { clearWith: "both", onNull: "cleared", onEmpty: "cleared" },
  { clearWith: "reject-null", onNull: "rejected", onEmpty: "cleared" },
  { clearWith: "neither", onNull: "rejected", onEmpty: "rejected" },
  { clearWith: "ignored", onNull: "ignored", onEmpty: "ignored" },
] as const)("clearWith $clearWith", ({ clearWith, onNull, onEmpty }) => {
  test.each([
    { value: null, outcome: onNull },
    { value: "", outcome: onEmpty },
  ])("a reference sent as $value is $outcome", async ({ value, outcome }) => {
    const { simulator, request, path, trunk, fallback } = await inbound({ behaviour: { clearWith } });
    const send = () => request("POST", path, { trunk_direction: "inbound", fallback_uri_uuid: value });
    expect((await send()).status).toBe(outcome === "rejected" ? 400 : 202);
    simulator.behaviour.rejectedClearingStatus = 503;
    expect((await send()).status).toBe(outcome === "rejected" ? 503 : 202);
    expect(trunk.fallback_uri_uuid).toBe(outcome === "cleared" ? null : fallback.uri_uuid);
  });
});

test("on create a reference that is null counts as left out, whatever clears it later", async () => {
  const { simulator, request } = await setup({ behaviour: { clearWith: "reject-null" } });
  const { uri_uuid } = simulator.store.addOriginationUri();
  const body = { trunk_direction: "inbound", primary_uri_uuid: uri_uuid, fallback_uri_uuid: null };
  expect((await request("POST", "Zentrunk/Trunk/", body)).status).toBe(201);
});

test.each([
  { lacks: "primary_uri_uuid", body: { trunk_direction: "inbound" } },
  { lacks: "credential_uuid or ipacl_uuid", body: { trunk_direction: "outbound" } },
  { lacks: "trunk_direction", body: { name: "x" } },
])("a create without $lacks returns 422", async ({ lacks, body }) => {
  const { simulator, request } = await setup();
  const response = await request("POST", "Zentrunk/Trunk/", body);
  expect(response).toMatchObject({ status: 422, body: { error: expect.stringContaining(`${lacks} is required`) } });
  expect(simulator.store.trunks.size).toBe(0);
});

test("the last credential of an outbound trunk cannot be cleared", async () => {
  const { simulator, request } = await setup();
  const { credential_uuid } = simulator.store.addCredential();
  const { trunk_id } = simulator.store.addTrunk({ trunk_direction: "outbound", credential_uuid });
  const body = { trunk_direction: "outbound", credential_uuid: null };
  expect((await request("POST", `Zentrunk/Trunk/${trunk_id}/`, body)).status).toBe(422);
});

test.each([
  { what: "an unknown field", body: { trunk_direction: "inbound", colour: "red" } },
  { what: "a direction that does not exist", body: { trunk_direction: "sideways" } },
  { what: "a flag in quotes", body: { trunk_direction: "inbound", secure: "true" } },
  { what: "a reference to nothing", body: { trunk_direction: "inbound", primary_uri_uuid: "nope" } },
  { what: "an array", body: [] },
  { what: "broken JSON", body: "{" },
])("$what is rejected with 400", async ({ body }) => {
  const { simulator, request } = await setup();
  expect((await request("POST", "Zentrunk/Trunk/", body)).status).toBe(400);
  expect(simulator.store.trunks.size).toBe(0);
});

test("a direction change is accepted when the new direction has what it needs", async () => {
  const { simulator, request, path, trunk } = await inbound();
  const { credential_uuid } = simulator.store.addCredential();
  expect((await request("POST", path, { trunk_direction: "outbound", credential_uuid })).status).toBe(202);
  expect(trunk.trunk_direction).toBe("outbound");
});

test("deleting a trunk silently detaches its numbers", async () => {
  const { simulator, request, path, trunk } = await inbound();
  const number = simulator.store.addNumber("14155550100");
  simulator.store.route("14155550100", trunk.trunk_id);
  const response = await request("DELETE", path);
  expect([response.status, response.text]).toEqual([204, ""]);
  expect(number.application).toBeNull();
  expect((await request("DELETE", path)).status).toBe(404);
});

describe("the name of a trunk is unique", () => {
  const text = 'A trunk with the same name "other" already exists';

  test.each([
    { act: "a create", path: () => "Zentrunk/Trunk/", body: (uri: string) => ({ primary_uri_uuid: uri }) },
    { act: "a rename", path: (own: string) => own, body: () => ({}) },
  ])("$act under a name in use is rejected and changes nothing", async ({ path: pathOf, body }) => {
    const { simulator, request, path, trunk, primary } = await inbound();
    simulator.store.addTrunk({ name: "other", trunk_direction: "outbound" });
    const wanted = { trunk_direction: "inbound", name: "other", ...body(primary.uri_uuid) };
    expect(await request("POST", pathOf(path), wanted)).toMatchObject({ status: 400, body: { error: text } });
    expect([simulator.store.trunks.size, trunk.name]).toEqual([2, "in"]);
    simulator.behaviour.duplicateNameStatus = 409;
    expect(await request("POST", pathOf(path), wanted)).toMatchObject({ status: 409, body: { error: text } });
  });

  test("its own name, a name of other case, no name, and one that was given up are free", async () => {
    const { simulator, request, path, primary } = await inbound();
    const { trunk_id } = simulator.store.addTrunk({ name: "other", trunk_direction: "inbound" });
    const rename = (name: string) => request("POST", path, { trunk_direction: "inbound", name });
    expect((await rename("in")).status).toBe(202);
    expect((await rename("Other")).status).toBe(202);
    const unnamed = { trunk_direction: "inbound", primary_uri_uuid: primary.uri_uuid, name: "" };
    expect((await request("POST", "Zentrunk/Trunk/", unnamed)).status).toBe(201);
    expect((await request("POST", "Zentrunk/Trunk/", unnamed)).status).toBe(201);
    await request("DELETE", `Zentrunk/Trunk/${trunk_id}/`);
    expect((await rename("other")).status).toBe(202);
  });

  test("what the other kinds do is not known: they are switched kind by kind, or all at once", async () => {
    const { simulator, request, trunk, primary } = await inbound();
    const { store, behaviour } = simulator;
    store.addTrunk({ name: "other", trunk_direction: "inbound" });
    const uri = { name: "primary", uri: "pbx.example.com" };
    const rename = { trunk_direction: "inbound", name: "other" };
    const statuses = async () => [
      (await request("POST", `Zentrunk/URI/${store.addOriginationUri().uri_uuid}/`, uri)).status,
      (await request("POST", `Zentrunk/Trunk/${trunk.trunk_id}/`, rename)).status,
    ];
    expect(await statuses()).toEqual([202, 400]);
    behaviour.uniqueNames = { originationUris: true };
    expect(await statuses()).toEqual([400, 400]);
    behaviour.uniqueNames = true;
    expect(await statuses()).toEqual([400, 400]);
    behaviour.uniqueNames = false;
    expect(await statuses()).toEqual([202, 202]);
    expect(primary.name).toBe("primary");
  });
});
