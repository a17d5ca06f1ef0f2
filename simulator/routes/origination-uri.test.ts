import { expect, test } from "@jest/globals";
import { setup } from "../testing/setup";

const collection = "Zentrunk/URI/";
const triple = { authentication_needed: true, username: "plivo", password: "secret" };

async function withUri(given: object = {}) {
  const started = await setup();
  const row = started.simulator.store.addOriginationUri({ name: "pbx", uri: "pbx.example.com", ...given });
  return { ...started, row, path: `${collection}${row.uri_uuid}/` };
}

test("deleting a URI deletes the trunks that use it, as primary or as fallback, and detaches their numbers", async () => {
  const { simulator, request, path, row } = await withUri();
  const { store } = simulator;
  const other = store.addOriginationUri().uri_uuid;
  const byPrimary = store.addTrunk({ trunk_direction: "inbound", primary_uri_uuid: row.uri_uuid });
  const byFallback = store.addTrunk({
    trunk_direction: "inbound",
    primary_uri_uuid: other,
    fallback_uri_uuid: row.uri_uuid,
  });
  const bystander = store.addTrunk({ trunk_direction: "inbound", primary_uri_uuid: other });
  const number = store.addNumber("14155550100");
  store.route("14155550100", byFallback.trunk_id);
  expect((await request("DELETE", path)).status).toBe(204);
  expect([...store.trunks.keys()]).toEqual([bystander.trunk_id]);
  expect((await request("GET", `Zentrunk/Trunk/${byPrimary.trunk_id}/`)).status).toBe(404);
  expect(number.application).toBeNull();
});

test("a URI is stored verbatim, reads null for an unused username and never shows a password", async () => {
  const { simulator, request, create } = await setup();
  const plain = await create(collection, { name: "a", uri: "PBX.example.com:5061;transport=tls" });
  const read = await request("GET", `${collection}${plain.uri_uuid}/`);
  expect(read.body).toEqual({
    api_id: expect.any(String),
    uri_uuid: plain.uri_uuid,
    name: "a",
    uri: "PBX.example.com:5061;transport=tls",
    authentication_needed: false,
    username: null,
    sip_user: null,
    created_at: expect.any(String),
    updated_at: expect.any(String),
  });
  const secure = await create(collection, { uri: "pbx.example.com", ...triple });
  expect((await request("GET", `${collection}${secure.uri_uuid}/`)).body).toMatchObject({
    username: "plivo",
    sip_user: "plivo",
  });
  expect((await request("GET", collection)).text).not.toMatch(/secret|password/);
  expect(simulator.store.originationUris.get(secure.uri_uuid)?.password).toBe("secret");
});

test.each([
  { authentication_needed: true },
  { authentication_needed: true, username: "plivo" },
  { authentication_needed: true, password: "secret" },
  { username: "plivo", password: "secret" },
])("an incomplete triple returns 422: %j", async (body) => {
  const { request, path, row } = await withUri(triple);
  expect((await request("POST", path, { ...body, password: "password" in body ? "new" : undefined })).status).toBe(422);
  expect(row.password).toBe("secret");
  expect((await request("POST", collection, { uri: "pbx.example.com", ...body })).status).toBe(422);
});

test("the whole triple rotates the password", async () => {
  const { request, path, row } = await withUri(triple);
  expect((await request("POST", path, { ...triple, password: "new" })).status).toBe(202);
  expect(row).toMatchObject({ uri: "pbx.example.com", username: "plivo", password: "new" });
});

test("an update without authentication leaves it unchanged", async () => {
  const { request, path, row } = await withUri(triple);
  await request("POST", path, { uri: "other.example.com" });
  expect(row).toMatchObject({ uri: "other.example.com", ...triple });
});

test("switching authentication off forgets username and password", async () => {
  const { request, path, row } = await withUri(triple);
  await request("POST", path, { authentication_needed: false });
  expect(row).toMatchObject({ authentication_needed: false, username: null, password: null });
});

test("a private address is taken, a path is rejected with 400, a missing uri with 422", async () => {
  const { request } = await setup();
  expect((await request("POST", collection, { uri: "192.168.1.100:5060" })).status).toBe(201);
  expect((await request("POST", collection, { uri: "pbx.example.com/path" })).status).toBe(400);
  expect((await request("POST", collection, { name: "a" })).status).toBe(422);
});
