import { createServer } from "node:net";
import { expect, test } from "@jest/globals";
import { version } from "../../../package.json";
import { lines, type Reply, rejection, setup, TRUNK } from "../testing/scripted-server";
import * as errors from "./errors";

const FIELDS = { name: "eu", trunkDirection: "inbound", primaryUriUuid: "uri-1" };
const created = { status: 201, json: { api_id: "a", message: "created", trunk_id: "123" } };

test("every request carries Basic auth, JSON headers, and goes to the account's path", async () => {
  const { plivo, requests, authId, authToken } = await setup([{ json: TRUNK }, created]);
  await plivo.trunks.get("123");
  await plivo.trunks.create(FIELDS);
  const basic = `Basic ${Buffer.from(`${authId}:${authToken}`).toString("base64")}`;
  const common = { authorization: basic, accept: "application/json", "user-agent": `pulumi-plivo/${version}` };
  expect(requests.map(({ headers }) => headers)).toEqual([
    expect.objectContaining(common),
    expect.objectContaining({ ...common, "content-type": "application/json" }),
  ]);
  expect(lines(requests)).toEqual(["GET Zentrunk/Trunk/123/", "POST Zentrunk/Trunk/"]);
});

test.each<[string, Reply]>([
  ["a dropped connection", "drop"],
  ["a cut body", "cut"],
  ["an empty body", {}],
  ["HTML with 200", { text: "<html>login</html>" }],
  ["wrong types", { json: { ...TRUNK, secure: "maybe" } }],
  ["408", { status: 408 }],
  ["429", { status: 429 }],
  ["500", { status: 500, json: { error: "oops" } }],
  ["502 in HTML", { status: 502, text: "<h1>Bad Gateway</h1>" }],
])("a read is retried after %s", async (_, reply) => {
  const { plivo, requests } = await setup([reply, { json: TRUNK }]);
  expect((await plivo.trunks.get("123")).name).toBe("eu");
  expect(requests).toHaveLength(2);
});

test.each<[string, Reply, unknown]>([
  ["a dropped connection", "drop", errors.ConnectionError],
  ["a cut body", "cut", errors.InvalidResponseError],
  ["an empty 201", { status: 201 }, errors.InvalidResponseError],
  ["a 201 without id", { status: 201, json: { api_id: "a", message: "created" } }, errors.InvalidResponseError],
  ["half a JSON", { status: 201, text: '{"trunk_id": "1' }, errors.InvalidResponseError],
  ["HTML with 200", { text: "<html>login</html>" }, errors.InvalidResponseError],
  ["408", { status: 408 }, errors.ServerError],
  ["500", { status: 500, json: { api_id: "a", error: "oops" } }, errors.ServerError],
  ["502 in HTML", { status: 502, text: "<h1>Bad Gateway</h1>" }, errors.ServerError],
])("a create is sent once, with unknown outcome, after %s", async (_, reply, ErrorClass) => {
  const { plivo, requests } = await setup([reply, created]);
  const error = await rejection(plivo.trunks.create(FIELDS));
  expect(error).toBeInstanceOf(ErrorClass);
  expect(error).toMatchObject({
    outcome: "indeterminate",
    message: expect.stringContaining("Plivo may have created the trunk"),
  });
  expect(requests).toHaveLength(1);
});

test("a create over a connection without TLS cannot have acted, and the error says what to check", async () => {
  const plain = await setup([created]);
  const { plivo } = await setup([], { options: { baseUrl: plain.baseUrl.replace("http:", "https:") } });
  const error = await rejection(plivo.trunks.create(FIELDS));
  expect(error).toBeInstanceOf(errors.ConnectionError);
  const advice = expect.stringContaining("does not speak https as it should; check the base URL");
  expect(error).toMatchObject({ outcome: "not-sent", message: advice });
});

test("a create whose connection breaks in the TLS handshake is retried", async () => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on("error", () => undefined).on("data", () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const { plivo } = await setup([], { options: { baseUrl: `https://127.0.0.1:${port}/v1`, maxRetries: 2 } });
  const error = await rejection(plivo.trunks.create(FIELDS));
  server.close();
  expect([connections, error]).toEqual([3, expect.objectContaining({ outcome: "not-sent" })]);
});

test("a create is retried after 429", async () => {
  const { plivo, requests, clock } = await setup([{ status: 429, headers: { "retry-after": "7" } }, created]);
  expect(await plivo.trunks.create(FIELDS)).toEqual({ trunkId: "123" });
  expect([requests.length, clock.sleeps]).toEqual([2, [7_000]]);
});

