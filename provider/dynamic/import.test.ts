/** The resource option `import`, as the SDK class hands it to the host. */
import { expect, test } from "@jest/globals";
import type { Seed } from "pulumi-plivo/simulator";
import { type ResourceToken, resources } from "../resources/index";
import { simulatedAccount } from "../resources/testing/simulated-account";
import { dynamicProvider } from "./adapter";
import { Session } from "./session";
import { FakeHost, type Props, UNKNOWN } from "./testing/fake-host";

const __provider = 'exports.handler=()=>require("pulumi-plivo/provider").x;';
const seed: Seed = {
  originationUris: [{ uri_uuid: "uri-1", name: "pbx", uri: "sip.example.com" }],
  credentials: [{ credential_uuid: "cred-1", name: "pbx", username: "pbxlondon", password: "Secret!1" }],
  ipAccessControlLists: [{ ipacl_uuid: "acl-1", name: "offices", ip_addresses: ["10.0.0.0/255.0.0.0"] }],
  trunks: [{ trunk_id: "100", name: "in", trunk_direction: "inbound", primary_uri_uuid: "uri-1" }],
  numbers: [{ number: "14155550100", app_id: "100" }, "14155550101"],
};

/** One run of the engine on an account. */
async function run() {
  const simulated = await simulatedAccount({ seed });
  const { account, warnings, simulator } = simulated;
  const session = new Session(
    () => account,
    (line) => void warnings.push(line),
    () => "0123456789",
  );
  const host = (token: ResourceToken) => new FakeHost(dynamicProvider(resources[token], session));
  const writes = () => simulator.requests.filter(({ method }) => method !== "GET").length;
  return { ...simulated, host, writes };
}

function imports(id: string, args: Props, { name = "it", ignored = [] as string[] } = {}): Props {
  const option = { id, urn: `urn::${name}`, ignored };
  return { __provider, __autoName: `${name}-0123456`, __import: option, __plain: args, ...args };
}

const trunk = { name: "in", trunkDirection: "inbound", primaryUriUuid: "uri-1" };
const line = { number: "+14155550100", trunkId: "100" };

const refused: readonly (readonly [string, ResourceToken, Props, string, RegExp])[] = [
  [
    "an id that does not exist",
    "Trunk",
    imports("999", trunk),
    "import",
    /^this account has no trunk 999; correct the ID/,
  ],
  ["an id of another kind", "Trunk", imports("uri-1", trunk), "import", /^this account has no trunk uri-1/],
  [
    "a number that is attached to nothing",
    "PhoneNumberAttachment",
    imports("14155550101", { ...line, number: "14155550101" }),
    "import",
    /^this account has no phone number attachment 14155550101; it may be attached to nothing, or remove `import`/,
  ],
  [
    "another number than the one that is imported",
    "PhoneNumberAttachment",
    imports("14155550100", { ...line, number: "14155550101" }),
    "number",
    /^cannot be changed: phone number attachment 14155550100 has "14155550100"; set that, or remove `import`/,
  ],
  [
    "a value that no update can change",
    "Trunk",
    imports("100", { ...trunk, trunkDirection: "outbound", primaryUriUuid: undefined, credentialUuid: "cred-1" }),
    "trunkDirection",
    /^cannot be changed: trunk 100 has "inbound"/,
  ],
];

test.each(refused)(
  "%s is refused on the user's property, before anything is written",
  async (_, token, args, property, reason) => {
    const { host, writes } = await run();
    const { failures, inputs } = await host(token).check({}, args);
    expect(failures).toEqual([{ property, reason: expect.stringMatching(reason) }]);
    // Without a check, as no engine asks.
    await expect(host(token).create(inputs)).rejects.toThrow(/^importing (trunk|phone number attachment) /);
    expect(writes()).toBe(0);
  },
);

test("all mistakes of an import are reported at once", async () => {
  const { host } = await run();
  const { failures } = await host("Trunk").check({}, imports("999", { ...trunk, trunkStatus: "on", colour: "red" }));
  expect(failures.map(({ property }) => property).sort()).toEqual(["colour.value", "import", "trunkStatus"]);
});

test("two resources of a program cannot import one object", async () => {
  const { host } = await run();
  await host("Trunk").check({}, imports("100", trunk));
  const { failures } = await host("Trunk").check({}, imports("100", trunk, { name: "other" }));
  expect(failures).toEqual([{ property: "import", reason: "another resource of the program imports trunk 100 too" }]);
});

test("the object of another resource of the stack cannot be imported, whichever the engine checks first", async () => {
  const state = { __provider, ...trunk, trunkStatus: "enabled", secure: false };
  const first = await run();
  await first.host("Trunk").check(state, state);
  await first.host("Trunk").diff("100", state, state);
  const { failures } = await first.host("Trunk").check({}, imports("100", trunk));
  expect(failures).toEqual([
    { property: "import", reason: expect.stringMatching(/^another resource of the stack manages trunk 100 already/) },
  ]);
  const second = await run();
  await second.host("Trunk").check({}, imports("100", trunk));
  await expect(second.host("Trunk").diff("100", state, state)).rejects.toThrow(
    /trunk 100 belongs to this resource and to another one/,
  );
});

