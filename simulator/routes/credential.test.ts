import { expect, test } from "@jest/globals";
import { setup } from "../testing/setup";

async function credential(options?: Parameters<typeof setup>[0]) {
  const started = await setup(options);
  const row = started.simulator.store.addCredential({ name: "pbx", username: "pbxuser", password: "secret#1" });
  return { ...started, row, path: `Zentrunk/Credential/${row.credential_uuid}/` };
}

test("a credential is created, read bare and never shows its password", async () => {
  const { simulator, request, create } = await setup();
  const body = { name: "pbx", username: "pbxuser", password: "secret#1" };
  const { credential_uuid } = await create("Zentrunk/Credential/", body);
  expect(simulator.store.credentials.get(credential_uuid)?.password).toBe("secret#1");
  const timestamps = { created_at: expect.any(String), updated_at: expect.any(String) };
  const shown = { credential_uuid, name: "pbx", username: "pbxuser", ...timestamps };
  const read = await request("GET", `Zentrunk/Credential/${credential_uuid}/`);
  expect(read.body).toEqual({ api_id: expect.any(String), ...shown });
  expect((await request("GET", "Zentrunk/Credential/")).body.objects).toEqual([shown]);
});

test("an update without a password blanks it", async () => {
  const { request, path, row } = await credential();
  expect((await request("POST", path, { name: "renamed" })).status).toBe(202);
  expect(row).toMatchObject({ name: "renamed", username: "pbxuser", password: "" });
});

test("a password without a username is rejected and changes nothing", async () => {
  const { request, path, row } = await credential();
  expect((await request("POST", path, { password: "another#2" })).status).toBe(400);
  expect(row.password).toBe("secret#1");
});

test("name, username and password together change all three", async () => {
  const { request, path, row } = await credential();
  await request("POST", path, { name: "n", username: "newuser", password: "another#2" });
  expect(row).toMatchObject({ name: "n", username: "newuser", password: "another#2" });
});

test.each([
  { username: "four", password: "secret#1", why: "a username of 4 signs" },
  { username: "u".repeat(21), password: "secret#1", why: "a username of 21 signs" },
  { username: "pbxuser", password: "a#1b", why: "a password of 4 signs" },
  { username: "pbxuser", password: "a#1".repeat(7), why: "a password of 21 signs" },
])("$why is rejected, and the response does not quote the password", async ({ username, password }) => {
  const { request, path } = await credential();
  for (const target of ["Zentrunk/Credential/", path]) {
    const response = await request("POST", target, { username, password });
    expect(response.status).toBe(400);
    expect(response.text).not.toContain(password);
  }
});

test.each([
  { username: "sip_user_1", password: "secret#1", why: "a username with an underscore" },
  { username: "pbx-london", password: "secret#1", why: "a username with a hyphen" },
  { username: "pbxuser", password: "secret1", why: "a password without a special sign" },
  { username: "pbxuser", password: "secret-#1", why: "a password with a hyphen" },
])("$why is taken, unless strictCredentials", async ({ username, password }) => {
  const { simulator, request, path } = await credential();
  const statuses = async () => [
    (await request("POST", "Zentrunk/Credential/", { username, password })).status,
    (await request("POST", path, { username, password })).status,
  ];
  expect(await statuses()).toEqual([201, 202]);
  simulator.behaviour.strictCredentials = true;
  expect(await statuses()).toEqual([400, 400]);
});

test("a trunk keeps pointing at a credential that was deleted under it, or shows null", async () => {
  const { simulator, request, path, row } = await credential();
  const { credential_uuid } = row;
  const trunk = simulator.store.addTrunk({ trunk_direction: "outbound", credential_uuid });
  expect((await request("DELETE", path)).status).toBe(204);
  expect(trunk.credential_uuid).toBe(credential_uuid);
  simulator.behaviour.deletedReference = "null";
  simulator.store.addCredential({ credential_uuid });
  await request("DELETE", path);
  expect(trunk.credential_uuid).toBeNull();
});
