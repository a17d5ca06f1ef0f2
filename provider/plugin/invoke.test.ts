import { status } from "@grpc/grpc-js";
import { expect, test } from "@jest/globals";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import { functions } from "../functions/index";
import { resources } from "../resources/index";
import { type Plugin, type PluginOptions, rpcFailureOf, startPlugin } from "./testing/start-plugin";
import { invoke, read } from "./testing/test-client";
import { type Json, output, secret, struct, UNKNOWN } from "./testing/wire-json";

const options: PluginOptions = {
  seed: {
    originationUris: [{ uri_uuid: "uri-1", name: "primary", uri: "a.example.com" }],
    credentials: [{ credential_uuid: "cred-1", name: "london", username: "pbxlondon", password: "Secret!1" }],
    ipAccessControlLists: [{ ipacl_uuid: "acl-1", name: "offices", ip_addresses: ["192.0.2.1"] }],
    trunks: [
      { trunk_id: "100", name: "in", trunk_direction: "inbound", primary_uri_uuid: "uri-1" },
      { trunk_id: "200", name: "out", trunk_direction: "outbound", credential_uuid: "cred-1" },
    ],
    numbers: [{ number: "14155550100", app_id: "100" }, "14155550101"],
  },
};

const all = { trunks: 2, credentials: 1, ipAccessControlLists: 1, originationUris: 1, phoneNumbers: 2 };

test("A27 Invoke: every listing returns its rows under its own key, with nothing secret in them", async () => {
  const plugin = await startPlugin(options);
  const counted: Record<string, number> = {};
  for (const name of Object.keys(functions).filter((it) => it !== "getTrunk")) {
    const result = await invoke(plugin, name, {});
    expect(JSON.stringify(result)).not.toMatch(/Secret!1|4dabf18193072939515e22adb298388d|04da6b54/);
    for (const [key, rows] of Object.entries(result)) counted[key] = Array.isArray(rows) ? rows.length : -1;
  }
  expect(counted).toEqual(all);
});

test("A27 Invoke: getTrunk returns one trunk, and takes an id that is secret or an output", async () => {
  const plugin = await startPlugin(options);
  for (const trunkId of ["200", secret("200"), output({ value: "200" })])
    expect(await invoke(plugin, "getTrunk", { trunkId })).toMatchObject({ trunkId: "200", name: "out" });
});

test("A27 Invoke: filters are passed on", async () => {
  const plugin = await startPlugin(options);
  const result = await invoke(plugin, "getTrunks", { trunkDirection: "inbound" });
  expect(result).toMatchObject({ trunks: [{ trunkId: "100" }] });
  expect(plugin.simulator.requests[0]?.query).toMatchObject({ trunk_direction: "inbound" });
});

test.each([
  { name: "getTrunk", args: {}, says: /^getTrunk: trunkId is required/ },
  { name: "getTrunk", args: { trunkId: "999" }, says: /^getTrunk: .*404/ },
  { name: "getTrunk", args: { trunkId: "1/2" }, says: /^getTrunk: trunkId must be an id/ },
  { name: "getTrunks", args: { trunkDirection: "sideways" }, says: /^getTrunks: trunkDirection must be one of/ },
  { name: "getTrunks", args: { direction: "inbound" }, says: /has no argument "direction"; it takes/ },
  { name: "getTrunk", args: { trunkId: UNKNOWN }, says: /^getTrunk: trunkId is not known yet/ },
])(
  "A27 Invoke: $name of $args fails as a gRPC error, not with failures that are not shown",
  async ({ name, args, says }) => {
    const plugin = await startPlugin(options);
    expect((await rpcFailureOf(invoke(plugin, name, args))).details).toMatch(says);
  },
);

test("A27 Invoke: a function that does not exist is not found, naming those that do", async () => {
  const { code, details } = await rpcFailureOf(invoke(await startPlugin(), "getTrunkz", {}));
  expect(code).toBe(status.NOT_FOUND);
  expect(details).toMatch(/no function "plivo:index:getTrunkz"; it has getTrunk, getTrunks/);
});

async function listed(plugin: Plugin, token: string, query: Json = {}, limit = 0): Promise<string[]> {
  const request = new wire.ListRequest();
  request.setToken(`plivo:index:${token}`);
  request.setQuery(struct(query));
  request.setLimit(limit);
  const responses = await plugin.list(request);
  return responses.map((it) => it.getResult()?.getId() ?? (it.hasComputed() ? "(unknown)" : "?"));
}

test("A28 List: every resource is listed by ids that Read takes, with names", async () => {
  const plugin = await startPlugin(options);
  const found: Record<string, string[]> = {};
  for (const token of Object.keys(resources)) {
    found[token] = await listed(plugin, token);
    for (const id of found[token] ?? []) expect(await read(plugin, token, id)).toMatchObject({ id });
  }
  expect(found).toEqual({
    Trunk: ["100", "200"],
    Credential: ["cred-1"],
    IpAccessControlList: ["acl-1"],
    OriginationUri: ["uri-1"],
    PhoneNumberAttachment: ["14155550100"],
    TrunkPhoneNumbers: ["100"],
  });
});

test("A28 List: filters, limits, and every page", async () => {
  const trunks = Array.from({ length: 45 }, (_, index) => ({
    trunk_id: String(1000 + index),
    trunk_direction: index % 2 ? ("inbound" as const) : ("outbound" as const),
  }));
  const plugin = await startPlugin({ seed: { trunks } });
  expect(await listed(plugin, "Trunk")).toHaveLength(45);
  expect(await listed(plugin, "Trunk", { trunkDirection: "inbound" })).toHaveLength(22);
  expect(await listed(plugin, "Trunk", {}, 21)).toHaveLength(21);
  expect(await listed(plugin, "Trunk", { trunkDirection: "inbound" }, 100)).toHaveLength(22);
});

test("A28 List: a filter that is not known yet sends no request and returns that the list is not known", async () => {
  const plugin = await startPlugin(options);
  expect(await listed(plugin, "Trunk", { credentialUuid: UNKNOWN })).toEqual(["(unknown)"]);
  expect(plugin.takeRequests()).toEqual([]);
});

test("A28 List: mistakes are errors of the stream", async () => {
  const plugin = await startPlugin(options);
  expect(await rpcFailureOf(listed(plugin, "Tronk"))).toMatchObject({ code: status.NOT_FOUND });
  expect((await rpcFailureOf(listed(plugin, "Trunk", { direction: "x" }))).details).toContain("has no argument");
  plugin.simulator.faults.add({ do: { kind: "status", status: 401 } });
  expect((await rpcFailureOf(listed(plugin, "Trunk"))).details).toMatch(/^getTrunks: GET Zentrunk\/Trunk\/ -> 401/);
});
