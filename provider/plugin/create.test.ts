import { status } from "@grpc/grpc-js";
import { expect, test } from "@jest/globals";
import { resources } from "../resources/index";
import { type PluginOptions, rpcFailureOf, startPlugin } from "./testing/start-plugin";
import { checked, create, type State, up } from "./testing/test-client";
import { type Json, output, secret, UNKNOWN } from "./testing/wire-json";

/** Valid arguments of each resource, and the requests that create it. */
interface Case {
  readonly token: string;
  readonly args: Json;
  readonly secrets?: readonly string[];
  readonly requests: (id: string) => string[];
  readonly unknown: readonly string[];
}

const cases: readonly Case[] = [
  {
    token: "Trunk",
    args: { trunkDirection: "outbound", credentialUuid: "cred-1" },
    requests: (id) => ["POST Zentrunk/Trunk/", `GET Zentrunk/Trunk/${id}/`],
    unknown: ["trunkId", "trunkDomain"],
  },
  {
    token: "Credential",
    args: { username: "pbxparis", password: "Secret!3" },
    secrets: ["password"],
    requests: (id) => ["POST Zentrunk/Credential/", `GET Zentrunk/Credential/${id}/`],
    unknown: ["credentialUuid"],
  },
  {
    token: "IpAccessControlList",
    args: { ipAddresses: ["192.0.2.1"] },
    requests: (id) => ["POST Zentrunk/IPAccessControlList/", `GET Zentrunk/IPAccessControlList/${id}/`],
    unknown: ["ipaclUuid"],
  },
  {
    token: "OriginationUri",
    args: { uri: "sip.example.com", authenticationNeeded: true, username: "pbx", password: "hunter2" },
    secrets: ["password"],
    requests: (id) => ["POST Zentrunk/URI/", `GET Zentrunk/URI/${id}/`],
    unknown: ["uriUuid"],
  },
  {
    token: "PhoneNumberAttachment",
    args: { number: "14155550100", trunkId: "100" },
    requests: (id) => ["GET Zentrunk/Trunk/100/", `GET Number/${id}/`, `POST Number/${id}/`, `GET Number/${id}/`],
    unknown: ["previousApplication"],
  },
];

const options: PluginOptions = {
  seed: {
    originationUris: [{ uri_uuid: "uri-1", uri: "a.example.com" }],
    credentials: [{ credential_uuid: "cred-1", username: "pbxlondon", password: "Secret!1" }],
    trunks: [{ trunk_id: "100", trunk_direction: "inbound", primary_uri_uuid: "uri-1" }],
    numbers: ["14155550100"],
  },
};

test.each(cases)("A17 Create: $token returns its id and every output, read back", async ({ token, args, requests }) => {
  const plugin = await startPlugin(options);
  const { id, inputs, outputs } = await up(plugin, token, args);
  expect(plugin.takeRequests()).toEqual(requests(id));
  const { properties, id: idKey } = resources[token as keyof typeof resources];
  expect(Object.keys(outputs).sort()).toEqual(Object.keys(properties).sort());
  expect(outputs).toMatchObject({ ...inputs, [idKey]: id });
});

test("A17 Create: outputs that only a read returns are there", async () => {
  const plugin = await startPlugin(options);
  const { id, outputs } = await up(plugin, "Trunk", { trunkDirection: "outbound", credentialUuid: "cred-1" });
  expect(outputs).toMatchObject({ trunkDomain: `${id}.zt.plivo.com`, primaryUriUuid: null });
});

test.each(cases)("A18 Create preview: $token sends no request and leaves unknown what Plivo decides", async (row) => {
  const plugin = await startPlugin(options);
  const inputs = await checked(plugin, row.token, row.args);
  const { id, outputs } = await create(plugin, row.token, inputs, { preview: true });
  expect(plugin.takeRequests()).toEqual([]);
  expect(id).toBe("");
  expect(outputs).toMatchObject(inputs);
  const unknowns = Object.keys(outputs).filter((key) => outputs[key] === UNKNOWN);
  expect(unknowns.sort()).toEqual([...row.unknown].sort());
});

test("A18 Create preview: what is unknown in the inputs is unknown in the outputs, secrets stay secret", async () => {
  const plugin = await startPlugin({ settings: {} });
  const args = { username: "pbxparis", password: secret(UNKNOWN), name: output({ dependencies: ["urn"] }) };
  const inputs = await checked(plugin, "Credential", args);
  const { outputs } = await create(plugin, "Credential", inputs, { preview: true });
  expect(outputs).toMatchObject({ name: UNKNOWN, password: secret(UNKNOWN), credentialUuid: UNKNOWN });
  expect(plugin.takeRequests()).toEqual([]);
});

/** The values that are wrapped as secrets. */
function wrapped(values: Json): Json {
  const plain: Json = JSON.parse(JSON.stringify(values));
  const [mark] = Object.entries(secret("")).flatMap(([key, value]) => (key === "value" ? [] : [{ [key]: value }]));
  const isWrapped = ([, value]: [string, unknown]) =>
    Object.entries(mark ?? {}).every(([key, kind]) => Object(value)[key] === kind);
  return Object.fromEntries(Object.entries(plain).filter(isWrapped));
}

