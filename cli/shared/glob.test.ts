import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { matchesGlob } from "./glob";

test.each([
  ["support-*", "support-eu", true],
  ["support-*", "support", false],
  ["*", "", true],
  ["", "", true],
  ["", "a", false],
  ["f?llback", "fallback", true],
  ["a?", "a☎", true],
  ["a?", "a😀", true],
  ["a.c", "abc", false],
  ["*eu*", "support eu 2", true],
  ["a*\nb", "a\nb", true],
])("%j matches %j: %s", (glob, name, expected) => {
  expect(matchesGlob(glob, name)).toBe(expected);
});

test("a glob means what the regular expression with `.*` and `.` means", () => {
  const sign = fc.constantFrom("a", "b", "*", "?");
  const name = fc.array(fc.constantFrom("a", "b", "*"), { maxLength: 8 }).map((signs) => signs.join(""));
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 6 }), name, (signs, text) => {
      const source = signs.map((one) => (one === "*" ? ".*" : one === "?" ? "." : one)).join("");
      expect(matchesGlob(signs.join(""), text)).toBe(new RegExp(`^${source}$`, "su").test(text));
    }),
    { numRuns: 500 },
  );
});

test("many stars cost no more than the lengths multiplied", () => {
  // As a regular expression it does not end.
  expect(matchesGlob(`${"*a".repeat(40)}*b`, "a".repeat(5_000))).toBe(false);
});
