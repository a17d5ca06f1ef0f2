import { describe, expect, test } from "@jest/globals";
import { setup } from "../testing/setup";

function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(14155550100 + index));
}

test("a list is returned in pages of 20, and next is relative without a leading slash", async () => {
  const { simulator, request } = await setup({ seed: { numbers: numbers(45) } });
  const base = `v1/Account/${simulator.authId}/Number/`;
  const first = (await request("GET", "Number/")).body;
  expect(first.objects).toHaveLength(20);
  expect(first.meta).toEqual({
    limit: 20,
    offset: 0,
    total_count: 45,
    previous: null,
    next: `${base}?limit=20&offset=20`,
  });
  const last = (await request("GET", "Number/?limit=20&offset=40")).body;
  expect(last.objects.map((it: { number: string }) => it.number)).toEqual(numbers(45).slice(40));
  expect(last.meta).toMatchObject({ previous: `${base}?limit=20&offset=20`, next: null });
});

test("a last page that is full has no next", async () => {
  const { request } = await setup({ seed: { numbers: numbers(20) } });
  expect((await request("GET", "Number/")).body.meta.next).toBeNull();
});

test.each(["limit=0", "limit=21", "limit=x", "offset=-1", "trunk_colour=red"])("?%s is rejected", async (query) => {
  const { request } = await setup();
  expect((await request("GET", `Zentrunk/Trunk/?${query}`)).status).toBe(400);
});

test("a list of trunks is filtered by every field of the filter, and next keeps the filter", async () => {
  const { simulator, request } = await setup();
  for (const trunk_direction of ["inbound", "outbound", "inbound"] as const) {
    simulator.store.addTrunk({ trunk_direction, primary_uri_uuid: "u1" });
  }
  simulator.store.addTrunk({ trunk_direction: "inbound", secure: true });
  const metaOf = async (query: string) => (await request("GET", `Zentrunk/Trunk/?${query}`)).body.meta;
  expect(await metaOf("trunk_direction=inbound")).toMatchObject({ total_count: 3 });
  expect(await metaOf("secure=true")).toMatchObject({ total_count: 1 });
  expect(await metaOf("trunk_direction=inbound&primary_uri_uuid=u1&limit=1")).toMatchObject({
    total_count: 2,
    next: expect.stringContaining("trunk_direction=inbound&primary_uri_uuid=u1&limit=1&offset=1"),
  });
});

test("a server may ignore the filters", async () => {
  const { simulator, request } = await setup({ behaviour: { ignoreFilters: true } });
  simulator.store.addTrunk({ trunk_direction: "inbound" });
  const response = await request("GET", "Zentrunk/Trunk/?trunk_direction=outbound");
  expect(response.body.objects).toHaveLength(1);
});

test("a list is oldest first, unless listOrder is newest-first", async () => {
  const { simulator, request } = await setup({ seed: { numbers: numbers(3) } });
  const listed = async () => (await request("GET", "Number/")).body.objects.map((it: { number: string }) => it.number);
  expect(await listed()).toEqual(numbers(3));
  simulator.behaviour.listOrder = "newest-first";
  expect(await listed()).toEqual(numbers(3).reverse());
});

test.each([
  { wrapSingle: undefined, trunk: true, number: false },
  { wrapSingle: true, trunk: true, number: true },
  { wrapSingle: false, trunk: false, number: false },
  { wrapSingle: { numbers: true }, trunk: true, number: true },
  { wrapSingle: { trunks: false }, trunk: false, number: false },
])("wrapSingle $wrapSingle", async ({ wrapSingle, trunk, number }) => {
  const behaviour = wrapSingle === undefined ? {} : { wrapSingle };
  const { simulator, request } = await setup({ behaviour, seed: { numbers: ["1"] } });
  const { trunk_id } = simulator.store.addTrunk({ trunk_direction: "inbound" });
  expect("object" in (await request("GET", `Zentrunk/Trunk/${trunk_id}/`)).body).toBe(trunk);
  expect("object" in (await request("GET", "Number/1/")).body).toBe(number);
});