test.each(cases)(
  "A34 Secret outputs: $token returns its secrets wrapped, also when the program does not mark them",
  async (row) => {
    const plugin = await startPlugin(options);
    const { inputs, outputs } = await up(plugin, row.token, row.args);
    const secrets = Object.fromEntries((row.secrets ?? []).map((key) => [key, secret(row.args[key])]));
    expect([wrapped(inputs), wrapped(outputs)]).toEqual([secrets, secrets]);
  },
);

test("A34 Secret outputs: a property that the program marked is returned wrapped", async () => {
  const plugin = await startPlugin();
  const { outputs } = await up(plugin, "IpAccessControlList", { ipAddresses: [secret("192.0.2.1")], name: "offices" });
  expect(outputs).toMatchObject({ ipAddresses: secret(["192.0.2.1"]), name: "offices" });
});

test("A19 Partial failure: an object that cannot be read back is recorded with its id and all that is known", async () => {
  const plugin = await startPlugin();
  plugin.simulator.faults.add({ method: "GET", times: 99, do: { kind: "status", status: 403 } });
  const args = { username: "pbxparis", password: "Secret!3" };
  const { initFailed, details } = await rpcFailureOf(up(plugin, "Credential", args));
  const [uuid] = plugin.simulator.store.credentials.keys();
  expect(initFailed?.id).toBe(uuid);
  expect(initFailed?.properties).toMatchObject({
    username: "pbxparis",
    password: secret("Secret!3"),
    credentialUuid: uuid,
    // No read has seen it yet.
    __unconfirmed: "unseen",
  });
  expect(initFailed?.reasons).toEqual([details]);
  expect(details).toMatch(/^creating credential "it-\w{7}": reading it back: .*403/);
});

test("A19 Partial failure: an object that is not as requested is recorded, and the reason names what did not take effect", async () => {
  const plugin = await startPlugin();
  plugin.simulator.faults.add({
    method: "POST",
    do: { kind: "meanwhile", change: (store) => editOnly(store, { ip_addresses: ["203.0.113.9"] }) },
  });
  const { initFailed } = await rpcFailureOf(up(plugin, "IpAccessControlList", { ipAddresses: ["192.0.2.1"] }));
  expect(initFailed?.properties).toMatchObject({ ipAddresses: ["203.0.113.9"] });
  expect(initFailed?.reasons[0]).toContain("Plivo accepted ipAddresses but did not store it");
});

test("A19 Partial failure: an ambiguous create that cannot be checked is recorded under its name", async () => {
  const plugin = await startPlugin();
  plugin.simulator.faults.add({ method: "POST", do: { kind: "drop-after" } });
  plugin.simulator.faults.add({ method: "GET", times: 99, do: { kind: "status", status: 403 } });
  const { initFailed } = await rpcFailureOf(up(plugin, "IpAccessControlList", { ipAddresses: ["192.0.2.1"] }));
  expect(initFailed?.id).toMatch(/^unconfirmed:it-[0-9a-f]{7}$/);
  expect(plugin.simulator.store.ipAccessControlLists.size).toBe(1);
});

test("A19 Partial failure: a create that Plivo rejected leaves nothing to record", async () => {
  const plugin = await startPlugin();
  plugin.simulator.faults.add({ method: "POST", do: { kind: "status", status: 400 } });
  const failure = await rpcFailureOf(up(plugin, "IpAccessControlList", { ipAddresses: ["192.0.2.1"] }));
  expect(failure).toMatchObject({ code: status.UNKNOWN });
  expect(failure.initFailed).toBeUndefined();
});

test("A20 timeout: the seconds of customTimeouts are the deadline of a create, whatever is being waited for", async () => {
  const plugin = await startPlugin();
  plugin.simulator.faults.add({ times: 99, do: { kind: "status", status: 429, headers: { "retry-after": "7" } } });
  const inputs = await checked(plugin, "IpAccessControlList", { ipAddresses: ["192.0.2.1"] });
  const began = plugin.clock.now();
  const { details } = await rpcFailureOf(create(plugin, "IpAccessControlList", inputs, { timeout: 30 }));
  expect(details).toMatch(/Plivo asks to wait 7 s, and \d+ s are left|would be in/);
  expect((plugin.clock.now() - began) / 1000).toBeGreaterThan(20);
  expect((plugin.clock.now() - began) / 1000).toBeLessThanOrEqual(30);
});

test("A20 timeout: none means two minutes", async () => {
  const plugin = await startPlugin();
  plugin.simulator.faults.add({ times: 99, do: { kind: "status", status: 429, headers: { "retry-after": "7" } } });
  const began = plugin.clock.now();
  const failed: Promise<State> = up(plugin, "IpAccessControlList", { ipAddresses: ["192.0.2.1"] });
  await rpcFailureOf(failed);
  expect((plugin.clock.now() - began) / 1000).toBeGreaterThan(110);
  expect((plugin.clock.now() - began) / 1000).toBeLessThanOrEqual(120);
});

function editOnly(store: { ipAccessControlLists: ReadonlyMap<string, object>; edit: Edit }, to: Json): void {
  for (const id of store.ipAccessControlLists.keys()) store.edit("ipAccessControlLists", id, to);
}

type Edit = (kind: "ipAccessControlLists", id: string, changes: Json) => unknown;
