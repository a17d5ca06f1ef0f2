import { expect, test } from "@jest/globals";
import { unknown } from "../lifecycle/index";
import { secret, UNKNOWN } from "./testing/fake-host";
import { fromHost, toHost } from "./values";

test("keys that begin with two underscores are stripped, whatever they are", () => {
  const given = { name: "eu", _one: 1, __provider: "text", __autoName: "eu-1", __anything: {}, __proto: 1 };
  expect(fromHost(given).values).toEqual({ name: "eu", _one: 1 });
});

test("the text that names the provider is kept for what has to carry it", () => {
  expect(fromHost({ __provider: "text" }).provider).toBe("text");
});

test.each([
  { given: "eu-0123456", autoName: "eu-0123456" },
  { given: UNKNOWN, autoName: undefined },
  { given: undefined, autoName: undefined },
  { given: 7, autoName: undefined },
])("the proposed name is text that is known ($given)", ({ given, autoName }) => {
  expect(fromHost({ __autoName: given }).autoName).toBe(autoName);
});

test("no properties at all are no values", () => {
  expect(fromHost(undefined)).toMatchObject({ values: {}, provider: undefined, autoName: undefined });
  expect(fromHost(undefined).secrets.size).toBe(0);
});

test.each([
  { what: "a plain value of the program", uri: "x", plain: { uri: "x" }, isSecret: false },
  { what: "a plain number of the program", uri: 7, plain: { uri: 7 }, isSecret: false },
  { what: "a value of which the class says nothing", uri: "x", plain: {}, isSecret: true },
  { what: "a value that was changed since", uri: "x", plain: { uri: "y" }, isSecret: true },
  { what: "a plain list of the program", uri: ["x"], plain: { uri: ["x"] }, isSecret: false },
  { what: "a list that was changed since", uri: ["x", "y"], plain: { uri: ["x"] }, isSecret: true },
  { what: "a list of which the class says nothing", uri: ["x"], plain: {}, isSecret: true },
  { what: "any value, where there is no class", uri: "x", plain: undefined, isSecret: true },
  { what: "any value, where the class says nothing that can be read", uri: "x", plain: UNKNOWN, isSecret: true },
  { what: "no value", uri: null, plain: {}, isSecret: false },
  { what: "an empty list", uri: [], plain: {}, isSecret: false },
])("$what may be a secret: $isSecret", ({ uri, plain, isSecret }) => {
  expect([...fromHost({ uri, __plain: plain, __provider: "text" }).secrets]).toEqual(isSecret ? ["uri"] : []);
});

test("a secret is marked in what the engine gets, unknown or not, and no value is no secret", () => {
  const secrets = new Set(["password", "pin", "key"]);
  expect(toHost({ password: "Secret!1", pin: unknown, key: null, name: "eu" }, secrets)).toEqual({
    password: secret("Secret!1"),
    pin: secret(UNKNOWN),
    key: null,
    name: "eu",
  });
});

test.each([
  { what: "a value", host: UNKNOWN, ours: unknown },
  { what: "an element", host: ["203.0.113.1", UNKNOWN], ours: ["203.0.113.1", unknown] },
  { what: "an element of an element", host: [[UNKNOWN]], ours: [[unknown]] },
  { what: "nothing that is known", host: ["a", true, null, 7], ours: ["a", true, null, 7] },
])("the host's sentinel becomes unknown and back: $what", ({ host, ours }) => {
  expect(fromHost({ key: host }).values).toEqual({ key: ours });
  expect(toHost({ key: ours }, new Set())).toEqual({ key: host });
});

test("undefined never reaches the host: a key with it is left out, an element becomes null", () => {
  const result = toHost({ gone: undefined, list: ["a", undefined], nothing: null }, new Set());
  expect(Object.keys(result)).toEqual(["list", "nothing"]);
  expect(result).toEqual({ list: ["a", null], nothing: null });
});

test("what the host cannot encode becomes text", () => {
  const result = toHost({ big: 12n, run: () => 1, sign: Symbol("s"), fine: false }, new Set());
  expect(Object.values(result).map((value) => typeof value)).toEqual(["string", "string", "string", "boolean"]);
});
