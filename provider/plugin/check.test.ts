import { expect, test } from "@jest/globals";
import { ResourceProviderService as rpc } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import { startPlugin } from "./testing/start-plugin";
import { check, checked, checkedOf, urnOf } from "./testing/test-client";
import { output, secret, struct, UNKNOWN } from "./testing/wire-json";

const list = { ipAddresses: ["192.0.2.1"] };

test("A10 Check: all failures at once, each on its own path, without a request", async () => {
  const plugin = await startPlugin();
  const { failures } = await check(plugin, "IpAccessControlList", {
    name: 7,
    ipAddresses: ["192.0.2.1", "nonsense", "192.0.2.1"],
    forceDestroy: "yes",
  });
  expect(failures).toEqual([
    { property: "name", reason: "must be a string" },
    { property: "ipAddresses[1]", reason: "must be an IPv4 or IPv6 address, or a CIDR range of them" },
    { property: "ipAddresses[2]", reason: "is the same as ipAddresses[0]: give each only once" },
    { property: "forceDestroy", reason: "must be true or false" },
  ]);
  expect(plugin.takeRequests()).toEqual([]);
});

test("A10 Check: rules across properties name the property that is to change", async () => {
  const plugin = await startPlugin();
  const outbound = await check(plugin, "Trunk", { trunkDirection: "outbound", primaryUriUuid: "u1" });
  expect(outbound.failures.map(({ property }) => property)).toEqual(["credentialUuid", "primaryUriUuid"]);
  const inbound = await check(plugin, "Trunk", { trunkDirection: "inbound", credentialUuid: "c1" });
  expect(inbound.failures.map(({ property }) => property)).toEqual(["primaryUriUuid", "credentialUuid"]);
});

test("A10 Check: an argument that does not exist is rejected, and its value is not shown", async () => {
  const { failures } = await check(await startPlugin(), "Credential", { username: "pbxlondon", passwrd: "Secret!1" });
  expect(failures.map(({ property }) => property)).toEqual(["passwrd.value", "password.value"]);
  expect(JSON.stringify(failures)).not.toContain("Secret!1");
});

test("A10 Check: what is allowed and risky is a warning on the resource that names the property, not a failure", async () => {
  const plugin = await startPlugin();
  expect((await check(plugin, "IpAccessControlList", { ipAddresses: ["10.0.0.0/7"] })).failures).toEqual([]);
  const urn = urnOf("IpAccessControlList");
  const text = expect.stringMatching(/^ipAddresses\[0\] is wider than \/8/);
  // Checked once more, as for a replacement.
  await check(plugin, "IpAccessControlList", { ipAddresses: ["10.0.0.0/7", "10.0.0.0/6"] });
  const other = { urn, severity: "warning", text: expect.stringMatching(/^ipAddresses\[1\] is wider than \/8/) };
  const found = await plugin.engine.logged(2);
  expect(found).toMatchObject([{ urn, severity: "warning", ephemeral: false, text }, other]);
});

test("A10 Check: what the object has already is a warning on the resource, and a failure on a new one", async () => {
  const plugin = await startPlugin();
  const olds = { name: "it", ipAddresses: ["192.0.2.0/255.255.255.0"] };
  expect((await check(plugin, "IpAccessControlList", olds, { olds })).failures).toEqual([]);
  const text = expect.stringMatching(/^ipAddresses\[0\] must be .*; accepted, because the object has it already$/);
  expect(await plugin.engine.logged(1)).toMatchObject([{ severity: "warning", text }]);
  expect((await check(plugin, "IpAccessControlList", olds)).failures).toMatchObject([{ property: "ipAddresses[0]" }]);
});

test("A11 Check: defaults are filled in, and checking again changes nothing", async () => {
  const plugin = await startPlugin();
  const trunk = { trunkDirection: "outbound", credentialUuid: secret("c1"), ipaclUuid: UNKNOWN };
  const once = await check(plugin, "Trunk", trunk);
  expect(once.inputs).toMatchObject({ trunkStatus: "enabled", secure: false, forceDestroy: false });
  expect(await check(plugin, "Trunk", once.inputs, { olds: once.inputs })).toEqual(once);
  expect(await check(plugin, "Trunk", once.inputs)).toEqual(once);
});

