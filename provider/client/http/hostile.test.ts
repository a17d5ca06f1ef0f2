import { inspect } from "node:util";
import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "@jest/globals";
import { lines, rejection, setup, TRUNK } from "../testing/scripted-server";
import * as errors from "./errors";

const FIELDS = { name: "n", trunkDirection: "inbound", primaryUriUuid: "uri-1" };

test("redirects are not followed, and credentials reach no other host", async () => {
  const other = await setup([{ json: TRUNK }]);
  const { plivo, requests } = await setup([{ status: 302, headers: { location: `${other.baseUrl}/x?token=1` } }]);
  const error = await rejection(plivo.trunks.get("1"));
  expect(error).toBeInstanceOf(errors.InvalidResponseError);
  expect(error.message).toMatch(/-> 302, but it redirects to 127\.0\.0\.1:\d+, which is not followed: /);
  expect([other.requests.length, requests.length]).toEqual([0, 1]);
});

test("a body beyond 5 MB is not read to the end, compressed or not", async () => {
  const big = Buffer.alloc(6 * 1024 * 1024, " ");
  const replies = [{ text: big }, { text: gzipSync(big), headers: { "content-encoding": "gzip" } }];
  const { plivo } = await setup(replies, { options: { maxRetries: 0 } });
  for (const _ of replies) {
    expect((await rejection(plivo.trunks.get("1"))).message).toContain("a response of more than 5242880 bytes");
  }
});

const many = `{"objects":[${"{},".repeat(1_600_000)}{}]}`;
const bombs: readonly { what: string; text: string; message: string }[] = [
  { what: "1.6 million empty rows", text: many, message: "more than 500000 values in a body" },
  {
    what: "1,200 rows",
    text: `{"objects":[${"{},".repeat(1_199)}{}]}`,
    message: "objects: more than 1000 of them",
  },
  { what: "half a million levels", text: "[".repeat(600_000), message: "more than 500000 values in a body" },
  {
    what: "400,000 levels",
    text: `${"[".repeat(400_000)}${"]".repeat(400_000)}`,
    message: "(Invalid input: expected object",
  },
  {
    what: "400,000 keys",
    text: `{${Array.from({ length: 400_000 }, (_, n) => `"k${n}":1`).join()}}`,
    message: "objects: Invalid input",
  },
  { what: "a key of 4 MB", text: `{"${"k".repeat(4e6)}":1}`, message: "objects: Invalid input" },
];
const encodings = {
  plain: (text: string) => Buffer.from(text),
  gzip: gzipSync,
  deflate: deflateSync,
  br: (text: string) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
};
const bombTable = bombs.flatMap((bomb) => Object.keys(encodings).map((encoding) => ({ ...bomb, encoding })));

test.each(bombTable)("$what, $encoding, are not read one by one", async ({ text, encoding, message }) => {
  const body = encodings[encoding as keyof typeof encodings](text);
  const headers = encoding === "plain" ? {} : { "content-encoding": encoding };
  const { plivo, requests } = await setup([{ text: body, headers }], { options: { maxRetries: 0 } });
  expect((await rejection(plivo.trunks.list())).message).toContain(message);
  expect(requests[0]?.headers["accept-encoding"]).toBe("gzip");
});

test.each([many, `{"error":${"[".repeat(400_000)}${"]".repeat(400_000)}}`, `{"error":[${"1,".repeat(200_000)}1]}`])(
  "an error of %.20s costs no more",
  async (text) => {
    const { plivo } = await setup([{ status: 400, text: gzipSync(text), headers: { "content-encoding": "gzip" } }]);
    const { message } = await rejection(plivo.trunks.list());
    expect(message).toMatch(/-> 400/);
    expect(message.length).toBeLessThan(400);
  },
);

test("a response about another object is invalid", async () => {
  const other = { ...TRUNK, trunk_id: "999" };
  const options = { maxRetries: 0 };
  const aboutAnother = /trunk_id: it is about another object/;
  for (const json of [other, { object: other }]) {
    const { plivo } = await setup([{ json }], { options });
    const error = await rejection(plivo.trunks.get("123"));
    expect(error).toMatchObject({ name: "InvalidResponseError", message: expect.stringMatching(aboutAnother) });
    for (const write of [() => plivo.trunks.delete("123"), () => plivo.trunks.update("123", FIELDS)])
      expect(await rejection(write())).toMatchObject({
        outcome: "indeterminate",
        message: expect.stringMatching(aboutAnother),
      });
  }
  const { plivo } = await setup([{ json: { number: "14155550101" } }], { options });
  for (const work of [() => plivo.numbers.get("+14155550100"), () => plivo.numbers.route("14155550100", "1")])
    expect((await rejection(work())).message).toContain("number: it is about another object");
});

