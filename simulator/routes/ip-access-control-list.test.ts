import { expect, test } from "@jest/globals";
import { setup } from "../testing/setup";

const collection = "Zentrunk/IPAccessControlList/";

test("an update replaces the whole list", async () => {
  const { simulator, request } = await setup();
  const row = simulator.store.addIpAccessControlList({ name: "a", ip_addresses: ["192.0.2.1", "192.0.2.2"] });
  await request("POST", `${collection}${row.ipacl_uuid}/`, { ip_addresses: ["192.0.2.3"] });
  expect(row).toMatchObject({ name: "a", ip_addresses: ["192.0.2.3"] });
});

test("an update of the name alone keeps the addresses", async () => {
  const { simulator, request } = await setup();
  const row = simulator.store.addIpAccessControlList({ ip_addresses: ["192.0.2.1"] });
  await request("POST", `${collection}${row.ipacl_uuid}/`, { name: "b" });
  expect(row).toMatchObject({ name: "b", ip_addresses: ["192.0.2.1"] });
});

test.each([
  { behaviour: {}, stored: ["198.51.100.0/24", "2001:DB8:0::1", "192.0.2.1"] },
  { behaviour: { keepAddressOrder: false }, stored: ["192.0.2.1", "198.51.100.0/24", "2001:DB8:0::1"] },
  { behaviour: { canonicalAddresses: true }, stored: ["198.51.100.0/24", "2001:db8::1", "192.0.2.1"] },
])("addresses are stored under $behaviour", async ({ behaviour, stored }) => {
  const { request, create } = await setup({ behaviour });
  const sent = ["198.51.100.0/24", "2001:DB8:0::1", "192.0.2.1"];
  const { ipacl_uuid } = await create(collection, { ip_addresses: sent });
  expect((await request("GET", `${collection}${ipacl_uuid}/`)).body.ip_addresses).toEqual(stored);
});

test.each([
  { ip_addresses: [] },
  { ip_addresses: ["example.com"] },
  { ip_addresses: ["192.0.2.1/33"] },
  { ip_addresses: "192.0.2.1" },
])("$ip_addresses is rejected with 400", async (body) => {
  const { request } = await setup();
  expect((await request("POST", collection, body)).status).toBe(400);
});

test("a create without addresses returns 422", async () => {
  const { request } = await setup();
  expect((await request("POST", collection, { name: "a" })).status).toBe(422);
});

test("the widest range is accepted: to warn is the client's business", async () => {
  const { request } = await setup();
  expect((await request("POST", collection, { ip_addresses: ["0.0.0.0/0", "::/0"] })).status).toBe(201);
});
