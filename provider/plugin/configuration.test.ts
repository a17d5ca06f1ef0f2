import { status } from "@grpc/grpc-js";
import { afterEach, expect, test } from "@jest/globals";
import { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService as rpc } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type Plugin, rpcFailureOf, startPlugin } from "./testing/start-plugin";
import { type Checked, check, checkedOf, create, type Diffed, diffedOf, read } from "./testing/test-client";
import { type Json, output, secret, struct, UNKNOWN } from "./testing/wire-json";

afterEach(() => {
  for (const name of ["PLIVO_AUTH_ID", "PLIVO_AUTH_TOKEN", "PLIVO_BASE_URL"]) delete process.env[name];
});

async function checkConfig(news: Json): Promise<Checked> {
  const request = new wire.CheckRequest();
  request.setUrn("urn:pulumi:dev::project::pulumi:providers:plivo::default");
  request.setNews(struct(news));
  const plugin = await startPlugin({ settings: null });
  return checkedOf(await plugin.ask(rpc.checkConfig, request));
}

async function diffConfig(olds: Json, news: Json): Promise<Diffed> {
  const request = new wire.DiffRequest();
  request.setOlds(struct(olds));
  request.setNews(struct(news));
  const plugin = await startPlugin({ settings: null });
  return diffedOf(await plugin.ask(rpc.diffConfig, request));
}

const account = { authId: "MAONE", authToken: "token", baseUrl: "https://api.plivo.com/v1" };

test("A4 CheckConfig: the token is returned as a secret, wherever it is set", async () => {
  for (const authToken of ["T0KEN", secret("T0KEN"), output({ value: "T0KEN", secret: true })]) {
    const { inputs, failures } = await checkConfig({ ...account, authToken });
    expect(failures).toEqual([]);
    expect(inputs).toEqual({ ...account, authToken: secret("T0KEN") });
  }
});

test("A4 CheckConfig: unknown keys are rejected, naming the known ones, and without their value", async () => {
  const { failures } = await checkConfig({ ...account, authTokn: "leaky" });
  expect(failures).toEqual([
    {
      property: "authTokn.value",
      reason:
        'the plivo provider has no setting "authTokn"; it takes authId, authToken, baseUrl, maxRetries, requestTimeout',
    },
  ]);
});

test("A4 CheckConfig: an unknown key is quoted without control characters", async () => {
  const { failures } = await checkConfig({ ...account, "token\u001b[31m": "leaky" });
  expect(failures.map((it) => `${it.property} ${it.reason}`)).toEqual([expect.not.stringContaining("\u001b")]);
});

test("A4 CheckConfig: all mistakes at once, none of which names the plain key of a secret", async () => {
  const { failures } = await checkConfig({
    authId: "MA-1",
    authToken: "two words",
    baseUrl: "ftp://host",
    maxRetries: "many",
    requestTimeout: 0,
  });
  expect(failures.map(({ property }) => property)).toEqual([
    "authId",
    "authToken.value",
    "baseUrl",
    "maxRetries",
    "requestTimeout",
  ]);
  expect(JSON.stringify(failures)).not.toContain("two words");
});

test("A4 CheckConfig: an empty text is a mistake, as it is in Configure", async () => {
  const { failures } = await checkConfig({ authId: "", authToken: "", baseUrl: "" });
  expect(failures.map(({ property }) => property)).toEqual(["authId", "authToken.value", "baseUrl"]);
});

test("A4 CheckConfig: what a program marked as secret stays secret, and its failure shows nothing", async () => {
  const good = await checkConfig({ ...account, authId: secret("MAHIDDEN"), baseUrl: secret(account.baseUrl) });
  expect(good.inputs).toMatchObject({ authId: secret("MAHIDDEN"), baseUrl: secret(account.baseUrl) });
  const bad = await checkConfig({ ...account, baseUrl: secret("ftp://user:pw@host") });
  expect(bad.failures).toMatchObject([{ property: "baseUrl.value" }]);
});

test.each(["https://user:pw@host/v1", "ftp://user:pw@host"])(
  "A4 CheckConfig: a password in the base URL is rejected, and not shown: %s",
  async (baseUrl) => {
    expect((await checkConfig({ ...account, baseUrl })).failures).toMatchObject([{ property: "baseUrl.value" }]);
  },
);

test.each([
  ["http to another machine", { baseUrl: "http://plivo.example/v1" }],
  ["a query", { baseUrl: "https://plivo.example/v1?key=value" }],
  ["an Auth ID without end", { authId: "M".repeat(1_000) }],
])("A4 CheckConfig: %s is rejected, as the client would reject it", async (_, news) => {
  expect((await checkConfig({ ...account, ...news })).failures).toHaveLength(1);
});

test.each(["hush\0", "hush\u0007hush", "hush\u200b", "hush hush", ""])(
  "A4 CheckConfig: a token that the client would reject is rejected here, and never shown: %j",
  async (authToken) => {
    const { failures } = await checkConfig({ ...account, authToken });
    expect(failures).toEqual([
      {
        property: "authToken.value",
        reason: "must not be empty or contain spaces, line breaks or invisible characters",
      },
    ]);
  },
);

