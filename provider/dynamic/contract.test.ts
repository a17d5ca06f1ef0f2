/** What the state of every user refers to for as long as a resource lives. Never change an expectation in this file. */
import { runInNewContext } from "node:vm";
import { beforeAll, expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo";
import * as provider from "pulumi-plivo/provider";
import { resources } from "../resources/index";

const exportNames = [
  "credential",
  "ipAccessControlList",
  "originationUri",
  "phoneNumberAttachment",
  "trunk",
  "trunkPhoneNumbers",
];

test("the export names of pulumi-plivo/provider are these, for ever", () => {
  const served = Object.keys(provider).filter((name) => name !== "invoke");
  expect(served.sort()).toEqual(exportNames);
});

test("every resource has its export, under its token with a small first letter", () => {
  const names = Object.keys(resources).map((token) => token.charAt(0).toLowerCase() + token.slice(1));
  expect(names.sort()).toEqual(exportNames);
});

test("the SDK calls functions through one more export", () => {
  expect(typeof provider.invoke).toBe("function");
});

test.each(Object.entries(provider).filter(([name]) => name !== "invoke"))(
  "%s has every method that the host may call",
  (_, served) => {
    const methods = Object.entries(served).map(([method, implementation]) => [method, typeof implementation]);
    const names = ["configure", "check", "diff", "create", "read", "update", "delete"];
    expect(methods).toEqual(names.map((method) => [method, "function"]));
  },
);

const registered: Record<string, pulumi.runtime.MockResourceArgs> = {};

beforeAll(async () => {
  await pulumi.runtime.setMocks({
    newResource: (args) => {
      registered[args.name] = args;
      return { id: `${args.name}-id`, state: args.inputs };
    },
    call: ({ inputs }) => inputs,
  });
  const resources: pulumi.Resource[] = [
    new plivo.Trunk("trunk", { trunkDirection: "inbound", primaryUriUuid: "uri-1" }),
    new plivo.Credential("credential", { username: "pbxlondon", password: "Secret!1" }),
    new plivo.IpAccessControlList("ipAccessControlList", { ipAddresses: ["203.0.113.1"] }),
    new plivo.OriginationUri("originationUri", { uri: "sip.example.com" }),
    new plivo.PhoneNumberAttachment("phoneNumberAttachment", { number: "14155550100", trunkId: "1" }),
  ];
  await Promise.all(resources.map(({ urn }) => new Promise((resolve) => urn.apply(resolve))));
});

test.each([
  { name: "trunk", type: "Trunk" },
  { name: "credential", type: "Credential" },
  { name: "ipAccessControlList", type: "IpAccessControlList" },
  { name: "originationUri", type: "OriginationUri" },
  { name: "phoneNumberAttachment", type: "PhoneNumberAttachment" },
])(
  "the __provider text of $type is at most 80 bytes and finds the export as the host evaluates it",
  ({ name, type }) => {
    const { type: token, inputs } = registered[name] ?? { type: "", inputs: {} };
    expect(token).toBe(`pulumi-nodejs:dynamic/plivo:${type}`);
    const text: unknown = inputs.__provider;
    expect(text).toBe(`exports.handler=()=>require("pulumi-plivo/provider").${name};`);
    expect(Buffer.byteLength(String(text))).toBeLessThanOrEqual(80);
    const loaded: { handler?: () => unknown } = {};
    const load = (specifier: string) => (specifier === "pulumi-plivo/provider" ? provider : undefined);
    runInNewContext(String(text), { exports: loaded, require: load });
    expect(loaded.handler?.()).toBe(Reflect.get(provider, name));
  },
);
