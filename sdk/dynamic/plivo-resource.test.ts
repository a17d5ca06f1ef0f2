import { beforeAll, beforeEach, expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo";

const registered = new Map<string, pulumi.runtime.MockResourceArgs>();
const list = { ipAddresses: ["203.0.113.1"] };

beforeAll(() => mocks(false));

async function mocks(preview: boolean): Promise<void> {
  await pulumi.runtime.setMocks(
    {
      newResource: (args) => {
        registered.set(args.name, args);
        return { id: `${args.name}-id`, state: args.inputs };
      },
      call: ({ inputs }) => inputs,
    },
    "lines",
    "dev",
    preview,
  );
}

beforeEach(() => registered.clear());

async function inputsOf(resource: pulumi.Resource, name: string): Promise<Record<string, unknown>> {
  await new Promise((resolve) => resource.urn.apply(resolve));
  return registered.get(name)?.inputs ?? {};
}

test("a generated name is the logical name and seven digits, the same in each run", async () => {
  const first = await inputsOf(new plivo.IpAccessControlList("office", list), "office");
  expect(first.__autoName).toMatch(/^office-[0-9a-f]{7}$/);
  const second = await inputsOf(new plivo.IpAccessControlList("office", list), "office");
  expect(second.__autoName).toBe(first.__autoName);
});

test("the provider is told whether this is a preview, for what can have an auto-name", async () => {
  for (const preview of [true, false]) {
    await mocks(preview);
    expect(await inputsOf(new plivo.IpAccessControlList("office", list), "office")).toHaveProperty(
      "__preview",
      preview,
    );
    const attached = { number: "+14155550100", trunkId: "100" };
    const inputs = await inputsOf(new plivo.PhoneNumberAttachment("line", attached), "line");
    expect(inputs).not.toHaveProperty("__preview");
  }
});

test("resources of one logical name and different types or parents have different generated names", async () => {
  const site = new pulumi.ComponentResource("lines:index:Site", "site");
  const names = [
    await inputsOf(new plivo.IpAccessControlList("office", list), "office"),
    await inputsOf(new plivo.IpAccessControlList("office", list, { parent: site }), "office"),
    await inputsOf(new plivo.OriginationUri("office", { uri: "sip.example.com" }), "office"),
  ].map(({ __autoName }) => __autoName);
  expect(new Set(names).size).toBe(3);
});

test("a name that the program gives stays, and the provider can tell the resource from others of that name", async () => {
  const given = await inputsOf(new plivo.IpAccessControlList("given", { ...list, name: "mine" }), "given");
  expect(given).toMatchObject({ name: "mine" });
  expect(given.__autoName).toMatch(/^given-/);
  const none = pulumi.output(undefined) as unknown as pulumi.Output<string>;
  const unsure = await inputsOf(new plivo.IpAccessControlList("unsure", { ...list, name: none }), "unsure");
  expect(unsure.__autoName).toMatch(/^unsure-/);
});

test("the provider is told the plain values of the program, and none that may be a secret", async () => {
  const later = <Value>(value: pulumi.Input<Value>) => Promise.resolve(value) as Promise<Value>;
  const args = { uri: "sip.example.com", authenticationNeeded: true, username: "pbxlondon", password: "Secret!1" };
  const plain = await inputsOf(new plivo.OriginationUri("plain", args), "plain");
  expect(plain.__plain).toEqual({ uri: "sip.example.com", authenticationNeeded: true, username: "pbxlondon" });
  const hidden = [pulumi.secret("x"), later(pulumi.secret("x")), later(later(pulumi.secret("x"))), pulumi.output("x")];
  for (const [index, username] of hidden.entries()) {
    const name = `hidden-${index}`;
    const marked = await inputsOf(new plivo.OriginationUri(name, { ...args, username }), name);
    expect(marked.__plain).toEqual({ uri: "sip.example.com", authenticationNeeded: true });
  }
  const strange = { ...list, passwrd: "Secret!1" };
  expect((await inputsOf(new plivo.IpAccessControlList("acl", strange), "acl")).__plain).toEqual({
    ipAddresses: ["203.0.113.1"],
  });
  const ipAddresses = ["203.0.113.1", pulumi.secret("203.0.113.2")];
  expect((await inputsOf(new plivo.IpAccessControlList("mixed", { ipAddresses }), "mixed")).__plain).toEqual({});
});

test("a plain password is a secret before it leaves the program", async () => {
  const credential = new plivo.Credential("pbx", { username: "pbxlondon", password: "Secret!1" });
  expect(await pulumi.isSecret(pulumi.output(credential.password))).toBe(true);
});

test("a password that is not set is no secret", async () => {
  for (const password of [undefined, null as unknown as undefined]) {
    const uri = new plivo.OriginationUri("pbx", { uri: "sip.example.com", password });
    expect(await pulumi.isSecret(pulumi.output(uri.password))).toBeFalsy();
  }
});

test("the option `import` goes to the provider, with what identifies the resource, and not to the engine", async () => {
  const site = new pulumi.ComponentResource("lines:index:Site", "site");
  const options = { parent: site, import: "acl-1", ignoreChanges: ["ipAddresses"] };
  const { __import } = await inputsOf(new plivo.IpAccessControlList("office", list, options), "office");
  const urn = "urn:pulumi:dev::lines::lines:index:Site$pulumi-nodejs:dynamic/plivo:IpAccessControlList::office";
  expect(__import).toEqual({ id: "acl-1", urn, ignored: ["ipAddresses"] });
  expect(registered.get("office")?.id).toBe("");
  const without = await inputsOf(new plivo.IpAccessControlList("plain", list), "plain");
  expect(without).not.toHaveProperty("__import");
});
