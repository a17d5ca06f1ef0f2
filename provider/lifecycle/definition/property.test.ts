import { expect, test } from "@jest/globals";
import * as z from "zod";
import { InitFailedError, MissingError, messageOf, OperationError } from "../errors";
import {
  autoName,
  boolean,
  computedOnCreate,
  idOutput,
  isInput,
  isReadable,
  oneOf,
  output,
  string,
  stringSet,
} from "./property";
import { containsUnknown, getOwn, unknown } from "./values";

const plain = string(z.string(), "A text.");

test.each([
  { role: "input", property: plain, set: true, readable: true },
  { role: "input", property: boolean("A flag."), set: true, readable: true },
  { role: "input", property: stringSet(z.string(), "A set."), set: true, readable: true },
  { role: "input", property: autoName("A name."), set: true, readable: true },
  { role: "writeOnly", property: plain.secret().writeOnly(), set: true, readable: false },
  { role: "local", property: boolean("A flag.").local(), set: true, readable: false },
  { role: "output", property: output("An output."), set: false, readable: true },
  { role: "recorded", property: computedOnCreate("A record."), set: false, readable: false },
  { role: "id", property: idOutput("An id."), set: false, readable: false },
])("a property of role $role is set by the program: $set, returned by a read: $readable", (row) => {
  expect(row.property.role).toBe(row.role);
  expect([isInput(row.property), isReadable(row.property)]).toEqual([row.set, row.readable]);
});

test("facts are added to a copy: a property never changes", () => {
  const before = { ...plain.facts };
  plain.secret().replaceOnChange().writeOnly().local().requiredMessage("say so").optional().default("x");
  expect(plain.facts).toEqual(before);
  expect(plain.role).toBe("input");
});

test("facts add up, whatever their order", () => {
  const expected = { secret: true, replaceOnChange: true, missing: "say so", required: true };
  expect(plain.secret().replaceOnChange().requiredMessage("say so").facts).toMatchObject(expected);
  expect(plain.requiredMessage("say so").replaceOnChange().secret().facts).toMatchObject(expected);
});

test("a property is required unless it is optional, has a default, or is generated", () => {
  const required = [plain, plain.optional(), plain.default("x"), autoName("A name.")].map(
    ({ facts }) => facts.required,
  );
  expect(required).toEqual([true, false, false, false]);
});

test("a default of false is a default", () => {
  expect(boolean("A flag.").default(false).facts.default).toBe(false);
});

test("a oneOf accepts its values and nothing else, and its message lists them", () => {
  const { schema } = oneOf({ name: "Way", describe: "", values: { up: "", down: "" } }, "Which way.").facts;
  expect(["up", "down", "UP", "", null].map((value) => schema.safeParse(value).success)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(schema.safeParse("sideways").error?.issues).toMatchObject([{ message: 'must be one of "up", "down"' }]);
});

test.each([
  { error: new OperationError("x"), is: { operation: true, init: false, missing: false } },
  { error: new InitFailedError("1", {}, ["x"]), is: { operation: true, init: true, missing: false } },
  { error: new MissingError("x"), is: { operation: true, init: false, missing: true } },
  { error: new Error("x"), is: { operation: false, init: false, missing: false } },
  { error: { id: "1", properties: {} }, is: { operation: false, init: false, missing: false } },
  { error: undefined, is: { operation: false, init: false, missing: false } },
])("an error is recognised by its brand: $error", ({ error, is }) => {
  const operation = OperationError.isInstance(error);
  expect({ operation, init: InitFailedError.isInstance(error), missing: MissingError.isInstance(error) }).toEqual(is);
});

test("a failed initialisation reports all its reasons", () => {
  expect(new InitFailedError("1", {}, ["one", "two"]).message).toBe("one; two");
});

test("every thrown value has a message", () => {
  const thrown = [new Error("said"), "text", 7, null, undefined];
  expect(thrown.map(messageOf)).toEqual(["said", "text", "7", "no reason given", "no reason given"]);
});

test("only own values count: a key of Object.prototype is no value", () => {
  expect(["constructor", "toString", "__proto__"].map((key) => getOwn({}, key))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("a value contains an unknown if it is one or has one among its elements", () => {
  const values = [unknown, ["a", unknown], [["a", [unknown]]], "a", ["a"], null, {}];
  expect(values.map(containsUnknown)).toEqual([true, true, true, false, false, false, false]);
});