test.each([
  ["an unknown value", { authId: UNKNOWN, authToken: secret(UNKNOWN) }],
  ["nothing at all", {}],
  ["null, which means nothing", { authId: null, authToken: null }],
  ["what the engine adds", { ...account, version: "0.1.0", pluginDownloadURL: "github://api.github.com/x/y" }],
  ["numbers as text, as the engine writes them", { maxRetries: "3", requestTimeout: "60" }],
])("A4 CheckConfig: %s is no mistake", async (_, news) => {
  expect((await checkConfig(news)).failures).toEqual([]);
});

test.each([
  { what: "another token", news: { authToken: "new" }, changed: ["authToken"], replaces: [] },
  { what: "more retries", news: { maxRetries: "9" }, changed: ["maxRetries"], replaces: [] },
  { what: "another Auth ID", news: { authId: "MATWO" }, changed: ["authId"], replaces: ["authId"] },
  { what: "another base URL", news: { baseUrl: "https://x.test" }, changed: ["baseUrl"], replaces: ["baseUrl"] },
  { what: "an Auth ID that is not known yet", news: { authId: UNKNOWN }, changed: ["authId"], replaces: [] },
  { what: "no Auth ID any more", news: { authId: undefined }, changed: ["authId"], replaces: [] },
  { what: "nothing else", news: {}, changed: [], replaces: [] },
  { what: "nothing but null for nothing", news: { maxRetries: null }, changed: [], replaces: [] },
])("A5 DiffConfig: $what replaces $replaces", async ({ news, changed, replaces }) => {
  const found = await diffConfig(account, { ...account, ...news });
  expect(found).toMatchObject({ diffs: changed, replaces, hasDetail: true });
  expect(found.changes).toBe(changed.length > 0 ? "some" : "none");
  expect(Object.keys(found.detail)).toEqual(changed);
});

test.each(["https://api.plivo.com/v1/", "https://API.plivo.com/v1", "https://api.plivo.com:443/v1"])(
  "A5 DiffConfig: another spelling of the base URL is no change: %s",
  async (baseUrl) => {
    const found = await diffConfig({ baseUrl: "https://api.plivo.com/v1" }, { baseUrl });
    expect(found).toMatchObject({ changes: "none", replaces: [] });
  },
);

test("A5 DiffConfig: what is new is added, what is gone is deleted", async () => {
  const { detail } = await diffConfig(
    { authId: "MA1", baseUrl: "https://x.test", maxRetries: "3" },
    { authId: "MA1", authToken: "new" },
  );
  expect(detail).toEqual({ authToken: "ADD", baseUrl: "DELETE", maxRetries: "DELETE" });
});

test("A5 DiffConfig: credentials in a stack that had none replace nothing", async () => {
  expect(await diffConfig({}, { ...account, authToken: secret("token") })).toMatchObject({
    diffs: ["authId", "authToken", "baseUrl"],
    replaces: [],
  });
});

test("A6 Configure: reads its typed arguments, unwrapped, and serves that account", async () => {
  const plugin = await startPlugin({ settings: null });
  const { authId, authToken, url } = plugin.simulator;
  await plugin.configure({ authId, authToken: secret(authToken), baseUrl: output({ value: url }), maxRetries: "0" });
  expect(await readMissing(plugin)).toBeUndefined();
  expect(plugin.simulator.requests).toMatchObject([{ authId, status: 404 }]);
});

test("A6 Configure: the deprecated variables are not read", async () => {
  const plugin = await startPlugin({ settings: null });
  const request = new wire.ConfigureRequest();
  request.getVariablesMap().set("plivo:config:authId", "MAVARIABLE");
  request.setArgs(struct({}));
  await plugin.ask(rpc.configure, request);
  expect((await rpcFailureOf(readMissing(plugin))).details).toMatch(
    /Plivo's Auth ID is not configured: .*; Plivo's Auth Token is not configured: /,
  );
});

test("A6 Configure: arguments come before the environment, and the environment fills what is missing", async () => {
  const plugin = await startPlugin({ settings: null });
  const { authId, authToken, url } = plugin.simulator;
  Object.assign(process.env, { PLIVO_AUTH_ID: "MAENV", PLIVO_AUTH_TOKEN: authToken, PLIVO_BASE_URL: url });
  await plugin.configure({ authId });
  expect(await readMissing(plugin)).toBeUndefined();
  expect(plugin.simulator.requests).toMatchObject([{ authId }]);
});

test("A6 Configure: a wrong value in the environment is an error that names the variable and not the value", async () => {
  process.env.PLIVO_AUTH_TOKEN = "two words";
  const plugin = await startPlugin({ settings: null });
  const { details } = await rpcFailureOf(plugin.configure({}));
  expect(details).toContain("PLIVO_AUTH_TOKEN must not be empty or contain spaces");
  expect(details).not.toContain("two words");
});

