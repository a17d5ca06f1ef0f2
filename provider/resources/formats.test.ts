import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type * as z from "zod";
import { LONGEST_TEXT } from "../lifecycle/index";
import { ipAddressOrRange, pbxCredential, phoneNumber, plivoId, sipCredential, sipUri } from "./formats";
import { resources } from "./index";

const formats = { plivoId, sipCredential, pbxCredential, sipUri };

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
    format: "sipCredential",
    good: [
      "abcde",
      "sip_user_1",
      "elevenlabs_user",
      "a-hyphen",
      "with blank",
      "äbcdé",
      "12345678901234567890",
      "!!!!!",
    ],
    bad: ["abcd", "Abcde12345Abcde12345X", "", "😀😀😀😀", long, 12345, null],
  },
  { format: "pbxCredential", good: ["a", "a b:c@d", "any thing: \"'@\\", "é", long], bad: ["", `${long}x`, 7, null] },
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
      "192.168.1.100",
      "192.168.1.100:5060",
      "localhost",
      "sip.example.com.",
      "sip.example.com.:5060",
      "sip.example.com;transport=tcp;lr",
      "sip.example.com;user=phone",
      "sip.example.com;transport=ws",
      "sip.example.com;transport=",
      "sip_1.example.com",
      "sip:+14155550100@sip.voice.x.ai;transport=tls",
      "[::ffff:203.0.113.7]",
    ],
    bad: [
      "",
      `${label}x.example.com`,
      `sip:${long}@sip.example.com`,
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
      "sip.example.com..",
      "sip.example.com;lr/path",
      "sip.example.com;;lr",
      "sip.example.com?subject=x",
      "[fe80::1%eth0]",
      7,
      null,
    ],
  },
])("a $format is accepted or rejected as by Plivo, and is sent as written", ({ format, good, bad }) => {
  expect(good.map((value) => normal(formats[format], value))).toEqual(good);
  expect(bad.filter((value) => normal(formats[format], value) !== undefined)).toEqual([]);
});

test.each([" sip.example.com", "sip.example.com \n", "\tsip.example.com\u00a0"])(
  "blanks around the URI %j are removed",
  (uri) => expect(normal(sipUri, uri)).toBe("sip.example.com"),
);

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

test.each([7, null, undefined, {}, []])("%p is text in no format", (value) => {
  const schemas = [ipAddressOrRange, phoneNumber, sipUri, plivoId];
  expect(schemas.map((schema) => schema.safeParse(value).error?.issues[0]?.message)).toEqual(
    schemas.map(() => "must be a string"),
  );
});

const addresses = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, bits]) => `${address}/${bits}`),
  fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })).map(([address, bits]) => `${address}/${bits}`),
);

test.each([
  ["::ffff:192.0.2.1", "::ffff:c000:201"],
  ["::192.0.2.1", "::c000:201"],
  ["64:ff9b::192.0.2.1/96", "64:ff9b::c000:201/96"],
])("an IPv4 address inside of the IPv6 one %s is read as it is written", (given, normalForm) => {
  expect(normal(ipAddressOrRange, given)).toBe(normalForm);
});

test("every address has a normal form, and the normal form is its own", () => {
  fc.assert(
    fc.property(addresses, (text) => {
      const once = normal(ipAddressOrRange, text);
      expect(once).toEqual(expect.any(String));
      expect(normal(ipAddressOrRange, once)).toBe(once);
      expect(normal(ipAddressOrRange, text.toUpperCase())).toBe(once);
    }),
  );
});

test("a format returns for every text and does not throw", () => {
  const schemas = [sipUri, ipAddressOrRange, phoneNumber];
  fc.assert(fc.property(fc.string(), (text) => schemas.forEach((schema) => void schema.safeParse(text))));
});

test.each(["1", "a", ":", "@", ";", "[", ".", " ", "1.", "a.", ":a", ";a", "+", "(", "/", "0:"])(
  "a million times %j is rejected at once in every format",
  (text) => {
    const huge = text.repeat(1_000_000);
    const schemas = [...Object.values(formats), ipAddressOrRange, phoneNumber];
    const results = schemas.map((schema) => schema.safeParse(huge).success || schema.safeParse(`${huge}!`).success);
    expect(results).toEqual(schemas.map(() => false));
  },
);

test("a longest text of thousands in the documentation is the one that is refused", () => {
  const refusals = Object.values(resources).flatMap(({ properties }) =>
    Object.values(properties).flatMap(({ facts }) => facts.refusals.map(({ describe }) => describe)),
  );
  const limits = refusals.flatMap((text) => text.match(/\d,\d{3}(?= characters)/g) ?? []);
  expect(limits.length).toBeGreaterThan(3);
  expect(new Set(limits.map((limit) => Number(limit.replace(",", ""))))).toEqual(new Set([LONGEST_TEXT]));
});
