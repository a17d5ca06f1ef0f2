import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { expect, test } from "@jest/globals";
import * as errors from "./errors";
import { lines, rejection, setup, TRUNK } from "./test-server";

test("redirects are not followed, and credentials reach no other host", async () => {
  const other = await setup([{ json: TRUNK }]);
  const { plivo, requests } = await setup([{ status: 302, headers: { location: `${other.baseUrl}/x?token=1` } }]);
  const error = await rejection(plivo.trunks.get("1"));
  expect(error).toBeInstanceOf(errors.UnreadableAnswerError);
  expect(error.message).toMatch(/-> 302, but it redirects to 127\.0\.0\.1:\d+, which is not followed: /);
  expect([other.requests.length, requests.length]).toEqual([0, 1]);
});

test("a body beyond 5 MB is not read to the end, compressed or not", async () => {
  const big = Buffer.alloc(6 * 1024 * 1024, " ");
  const replies = [{ text: big }, { text: gzipSync(big), headers: { "content-encoding": "gzip" } }];
  const { plivo } = await setup(replies, { options: { maxRetries: 0 } });
  for (const _ of replies) {
    expect((await rejection(plivo.trunks.get("1"))).message).toContain("an answer of more than 5242880 bytes");
  }
});

test("a compressed answer is read", async () => {
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
  "%j is refused as an id before anything is sent",
  async (id) => {
    const { plivo, requests } = await setup([{ json: TRUNK }]);
    for (const attempt of [plivo.trunks.get(id), plivo.trunks.delete(id)]) {
      expect(await rejection(attempt)).toMatchObject({ name: "BadRequestError", outcome: "unreached", status: null });
    }
    expect(requests).toHaveLength(0);
  },
);

test("an id is encoded into the path", async () => {
  const { plivo, requests } = await setup([{ json: TRUNK }]);
  await plivo.trunks.get("a:b&c");
  expect(lines(requests)).toEqual(["GET Zentrunk/Trunk/a%3Ab%26c/"]);
});