const refusedSecond = {
  code: status.FAILED_PRECONDITION,
  details: expect.stringMatching(/already configured for another account or base URL, and serves no second one/),
};

test.each([
  { what: "another account", news: { authId: "MATWO" } },
  { what: "another base URL", news: { baseUrl: "https://elsewhere.example/v1" } },
  { what: "the default base URL", news: { baseUrl: null } },
])(
  "A6 Configure: $what in the same process is rejected, also after Attach and Cancel, and the first one stays",
  async ({ news }) => {
    const plugin = await startPlugin({ settings: null });
    const { authId, authToken, url } = plugin.simulator;
    const first = { authId, authToken, baseUrl: url };
    await plugin.configure(first);
    for (const ask of [
      async () => undefined,
      () => plugin.ask(rpc.attach, new PluginAttach()),
      () => plugin.ask(rpc.cancel, new Empty()),
      // Nor in two steps, by way of no account at all.
      () => plugin.configure({}),
    ]) {
      await ask();
      expect(await rpcFailureOf(plugin.configure({ ...first, ...news }))).toEqual(refusedSecond);
    }
    await plugin.configure(first);
    await readMissing(plugin);
    expect(plugin.simulator.requests).toMatchObject([{ authId }]);
  },
);

test("A6 Configure: the credentials of the environment do not go to another base URL", async () => {
  const plugin = await startPlugin({ settings: null });
  const other = await startPlugin({ settings: null });
  const { authId, authToken, url } = plugin.simulator;
  Object.assign(process.env, { PLIVO_AUTH_ID: authId, PLIVO_AUTH_TOKEN: authToken });
  await plugin.configure({ baseUrl: url });
  expect(await rpcFailureOf(plugin.configure({ baseUrl: other.simulator.url }))).toEqual(refusedSecond);
  await readMissing(plugin);
  expect(other.simulator.requests).toEqual([]);
});

test.each([
  { what: "another token", news: { authToken: "rotated" } },
  { what: "another number of retries", news: { maxRetries: "1" } },
  { what: "another spelling of the base URL", news: {}, spelled: (url: string) => `${url.replace("http", "HTTP")}/` },
])("A6 Configure: the same account with $what is taken", async ({ news, spelled = String }) => {
  const plugin = await startPlugin();
  const { authId, authToken, url } = plugin.simulator;
  await plugin.configure({ authId, authToken, ...news, baseUrl: spelled(url) });
});

test("A6 Configure: an account that becomes known after a preview without one is taken", async () => {
  const plugin = await startPlugin({ settings: {} });
  const other = await startPlugin({ settings: null });
  await other.configure({ authId: UNKNOWN, baseUrl: UNKNOWN });
  const { authId, authToken, url } = plugin.simulator;
  await other.configure({ authId, authToken, baseUrl: url });
  expect(await readMissing(other)).toBeUndefined();
});

test("A6 Configure: a process that was started by hand serves another account with the next command, not within one", async () => {
  const plugin = await startPlugin({ outlivesCommands: true });
  const other = await startPlugin({ settings: null });
  const { authToken, url } = other.simulator;
  const second = { authId: "MATWO", authToken, baseUrl: url };
  await plugin.ask(rpc.attach, new PluginAttach());
  expect(await rpcFailureOf(plugin.configure(second))).toEqual(refusedSecond);
  await plugin.ask(rpc.cancel, new Empty());
  await plugin.ask(rpc.attach, new PluginAttach());
  await plugin.configure(second);
  await readMissing(plugin).catch(() => undefined);
  expect(plugin.simulator.requests).toEqual([]);
  expect(other.simulator.requests).toMatchObject([{ authId: "MATWO" }]);
});

test("A8 Unknown provider config: Configure takes unknown values for missing ones and does not fail", async () => {
  const plugin = await startPlugin({ settings: null });
  await plugin.configure({ authId: UNKNOWN, authToken: secret(UNKNOWN), baseUrl: plugin.simulator.url });
  expect((await rpcFailureOf(readMissing(plugin))).details).toContain("Plivo's Auth ID is not configured");
});

test("A9 Preview without credentials: new resources are checked and previewed; the first request fails", async () => {
  const plugin = await startPlugin({ settings: null });
  await plugin.configure({});
  const { inputs, failures } = await check(plugin, "IpAccessControlList", { ipAddresses: ["192.0.2.1"] });
  expect(failures).toEqual([]);
  expect((await create(plugin, "IpAccessControlList", inputs, { preview: true })).outputs).toMatchObject(inputs);
  const { details } = await rpcFailureOf(create(plugin, "IpAccessControlList", inputs));
  expect(details).toContain("run `pulumi config set plivo:authId <value>` or set PLIVO_AUTH_ID");
});

test("a request before Configure is rejected, and the error says why", async () => {
  const plugin = await startPlugin({ settings: null });
  expect((await rpcFailureOf(readMissing(plugin))).details).toContain("before it was configured");
});

function readMissing(plugin: Plugin) {
  return read(plugin, "Trunk", "404404");
}
