/** What stands between us and Plivo: only what came through TLS with Plivo's host is Plivo's word. */
import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { type Simulator, startSimulator } from "pulumi-plivo/simulator";
import { PlivoClient } from "../provider/client/client";
import { PlivoError } from "../provider/client/http/errors";
import type { ClientOptions } from "../provider/client/index";
import { seed } from "./support/adapters/life-cases";
import { type Host, identity, type Manner, refusal, TEST_HOSTS, TestProxy } from "./support/test-proxy";
import { VirtualClock } from "./support/virtual/virtual-clock";

let proxy: TestProxy;
const before = { ...process.env };
beforeAll(async () => {
  proxy = await new TestProxy().start();
});
afterAll(() => proxy.stop());
afterEach(() => {
  for (const name of ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "NO_PROXY"]) delete process.env[name];
  Object.assign(process.env, before);
});

const simulators: Simulator[] = [];
afterEach(async () => {
  for (const simulator of simulators.splice(0)) await simulator.close();
});

interface World {
  readonly host: Host;
  readonly simulator: Simulator;
  readonly clock: VirtualClock;
  plivo(options?: Partial<ClientOptions>, ca?: string): ReturnType<PlivoClient["withContext"]>;
}

async function world(manner: Manner = "honest"): Promise<World> {
  process.env.HTTPS_PROXY ??= proxy.url;
  const clock = new VirtualClock();
  const simulator = await startSimulator({ clock, seed, hosts: TEST_HOSTS });
  simulators.push(simulator);
  const host = await proxy.host(Number(new URL(simulator.url).port));
  host.manner = manner;
  host.onSilent = () => clock.noteStuck();
  const { authId, authToken } = simulator;
  return {
    ...{ host, simulator, clock },
    plivo: (options = {}, ca = host.identity.cert) => {
      const client = new PlivoClient(
        { authId, authToken, baseUrl: host.url, maxRetries: 0, ...options },
        { clock, random: () => 0.5, ca },
      );
      return client.withContext({ deadline: clock.now() + 120_000, log: () => {} });
    },
  };
}

async function failure(work: Promise<unknown>): Promise<PlivoError> {
  const error = await work.then(
    (value) => value,
    (error: unknown) => error,
  );
  if (PlivoError.isInstance(error)) return error;
  throw new Error(`no PlivoError: ${JSON.stringify(error)}`);
}

const page = "<html><title>502</title></html>";
const forged = JSON.stringify({ api_id: "a", trunk_id: "666", credential_uuid: "c", objects: [], meta: {} });
const bad: readonly { manner: Manner; message: RegExp }[] = [
  ...[201, 202, 203, 204, 301, 400, 401, 403, 404, 429, 500, 502, 503].map((status) => ({
    manner: refusal(status, status === 502 ? page : forged, { "retry-after": "86400" }),
    message: new RegExp(`refused the connection \\(${status}\\): `),
  })),
  {
    manner: refusal(407),
    message: /refused the connection \(407\): the proxy in between wants credentials; set them in HTTPS_/,
  },
  { manner: "closes", message: /made no connection \(socket hang up\): check HTTPS_PROXY, and whether the proxy runs/ },
  { manner: { says: "SSH-2.0-x\r\n" }, message: /made no connection \(Parse Error/ },
  {
    manner: { says: `HTTP/1.1 200 OK\r\nx: ${"y".repeat(100_000)}\r\n\r\n` },
    message: /made no connection \(Parse Error: Header/,
  },
  { manner: "silent", message: /made no connection within 30 s: try again, or check the proxy/ },
  { manner: "stalls", message: /made no connection within 30 s/ },
  {
    manner: { says: `HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n${forged}` },
    message: /TLS failed \(it spoke first\)/,
  },
  { manner: { says: "HTTP/1.1 200 OK\r\n\r\n" }, message: /TLS failed/ },
  { manner: "lies", message: /made a connection in which TLS failed \(/ },
  { manner: "wrong-host", message: /TLS failed \(.*\): its certificate is not trusted/ },
];

test.each(bad)("a proxy's own response is not Plivo's: $message", async ({ manner, message }) => {
  const { plivo, simulator, host } = await world(manner);
  const calls = [
    () => plivo().trunks.get("100"),
    () => plivo().trunks.list(),
    () => plivo().trunks.create({ name: "new", trunkDirection: "inbound", primaryUriUuid: "uri-1" }),
    () => plivo().credentials.update("cred-1", { name: "n", username: "pbxlondon", password: "secret+123" }),
    () => plivo().trunks.delete("100"),
  ];
  for (const call of calls) {
    const error = await failure(call());
    expect(error.message).toMatch(message);
    expect(error.message).toContain(`not sent: the proxy 127.0.0.1:${proxy.port} `);
    expect(error).toMatchObject({ status: null, outcome: "not-sent" });
  }
  expect(simulator.requests).toEqual([]);
  expect(host.connects.length).toBe(calls.length);
});

test("what may pass is retried, a create too, and no response of a proxy makes the account wait", async () => {
  for (const manner of [refusal(429, "", { "retry-after": "3600" }), refusal(503), "closes", "silent"] as const) {
    const { plivo, host, simulator, clock } = await world(manner);
    host.times = 2;
    const began = clock.now();
    await plivo({ maxRetries: 5 }).trunks.create({ name: "x", trunkDirection: "inbound", primaryUriUuid: "uri-1" });
    expect(simulator.requests.map(({ method }) => method)).toEqual(["POST"]);
    expect(clock.now() - began).toBeLessThan(62_000);
    expect(host.connects).toHaveLength(3);
  }
});

test("what is final is not retried", async () => {
  for (const manner of [refusal(403), refusal(404), refusal(407), "lies", "wrong-host"] as const) {
    const { plivo, host } = await world(manner);
    await failure(plivo({ maxRetries: 5 }).trunks.get("100"));
    expect(host.connects).toHaveLength(1);
  }
});

test("behind an honest proxy everything works, and connections are reused", async () => {
  const { plivo, host, simulator } = await world();
  const { trunks } = plivo();
  for (let n = 0; n < 5; n++) await trunks.get("100");
  expect(host.connects).toHaveLength(1);
  const ids = await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      return (await trunks.create({ name: `t${n}`, trunkDirection: "inbound", primaryUriUuid: "uri-1" })).trunkId;
    }),
  );
  expect(new Set(ids).size).toBe(20);
  expect(simulator.store.trunks.size).toBeGreaterThanOrEqual(20);
  expect(host.connects.length).toBeLessThanOrEqual(20);
});

