/** The methods on objects that exist: read, update, delete. */
import { expect, test } from "@jest/globals";
import { type Plugin, type PluginOptions, rpcFailureOf, startPlugin } from "./testing/start-plugin";
import { type Checked, check, checked, diff, read, remove, type State, up, update } from "./testing/test-client";
import { type Json, secret, UNKNOWN } from "./testing/wire-json";

const uri = { uri: "a.example.com", authentication_needed: true, username: "pbx", password: "hunter2" };
const options: PluginOptions = {
  seed: {
    originationUris: [{ uri_uuid: "uri-1", name: "primary", ...uri }],
    credentials: [{ credential_uuid: "cred-1", name: "london", username: "pbxlondon", password: "Secret!1" }],
    ipAccessControlLists: [{ ipacl_uuid: "acl-1", name: "offices", ip_addresses: ["2001:DB8:0::1", "192.0.2.1"] }],
    trunks: [
      { trunk_id: "100", name: "in", trunk_direction: "inbound", primary_uri_uuid: "uri-1" },
      { trunk_id: "200", name: "out", trunk_direction: "outbound", credential_uuid: "cred-1", secure: true },
    ],
    numbers: [{ number: "14155550100", app_id: "100" }, "14155550101"],
  },
};

const imports = [
  { token: "Trunk", id: "100", missing: {} },
  { token: "Trunk", id: "200", missing: {} },
  { token: "Credential", id: "cred-1", missing: { password: "Secret!1" } },
  { token: "IpAccessControlList", id: "acl-1", missing: {} },
  { token: "OriginationUri", id: "uri-1", missing: { password: "hunter2" } },
  { token: "PhoneNumberAttachment", id: "14155550100", missing: {} },
];

async function imported(plugin: Plugin, token: string, id: string): Promise<State> {
  const found = await read(plugin, token, id);
  if (!found) throw new Error(`${token} ${id} counts as deleted`);
  return found;
}

test.each(imports)(
  "A22 Import: $token $id needs the id alone, and what is read passes check without a difference",
  async ({ token, id, missing }) => {
    const plugin = await startPlugin(options);
    const state = await imported(plugin, token, id);
    expect(plugin.takeRequests()).toHaveLength(1);
    expect(state.id).toBe(id);
    const inputs = await checked(plugin, token, { ...state.inputs, ...missing }, { olds: state.inputs });
    const found = await diff(plugin, token, state.outputs, inputs, { id });
    expect(found.detail).toEqual(Object.fromEntries(Object.keys(missing).map((key) => [key, "ADD"])));
    expect(plugin.takeRequests()).toEqual([]);
  },
);

test("A22 Import: a credential is imported without its password, with a warning, and a change of it is rejected", async () => {
  const plugin = await startPlugin(options);
  const state = await imported(plugin, "Credential", "cred-1");
  const olds = state.inputs;
  const inputs = await checked(plugin, "Credential", olds, { olds });
  expect(await diff(plugin, "Credential", state.outputs, inputs, { id: state.id })).toMatchObject({ detail: {} });
  const text = expect.stringMatching(/^password is not known: Plivo never returns it/);
  expect(await plugin.engine.logged(1)).toMatchObject([{ severity: "warning", text }]);
  const changed: Checked = await check(plugin, "Credential", { ...olds, username: "pbxparis" }, { olds });
  const reason = expect.stringMatching(/^is not known: Plivo never returns it, and an update without it can blank it/);
  expect(changed.failures).toEqual([{ property: "password.value", reason }]);
  expect((await check(plugin, "Credential", olds)).failures).toMatchObject([{ property: "password.value" }]);
});

test("A22 Import: a number that is routed to no trunk is no attachment, by its id alone; in the state that is drift", async () => {
  const plugin = await startPlugin(options);
  expect(await read(plugin, "PhoneNumberAttachment", "14155550101")).toBeUndefined();
  const outputs = { number: "14155550101", trunkId: "100" };
  const found = await read(plugin, "PhoneNumberAttachment", "14155550101", { outputs, inputs: outputs });
  expect(found?.outputs).toMatchObject({ number: "14155550101", trunkId: null });
});

