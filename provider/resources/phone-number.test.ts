import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { phoneNumber } from "./formats";

function normal(text: string): string | undefined {
  return phoneNumber.safeParse(text).data;
}

function problem(text: string): string | undefined {
  return phoneNumber.safeParse(text).error?.issues[0]?.message;
}

test.each([
  ["14155550100", "14155550100"],
  ["+14155550100", "14155550100"],
  [" +1 (415) 555-0100 ", "14155550100"],
  ["+1.415.555.0100", "14155550100"],
  ["+1 800 555 0100", "18005550100"],
  ["+4930123456", "4930123456"],
  ["+49 (0)30 901820", "4930901820"],
  ["+49 (030) 901820", "4930901820"],
  ["+490301234567", "49301234567"],
  ["490301234567", "49301234567"],
  ["+44 (0)20 7946 0958", "442079460958"],
  ["+39 06 1234 5678", "390612345678"],
  ["+7 (495) 123-45-67", "74951234567"],
  ["+91 98765 43210", "919876543210"],
])("the normal form of %j is %s", (given, normalForm) => {
  expect(normal(given)).toBe(normalForm);
  expect(normal(normalForm)).toBe(normalForm);
});

test.each([
  "0301234567",
  "030 1234567",
  "(415) 555-0100",
  "415-555-0100",
  "1 415 555 0100",
  "4155550100",
  "0014155550100",
  "00 49 30 901820",
  "+",
  "",
  "++14155550100",
  "1415555010x",
  "+1 800 FLOWERS",
  "tel:+14155550100",
  "1234",
  "12345",
  "+1415",
  "999123456",
  "+99912345678",
  "1234567890123456",
  "+0 415 555 0100",
])("%j has no country code, or is no number: rejected, with the expected form", (given) => {
  expect(problem(given)).toBe(
    "must be a phone number with its country code: +1 415 555 0100, or digits only, 14155550100",
  );
});

test.each(["+14155550100;ext=5", "+1 415 555 0100 x12", "+1 415 555 0100 ext. 7", "+14155550100,,3"])(
  "%j has an extension and is rejected, although it holds a correct number",
  (given) => expect(problem(given)).toBe("must be a phone number without an extension"),
);

test.each(["+1 (0)415 555 0100", "+351 (0)21 123 4567", "+352 (0)26 12 34", "+1 415 555 0100 5", "+52 1 55 1234 5678"])(
  "%j would become a number that is in no numbering plan, and is rejected",
  (given) => expect(problem(given)).toMatch(/^is no phone number of its country's numbering plan/),
);

test.each(["5215512345678", "+5215512345678", "15005550100", "17005550100", "919175550100"])(
  "the digits %s, of a range that may be newer or older than the numbering plans known here, are taken as written",
  (given) => expect(normal(given)).toBe(given.replace("+", "")),
);

test("the normal form of a number is its own, and digits with a country code are never another number", () => {
  const spelling = fc.oneof(
    fc.stringMatching(/^\+?[1-9]\d{5,15}$/),
    fc.stringMatching(/^\+[1-9]\d{0,2} ?(\(0\))? ?0?\d{2,4}( \d{2,4}){1,3}$/),
    fc.stringMatching(/^\+(49|44|39|52|54|55|7|36|370|375|225|241)[ 089()1]{0,6}\d{6,10}$/),
  );
  fc.assert(
    fc.property(spelling, (text) => {
      const once = normal(text);
      fc.pre(once !== undefined);
      expect(once).toMatch(/^[1-9]\d{4,14}$/);
      expect(normal(String(once))).toBe(once);
      expect(normal(`+${once}`)).toBe(once);
    }),
    { numRuns: 2_000 },
  );
});