test("the same object in another spelling, and a response that names none, are fine", async () => {
  const number = { number: "+1 415-555-0100" };
  const { plivo } = await setup((seen) => ({ json: seen.path.startsWith("Number") ? number : { message: "changed" } }));
  expect((await plivo.numbers.get("14155550100")).number).toBe("+1 415-555-0100");
  await plivo.numbers.route("+14155550100", "1");
  await plivo.credentials.update("AB-1", { name: "n", username: "user1", password: "hunter2!" });
  const upper = await setup([{ json: { credential_uuid: "AB-1", name: "n", username: "u" } }]);
  expect((await upper.plivo.credentials.get("ab-1")).credentialUuid).toBe("AB-1");
});

test.each(["", "../x", "a b", "a\u001b]0;x\u0007", "x".repeat(300)])(
  "a create that returns the id %j is indeterminate",
  async (id) => {
    const { plivo } = await setup([{ json: { trunk_id: id } }]);
    expect(await rejection(plivo.trunks.create(FIELDS))).toMatchObject({ outcome: "indeterminate" });
  },
);

test("a create that returns the id of an object that this process has created already is indeterminate", async () => {
  const { plivo } = await setup([{ json: { trunk_id: "1" } }]);
  await plivo.trunks.create(FIELDS);
  const error = await rejection(plivo.trunks.create(FIELDS));
  expect(error).toMatchObject({ outcome: "indeterminate" });
  expect(error.message).toContain("trunk_id: it cannot be the id of a new object");
});

test("a compressed response is read", async () => {
  const text = gzipSync(JSON.stringify(TRUNK));
  const { plivo } = await setup([{ text, headers: { "content-encoding": "gzip" } }]);
  expect((await plivo.trunks.get("123")).trunkId).toBe("123");
});

test("no secret is quoted, even when the server quotes it", async () => {
  const password = "hunter2!";
  const { plivo, authId, authToken } = await setup((seen) => ({
    status: 400,
    json: { api_id: authToken, error: `${JSON.stringify(seen.body)} ${seen.headers.authorization} ${authToken}` },
  }));
  const { message, stack } = await rejection(plivo.credentials.create({ name: "n", username: "user1", password }));
  for (const secret of [password, authToken, Buffer.from(`${authId}:${authToken}`).toString("base64")]) {
    expect(`${message} ${stack}`).not.toContain(secret);
  }
  expect(message).toContain("[hidden]");
});

test("an error carries nothing of the request that made it", async () => {
  const { plivo, authToken } = await setup(["drop"], { options: { maxRetries: 0 } });
  const error = await rejection(plivo.credentials.create({ name: "n", username: "user1", password: "hunter2!" }));
  const shown = inspect(error, { depth: 9, showHidden: true });
  expect([shown.includes(authToken), shown.includes("hunter2!"), shown.includes("Basic ")]).toEqual([
    false,
    false,
    false,
  ]);
});

test.each(["", "a/b", "..", "a.b", "a\\b", "a?b", "a#b", "a%2fb", "a b", "a\n", "x".repeat(300), "\ud800"])(
  "%j is rejected as an id before anything is sent",
  async (id) => {
    const { plivo, requests } = await setup([{ json: TRUNK }]);
    for (const attempt of [plivo.trunks.get(id), plivo.trunks.delete(id)]) {
      expect(await rejection(attempt)).toMatchObject({ name: "InvalidIdError", outcome: "not-sent", status: null });
    }
    expect(requests).toHaveLength(0);
  },
);

test("an id is encoded into the path", async () => {
  const { plivo, requests } = await setup([{ json: { ...TRUNK, trunk_id: "a:b&c" } }]);
  await plivo.trunks.get("a:b&c");
  expect(lines(requests)).toEqual(["GET Zentrunk/Trunk/a%3Ab%26c/"]);
});

test.each<[string, Parameters<typeof setup>[0]]>([
  ["the text of an ingress", [{ status: 404, text: "default backend - 404" }]],
  ["a web page", [{ status: 404, text: "<html>not found</html>" }]],
  ["nothing", [{ status: 404 }]],
  ["a list", [{ status: 404, json: [] }]],
  ["the JSON of an API gateway", [{ status: 404, json: { message: "no Route matched with those values" } }]],
])("a 404 that is %s does not mean that an object is deleted", async (_, replies) => {
  const { plivo } = await setup(replies);
  const error = await rejection(plivo.trunks.get("1"));
  expect(error).toBeInstanceOf(errors.InvalidResponseError);
  expect(error.message).toContain("is not from Plivo's API");
});

test.each([{ api_id: "a" }, { api_id: "a", error: "not found" }, { error: { message: "not found" } }])(
  "a 404 with %j means that the object is deleted",
  async (json) => {
    const { plivo } = await setup([{ status: 404, json }]);
    expect(await rejection(plivo.trunks.get("1"))).toBeInstanceOf(errors.NotFoundError);
  },
);