test("creates and updates return 200 where that is configured", async () => {
  const { request, create } = await setup({ behaviour: { createStatus: 200, updateStatus: 200 } });
  const created = await request("POST", "Zentrunk/URI/", { uri: "pbx.example.com" });
  expect(created.status).toBe(200);
  expect((await request("POST", `Zentrunk/URI/${created.body.uri_uuid}/`, { name: "n" })).status).toBe(200);
  await expect(create("Zentrunk/URI/", {})).rejects.toThrow("422");
});

test("a new object stays invisible for the configured time, but can be written", async () => {
  let now = 0;
  const { request, create } = await setup({ behaviour: { visibilityDelayMs: 100 }, clock: { now: () => now } });
  const { uri_uuid } = await create("Zentrunk/URI/", { uri: "pbx.example.com" });
  const path = `Zentrunk/URI/${uri_uuid}/`;
  expect((await request("GET", path)).status).toBe(404);
  expect((await request("GET", "Zentrunk/URI/")).body.meta.total_count).toBe(0);
  expect((await request("POST", path, { name: "n" })).status).toBe(202);
  now = 100;
  expect((await request("GET", path)).body.name).toBe("n");
});

const kinds = [
  {
    collection: "Zentrunk/Trunk/",
    idField: "trunk_id",
    label: "Trunk",
    body: { trunk_direction: "outbound", credential_uuid: "c1" },
    change: { trunk_direction: "outbound", name: "new" },
  },
  {
    collection: "Zentrunk/URI/",
    idField: "uri_uuid",
    label: "Origination URI",
    body: { uri: "pbx.example.com" },
    change: { name: "new" },
  },
  {
    collection: "Zentrunk/Credential/",
    idField: "credential_uuid",
    label: "credential",
    body: { username: "pbxuser", password: "secret#1" },
    change: { name: "new", username: "pbxuser", password: "secret#2" },
  },
  {
    collection: "Zentrunk/IPAccessControlList/",
    idField: "ipacl_uuid",
    label: "IP access control list",
    body: { ip_addresses: ["192.0.2.1"] },
    change: { name: "new" },
  },
];

describe.each(kinds)("$collection", ({ collection, idField, label, body, change }) => {
  const seed = { credentials: [{ credential_uuid: "c1", username: "pbxuser", password: "secret#1" }] };

  test("a create and an update respond with the id and the documented text", async () => {
    const { request } = await setup({ seed });
    const created = await request("POST", collection, body);
    const id = created.body[idField];
    const api_id = expect.any(String);
    expect(created.body).toEqual({ api_id, message: `${label} created successfully.`, [idField]: expect.any(String) });
    const updated = await request("POST", `${collection}${id}/`, change);
    expect(updated.body).toEqual({ api_id, message: `${label} updated successfully.`, [idField]: id });
  });

  test("reads and list rows show when it was created and last updated; a rejected update is none", async () => {
    let now = Date.UTC(2026, 8, 18, 10);
    const { request, create } = await setup({ seed, clock: { now: () => now } });
    const id = (await create(collection, body))[idField];
    const times = async () => {
      const read = (await request("GET", `${collection}${id}/`)).body;
      const row = (await request("GET", collection)).body.objects.find(
        (it: Record<string, unknown>) => it[idField] === id,
      );
      const { created_at, updated_at } = read.object ?? read;
      expect(row).toMatchObject({ created_at, updated_at });
      return [created_at, updated_at];
    };
    const first = "2026-09-18T10:00:00.000Z";
    expect(await times()).toEqual([first, first]);
    now += 60_000;
    expect((await request("POST", `${collection}${id}/`, { colour: "red" })).status).toBe(400);
    expect(await times()).toEqual([first, first]);
    await request("POST", `${collection}${id}/`, change);
    expect(await times()).toEqual([first, "2026-09-18T10:01:00.000Z"]);
  });
});
