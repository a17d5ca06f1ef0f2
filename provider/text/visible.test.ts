import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { oneLine, shellArgument, shellQuoted, visible, withoutTags } from "./visible";

test.each([
  ["\u001b]0;title\u0007", "\\u001b]0;title\\u0007"],
  ["a\r\nerror: forged\tline", "a\\r\\nerror: forged\\tline"],
  ["\u202egnp.exe\u200b\u2028\u0085", "\\u202egnp.exe\\u200b\\u2028\\u0085"],
  ["::error::forged", "\\::error::forged"],
  ["  ::error::forged", "\\  ::error::forged"],
  ["creating a::b", "creating a::b"],
  ["a ##[error]b ##vso[task.setvariable]c", "a #\\#[error]b #\\#vso[task.setvariable]c"],
  ["\ud800", "\ufffd"],
  ["🎉 ü C:\\new", "🎉 ü C:\\new"],
])("%j is shown as %j", (given, shown) => {
  expect(visible(given)).toBe(shown);
});

test("what is shown is one line without control characters, and the same when it is shown again", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (given) => {
      const shown = visible(given);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|^\s*::|##\w*\[/u);
      expect(visible(shown)).toBe(shown);
    }),
  );
});

test("an argument that a shell would take for more is quoted", () => {
  expect(["123", "a-b_1", "-x", "a b", "$(reboot)", "it's", "", "`x`"].map(shellArgument)).toEqual([
    ...["123", "a-b_1", "'-x'", "'a b'", "'$(reboot)'", "'it'\\''s'", "''", "'`x`'"],
  ]);
  expect(shellQuoted("urn:x")).toBe("'urn:x'");
});

test("text from a server becomes one short line without control characters", () => {
  expect(oneLine(' a\r\n\u001b[31m"b"\u0000\u202e c ')).toBe("a [31m'b' c");
  expect(oneLine("x".repeat(500), 20)).toBe(`${"x".repeat(17)}...`);
});

test("of a web page the words remain", () => {
  const page = "<html><head><style>p {}</style><title>502 Bad Gateway</title></head><body><h1>Sorry</h1></body>";
  expect(oneLine(withoutTags(page))).toBe("502 Bad Gateway Sorry");
});

test("hostile markup costs no noticeable time", () => {
  expect(withoutTags("<script".repeat(700_000)).length).toBeLessThan(30_000);
  expect(oneLine("<".repeat(5_000_000)).length).toBe(200);
});
