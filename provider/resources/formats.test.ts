import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type * as z from "zod";
import { isRiskyRange as ruleOfProgram } from "../../sdk/dynamic/warnings";
import {
  ipAddressOrRange,
  isRiskyRange,
  pbxPassword,
  pbxUsername,
  phoneNumber,
  plivoId,
  sipPassword,
  sipUri,
  sipUsername,
} from "./formats";

const formats = { plivoId, sipUsername, sipPassword, pbxUsername, pbxPassword, sipUri };

/** The normal form, or undefined for what is refused. */
function normal(schema: z.ZodType<string>, value: unknown): string | undefined {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

const long = "x".repeat(1_000);
const label = "x".repeat(63);

test.each<{ format: keyof typeof formats; good: readonly string[]; bad: readonly unknown[] }>([
  {
    format: "plivoId",
    good: ["23585512345678", "0b3c0a51-4f4e-4b0a-9a6e-1d1c0f0e0d0c", "A_b-1"],
    bad: ["", " ", "1/2", "..", "1?x", "a b", "a\n", 7, null, "é"],
  },
  {
    format: "sipUsername",
    good: ["abcde", "12345", "Abcde12345Abcde12345"],
    bad: ["abcd", "Abcde12345Abcde12345X", "abc_de", "abc de", "abcde\n", "", 12345, "äbcde"],
  },
  {
    format: "sipPassword",
    good: ["abcd!", "!!!!!", "Aa1~!@#$%^&*()_+", "12345678901234567_+x"],
    bad: ["abc!", "abcdefgh", "123456789012345678901!", "abcd-!", "abcd !", "abcd!\n", "äbcd!", "", 7],
  },
  { format: "pbxUsername", good: ["a", "pbx", "a.b-c_d", "é", long], bad: ["", "a b", "a:b", "a@b", `${long}x`, 7] },
  { format: "pbxPassword", good: ["a", "any thing: \"'@\\", long], bad: ["", `${long}x`, 7, null] },
  {
    format: "sipUri",
    good: [
      "sip.example.com",
      "SIP.Example.COM",
      `${label}.example.com`,
      "pbx",
      "sip.example.com:5060",
      "sip.example.com;transport=udp",
      "sip.example.com:5061;transport=TLS",
      "sip:alice@sip.example.com",
      "sips:sip.example.com",
      "sip:alice@sip.example.com:5070;transport=tcp",
      "203.0.113.7",
      "203.0.113.7:65535",
      "[2001:db8::5]",
      "[2001:db8::5]:5060;transport=tcp",
      "sip:alice@[2001:db8::5]:5060",
      "8.8.8.8",
      "11.0.0.1",
      "172.32.0.1",
      "internal.example.com",
    ],
    bad: [
      "",
      `${label}x.example.com`,
      `sip:${long}@sip.example.com`,
      " sip.example.com",
      "sip.example.com ",
      "sip example.com",
      "https://sip.example.com",
      "sip://sip.example.com",
      "sip.example.com/path",
      "sip:alice:secret@example.com",
      "sip:@example.com",
      "sip.example.com:",
      "sip.example.com:0",
      "sip.example.com:65536",
      "sip.example.com:123456",
      "sip.example.com;transport=ws",
      "sip.example.com;transport=",
      "sip.example.com;lr",
      "2001:db8::5",
      "[2001:db8::5",
      "[203.0.113.7]",
      "[sip.example.com]",
      "[:]",
      "203.0.113",
      "203.0.113.256",
      "203.0.113.7.8",
      "-sip.example.com",
      "sip..example.com",
      "sip_1.example.com",
      "sip.example.com\n",
      7,
      null,
    ],
  },
])("a $format is taken or refused as Plivo would, and is sent as written", ({ format, good, bad }) => {
  expect(good.map((value) => normal(formats[format], value))).toEqual(good);
  expect(bad.filter((value) => normal(formats[format], value) !== undefined)).toEqual([]);
});

test.each([
  "10.0.0.1",
  "10.255.255.255:5060",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1;transport=tcp",
  "127.0.0.1",
  "127.8.8.8",
  "169.254.1.1",
  "100.64.0.1",
  "0.0.0.0",
  "224.0.0.1",
  "255.255.255.255",
  "[::1]",
  "[::]:5060",
  "[fe80::1]",
  "[fc00::1]",
  "[fd12:3456::1]",
  "[ff02::1]",
  "[::ffff:10.0.0.1]",
  "[::ffff:7f00:1]",
  "localhost",
  "LOCALHOST:5060",
  "pbx.localhost",
  "pbx.local",
  "pbx.internal",
  "sip:alice@10.0.0.1",
])("the URI %s is refused because Plivo could not reach it", (uri) => {
  expect(sipUri.safeParse(uri).error?.issues).toMatchObject([
    { message: expect.stringMatching(/^Plivo cannot reach a private or loopback (address|host)$/) },
  ]);
});

test.each<[given: string, normalForm: string | undefined]>([
  ["203.0.113.10", "203.0.113.10"],
  [" 203.0.113.10 ", "203.0.113.10"],
  ["203.0.113.10/32", "203.0.113.10"],
  ["198.51.100.0/24", "198.51.100.0/24"],
  ["198.51.100.0/08", "198.51.100.0/8"],
  ["0.0.0.0/0", "0.0.0.0/0"],
  ["10.0.0.0/8", "10.0.0.0/8"],
  ["2001:db8::1", "2001:db8::1"],
  ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
  ["2001:0db8::0001/128", "2001:db8::1"],
  ["2001:db8:0:0::/48", "2001:db8::/48"],
  ["::/0", "::/0"],
  ["::1", "::1"],
  ["", undefined],
  ["203.0.113", undefined],
  ["203.0.113.256", undefined],
  ["203.0.113.010", undefined],
  ["0x7f.0.0.1", undefined],
  ["2130706433", undefined],
  ["203.0.113.10/33", undefined],
  ["203.0.113.10/-1", undefined],
  ["203.0.113.10/", undefined],
  ["203.0.113.10/24/24", undefined],
  ["203.0.113.10/2 4", undefined],
  ["203.0.113.10/255.255.255.0", undefined],
  ["2001:db8::1/129", undefined],
  ["2001:db8::1::2", undefined],
  ["fe80::1%eth0", undefined],
  ["example.com", undefined],
  ["203.0.113.1-203.0.113.9", undefined],
])("the normal form of the address or range %p is %p", (given, normalForm) => {
  expect(normal(ipAddressOrRange, given)).toBe(normalForm);
});

test.each<[given: string, normalForm: string | undefined]>([
  ["14155550100", "14155550100"],
  ["+14155550100", "14155550100"],
  [" +1 (415) 555-0100 ", "14155550100"],
  ["+1.415.555.0100", "14155550100"],
  ["+4930123456", "4930123456"],
  ["0301234567", undefined],
  ["+", undefined],
  ["++14155550100", undefined],
  ["1415555010x", undefined],
  ["1234", undefined],
  ["1234567890123456", undefined],
  ["", undefined],
])("the normal form of the phone number %p is %p", (given, normalForm) => {
  expect(normal(phoneNumber, given)).toBe(normalForm);
});

test.each([7, null, undefined, {}, []])("%p is text in no format", (value) => {
  const schemas = [ipAddressOrRange, phoneNumber, sipUri, plivoId];
  expect(schemas.map((schema) => schema.safeParse(value).error?.issues[0]?.message)).toEqual(
    schemas.map(() => "must be a string"),
  );
});

test.each([
  ["0.0.0.0/0", true],
  ["::/0", true],
  ["10.0.0.0/7", true],
  ["10.0.0.0/8", false],
  ["203.0.113.10", false],
  ["2001:db8::/48", false],
  [Symbol("unknown"), false],
])("whether %p lets in more than a /8: %p", (range, risky) => {
  expect(isRiskyRange(range)).toBe(risky);
});

/** Without the dotted form, which is taken only after ::ffff: (a test of its own). */
const ipV6 = fc.ipV6().filter((text) => !text.includes("."));

const addresses = fc.oneof(
  fc.ipV4(),
  ipV6,
  fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, bits]) => `${address}/${bits}`),
  fc.tuple(ipV6, fc.integer({ min: 0, max: 128 })).map(([address, bits]) => `${address}/${bits}`),
);

