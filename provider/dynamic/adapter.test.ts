/** The adapter as the host drives it, against the simulator. */
import { expect, test } from "@jest/globals";
import type { Seed } from "pulumi-plivo/simulator";
import { type ResourceToken, resources } from "../resources/index";
import { simulatedAccount } from "../resources/testing/simulated-account";
import { dynamicProvider } from "./adapter";
import { Session } from "./session";
import { FakeHost, HostFailure, type Props, secret, UNKNOWN } from "./testing/fake-host";

const __provider = 'exports.handler=()=>require("pulumi-plivo/provider").x;';
const seed: Seed = {
  originationUris: [{ uri_uuid: "uri-1", name: "pbx", uri: "sip.example.com" }],
  credentials: [{ credential_uuid: "cred-1", name: "pbx", username: "pbxlondon", password: "Secret!1" }],
  trunks: [{ trunk_id: "100", name: "in", trunk_direction: "inbound", primary_uri_uuid: "uri-1" }],
};
const trunkArgs = { __provider, __autoName: "eu-0123456", trunkDirection: "inbound", primaryUriUuid: "uri-1" };

async function hostOf(token: ResourceToken) {
  const simulated = await simulatedAccount({ seed });
  const session = new Session(
    () => simulated.account,
    (line) => void simulated.warnings.push(line),
    () => "0123456789",
  );
  return { ...simulated, host: new FakeHost(dynamicProvider(resources[token], session)) };
}

/** What the engine would have in its state after an `up`. */
async function made(token: ResourceToken, args: Props) {
  const world = await hostOf(token);
  const { inputs, failures } = await world.host.check({}, args);
  expect(failures).toEqual([]);
  const { id, properties } = await world.host.create(inputs);
  world.takeRequests();
  return { ...world, id, inputs, outputs: properties };
}

test("what the SDK class passes to check goes no further: no resource, state or request sees it", async () => {
  const { host, simulator } = await hostOf("Trunk");
  const { inputs, failures } = await host.check({}, { ...trunkArgs, __defaults: [] });
  expect(failures).toEqual([]);
  expect(inputs).toEqual({
    __provider,
    name: "eu-0123456",
    trunkDirection: "inbound",
    trunkStatus: "enabled",
    secure: false,
    primaryUriUuid: "uri-1",
    forceDestroy: false,
  });
  await host.create(inputs);
  expect(JSON.stringify(simulator.requests)).not.toContain("__");
});

test("an auto-name is not known in a preview: an update plan takes any", async () => {
  const { host } = await hostOf("Trunk");
  const args = { ...trunkArgs, __preview: true };
  expect((await host.check({}, args)).inputs).toMatchObject({ name: UNKNOWN });
  expect((await host.check({}, { ...args, name: "mine" })).inputs).toMatchObject({ name: "mine" });
  const old = { __provider, name: "eu-7654321", trunkDirection: "inbound", primaryUriUuid: "uri-1" };
  expect((await host.check(old, args)).inputs).toMatchObject({ name: "eu-7654321" });
});

test("a name that is not known in a preview does not hide what the object has already", async () => {
  const { host, warnings } = await hostOf("IpAccessControlList");
  const args = { __provider, __autoName: "office-0123456", __preview: true, ipAddresses: ["10.0.0.0/255.0.0.0"] };
  const { failures } = await host.check({ __provider, name: "", ipAddresses: ["10.0.0.0/255.0.0.0"] }, args);
  expect(failures).toEqual([]);
  expect(warnings.join()).toContain('"office-0123456": ipAddresses');
});

test("values that are not known yet go in and come out as the host's sentinel", async () => {
  const { host } = await hostOf("Trunk");
  const { inputs, failures } = await host.check({}, { ...trunkArgs, primaryUriUuid: UNKNOWN, name: UNKNOWN });
  expect(failures).toEqual([]);
  expect(inputs).toMatchObject({ primaryUriUuid: UNKNOWN, name: UNKNOWN });
});

test("the old name is kept, and old inputs that hold nothing but our text are no old inputs", async () => {
  const { host } = await hostOf("Trunk");
  const { inputs } = await host.check({ __provider, name: "old" }, trunkArgs);
  expect(inputs.name).toBe("old");
  const again = await host.check({ __provider }, trunkArgs);
  expect(again.inputs.name).toBe("eu-0123456");
});

test("failures reach the engine with the user's paths, a secret's not under its plain key", async () => {
  const { host } = await hostOf("Credential");
  const args = { name: "x", username: "a", password: "hun2" };
  const { failures } = await host.check({}, { __provider, __plain: { name: "x", username: "a" }, ...args });
  expect(failures.map(({ property }) => property)).toEqual(["username", "password.value"]);
  expect(JSON.stringify(failures)).not.toContain("hun2");
});

