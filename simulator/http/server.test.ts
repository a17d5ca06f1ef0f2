import { createServer } from "node:net";
import { expect, jest, test } from "@jest/globals";
import { type RequestLogEntry, startSimulator } from "../index";
import { basic, networkError, setup } from "../testing/setup";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

test.each([
  { why: "no header", header: () => "" },
  { why: "a wrong token", header: (id: string) => basic(id, "wrong") },
  { why: "a wrong user", header: (_: string, token: string) => basic("MAOTHER", token) },
  { why: "a bearer token", header: (_: string, token: string) => `Bearer ${token}` },
])("$why returns 401", async ({ header }) => {
  const { simulator, request } = await setup();
  const authorization = header(simulator.authId, simulator.authToken);
  const response = await request("GET", "Number/", undefined, { authorization });
  expect(response).toMatchObject({ status: 401, body: { api_id: expect.stringMatching(UUID) } });
});

test("an account does not open another one, and each has its own store", async () => {
  const other = { authId: "MAOTHER", authToken: "other" };
  const { simulator } = await setup({ accounts: [other], seed: { numbers: ["1"] } });
  simulator.storeOf("MAOTHER").addNumber("2");
  const read = (authId: string, user: string, token: string) =>
    fetch(`${simulator.url}/Account/${authId}/Number/`, { headers: { authorization: basic(user, token) } });
  expect((await read("MAOTHER", simulator.authId, simulator.authToken)).status).toBe(401);
  const response = await read("MAOTHER", "MAOTHER", "other");
  expect(await response.json()).toMatchObject({ objects: [{ number: "2" }] });
  expect(simulator.requests.map(({ authId }) => authId)).toEqual(["MAOTHER", "MAOTHER"]);
  expect(() => simulator.storeOf("MANOBODY")).toThrow('There is no account "MANOBODY"');
});

test.each([
  "Zentrunk/Trunks/",
  "Zentrunk/Trunk",
  "Zentrunk/Trunk/1/2/",
  "Zentrunk/Trunk/1",
  "zentrunk/trunk/",
  "Call/",
])("%s returns 501 and lists what exists", async (path) => {
  const { request } = await setup({ behaviour: { errorShape: "absent" } });
  const response = await request("GET", path);
  expect(response.status).toBe(501);
  expect(response.body.error).toContain("GET/POST/DELETE Zentrunk/URI/{id}/");
});

test.each([
  { path: "Zentrunk/Trunks/", status: 503 },
  { path: "Zentrunk/trunk/", status: 503 },
  { path: "Zentrunk/", status: 503 },
  { path: "Zentrunk/Trunk", status: 404 },
  { path: "Zentrunk/Trunk/1/2/", status: 404 },
  { path: "zentrunk/Trunk/", status: 404 },
  { path: "number/", status: 404 },
  { path: "Call/", status: 404 },
])("with unknownPath as-seen, $path gets $status without an explanation", async ({ path, status }) => {
  const { request } = await setup({ behaviour: { unknownPath: "as-seen" } });
  const response = await request("GET", path);
  expect(response.status).toBe(status);
  expect(response.text).not.toContain("simulator");
});

test("with unknownPath as-seen, a path outside every account gets 404", async () => {
  const { simulator } = await setup({ behaviour: { unknownPath: "as-seen" } });
  expect((await fetch(`${simulator.url}/Calls`)).status).toBe(404);
});

test("a method that a path does not have returns 405 and lists those that it has", async () => {
  const { request } = await setup();
  const response = await request("POST", "Number/", {});
  expect([response.status, response.headers.get("allow")]).toEqual([405, "GET"]);
  expect((await request("PUT", "Zentrunk/URI/1/", {})).status).toBe(405);
});

test("a path outside every account returns 501", async () => {
  const { simulator } = await setup();
  expect((await fetch(`${simulator.url}/Calls`)).status).toBe(501);
});

