import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { oneLine, redactor, withoutAuthId, withoutTags } from "./redact";

test("a secret never survives, in whatever form it is quoted", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 3, maxLength: 20 }), fc.lorem(), (secret, around) => {
      const redact = redactor([secret, undefined]);
      fc.pre(!"[hidden]".includes(secret) && !around.includes(secret));
      for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]) {
        expect(redact(`${around} ${form} ${around}`)).toBe(`${around} [hidden] ${around}`);
      }
    }),
  );
});

test("a password is hidden in HTML too, and a lone surrogate does no harm", () => {
  expect(redactor(["a<b&c!"])("<p>bad password a&lt;b&amp;c!</p>")).toBe("<p>bad password [hidden]</p>");
  expect(redactor(["ab\ud800"])("ab\ud800")).toBe("[hidden]");
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
  const began = process.hrtime.bigint();
  withoutTags("<script".repeat(700_000));
  oneLine("<".repeat(5_000_000));
  expect(Number(process.hrtime.bigint() - began) / 1e6).toBeLessThan(2_000);
});

test("a path shows the place of the Auth ID, not the Auth ID", () => {
  expect(withoutAuthId("/v1/Account/MA1/Number/", "MA1")).toBe("/v1/Account/{auth_id}/Number/");
});
