import { expect, test } from "@jest/globals";
import { lines, setup } from "../testing/scripted-server";
import { simulatedClient } from "../testing/simulated-client";

const OPEN = {
  name: "sbc",
  uri: "sip.example.com;transport=tls",
  authenticationNeeded: false,
  username: null,
  password: null,
};
const CLOSED = { ...OPEN, authenticationNeeded: true, username: "user1", password: "hunter2!" };
const wire = { uri_uuid: "u-1", name: "sbc", uri: "sip.example.com", authentication_needed: true, username: "user1" };

test("user name and password are sent with authentication only, always both", async () => {
  const { plivo, requests } = await simulatedClient({ seed: { originationUris: [wire] } });
  await plivo.originationUris.create(OPEN);
  await plivo.originationUris.create(CLOSED);
  await plivo.originationUris.update("u-1", OPEN);
  await plivo.originationUris.update("u-1", CLOSED);
  const open = { name: "sbc", uri: OPEN.uri, authentication_needed: false };
  const closed = { ...open, authentication_needed: true, username: "user1", password: "***" };
  expect(requests.map(({ body }) => body)).toEqual([open, closed, open, closed]);
});

test("a URI is read, and a user name that is not in use reads as none", async () => {
  const { plivo } = await setup([{ json: wire }, { json: { object: { ...wire, authentication_needed: false } } }]);
  const expected = {
    uriUuid: "u-1",
    name: "sbc",
    uri: "sip.example.com",
    authenticationNeeded: true,
    username: "user1",
  };
  expect(await plivo.originationUris.get("u-1")).toEqual(expected);
  expect(await plivo.originationUris.get("u-1")).toEqual({ ...expected, authenticationNeeded: false, username: null });
});

test("URIs are listed and deleted at their own path", async () => {
  const { plivo, requests, simulator } = await simulatedClient({ seed: { originationUris: [wire] } });
  expect((await plivo.originationUris.list()).map(({ uriUuid }) => uriUuid)).toEqual(["u-1"]);
  await plivo.originationUris.delete("u-1");
  expect(simulator.store.originationUris.size).toBe(0);
  expect(lines(requests)).toEqual(["GET Zentrunk/URI/", "DELETE Zentrunk/URI/u-1/"]);
});