test("an id is decoded from the path, and one with a slash in it stays one id", async () => {
  const { simulator, request } = await setup();
  simulator.store.addOriginationUri({ uri_uuid: "../Trunk/1", name: "odd" });
  expect((await request("GET", `Zentrunk/URI/${encodeURIComponent("../Trunk/1")}/`)).body.name).toBe("odd");
  expect((await request("GET", "Zentrunk/URI/%zz/")).status).toBe(400);
});

test.each([
  { errorShape: "string", error: "Number/1/ not found" },
  { errorShape: "object", error: { message: "Number/1/ not found" } },
  { errorShape: "absent", error: undefined },
] as const)("an error has the form of errorShape $errorShape", async ({ errorShape, error }) => {
  const { request } = await setup({ behaviour: { errorShape } });
  const response = await request("GET", "Number/1/");
  expect(response).toMatchObject({ status: 404, body: { api_id: expect.stringMatching(UUID) } });
  expect(response.body.error).toEqual(error);
});

test("a body that is not declared as JSON is rejected", async () => {
  const { request } = await setup();
  const response = await request("POST", "Zentrunk/URI/", "uri=pbx.example.com", { "content-type": "text/plain" });
  expect(response.status).toBe(400);
});

test("the log has each request and its status, with passwords masked but blank ones shown", async () => {
  const { simulator, request } = await setup();
  await request("POST", "Zentrunk/Credential/", { username: "pbxuser", password: "secret#1" });
  await request("POST", "Zentrunk/Credential/", { username: "pbxuser", password: "" });
  await request("POST", "Zentrunk/Credential/", '{"password":"secret#1"');
  await request("GET", "Zentrunk/Trunk/?limit=5");
  expect(simulator.requests).toEqual([
    {
      method: "POST",
      path: "Zentrunk/Credential/",
      query: {},
      body: { username: "pbxuser", password: "***" },
      status: 201,
      authId: simulator.authId,
      ms: expect.any(Number),
    },
    expect.objectContaining({ body: { username: "pbxuser", password: "" }, status: 400 }),
    expect.objectContaining({ body: "(body of 22 bytes is not JSON)", status: 400 }),
    expect.objectContaining({ method: "GET", query: { limit: "5" }, body: undefined, status: 200 }),
  ]);
  simulator.clearRequests();
  expect(simulator.requests).toEqual([]);
});

test("onRequest gets an entry before the response is sent, and keepRequests bounds the log", async () => {
  const entries: RequestLogEntry[] = [];
  const { simulator, request } = await setup({ keepRequests: 2, onRequest: (entry) => entries.push(entry) });
  for (const number of ["1", "2", "3"]) await request("GET", `Number/${number}/`);
  expect(entries.map(({ path, status }) => [path, status])).toEqual([
    ["Number/1/", 404],
    ["Number/2/", 404],
    ["Number/3/", 404],
  ]);
  expect(simulator.requests.map(({ path }) => path)).toEqual(["Number/2/", "Number/3/"]);
});

test("the rate limit rejects the request too many, whatever its kind, until the window has moved on", async () => {
  let now = 1_000_000;
  const { request } = await setup({ rateLimit: { requests: 2, windowMs: 5000 }, clock: { now: () => now } });
  await request("GET", "Number/");
  now += 1500;
  await request("GET", "Zentrunk/URI/");
  const rejected = await request("GET", "Zentrunk/Trunk/");
  expect([rejected.status, rejected.headers.get("retry-after")]).toEqual([429, "4"]);
  now += 3500;
  expect((await request("GET", "Zentrunk/Trunk/")).status).toBe(200);
  expect((await request("GET", "Zentrunk/Trunk/")).status).toBe(429);
});

