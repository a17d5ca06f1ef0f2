import { expect, test } from "@jest/globals";
import type { Seed } from "pulumi-plivo/simulator";
import { simulatedAccount } from "../resources/testing/simulated-account";
import { type FunctionToken, functions, invoke } from "./index";

const seed: Seed = {
  applications: [{ app_id: "900" }],
  originationUris: [{ uri_uuid: "uri-1", name: "pbx", uri: "sip.example.com" }],
  credentials: [{ credential_uuid: "cred-1", name: "pbx", username: "pbxlondon", password: "Secret!1" }],
  ipAccessControlLists: [{ ipacl_uuid: "acl-1", name: "offices", ip_addresses: ["203.0.113.1"] }],
  trunks: [
    { trunk_id: "100", name: "in", trunk_direction: "inbound", primary_uri_uuid: "uri-1" },
    { trunk_id: "200", name: "out", trunk_direction: "outbound", credential_uuid: "cred-1", secure: true },
  ],
  numbers: [
    { number: "14155550100", app_id: "100", alias: "hotline" },
    { number: "14155550101", app_id: "900" },
    "14155550102",
  ],
};

async function world(behaviour = {}) {
  const { context, ...simulated } = await simulatedAccount({ seed, behaviour });
  const ask = (token: FunctionToken, args = {}) => invoke(functions[token], args, () => context().services);
  return { ...simulated, ask };
}

const trunkOut = {
  trunkId: "200",
  trunkDomain: "200.zt.plivo.com",
  name: "out",
  trunkDirection: "outbound",
  trunkStatus: "enabled",
  secure: true,
  ipaclUuid: null,
  credentialUuid: "cred-1",
  primaryUriUuid: null,
  fallbackUriUuid: null,
};
const hotline = { number: "14155550100", alias: "hotline", trunkId: "100", applicationId: null };

test.each<{ token: FunctionToken; args: object; result: object }>([
  { token: "getTrunk", args: { trunkId: "200" }, result: trunkOut },
  { token: "getTrunks", args: { trunkDirection: "outbound" }, result: { trunks: [trunkOut] } },
  { token: "getTrunks", args: { secure: true, trunkStatus: "enabled" }, result: { trunks: [trunkOut] } },
  { token: "getTrunks", args: { credentialUuid: "cred-1" }, result: { trunks: [trunkOut] } },
  { token: "getTrunks", args: { fallbackUriUuid: "uri-1" }, result: { trunks: [] } },
  {
    token: "getCredentials",
    args: {},
    result: { credentials: [{ credentialUuid: "cred-1", name: "pbx", username: "pbxlondon" }] },
  },
  {
    token: "getIpAccessControlLists",
    args: {},
    result: { ipAccessControlLists: [{ ipaclUuid: "acl-1", name: "offices", ipAddresses: ["203.0.113.1"] }] },
  },
  { token: "getPhoneNumbers", args: { trunkId: "100" }, result: { phoneNumbers: [hotline] } },
])("$token returns what matches $args", async ({ token, args, result }) => {
  const { ask } = await world();
  expect(await ask(token, args)).toEqual(result);
});

test("a server that ignores filters makes no difference", async () => {
  const { ask } = await world({ ignoreFilters: true });
  expect(await ask("getTrunks", { trunkDirection: "outbound", secure: true })).toEqual({ trunks: [trunkOut] });
});

test("a number shows whether it is routed to a trunk, an application or nothing", async () => {
  const { ask } = await world();
  const routes = [hotline, { number: "14155550101", applicationId: "900", trunkId: null }, { number: "14155550102" }];
  expect(await ask("getPhoneNumbers")).toMatchObject({ phoneNumbers: routes });
});

test("a list is read to its last page", async () => {
  const { ask, simulator } = await world();
  for (let i = 0; i < 45; i++) simulator.store.addNumber(`1415556${1000 + i}`);
  const result = await ask("getPhoneNumbers");
  expect(result).toMatchObject({ phoneNumbers: { length: 48 } });
});

test.each<{ token: FunctionToken; args: object; message: string }>([
  { token: "getTrunk", args: {}, message: "getTrunk: trunkId is required: Id of the trunk." },
  { token: "getTrunk", args: { trunkId: "../x" }, message: "getTrunk: trunkId must be an id as Plivo gives it" },
  {
    token: "getTrunks",
    args: { trunkDirection: "both" },
    message: 'getTrunks: trunkDirection must be one of "inbound"',
  },
  { token: "getTrunks", args: { secure: "yes", stray: 1 }, message: 'getTrunks has no argument "stray"' },
  { token: "getCredentials", args: { name: "x" }, message: 'getCredentials has no argument "name"' },
])("a wrong argument of $token is reported before any request: $message", async ({ token, args, message }) => {
  const { ask, takeRequests } = await world();
  await expect(ask(token, args)).rejects.toThrow(message);
  expect(takeRequests()).toEqual([]);
});

test("what does not exist is an error that names it", async () => {
  const { ask } = await world();
  await expect(ask("getTrunk", { trunkId: "999" })).rejects.toThrow(/^getTrunk: GET Zentrunk\/Trunk\/999\/ -> 404/);
});

test.each(Object.entries(functions))(
  "%s is registered under its own name and documents every field",
  (token, definition) => {
    expect(definition.token).toBe(token);
    const row = "one" in definition.result ? definition.result.one : definition.result.many;
    const texts = [definition.describe, definition.example, row.describe];
    const facts = [...Object.values(definition.properties), ...Object.values(row.fields)].map(
      ({ facts: it }) => it.describe,
    );
    for (const text of [...texts, ...facts]) expect(text).toMatch(/\w/);
  },
);

test("no result declares or holds a secret", async () => {
  const { ask } = await world();
  const results = await Promise.all([ask("getCredentials"), ask("getOriginationUris"), ask("getTrunks")]);
  expect(JSON.stringify(results)).not.toMatch(/password|Secret!1/i);
  const rows = Object.values(functions).map(({ result }) => ("one" in result ? result.one : result.many));
  for (const { fields } of rows) expect(Object.values(fields).some(({ facts }) => facts.secret)).toBe(false);
});