test("only a plain value of the program is named by its key when it is rejected: any other may be a secret", async () => {
  const { host } = await hostOf("Credential");
  const news = { __provider, __plain: { name: "x", username: "a" }, name: "", username: "hun2", password: "Secret!1" };
  const { inputs, failures } = await host.check({}, news);
  expect(failures.map(({ property }) => property)).toEqual(["name.value", "username.value"]);
  expect(inputs).not.toHaveProperty("__plain");
  const plain = await host.check({}, { ...news, __plain: { name: "", username: "hun2" } });
  expect(plain.failures.map(({ property }) => property)).toEqual(["name", "username"]);
});

const credentialArgs = { __provider, name: "x", username: "pbxlondon", password: "Secret!1" };

test("a password is a secret in all that reaches the state, whether the engine was told so or not", async () => {
  const { host, id, inputs, outputs, simulator } = await made("Credential", credentialArgs);
  const password = secret("Secret!1");
  expect([inputs.password, outputs.password]).toEqual([password, password]);
  const plain = { ...outputs, password: "Secret!1" };
  const found = await host.read(id, plain);
  expect([found.inputs?.password, found.properties.password]).toEqual([password, password]);
  const news = { ...inputs, name: "y" };
  expect((await host.update(id, plain, news)).properties).toMatchObject({ name: "y", password });
  simulator.faults.add({ method: "GET", times: 9, do: { kind: "status", status: 503 } });
  const failed = await host.create({ ...inputs, name: "z" }).catch((caught: unknown) => caught);
  expect(failed).toMatchObject({ details: { properties: { name: "z", password } } });
});

test("a password that is not known yet is a secret too, and one that is not set is none", async () => {
  const { host } = await hostOf("Credential");
  const unknown = await host.check({}, { ...credentialArgs, password: UNKNOWN });
  expect(unknown).toMatchObject({ failures: [], inputs: { password: secret(UNKNOWN) } });
  const { inputs, outputs } = await made("OriginationUri", { __provider, name: "x", uri: "sip.example.com" });
  expect(inputs).not.toHaveProperty("password");
  expect(outputs).toMatchObject({ username: null, password: null });
});

test("a state that holds a password in the clear, or as a secret, shows no change", async () => {
  const { host, id, inputs, outputs } = await made("Credential", credentialArgs);
  for (const password of ["Secret!1", secret("Secret!1")])
    await expect(host.diff(id, { ...outputs, password }, inputs)).resolves.toEqual({ changes: "none", replaces: [] });
  const uri = await made("OriginationUri", { __provider, name: "x", uri: "sip.example.com" });
  for (const password of [null, secret(null)]) {
    const changes = await uri.host.diff(uri.id, { ...uri.outputs, password }, uri.inputs);
    expect(changes).toEqual({ changes: "none", replaces: [] });
  }
});

test("what the object has already is accepted with a line that names the object, and new values are rejected", async () => {
  const { host, warnings } = await hostOf("IpAccessControlList");
  const olds = { __provider, name: "offices", ipAddresses: ["203.0.113.0/255.255.255.0"] };
  expect((await host.check(olds, olds)).failures).toEqual([]);
  expect(warnings).toEqual([
    'warning: IP access control list "offices": ipAddresses[0] must be an IPv4 or IPv6 address, or a CIDR range of them; accepted, because the object has it already',
  ]);
  expect((await host.check({}, olds)).failures).toHaveLength(1);
});

test("outputs are complete, null where there is no value, and leave the id to its own place", async () => {
  const { outputs, id } = await made("Trunk", trunkArgs);
  expect(outputs).toEqual({
    __provider,
    name: "eu-0123456",
    trunkDirection: "inbound",
    trunkStatus: "enabled",
    secure: false,
    ipaclUuid: null,
    credentialUuid: null,
    primaryUriUuid: "uri-1",
    fallbackUriUuid: null,
    forceDestroy: false,
    trunkDomain: `${id}.zt.plivo.com`,
  });
});

test("no change says so; a change leaves `changes` out and names what replaces", async () => {
  const { host, id, inputs, outputs, takeRequests } = await made("Trunk", trunkArgs);
  const none = { changes: "none", replaces: [] };
  await expect(host.diff(id, outputs, inputs)).resolves.toEqual(none);
  await expect(host.diff(id, outputs, { ...inputs, __provider: "a newer text" })).resolves.toEqual(none);
  const renamed = await host.diff(id, outputs, { ...inputs, name: "new" });
  expect(renamed).toEqual({ changes: "unknown", replaces: [] });
  const turned = { ...inputs, trunkDirection: "outbound", primaryUriUuid: null, credentialUuid: UNKNOWN };
  await expect(host.diff(id, outputs, turned)).resolves.toEqual({ changes: "unknown", replaces: ["trunkDirection"] });
  expect(takeRequests()).toEqual([]);
});

