import { expect, test } from "@jest/globals";
import { lines, type Reply, rejection, setup, TRUNK } from "../testing/scripted-server";

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
const changed: Reply = { status: 202, json: { message: "changed", api_id: "a" } };
const readBack: Reply = { json: { api_id: "a", object: TRUNK } };
const stillSet: Reply = { json: { ...TRUNK, fallback_uri_uuid: "uri-2" } };

test("a trunk is read in camelCase, with empty references as null, wrapped or bare", async () => {
  const { plivo } = await setup([readBack, { json: TRUNK }]);
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
  const { plivo, requests } = await setup([{ json: { api_id: "a", trunk_id: "123", message: "created" } }]);
  const more = { ...FIELDS, forceDestroy: true };
  expect(await plivo.trunks.create(more)).toEqual({ trunkId: "123" });
  expect(requests.map(({ body }) => body)).toEqual([BODY]);
});

test("an update sends the given fields, reads back and returns that: two requests", async () => {
  const { plivo, requests } = await setup([changed, readBack]);
  expect(await plivo.trunks.update("123", FIELDS, [])).toMatchObject({ trunkId: "123", name: "eu" });
  expect(lines(requests)).toEqual(["POST Zentrunk/Trunk/123/", "GET Zentrunk/Trunk/123/"]);
  expect(requests[0]?.body).toEqual(BODY);
});

test("a reference is cleared with null and verified to be cleared: two requests", async () => {
  const { plivo, requests } = await setup([changed, readBack]);
  expect((await plivo.trunks.update("123", FIELDS, ["fallbackUriUuid"])).fallbackUriUuid).toBeNull();
  expect(requests[0]?.body).toEqual({ ...BODY, fallback_uri_uuid: null });
  expect(requests).toHaveLength(2);
});

test.each<[string, Reply[], number]>([
  ["is taken and ignored", [changed, stillSet, changed, readBack], 4],
  ["is rejected with 400", [{ status: 400 }, stillSet, changed, readBack], 4],
  ["is rejected with 404", [{ status: 404 }, stillSet, changed, readBack], 4],
  ["is rejected with 422", [{ status: 422 }, stillSet, changed, readBack], 4],
])("where null %s, an empty text clears a reference", async (_, replies, count) => {
  const { plivo, requests } = await setup(replies);
  await plivo.trunks.update("123", FIELDS, ["fallbackUriUuid"]);
  expect(requests).toHaveLength(count);
  expect(requests.at(-2)?.body).toEqual({ ...BODY, fallback_uri_uuid: "" });
});

test("a reference that stays set after both is an error that names it", async () => {
  const { plivo, requests } = await setup([changed, stillSet, changed, stillSet]);
  const error = await rejection(plivo.trunks.update("123", FIELDS, ["fallbackUriUuid", "ipaclUuid"]));
  expect(error).toMatchObject({ name: "BadRequestError", outcome: "rejected" });
  expect(error.message).toContain('POST Zentrunk/Trunk/123/ -> fallback_uri_uuid still set after null and ""');
  expect(requests).toHaveLength(4);
});

test("an update that is rejected for another reason than the clearing reports that reason", async () => {
  const rejected: Reply = { status: 400, json: { error: "name already exists" } };
  const { plivo } = await setup([rejected, stillSet, rejected, stillSet]);
  expect((await rejection(plivo.trunks.update("123", FIELDS, ["fallbackUriUuid"]))).message).toContain(
    'fallback_uri_uuid still set after null (400 "name already exists") and "" (400 "name already exists")',
  );
  const denied = await setup([{ status: 401 }]);
  await rejection(denied.plivo.trunks.update("123", FIELDS, ["ipaclUuid"]));
  expect(denied.requests).toHaveLength(1);
});

test("a delete accepts any 2xx, and a 404 is a NotFoundError that the caller may treat as done", async () => {
  const { plivo } = await setup([
    { status: 204 },
    { json: { message: "deleted" } },
    { status: 404, json: { error: "not found" } },
  ]);
  await plivo.trunks.delete("1");
  await plivo.trunks.delete("1");
  expect(await rejection(plivo.trunks.delete("1"))).toMatchObject({ name: "NotFoundError" });
});