test("credentials of a proxy are for the proxy alone, and are not shown", async () => {
  process.env.HTTPS_PROXY = `http://us%40er:p%20w%@127.0.0.1:${proxy.port}`;
  const { plivo, host, simulator } = await world();
  await plivo().trunks.get("100");
  expect(host.connects[0]?.["proxy-authorization"]).toBe(`Basic ${Buffer.from("us@er:p w%").toString("base64")}`);
  expect(host.connects[0]).not.toHaveProperty("authorization");
  expect(JSON.stringify(simulator.requests)).not.toContain("proxy-authorization");
  host.manner = refusal(407);
  await host.drop();
  expect((await failure(plivo().trunks.get("100"))).message).not.toMatch(/us%40er|us@er|p%20w|p w%/);
});

test("a proxy may be spoken to through TLS; its certificate must be trusted, and it is named when it is not", async () => {
  process.env.HTTPS_PROXY = await proxy.secureUrl();
  const { plivo, host } = await world();
  expect((await plivo().trunks.get("100")).trunkId).toBe("100");
  expect(host.connects).toHaveLength(1);
  host.manner = refusal(404);
  await host.drop();
  expect((await failure(plivo().trunks.get("100"))).message).toContain("refused the connection (404)");
  const { message } = await failure(plivo({ authId: "MAOTHER" }, (await identity()).cert).trunks.get("100"));
  expect(message).toMatch(
    /not sent: the proxy 127\.0\.0\.1:\d+ made no connection \(.*\): its certificate is not trusted/,
  );
  // A plain proxy under https: it speaks no TLS.
  process.env.HTTPS_PROXY = proxy.url.replace("http:", "https:");
  expect((await failure(plivo().trunks.get("100"))).message).toMatch(/not sent: the proxy .* made no connection \(/);
});

test("a proxy that is not there is named", async () => {
  process.env.HTTPS_PROXY = "http://user:pass@127.0.0.1:1";
  const { plivo } = await world();
  const { message } = await failure(plivo().trunks.get("100"));
  expect(message).toMatch(
    /not sent: the proxy 127\.0\.0\.1:1 made no connection \(.*ECONNREFUSED.*\): check HTTPS_PROXY/,
  );
  expect(message).not.toContain("pass@");
});

test.each(["socks5://127.0.0.1:1080", "ftp://proxy", "http://", "http://[", "pac+http://x/y.pac"])(
  "a proxy that is none we can use is an error of the configuration: %s",
  async (url) => {
    const { plivo } = await world();
    process.env.HTTPS_PROXY = url.replace("//", "//user:hunter2@");
    const error = await failure(Promise.resolve().then(() => plivo()));
    expect(error.name).toBe("ConfigurationError");
    expect(error.message).toMatch(/^The proxy in HTTPS_PROXY must be an http or https URL, such as .*SOCKS is not/);
    expect(error.message).not.toContain("hunter2");
  },
);

test.each([
  ["HTTPS_PROXY", {}],
  ["https_proxy", {}],
  ["ALL_PROXY", {}],
  ["HTTPS_PROXY", { NO_PROXY: "example.com" }],
])("%s names the proxy, with %j", async (name, more) => {
  process.env.HTTPS_PROXY = "";
  const { plivo, host } = await world();
  // Without a scheme it is http, as elsewhere.
  Object.assign(process.env, { [name]: `127.0.0.1:${proxy.port}`, ...more });
  await plivo().trunks.get("100");
  expect(host.connects).toHaveLength(1);
});

test.each([
  ["NO_PROXY", ".plivo.test"],
  ["no_proxy", "*"],
])("%s=%s goes around the proxy", async (name, value) => {
  const { plivo, host } = await world();
  process.env[name] = value;
  // Only the proxy knows these hosts.
  expect((await failure(plivo().trunks.get("100"))).message).toMatch(/ENOTFOUND|EAI_AGAIN/);
  delete process.env[name];
  expect(host.connects).toEqual([]);
});

test("without TLS, and on this machine, no proxy is used", async () => {
  const { plivo, simulator, host } = await world();
  process.env.HTTP_PROXY = proxy.url;
  await plivo({ baseUrl: simulator.url }).trunks.get("100");
  expect(host.connects).toEqual([]);
  expect(simulator.requests).toHaveLength(1);
});