test("A11 Check: without naming rules the name is the logical one with digits from the engine's seed", async () => {
  const plugin = await startPlugin();
  const nameOf = async (seed: string) => (await checked(plugin, "IpAccessControlList", list, { seed })).name;
  expect(await nameOf("one")).toMatch(/^it-[0-9a-f]{7}$/);
  expect(await nameOf("one")).toBe(await nameOf("one"));
  expect(await nameOf("one")).not.toBe(await nameOf("two"));
});

test("A11 Check: a proposed name is taken", async () => {
  const plugin = await startPlugin();
  const autonaming = { mode: "PROPOSE", name: "it-abc1234" } as const;
  expect(await checked(plugin, "IpAccessControlList", list, { autonaming })).toMatchObject({ name: "it-abc1234" });
});

test("A11 Check: an enforced name is taken as it is, also where the old object has it", async () => {
  const plugin = await startPlugin();
  const autonaming = { mode: "ENFORCE", name: "it" } as const;
  const olds = await checked(plugin, "IpAccessControlList", list, { autonaming });
  expect(olds).toMatchObject({ name: "it" });
  await checked(plugin, "IpAccessControlList", list, { olds, autonaming });
  expect(await checked(plugin, "IpAccessControlList", list, { autonaming })).toMatchObject({ name: "it" });
});

test("A11 Check: where automatic names are switched off, a missing name is a failure", async () => {
  const autonaming = { mode: "DISABLE" } as const;
  const { failures } = await check(await startPlugin(), "IpAccessControlList", list, { autonaming });
  expect(failures).toMatchObject([{ property: "name" }]);
});

test("A11 Check: the old name is kept whatever is proposed, and a given name wins over all", async () => {
  const plugin = await startPlugin();
  const autonaming = { mode: "PROPOSE", name: "it-new" } as const;
  const olds = { ...list, name: "it-old" };
  const kept = await checked(plugin, "IpAccessControlList", list, { olds, autonaming });
  expect(kept).toMatchObject({ name: "it-old" });
  const named = await checked(plugin, "IpAccessControlList", { ...list, name: "mine" }, { olds, autonaming });
  expect(named).toMatchObject({ name: "mine" });
});

test("A11 Check: an engine that sends neither name nor type gets a name from the URN", async () => {
  const plugin = await startPlugin();
  const request = new wire.CheckRequest();
  request.setUrn(urnOf("IpAccessControlList"));
  request.setNews(struct(list));
  expect(checkedOf(await plugin.ask(rpc.check, request)).inputs.name).toMatch(/^it-[0-9a-f]{7}$/);
});

test("A12 Check: unknown values never fail, and stay unknown", async () => {
  const plugin = await startPlugin();
  const trunk = { name: UNKNOWN, trunkDirection: UNKNOWN, secure: UNKNOWN, credentialUuid: UNKNOWN };
  expect(await check(plugin, "Trunk", trunk)).toMatchObject({ failures: [], inputs: trunk });
  const lists = [UNKNOWN, ["192.0.2.1", UNKNOWN], output({ dependencies: ["urn"] })];
  for (const ipAddresses of lists) {
    const { failures, inputs } = await check(plugin, "IpAccessControlList", { ipAddresses });
    expect([failures, JSON.stringify(inputs.ipAddresses).includes(UNKNOWN)]).toEqual([[], true]);
  }
});

test("A12 Check: what the program marked as secret is returned as a secret, and so is every password", async () => {
  const plugin = await startPlugin();
  const args = { username: secret("pbxlondon"), password: "Secret!1" };
  const { inputs } = await check(plugin, "Credential", args);
  expect(inputs).toMatchObject({ username: secret("pbxlondon"), password: secret("Secret!1") });
  const hidden = await check(plugin, "IpAccessControlList", { ipAddresses: ["192.0.2.1", secret("192.0.2.2")] });
  expect(hidden.inputs.ipAddresses).toEqual(secret(["192.0.2.1", "192.0.2.2"]));
});

test("A12 Check: a failure on a secret names a path that the engine cannot print, and not its value", async () => {
  const plugin = await startPlugin();
  const { failures } = await check(plugin, "Credential", { username: secret("hush"), password: "no" });
  expect(failures.map(({ property }) => property)).toEqual(["username.value", "password.value"]);
  expect(JSON.stringify(failures)).not.toMatch(/hush|"no"/);
});