test.each([400, 401, 403, 404, 405, 409, 422, 501])("status %d is final, for reads and creates", async (status) => {
  const { plivo, requests } = await setup([{ status, json: { api_id: "9f", error: "no" } }]);
  expect(await rejection(plivo.trunks.get("123"))).toMatchObject({ status, apiId: "9f", outcome: "rejected" });
  expect(await rejection(plivo.trunks.create(FIELDS))).toMatchObject({ status, outcome: "rejected" });
  expect(requests).toHaveLength(2);
});

test.each<[Reply, string]>([
  [{ status: 400, json: { api_id: "1a", error: "name already exists" } }, '400 "name already exists" (api_id 1a): '],
  [{ status: 400, json: { error: { name: ["taken"] } } }, `400 "{'name':['taken']}": `],
  [{ status: 400, json: { message: "bad" } }, '400 "bad": '],
  [{ status: 400, json: ["odd"] }, `400 "['odd']": `],
  [{ status: 400, text: "plain words" }, '400 "plain words": '],
  [{ status: 400 }, "POST Zentrunk/Trunk/ -> 400: "],
  [{ status: 413, text: "<html><script>x()</script><b>Too   large</b></html>" }, '413 "Too large": '],
  [{ status: 400, text: `{"error": ${"[".repeat(200_000)}${"]".repeat(200_000)}}` }, "POST Zentrunk/Trunk/ -> 400: "],
])("whatever shape an error body has, the message is one clear line (%#)", async (reply, expected) => {
  const { plivo } = await setup([reply]);
  const { message } = await rejection(plivo.trunks.create(FIELDS));
  expect(message).toContain(expected);
  expect(message).not.toContain("\n");
});

test("a web page with 404 does not mean that an object is deleted", async () => {
  const { plivo } = await setup([{ status: 404, text: "<html>404 Not Found</html>" }]);
  const error = await rejection(plivo.trunks.get("123"));
  expect([errors.NotFoundError.isInstance(error), errors.InvalidResponseError.isInstance(error)]).toEqual([
    false,
    true,
  ]);
});

test("retries end after maxRetries, and the error says how many and how long", async () => {
  const { plivo, requests, logged } = await setup([{ status: 503 }]);
  const { message } = await rejection(plivo.trunks.get("123"));
  expect(requests).toHaveLength(6);
  expect(message).toContain("-> 503, 6 times in 7.8 s: ");
  expect(logged).toEqual(["info: Plivo responded 503; attempt 6 of 6 of GET Zentrunk/Trunk/123/ in 4 s"]);
});

test("nothing is retried when maxRetries is 0", async () => {
  const { plivo, requests } = await setup([{ status: 429 }], { options: { maxRetries: 0 } });
  expect(await rejection(plivo.trunks.get("123"))).toBeInstanceOf(errors.RateLimitError);
  expect(requests).toHaveLength(1);
});

test("429 is waited out beyond maxRetries, and the wait is logged", async () => {
  const slow: Reply = { status: 429, headers: { "retry-after": "3" } };
  const { plivo, requests, logged } = await setup((_, n) => (n < 9 ? slow : { json: TRUNK }), {
    options: { maxRetries: 1 },
  });
  await plivo.trunks.get("123");
  expect(requests).toHaveLength(10);
  expect(logged[0]).toBe("info: Plivo asked to slow down; waiting 3 s before GET Zentrunk/Trunk/123/");
});

test("a 429 does not count as a retry", async () => {
  const { plivo, requests } = await setup([{ status: 429 }, { status: 503 }, { json: TRUNK }], {
    options: { maxRetries: 1 },
  });
  await plivo.trunks.get("123");
  expect(requests).toHaveLength(3);
});

test("a Retry-After beyond the deadline fails at once and reports both times", async () => {
  const { plivo, clock } = await setup([{ status: 429, headers: { "retry-after": "600" } }]);
  const error = await rejection(plivo.trunks.get("123"));
  expect(error).toBeInstanceOf(errors.RateLimitError);
  expect(error.message).toContain("Plivo asks to wait 600 s, and 120 s are left");
  expect(clock.sleeps).toEqual([]);
});

test("one caller's 429 pauses every caller of the account", async () => {
  const first = await setup((_, n) => (n === 0 ? { status: 429, headers: { "retry-after": "600" } } : { json: TRUNK }));
  await rejection(first.plivo.trunks.get("1"));
  const error = await rejection(first.plivo.trunks.get("2"));
  expect(error).toMatchObject({ name: "DeadlineExceededError", outcome: "not-sent" });
  expect(first.requests).toHaveLength(1);
});

