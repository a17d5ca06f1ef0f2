import { expect, test } from "@jest/globals";
import { mayHoldPassword } from "./values";

test.each([
  ["sip:user:password@host", true],
  ["user:password@host", true],
  ["https://user:password@host", true],
  ["sip:user@host", false],
  ["https://host", false],
  ["sip:host:5060", false],
  ["user@host:5060", false],
  ["a:\n@", true],
  ["", false],
  [7, false],
])("whether %j may hold a password: %s", (value, expected) => {
  expect(mayHoldPassword(value)).toBe(expected);
});

test.each([":", "a:", "@", "sip:", "\\", "://"])("ten million times %j are read in one pass", (text) => {
  // With a second pass for each sign this would take hours.
  expect(mayHoldPassword(text.repeat(10_000_000))).toBe(false);
});
