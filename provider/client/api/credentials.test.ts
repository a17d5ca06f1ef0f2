import { expect, test } from "@jest/globals";
import { lines, setup } from "../testing/scripted-server";

const FIELDS = { name: "pbx", username: "user1", password: "hunter2!" };

test("a credential is created, read, listed and deleted at its own path", async () => {
  const wire = { credential_uuid: "c-1", name: "pbx", username: "user1" };
  const { plivo, requests } = await setup([
    { json: { api_id: "a", message: "created", credential_uuid: "c-1" } },
    { json: wire },
    { json: { objects: [wire] } },
    { status: 204 },
  ]);
  const expected = { credentialUuid: "c-1", name: "pbx", username: "user1" };
  expect(await plivo.credentials.create(FIELDS)).toEqual({ credentialUuid: "c-1" });
  expect(await plivo.credentials.get("c-1")).toEqual(expected);
  expect(await plivo.credentials.list()).toEqual([expected]);
  await plivo.credentials.delete("c-1");
  expect(lines(requests)).toEqual([
    "POST Zentrunk/Credential/",
    "GET Zentrunk/Credential/c-1/",
    "GET Zentrunk/Credential/",
    "DELETE Zentrunk/Credential/c-1/",
  ]);
});

test("an update sends name, username and password together, and is retried when its response is lost", async () => {
  const { plivo, requests } = await setup(["drop", { status: 202, json: { message: "changed" } }]);
  await plivo.credentials.update("c-1", { ...FIELDS, ...{ forceDestroy: false } });
  expect(requests.map(({ body }) => body)).toEqual([FIELDS, FIELDS]);
});
