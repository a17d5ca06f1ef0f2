import { expect, test } from "@jest/globals";
import type { SimulatorOptions } from "pulumi-plivo/simulator";
import { lines, rejection, setup, TRUNK } from "../testing/scripted-server";
import { simulatedClient } from "../testing/simulated-client";

const FIELDS = {
  name: "eu",
  trunkDirection: "inbound",
  trunkStatus: "enabled",
  secure: false,
  ipaclUuid: null,
  credentialUuid: undefined,
  primaryUriUuid: "uri-1",
  fallbackUriUuid: null,
};
const BODY = {
  name: "eu",
  trunk_direction: "inbound",
  trunk_status: "enabled",
  secure: false,
  primary_uri_uuid: "uri-1",
};
const uris = [
  { uri_uuid: "uri-1", uri: "a.example.com" },
  { uri_uuid: "uri-2", uri: "b.example.com" },
];
const row = { trunk_id: "123", name: "old", trunk_direction: "inbound", primary_uri_uuid: "uri-1" } as const;

/** Trunk 123 of an account, which has a fallback URI. */
function withFallback(behaviour: SimulatorOptions["behaviour"] = {}) {
  const trunks = [{ ...row, fallback_uri_uuid: "uri-2" }];
  return simulatedClient({ seed: { originationUris: uris, trunks }, behaviour });
}

test("a trunk is read in camelCase, with empty references as null, wrapped or bare", async () => {
  const { plivo } = await setup([{ json: { api_id: "a", object: TRUNK } }, { json: TRUNK }]);
  const expected = {
    trunkId: "123",
    trunkDomain: "123.zt.plivo.com",
    name: "eu",
    trunkStatus: "enabled",
    trunkDirection: "inbound",
    secure: false,
    ipaclUuid: null,
    credentialUuid: null,
    primaryUriUuid: "uri-1",
    fallbackUriUuid: null,
  };
  expect(await plivo.trunks.get("123")).toEqual(expected);
  expect(await plivo.trunks.get("123")).toEqual(expected);
});

test("a create sends what is set, nothing else that the caller passes, and returns the id", async () => {
  const { plivo, requests, simulator } = await simulatedClient({ seed: { originationUris: uris } });
  const { trunkId } = await plivo.trunks.create({ ...FIELDS, ...{ forceDestroy: true } });
  expect([...simulator.store.trunks.keys()]).toEqual([trunkId]);
  expect(requests.map(({ body }) => body)).toEqual([BODY]);
});

test("an update sends the given fields, reads back and returns that: two requests", async () => {
  const { plivo, requests } = await withFallback();
  expect(await plivo.trunks.update("123", FIELDS, [])).toMatchObject({ trunkId: "123", name: "eu" });
  expect(lines(requests)).toEqual(["POST Zentrunk/Trunk/123/", "GET Zentrunk/Trunk/123/"]);
  expect(requests[0]?.body).toEqual(BODY);
});

test("a reference is cleared with null and verified to be cleared: two requests", async () => {
  const { plivo, requests } = await withFallback();
  expect((await plivo.trunks.update("123", FIELDS, ["fallbackUriUuid"])).fallbackUriUuid).toBeNull();
  expect(requests[0]?.body).toEqual({ ...BODY, fallback_uri_uuid: null });
  expect(requests).toHaveLength(2);
});

test.each<[string, SimulatorOptions["behaviour"]]>([
  ["is taken and ignored", { clearWith: "empty" }],
  ["is rejected with 400", { clearWith: "reject-null" }],
  ["is rejected with 404", { clearWith: "reject-null", rejectedClearingStatus: 404 }],
  ["is rejected with 422", { clearWith: "reject-null", rejectedClearingStatus: 422 }],
])("where null %s, an empty text clears a reference", async (_, behaviour) => {
  const { plivo, requests, simulator } = await withFallback(behaviour);
  await plivo.trunks.update("123", FIELDS, ["fallbackUriUuid"]);
  expect(simulator.store.trunks.get("123")?.fallback_uri_uuid).toBeNull();
  expect(requests.map(({ method }) => method)).toEqual(["POST", "GET", "POST", "GET"]);
  expect(requests[2]?.body).toEqual({ ...BODY, fallback_uri_uuid: "" });
});

test("a reference that stays set after both is an error that names it", async () => {
  const { plivo, requests } = await withFallback({ clearWith: "ignored" });
  const error = await rejection(plivo.trunks.update("123", FIELDS, ["fallbackUriUuid", "ipaclUuid"]));
  expect(error).toMatchObject({ name: "BadRequestError", outcome: "rejected" });
  expect(error.message).toContain('POST Zentrunk/Trunk/123/ -> fallback_uri_uuid still set after null and ""');
  expect(requests).toHaveLength(4);
});

test("an update that is rejected for another reason than the clearing reports that reason", async () => {
  const { plivo, simulator } = await withFallback();
  const error = "name already exists";
  const fault = simulator.faults.add({
    method: "POST",
    times: 9,
    do: { kind: "status", status: 400, body: { error } },
  });
  expect((await rejection(plivo.trunks.update("123", FIELDS, ["fallbackUriUuid"]))).message).toContain(
    'fallback_uri_uuid still set after null (400 "name already exists") and "" (400 "name already exists")',
  );
  fault.remove();
  simulator.clearRequests();
  simulator.faults.add({ method: "POST", times: 9, do: { kind: "status", status: 401 } });
  await rejection(plivo.trunks.update("123", FIELDS, ["ipaclUuid"]));
  expect(simulator.requests).toHaveLength(1);
});

test("a delete accepts any 2xx, and a 404 is a NotFoundError that the caller may treat as done", async () => {
  const { plivo, simulator } = await withFallback();
  simulator.faults.add({ do: { kind: "body", status: 200, body: { message: "deleted" }, acts: false } });
  await plivo.trunks.delete("123");
  await plivo.trunks.delete("123");
  expect(await rejection(plivo.trunks.delete("123"))).toMatchObject({ name: "NotFoundError" });
});
