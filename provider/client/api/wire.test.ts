import { expect, test } from "@jest/globals";
import * as z from "zod";
import { flag, given, id, listOf, optionalId, optionalText, row, single } from "./wire";

test("a body leaves out what is null or undefined, and keeps false and the empty list", () => {
  expect(given({ trunk_id: "1", secure: false, ip_addresses: [], name: null, uri: undefined })).toEqual({
    trunk_id: "1",
    secure: false,
    ip_addresses: [],
  });
});

test("a row reads what it names, absent optional keys included, and drops the rest", () => {
  const schema = row({
    trunkId: ["trunk_id", id],
    ipaclUuid: ["ipacl_uuid", optionalId],
    alias: ["alias", optionalText],
    secure: ["secure", flag],
  });
  const empty = { ipaclUuid: null, alias: null, secure: false };
  expect(schema.parse({ trunk_id: "1", surprise: 1 })).toEqual({ trunkId: "1", ...empty });
  expect(schema.parse({ trunk_id: 17, ipacl_uuid: "", alias: null, secure: null })).toEqual({
    trunkId: "17",
    ...empty,
  });
});

test.each([null, "", 1.5, 2 ** 60, -1, {}, []])("%j is no id", (value) => {
  expect(id.safeParse(value).success).toBe(false);
});

test("a wrong type in a field that is used is rejected", () => {
  expect(row({ secure: ["secure", flag] }).safeParse({ secure: "yes" }).success).toBe(false);
  expect(row({ uuid: ["uuid", optionalId] }).safeParse({ uuid: {} }).success).toBe(false);
  expect(row({ trunkId: ["trunk_id", id] }).safeParse([]).success).toBe(false);
});

test("__proto__ in a response is a key like any other", () => {
  const hostile: unknown = JSON.parse('{"__proto__": {"trunk_id": "evil", "trunkId": "evil"}, "api_id": "1"}');
  expect(row({ trunkId: ["trunk_id", id] }).safeParse(hostile).success).toBe(false);
  expect(Reflect.get({}, "trunkId")).toBeUndefined();
});

test("a single object is found bare and wrapped", () => {
  const schema = single(z.object({ a: z.number() }));
  expect([schema.parse({ a: 1 }), schema.parse({ api_id: "x", object: { a: 1 } })]).toEqual([{ a: 1 }, { a: 1 }]);
});

test("the first bad item ends a list: those after it are not even read", () => {
  let read = 0;
  const item = z.custom((value) => {
    read += 1;
    return value !== "bad";
  });
  const given = ["good", "bad", ...Array.from({ length: 100 }, () => "bad")];
  const result = listOf(item, 200).safeParse(given);
  expect([read, result.error?.issues.map(({ path }) => path)]).toEqual([2, [[1]]]);
  expect(listOf(item, 100).safeParse(given).success).toBe(false);
  expect(read).toBe(2);
});