test("A21 Refresh: returns outputs and inputs as they are now, and carries a password from the state", async () => {
  const plugin = await startPlugin(options);
  const args = { name: "berlin", username: "pbxberlin", password: secret("Secret!2") };
  const state = await up(plugin, "Credential", args);
  plugin.simulator.store.edit("credentials", state.id, { username: "pbxrome" });
  const found = await read(plugin, "Credential", state.id, state);
  expect(found?.inputs).toMatchObject({ ...args, username: "pbxrome" });
  expect(found?.outputs).toMatchObject({ ...args, username: "pbxrome", credentialUuid: state.id });
});

test("A21 Refresh: a password that only the inputs know is carried too", async () => {
  const plugin = await startPlugin(options);
  const found = await read(plugin, "Credential", "cred-1", { inputs: { password: secret("Secret!1") } });
  expect(found?.outputs).toMatchObject({ password: secret("Secret!1") });
});

test("A21 Refresh: what Plivo spells differently stays as it is in the state", async () => {
  const plugin = await startPlugin({ behaviour: { keepAddressOrder: false, canonicalAddresses: true } });
  const state = await up(plugin, "IpAccessControlList", { ipAddresses: ["2001:DB8:0::1", "192.0.2.1"] });
  expect(await read(plugin, "IpAccessControlList", state.id, state)).toEqual(state);
});

test("A23 Gone: 404 is an empty id, for a refresh and for the id alone", async () => {
  const plugin = await startPlugin(options);
  expect(await read(plugin, "Trunk", "999", { outputs: { trunkId: "999" } })).toBeUndefined();
  expect(await read(plugin, "Trunk", "999")).toBeUndefined();
});

/** What a program may hand to `get`, `import` or `exists`: the engine reads all three by the id alone. */
const impossible = ["a/b", "..", "two words", "https://cx.plivo.com/trunks/100", "x".repeat(300), "unconfirmed:in"];

test.each(imports.map(({ token }) => token))(
  "A23 Gone: of %s, an id that can be the id of no object belongs to none, and nothing is sent",
  async (token) => {
    const plugin = await startPlugin(options);
    for (const id of impossible) expect([id, await read(plugin, token, id)]).toEqual([id, undefined]);
    expect(plugin.takeRequests()).toEqual([]);
  },
);

test("A23 Gone: with such an id in the state a refresh fails, and keeps what it cannot have read", async () => {
  const plugin = await startPlugin(options);
  const { details } = await rpcFailureOf(read(plugin, "Trunk", "a/b", { outputs: { trunkId: "a/b", name: "in" } }));
  expect(details).toContain('"a/b" cannot be the id of any trunk');
});

test.each([400, 401, 403, 429, 500, 502, 503])("A23 Gone: %d is an error and never gone", async (code) => {
  const plugin = await startPlugin(options);
  plugin.simulator.faults.add({ times: 999, do: { kind: "status", status: code } });
  const { details } = await rpcFailureOf(read(plugin, "Trunk", "100", { timeout: 20 }));
  expect(details).toMatch(new RegExp(`^reading trunk 100: GET Zentrunk/Trunk/100/ -> ${code} `));
});

test.each(["html", "empty", "cut", "drop-before"] as const)(
  "A23 Gone: a response that is %s is an error",
  async (kind) => {
    const plugin = await startPlugin(options);
    const fault = kind === "html" ? { kind, status: 404 } : { kind };
    plugin.simulator.faults.add({ times: 999, do: fault });
    expect((await rpcFailureOf(read(plugin, "Trunk", "100"))).details).toMatch(/^reading trunk 100: GET/);
  },
);

test.each<{ token: string; args: Json; change: Json; body: Json }>([
  {
    token: "Trunk",
    args: { name: "x", trunkDirection: "inbound", primaryUriUuid: "uri-1" },
    change: { secure: true },
    body: { trunk_direction: "inbound", secure: true },
  },
  {
    token: "Credential",
    args: { name: "x", username: "pbxberlin", password: "Secret!2" },
    change: { username: "pbxrome" },
    body: { name: "x", username: "pbxrome", password: "***" },
  },
  {
    token: "OriginationUri",
    args: { name: "x", uri: "b.example.com", authenticationNeeded: true, username: "pbx", password: "hunter2" },
    change: { uri: "c.example.com" },
    body: { uri: "c.example.com", authentication_needed: true, username: "pbx", password: "***" },
  },
])("A24 Update: $token is sent what Plivo needs, and read back", async ({ token, args, change, body }) => {
  const plugin = await startPlugin(options);
  const state = await up(plugin, token, args);
  plugin.simulator.clearRequests();
  const news = await checked(plugin, token, { ...args, ...change }, { olds: state.inputs });
  const updated = await update(plugin, token, state, news);
  expect(plugin.simulator.requests.map(({ method }) => method)).toEqual(["POST", "GET"]);
  expect(plugin.simulator.requests[0]?.body).toMatchObject(body);
  expect(updated.outputs).toMatchObject(news);
  expect((await diff(plugin, token, updated.outputs, news)).changes).toBe("none");
});