test.each([
  { retryAfter: "date", header: "Thu, 01 Jan 1970 00:00:06 GMT" },
  { retryAfter: "none", header: null },
] as const)("Retry-After: $retryAfter, beside a Date of the same clock", async ({ retryAfter, header }) => {
  const options = { rateLimit: { requests: 1, windowMs: 5000 }, behaviour: { retryAfter }, clock: { now: () => 500 } };
  const { request } = await setup(options);
  await request("GET", "Number/");
  const { headers } = await request("GET", "Number/");
  expect(headers.get("retry-after")).toBe(header);
  expect(headers.get("date")).toBe("Thu, 01 Jan 1970 00:00:00 GMT");
});

test("one account does not use up the rate limit of another", async () => {
  const other = { authId: "MAOTHER", authToken: "other" };
  const { simulator, request } = await setup({ rateLimit: { requests: 1, windowMs: 5000 }, accounts: [other] });
  await request("GET", "Number/");
  const headers = { authorization: basic("MAOTHER", "other") };
  expect((await fetch(`${simulator.url}/Account/MAOTHER/Number/`, { headers })).status).toBe(200);
});

test("a bug of the simulator returns 599 and is recorded, so that it is not taken for a simulated 500", async () => {
  const stderr = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  const { simulator, request } = await setup();
  jest.spyOn(simulator.store, "read").mockImplementation(() => {
    throw new TypeError("a bug");
  });
  const response = await request("GET", "Number/1/");
  stderr.mockRestore();
  expect([response.status, response.body.error]).toEqual([599, expect.stringContaining("TypeError: a bug")]);
  expect(simulator.internalErrors).toMatchObject([{ name: "InternalError", cause: { message: "a bug" } }]);
});

test("latency delays the response, not the effect", async () => {
  const { simulator, request } = await setup({ latencyMs: 20 });
  const response = request("POST", "Zentrunk/URI/", { uri: "pbx.example.com" });
  while (simulator.store.originationUris.size === 0) await new Promise(setImmediate);
  expect(simulator.requests).toMatchObject([{ status: 0 }]);
  await response;
  // Timers may fire a fraction early.
  expect(simulator.requests[0]?.ms).toBeGreaterThan(18);
});

test("close ends requests that are under way, and frees the port", async () => {
  const { simulator, request } = await setup({ latencyMs: 60_000 });
  const outcome = networkError(request("GET", "Number/"));
  while (simulator.requests.length === 0) await new Promise(setImmediate);
  await simulator.close();
  expect(await outcome).toMatch(/SOCKET|RESET/);
  const again = await startSimulator({ port: Number(new URL(simulator.url).port) });
  expect(again.url).toBe(simulator.url);
  await again.close();
});

test("a simulator that goes away refuses connections and comes back on the same port with what it had", async () => {
  const { simulator, request } = await setup({ seed: { numbers: ["1"] } });
  await simulator.goAway();
  expect(await networkError(request("GET", "Number/1/"))).toBe("ECONNREFUSED");
  await simulator.comeBack();
  expect((await request("GET", "Number/1/")).status).toBe(200);
});

test("a port in use is an error, not a crash", async () => {
  const { simulator } = await setup();
  await expect(startSimulator({ port: Number(new URL(simulator.url).port) })).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
});

test("ids are new in every simulator, and the same with the same idSeed", async () => {
  const first = async (options: object) =>
    (await setup(options)).simulator.store.addTrunk({ trunk_direction: "inbound" });
  expect((await first({})).trunk_id).not.toBe((await first({})).trunk_id);
  expect((await first({ idSeed: "a" })).trunk_id).toBe((await first({ idSeed: "a" })).trunk_id);
  expect((await first({ idSeed: "a" })).trunk_id).not.toBe((await first({ idSeed: "b" })).trunk_id);
});

test("it comes back on its port also if another had the port meanwhile, for a short time", async () => {
  const { simulator } = await setup();
  await simulator.goAway();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(Number(new URL(simulator.url).port), "127.0.0.1", resolve));
  const back = simulator.comeBack();
  await new Promise((resolve) => setTimeout(resolve, 50));
  await new Promise((resolve) => other.close(resolve));
  await back;
  expect((await fetch(new URL("/", simulator.url))).status).toBe(200);
});