test("an IPv4 address inside an IPv6 one is taken only where its meaning is certain", () => {
  expect(normal(ipAddressOrRange, "::ffff:192.0.2.1")).toBe("::ffff:c000:201");
  expect(ipAddressOrRange.safeParse("::192.0.2.1").success).toBe(false);
});

test("every address has a normal form, and the normal form is its own", () => {
  fc.assert(
    fc.property(addresses, (text) => {
      const once = normal(ipAddressOrRange, text);
      expect(once).toBeDefined();
      expect(normal(ipAddressOrRange, once)).toBe(once);
      expect(normal(ipAddressOrRange, text.toUpperCase())).toBe(once);
    }),
  );
});

test("the normal form of a number is its own", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+?[1-9]( ?\(?\d{2}\)?){3,6}$/), (text) => {
      const once = normal(phoneNumber, text);
      fc.pre(once !== undefined);
      expect(normal(phoneNumber, once)).toBe(once);
    }),
  );
});

test("whatever is written, a format answers and does not throw", () => {
  const schemas = [sipUri, ipAddressOrRange, phoneNumber];
  fc.assert(fc.property(fc.string(), (text) => schemas.forEach((schema) => void schema.safeParse(text))));
});

test("the program warns of the same ranges as the provider", () => {
  const address = fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom("::ffff:0:0", "::FFFF:1.2.3.4"), fc.string());
  const range = fc.tuple(address, fc.option(fc.integer({ min: 0, max: 128 }))).map(([text, bits]) => {
    return bits === null ? text : `${text}/${bits}`;
  });
  fc.assert(fc.property(fc.oneof(range, fc.anything()), (any) => ruleOfProgram(any) === isRiskyRange(any)));
});
