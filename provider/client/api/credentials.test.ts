import { expect, test } from "@jest/globals";
import { lines } from "../testing/scripted-server";
import { simulatedClient } from "../testing/simulated-client";

const FIELDS = { name: "pbx", username: "user1", password: "hunter2!" };

test("a credential is created, read, listed and deleted at its own path", async () => {
  const { plivo, requests, simulator } = await simulatedClient();
  const { credentialUuid: id } = await plivo.credentials.create(FIELDS);
  const expected = { credentialUuid: id, name: "pbx", username: "user1" };
  expect(await plivo.credentials.get(id)).toEqual(expected);
  expect(await plivo.credentials.list()).toEqual([expected]);
  await plivo.credentials.delete(id);
  expect(simulator.store.credentials.size).toBe(0);
  expect(lines(requests)).toEqual([
    "POST Zentrunk/Credential/",
    `GET Zentrunk/Credential/${id}/`,
    "GET Zentrunk/Credential/",
    `DELETE Zentrunk/Credential/${id}/`,
  ]);
});

test("an update sends name, username and password together, and is retried when its response is lost", async () => {
  const before = { credential_uuid: "c-1", username: "user0", password: "hunter1!" };
  const { plivo, requests, simulator } = await simulatedClient({ seed: { credentials: [before] } });
  simulator.faults.add({ method: "POST", do: { kind: "drop-before" } });
  await plivo.credentials.update("c-1", { ...FIELDS, ...{ forceDestroy: false } });
  const body = { ...FIELDS, password: "***" };
  expect(requests.map((request) => request.body)).toEqual([body, body]);
  expect(simulator.store.credentials.get("c-1")).toMatchObject(FIELDS);
});