test("A18 Update preview: sends no request, knows what stays, and leaves the rest unknown", async () => {
  const plugin = await startPlugin(options);
  const state = await imported(plugin, "Trunk", "200");
  plugin.takeRequests();
  const news = { ...state.inputs, secure: false, credentialUuid: UNKNOWN };
  const { outputs } = await update(plugin, "Trunk", state, news, { preview: true });
  expect(outputs).toEqual({ ...state.outputs, ...news });
  expect(plugin.takeRequests()).toEqual([]);
});

test("A18 Update preview: an unconfirmed object is not checked for", async () => {
  const plugin = await startPlugin();
  const news = { ipAddresses: ["192.0.2.1"], name: "it-0123456", forceDestroy: false };
  const state = { id: "unconfirmed:it-0123456", inputs: news, outputs: { ...news, __unconfirmed: "proven" } };
  await update(plugin, "IpAccessControlList", state, news, { preview: true });
  expect(plugin.takeRequests()).toEqual([]);
});

test("A26 Delete: is done when the object is already deleted", async () => {
  const plugin = await startPlugin();
  const state = await up(plugin, "IpAccessControlList", { ipAddresses: ["192.0.2.1"] });
  await remove(plugin, "IpAccessControlList", state);
  expect(plugin.simulator.store.ipAccessControlLists.size).toBe(0);
  await remove(plugin, "IpAccessControlList", state);
});

test("A26 Delete: refuses while something else still depends on the object, and names it and the way out", async () => {
  const plugin = await startPlugin(options);
  const state = await imported(plugin, "OriginationUri", "uri-1");
  const { details } = await rpcFailureOf(remove(plugin, "OriginationUri", state));
  expect(details).toMatch(/trunk 100 \("in"\); Plivo would delete them too.*forceDestroy: true/);
  const forced = { ...state, outputs: { ...state.outputs, forceDestroy: true } };
  await remove(plugin, "OriginationUri", forced);
  expect(plugin.simulator.store.originationUris.size).toBe(0);
});

test.each(["read", "update", "delete"])(
  "A20 timeout: %s has the seconds of customTimeouts as its deadline",
  async (method) => {
    const plugin = await startPlugin(options);
    const state = await imported(plugin, "Trunk", "200");
    plugin.simulator.faults.add({ times: 999, do: { kind: "status", status: 503 } });
    const began = plugin.clock.now();
    const timeout = 0.4;
    const methods: Record<string, () => Promise<unknown>> = {
      read: () => read(plugin, "Trunk", "200", { timeout }),
      update: () => update(plugin, "Trunk", state, { ...state.inputs, secure: false }, { timeout }),
      delete: () => remove(plugin, "Trunk", state, { timeout }),
    };
    expect((await rpcFailureOf((methods[method] ?? (() => Promise.resolve()))())).details).toMatch(/503.*are left/);
    expect(plugin.clock.now() - began).toBeLessThanOrEqual(400);
  },
);

test("a number that the engine replaces itself, the old attachment first, stays on its trunk and keeps its way back", async () => {
  const plugin = await startPlugin({ seed: { ...options.seed, applications: [{ app_id: "900" }] } });
  const { store } = plugin.simulator;
  store.route("14155550101", "900");
  const args = { number: "14155550101", trunkId: "100" };
  const state = await up(plugin, "PhoneNumberAttachment", args);
  // In the next run, with deleteBeforeReplace and replaceOnChanges: it compares, deletes, and creates.
  const { authId, authToken, url } = plugin.simulator;
  await plugin.configure({ authId, authToken, baseUrl: url });
  const news = await checked(plugin, "PhoneNumberAttachment", args);
  await diff(plugin, "PhoneNumberAttachment", state.outputs, news, { id: state.id });
  await remove(plugin, "PhoneNumberAttachment", state);
  expect(store.numbers.get("14155550101")?.application).toMatch(/\/Trunk\/100\/$/);
  const { outputs } = await up(plugin, "PhoneNumberAttachment", args);
  expect(outputs).toMatchObject({ trunkId: "100", previousApplication: "900" });
});