test("the 301st request within 5 s waits for the window, and the wait is logged", async () => {
  const { plivo, clock, logged, requests } = await setup(() => ({ json: TRUNK }));
  await Promise.all(Array.from({ length: 301 }, () => plivo.trunks.get("123")));
  expect(clock.sleeps).toEqual([5_100]);
  expect(logged).toEqual(["info: Plivo takes 300 requests in 5 s; waiting 5.1 s before GET Zentrunk/Trunk/123/"]);
  expect(requests).toHaveLength(301);
});

test.each<Reply>(["hang", "drip"])(
  "a server that responds with '%s' ends in a timeout of the whole attempt",
  async (reply) => {
    const { plivo, requests } = await setup([reply], { options: { requestTimeout: 1, maxRetries: 1 } });
    const error = await rejection(plivo.trunks.get("1"));
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "indeterminate" });
    expect(error.message).toContain("no complete response within 1");
    expect(requests).toHaveLength(2);
  },
);

test("an attempt ends at the deadline, with a DeadlineExceededError", async () => {
  const { client, clock, requests } = await setup(["hang"]);
  const plivo = client.withContext({ deadline: clock.now() + 50, log: () => undefined });
  const error = await rejection(plivo.trunks.create(FIELDS));
  expect(error).toMatchObject({ name: "DeadlineExceededError", outcome: "indeterminate" });
  expect(clock.elapsed).toBe(50);
  expect(requests).toHaveLength(1);
});

test("a 503 below Zentrunk says that the path may be wrong: Plivo responds so to paths that do not exist", async () => {
  const { plivo } = await setup([{ status: 503 }], { options: { maxRetries: 0 } });
  expect((await rejection(plivo.trunks.get("1"))).message).toContain("or the base URL leads to a wrong path");
  expect((await rejection(plivo.numbers.get("1415"))).message).not.toContain("wrong path");
});

test("nothing is sent after the deadline", async () => {
  const { plivo, requests } = await setup([{ json: TRUNK }], { operation: { deadline: 0 } });
  expect(await rejection(plivo.trunks.get("1"))).toMatchObject({ name: "DeadlineExceededError", outcome: "not-sent" });
  expect(requests).toHaveLength(0);
});

test("cancelling ends a read in flight", async () => {
  const abort = new AbortController();
  const { plivo } = await setup(
    () => {
      setImmediate(() => abort.abort());
      return "hang";
    },
    { operation: { signal: abort.signal } },
  );
  expect(await rejection(plivo.trunks.get("1"))).toMatchObject({ name: "CancelledError", outcome: "not-sent" });
});

test("cancelling never cuts a write off: its response is still returned", async () => {
  const abort = new AbortController();
  const { plivo } = await setup(
    () => {
      abort.abort();
      return created;
    },
    { operation: { signal: abort.signal } },
  );
  expect(await plivo.trunks.create(FIELDS)).toEqual({ trunkId: "123" });
  expect(await rejection(plivo.trunks.delete("1"))).toMatchObject({ name: "CancelledError", outcome: "not-sent" });
});

test("cancelling ends the wait for a retry, and reports what the previous attempt may have done", async () => {
  const abort = new AbortController();
  const { plivo, requests } = await setup(
    () => {
      abort.abort();
      return { status: 503 };
    },
    { operation: { signal: abort.signal } },
  );
  const error = await rejection(plivo.trunks.delete("1"));
  expect(error).toMatchObject({ name: "CancelledError", outcome: "indeterminate" });
  expect(error.message).toContain("-> 503");
  expect(requests).toHaveLength(1);
});

test("a create is retried after a refused connection, and is not-sent if that fails too", async () => {
  const gone = { baseUrl: "http://127.0.0.1:1/v1", maxRetries: 1 };
  const { plivo } = await setup([], { options: gone });
  expect(await rejection(plivo.trunks.create(FIELDS))).toMatchObject({
    name: "ConnectionError",
    outcome: "not-sent",
    message: expect.stringMatching(/no response \(.*ECONNREFUSED.*\), 2 times in .* s: nothing listens there/),
  });
});

test("a delete whose first response was lost is indeterminate, also when no later attempt was sent", async () => {
  let stop = () => {};
  const running = await setup(() => {
    stop();
    return "drop";
  });
  stop = running.stop;
  const error = await rejection(running.plivo.trunks.delete("1"));
  expect(error).toMatchObject({
    name: "ConnectionError",
    outcome: "indeterminate",
    message: expect.stringContaining("ECONNREFUSED"),
  });
});

test("an update whose response is HTML or half a JSON does not count as done", async () => {
  const { plivo, requests } = await setup([{ text: "<html>login</html>" }, { text: '{"message"' }, { status: 204 }]);
  await plivo.trunks.delete("1");
  expect(requests).toHaveLength(3);
});
