import { expect, test } from "@jest/globals";
import { InitFailedError, OperationError, unknown } from "../lifecycle/index";
import { HostError } from "./errors";
import { secret } from "./testing/fake-host";

const none: ReadonlySet<string> = new Set();

const failed = new InitFailedError("123", { name: "eu", domain: null, stray: undefined, list: [unknown] }, [
  "one",
  "two",
]);

test.each([
  { thrown: new OperationError("creating trunk: 400"), message: "creating trunk: 400" },
  { thrown: "text", message: "text" },
  { thrown: undefined, message: "no reason given" },
  { thrown: null, message: "no reason given" },
  { thrown: { id: "7", properties: {} }, message: "[object Object]" },
])("whatever is thrown ($message) becomes an Error without id", ({ thrown, message }) => {
  const error = new HostError(thrown, { provider: "text" }, none);
  expect(error).toBeInstanceOf(Error);
  expect(error.message).toBe(message);
  expect(error.id).toBeUndefined();
});

test("the host prints nothing of us: the stack is empty and the name is the usual one", () => {
  const error = new HostError(new OperationError("creating trunk: 400"), { provider: "text" }, none);
  expect(`${error}: ${error.stack}`).toBe("Error: creating trunk: 400: ");
});

test("a failed initialisation carries id, reasons and properties, which name the provider", () => {
  const error = new HostError(failed, { provider: "text" }, none);
  expect(error).toMatchObject({ message: "one; two", id: "123", reasons: ["one", "two"] });
  expect(error.properties?.__provider).toBe("text");
  expect(error.properties).toMatchObject({ name: "eu", domain: null });
});

test("its properties contain no undefined and nothing that is not JSON", () => {
  const { properties } = new HostError(failed, {}, none);
  expect(properties).toEqual(JSON.parse(JSON.stringify(properties)));
  expect(Object.keys(properties ?? {})).toEqual(["name", "domain", "list", "__provider"]);
});

test("what it leaves in the state of a secret is marked, and no value is no secret", () => {
  const half = new InitFailedError("123", { password: "Secret!1", pin: null, name: "eu" }, ["one"]);
  const { properties } = new HostError(half, { provider: "text" }, new Set(["password", "pin"]));
  expect(properties).toEqual({ password: secret("Secret!1"), pin: null, name: "eu", __provider: "text" });
});