test("read returns the refreshed inputs beside the outputs: without them the engine sees no drift", async () => {
  const { host, id, inputs, outputs, simulator } = await made("Trunk", trunkArgs);
  simulator.store.edit("trunks", id, { secure: true });
  const found = await host.read(id, outputs);
  expect(found).toEqual({ id, properties: { ...outputs, secure: true }, inputs: { ...inputs, secure: true } });
});

test("a refresh of a deleted object returns an empty id", async () => {
  const { host, id, outputs, simulator } = await made("Trunk", trunkArgs);
  simulator.store.trunks.delete(id);
  await expect(host.read(id, outputs)).resolves.toEqual({ id: "", properties: { __provider } });
});

test("get has the id alone and returns everything", async () => {
  const { host } = await hostOf("Credential");
  const { id, properties, inputs } = await host.read("cred-1", { __provider });
  expect(id).toBe("cred-1");
  const known = { __provider, name: "pbx", username: "pbxlondon", forceDestroy: false };
  expect(properties).toEqual({ ...known, password: null });
  expect(inputs).toEqual(known);
});

test("get of an object that does not exist is an error: an empty result would be an empty object", async () => {
  const { host } = await hostOf("Trunk");
  await expect(host.read("999", { __provider })).rejects.toThrow(
    "trunk 999 does not exist: check the id that Trunk.get",
  );
});

test("update returns full outputs: what is left out would be lost from the state", async () => {
  const { host, id, inputs, outputs } = await made("Trunk", trunkArgs);
  const { properties } = await host.update(id, outputs, { ...inputs, name: "new" });
  expect(properties).toEqual({ ...outputs, name: "new" });
});

test("a failed initialisation reaches the engine with id, reasons, and properties that name the provider", async () => {
  const { host, simulator } = await hostOf("Trunk");
  const { inputs } = await host.check({}, trunkArgs);
  simulator.faults.add({ method: "GET", times: 9, do: { kind: "status", status: 503 } });
  const error = await host.create(inputs).catch((caught: unknown) => caught);
  const [id] = [...simulator.store.trunks.keys()].filter((key) => key !== "100");
  expect(error).toBeInstanceOf(HostFailure);
  expect(error).toMatchObject({
    details: {
      id,
      properties: { ...inputs, ipaclUuid: null, credentialUuid: null, fallbackUriUuid: null, trunkDomain: null },
      reasons: [expect.stringContaining("503")],
    },
  });
});

test("the state of a failed initialisation is repaired by the next update", async () => {
  const { host, simulator } = await hostOf("Trunk");
  const { inputs } = await host.check({}, trunkArgs);
  simulator.faults.add({ method: "GET", times: 3, do: { kind: "status", status: 503 } });
  const error = await host.create(inputs).catch((caught: unknown) => caught);
  const { id, properties } = (error instanceof HostFailure && error.details) || { id: "", properties: {} };
  await expect(host.diff(id, properties, inputs)).resolves.toEqual({ changes: "none", replaces: [] });
  const repaired = await host.update(id, properties, inputs);
  expect(repaired.properties).toMatchObject({ trunkDomain: `${id}.zt.plivo.com` });
});

test("a rejected create has no id, and nothing of it is in the state", async () => {
  const { host, simulator } = await hostOf("Trunk");
  const { inputs } = await host.check({}, { ...trunkArgs, primaryUriUuid: "no-such-uri" });
  const error = await host.create(inputs).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ details: undefined });
  expect(String(error)).toMatch(/creating trunk "eu-0123456": POST Zentrunk\/Trunk\/ -> 400 .*no-such-uri/);
  expect([...simulator.store.trunks.keys()]).toEqual(["100"]);
});

test("what the host prints of an error is one line", async () => {
  const { host, simulator } = await hostOf("Trunk");
  simulator.faults.add({ times: 9, do: { kind: "status", status: 500 } });
  await expect(host.read("100", { __provider })).rejects.toThrow("reading trunk 100");
  expect(host.printed).toEqual([expect.stringMatching(/^Error: reading trunk 100: [^\n]*: $/)]);
});

test.each(Object.keys(resources) as ResourceToken[])(
  "no method of %s makes the host hang, whatever Plivo returns",
  async (token) => {
    const { host, simulator } = await hostOf(token);
    const props = { __provider, name: "x", number: "14155550100", trunkId: "100", trunkDirection: "inbound" };
    for (const body of [null, [], "text", 7, { object: null }, { trunk_id: {} }]) {
      simulator.faults.clear();
      simulator.faults.add({ times: 99, do: { kind: "body", status: 200, body } });
      const methods = [
        host.create(props),
        host.read("100", props),
        host.read("100", { __provider }),
        host.update("100", props, { ...props, name: "y", trunkId: "101" }),
        host.delete("100", props),
      ];
      const results = await Promise.allSettled(methods);
      const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
      expect(reasons).not.toEqual([]);
      expect(reasons).toEqual(reasons.map(() => expect.any(HostFailure)));
    }
  },
);
