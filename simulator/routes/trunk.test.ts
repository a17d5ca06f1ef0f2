import { describe, expect, test } from "@jest/globals";
import { setup } from "../testing";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function inbound(options?: Parameters<typeof setup>[0]) {
  const made = await setup(options);
  const primary = made.simulator.store.addOriginationUri({ name: "primary" });
  const fallback = made.simulator.store.addOriginationUri({ name: "fallback" });
  const trunk = made.simulator.store.addTrunk({
    name: "in",
    trunk_direction: "inbound",
    primary_uri_uuid: primary.uri_uuid,
    fallback_uri_uuid: fallback.uri_uuid,
  });
  return { ...made, primary, fallback, trunk, path: `Zentrunk/Trunk/${trunk.trunk_id}/` };
}

test("a create answers the id and a message only: the domain comes from a read-back", async () => {
  const { simulator, call } = await setup();
  const { credential_uuid } = simulator.store.addCredential();
  const made = await call("POST", "Zentrunk/Trunk/", { trunk_direction: "outbound", credential_uuid });
  expect(made.status).toBe(201);
  expect(Object.keys(made.body).sort()).toEqual(["api_id", "message", "trunk_id"]);
  expect(made.body.api_id).toMatch(UUID);
  const read = await call("GET", `Zentrunk/Trunk/${made.body.trunk_id}/`);
  expect(read.body.object).toEqual({
    trunk_id: made.body.trunk_id,
    trunk_domain: `${made.body.trunk_id}.zt.plivo.com`,
    name: "",
    trunk_status: "enabled",
    trunk_direction: "outbound",
    secure: false,
    ipacl_uuid: null,
    credential_uuid,
    primary_uri_uuid: null,
    fallback_uri_uuid: null,
  });
});

test("an id is longer than a number can hold: a client that parses it as one is caught", async () => {
  const { simulator } = await setup();
  const { trunk_id } = simulator.store.addTrunk({ trunk_direction: "inbound" });
  expect(trunk_id).toMatch(/^\d{18}$/);
  expect(Number.isSafeInteger(Number(trunk_id))).toBe(false);
});

test("an update without trunk_direction is refused and changes nothing", async () => {
  const { simulator, call, path, trunk } = await inbound();
  const answer = await call("POST", path, { name: "new" });
  expect(answer).toMatchObject({ status: 400, body: { error: "trunk_direction is required" } });
  expect(simulator.store.trunks.get(trunk.trunk_id)?.name).toBe("in");
});

test("an update leaves alone what it leaves out", async () => {
  const { call, path, trunk, primary, fallback } = await inbound();
  const answer = await call("POST", path, { trunk_direction: "inbound", trunk_status: "disabled" });
  expect(answer.status).toBe(202);
  expect(trunk).toMatchObject({
    name: "in",
    trunk_status: "disabled",
    primary_uri_uuid: primary.uri_uuid,
    fallback_uri_uuid: fallback.uri_uuid,
  });
});

describe.each([
  { clearWith: "null", onNull: "cleared", onEmpty: "refused" },
  { clearWith: "empty", onNull: "ignored", onEmpty: "cleared" },
  { clearWith: "both", onNull: "cleared", onEmpty: "cleared" },
  { clearWith: "refuse-null", onNull: "refused", onEmpty: "cleared" },
] as const)("clearWith $clearWith", ({ clearWith, onNull, onEmpty }) => {
  test.each([
    { value: null, outcome: onNull },
    { value: "", outcome: onEmpty },
  ])("a reference sent as $value is $outcome", async ({ value, outcome }) => {
    const { call, path, trunk, fallback } = await inbound({ behaviour: { clearWith } });
    const answer = await call("POST", path, { trunk_direction: "inbound", fallback_uri_uuid: value });
    expect(answer.status).toBe(outcome === "refused" ? 400 : 202);
    expect(trunk.fallback_uri_uuid).toBe(outcome === "cleared" ? null : fallback.uri_uuid);
  });
});

test("on create a reference that is null counts as left out, whatever clears it later", async () => {
  const { simulator, call } = await setup({ behaviour: { clearWith: "refuse-null" } });
  const { uri_uuid } = simulator.store.addOriginationUri();
  const body = { trunk_direction: "inbound", primary_uri_uuid: uri_uuid, fallback_uri_uuid: null };
  expect((await call("POST", "Zentrunk/Trunk/", body)).status).toBe(201);
});

test.each([
  { lacks: "primary_uri_uuid", body: { trunk_direction: "inbound" } },
  { lacks: "credential_uuid or ipacl_uuid", body: { trunk_direction: "outbound" } },
  { lacks: "trunk_direction", body: { name: "x" } },
])("a create without $lacks is answered 422", async ({ lacks, body }) => {
  const { simulator, call } = await setup();
  const answer = await call("POST", "Zentrunk/Trunk/", body);
  expect(answer).toMatchObject({ status: 422, body: { error: expect.stringContaining(`${lacks} is required`) } });
  expect(simulator.store.trunks.size).toBe(0);
});

test("the last credential of an outbound trunk cannot be cleared", async () => {
  const { simulator, call } = await setup();
  const { credential_uuid } = simulator.store.addCredential();
  const { trunk_id } = simulator.store.addTrunk({ trunk_direction: "outbound", credential_uuid });
  const body = { trunk_direction: "outbound", credential_uuid: null };
  expect((await call("POST", `Zentrunk/Trunk/${trunk_id}/`, body)).status).toBe(422);
});

test.each([
  { what: "an unknown field", body: { trunk_direction: "inbound", colour: "red" } },
  { what: "a direction that does not exist", body: { trunk_direction: "sideways" } },
  { what: "a flag in quotes", body: { trunk_direction: "inbound", secure: "true" } },
  { what: "a reference to nothing", body: { trunk_direction: "inbound", primary_uri_uuid: "nope" } },
  { what: "an array", body: [] },
  { what: "broken JSON", body: "{" },
])("$what is refused with 400", async ({ body }) => {
  const { simulator, call } = await setup();
  expect((await call("POST", "Zentrunk/Trunk/", body)).status).toBe(400);
  expect(simulator.store.trunks.size).toBe(0);
});

test("a direction change is accepted when the new direction has what it needs", async () => {
  const { simulator, call, path, trunk } = await inbound();
  const { credential_uuid } = simulator.store.addCredential();
  expect((await call("POST", path, { trunk_direction: "outbound", credential_uuid })).status).toBe(202);
  expect(trunk.trunk_direction).toBe("outbound");
});

test("deleting a trunk silently detaches its numbers", async () => {
  const { simulator, call, path, trunk } = await inbound();
  const number = simulator.store.addNumber("14155550100");
  simulator.store.route("14155550100", trunk.trunk_id);
  const answer = await call("DELETE", path);
  expect([answer.status, answer.text]).toEqual([204, ""]);
  expect(number.application).toBeNull();
  expect((await call("DELETE", path)).status).toBe(404);
});

test("a name may be taken twice, unless names are unique", async () => {
  const { simulator, call, path, trunk } = await inbound();
  simulator.store.addTrunk({ name: "other", trunk_direction: "inbound" });
  const rename = { trunk_direction: "inbound", name: "other" };
  expect((await call("POST", path, rename)).status).toBe(202);
  trunk.name = "in";
  simulator.behaviour.uniqueNames = true;
  expect(await call("POST", path, rename)).toMatchObject({ status: 400, body: { error: "name already exists" } });
  expect((await call("POST", path, { trunk_direction: "inbound", name: "in" })).status).toBe(202);
});