test("a resource that has an object already cannot import another one", async () => {
  const { host } = await run();
  const state = { __provider, ...trunk };
  const { inputs } = await host("Trunk").check(state, imports("555", trunk));
  await expect(host("Trunk").diff("100", state, inputs)).rejects.toThrow(
    /^`import` names trunk 555, and this resource is trunk 100 already: remove the option/,
  );
});

test("what the object has already is not refused, and a name that is not given stays", async () => {
  const { host, warnings, writes } = await run();
  const args = imports("acl-1", { ipAddresses: ["10.0.0.0/255.0.0.0"] });
  const { inputs, failures } = await host("IpAccessControlList").check({}, args);
  expect(failures).toEqual([]);
  const { id, properties } = await host("IpAccessControlList").create(inputs);
  expect([id, properties.name, writes()]).toEqual(["acl-1", "offices", 0]);
  expect(warnings).toContain('info: imports IP access control list "offices" (acl-1) as it is');
});

test("the user is told what the import will change, send blindly and compare later", async () => {
  const { host, warnings } = await run();
  const login = { username: "other", password: "Secret!1" };
  await host("Credential").check({}, imports("cred-1", login));
  await host("Trunk").check({}, imports("100", { ...trunk, secure: true, primaryUriUuid: UNKNOWN }));
  expect(warnings).toEqual([
    'info: imports credential "pbx" (cred-1): changes username from "pbxlondon" to "other"; sends password, which Plivo never returns',
    'info: imports trunk "in" (100): changes secure from false to true; compares primaryUriUuid during `pulumi up`',
  ]);
});

test("what differs is brought in line with one write, and compared with the object of that moment", async () => {
  const { host, simulator, writes } = await run();
  const { inputs } = await host("Trunk").check({}, imports("100", { ...trunk, secure: true }));
  simulator.store.trunks.set("100", { ...simulator.store.trunks.get("100"), name: "renamed" } as never);
  const { id, properties } = await host("Trunk").create(inputs);
  expect([id, properties.secure, properties.name, writes()]).toEqual(["100", true, "in", 1]);
  expect(simulator.store.trunks.get("100")).toMatchObject({ secure: true });
});

test("an object that vanished between check and create is not created again", async () => {
  const { host, simulator, writes } = await run();
  const { inputs } = await host("Trunk").check({}, imports("100", trunk));
  simulator.store.deleteTrunk("100");
  await expect(host("Trunk").create(inputs)).rejects.toThrow(/importing trunk 100: this account has no trunk 100/);
  expect(writes()).toBe(0);
});

test.each([[["username", "password"]], [["username", '["password"]']], [["*"]]])(
  "what the program ignores (%j) stays as it is, the password too",
  async (ignored) => {
    const { host, writes } = await run();
    const args = { username: "ignored", password: "Ignored!1" };
    const { inputs } = await host("Credential").check({}, imports("cred-1", args, { ignored }));
    expect(inputs).toMatchObject({ username: "pbxlondon" });
    expect(inputs).not.toHaveProperty("password");
    await host("Credential").create(inputs);
    expect(writes()).toBe(0);
  },
);

test("the state keeps the id of the import, so that a refresh or a removed option shows no change", async () => {
  const { host } = await run();
  const { inputs } = await host("Trunk").check({}, imports("100", trunk));
  const { properties } = await host("Trunk").create(inputs);
  const refreshed = await host("Trunk").read("100", properties);
  const mark = { id: "100", urn: "urn::it" };
  expect([inputs.__import, properties.__import, refreshed.inputs?.__import]).toEqual([mark, mark, mark]);
  const next = await run();
  const without = await next.host("Trunk").check(inputs, { __provider, __autoName: "it-0123456", ...trunk });
  expect(without.inputs).toEqual(inputs);
  expect(await next.host("Trunk").diff("100", properties, without.inputs)).toMatchObject({ changes: "none" });
});

test("an import without a usable response to its update is kept in the state, or repeated as a whole", async () => {
  const { host, simulator } = await run();
  const { inputs } = await host("Trunk").check({}, imports("100", { ...trunk, secure: true }));
  simulator.faults.add({ method: "POST", times: 99, do: { kind: "status", status: 500 } });
  await expect(host("Trunk").create(inputs)).rejects.toMatchObject({
    details: { id: "100", properties: { __import: { id: "100" }, secure: false } },
  });
});

test("what the program leaves out is removed, and the user is told what; a value that may be a secret is not shown", async () => {
  const { host, simulator, warnings } = await run();
  simulator.store.trunks.set("100", { ...simulator.store.trunks.get("100"), fallback_uri_uuid: "uri-1" } as never);
  const { trunkDirection, primaryUriUuid } = trunk;
  await host("Trunk").check({}, imports("100", { trunkDirection, primaryUriUuid }));
  const hidden = { ...imports("cred-1", { password: "Secret!1" }), username: "other" };
  await host("Credential").check({}, hidden);
  expect(warnings[0]).toBe('info: imports trunk "in" (100): removes fallbackUriUuid ("uri-1")');
  expect(warnings[1]).toContain("changes username from [secret] to [secret]");
});
