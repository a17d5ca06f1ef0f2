import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { unknown } from "../lifecycle/index";
import { fromWire, toWire } from "./values";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const scalar = fc.oneof(
  fc.string(),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constant(null),
);
const value = fc.oneof(scalar, fc.constant(unknown), fc.array(fc.oneof(fc.string(), fc.constant(unknown))));
const key = fc.string({ minLength: 1 }).filter((text) => !text.startsWith("__") && text !== SIGNATURE);

test("what is encoded is decoded to the same values and the same secrets", () => {
  fc.assert(
    fc.property(fc.dictionary(key, value), fc.func(fc.boolean()), (values, isSecret) => {
      const secrets = new Set(Object.keys(values).filter((name) => isSecret(name) && values[name] !== null));
      const decoded = fromWire(toWire(values, secrets));
      expect(decoded.values).toEqual({ ...values });
      expect(decoded.secrets).toEqual(secrets);
    }),
  );
});

test("no properties at all are no properties", () => {
  expect(fromWire(undefined)).toEqual({ values: {}, secrets: new Set() });
});

test("undefined is left out and null is kept", () => {
  expect(toWire({ a: undefined, b: null }).toJavaScript()).toEqual({ b: null });
});

test("a secret inside a list makes the whole property secret", () => {
  const struct = Struct.fromJavaScript({ list: ["a", { [SIGNATURE]: SECRET, value: "b" }] });
  expect(fromWire(struct)).toEqual({ values: { list: ["a", "b"] }, secrets: new Set(["list"]) });
});

test("an output is its value, secret if it says so, and unknown without one", () => {
  const struct = Struct.fromJavaScript({
    known: { [SIGNATURE]: OUTPUT, value: "x", dependencies: ["urn:a"] },
    hidden: { [SIGNATURE]: OUTPUT, value: "y", secret: true },
    later: { [SIGNATURE]: OUTPUT },
    unknownSecret: { [SIGNATURE]: SECRET, value: UNKNOWN },
  });
  expect(fromWire(struct)).toEqual({
    values: { known: "x", hidden: "y", later: unknown, unknownSecret: unknown },
    secrets: new Set(["hidden", "unknownSecret"]),
  });
});

test("the engine's own keys are not the resource's, what the state keeps beside the properties is", () => {
  const marked = { __unconfirmed: "unseen", __replaces: "7", __stateVersion: 1 };
  expect(fromWire(Struct.fromJavaScript(marked)).values).toEqual(marked);
  expect(fromWire(Struct.fromJavaScript({ __internal: {}, name: "a" })).values).toEqual({ name: "a" });
});

test("a key that means something to JavaScript changes no prototype", () => {
  const struct = new Struct();
  const poison = Struct.fromJavaScript({ value: { polluted: true } })
    .getFieldsMap()
    .get("value");
  if (poison) struct.getFieldsMap().set("__proto__", poison);
  expect(fromWire(struct).values).toEqual({});
  expect(Reflect.get({}, "polluted")).toBeUndefined();
});
