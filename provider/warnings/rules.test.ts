import { expect, test } from "@jest/globals";
import * as rules from "./rules";
import { warningsOf } from "./warning-rule";

const all = { ...rules };

const uris = [
  "sip.example.com",
  "203.0.113.7",
  "[2001:db8::5]:5060",
  "172.32.0.1",
  "internal.example.com",
  "pbx",
  "a b",
];

test.each<{ rule: keyof typeof rules; warned: readonly unknown[]; silent: readonly unknown[] }>([
  { rule: "usernameCharacters", warned: ["sip_user_1", "a-b", "a b", "é"], silent: ["abc", "", null, 7] },
  { rule: "passwordWithoutSign", warned: ["abc", ""], silent: ["abc!", "~", null] },
  { rule: "passwordCharacters", warned: ["abc-", "a b!", "é"], silent: ["abc", "Aa1~!@#$%^&*()_+", null] },
  {
    rule: "wideRange",
    warned: [
      "0.0.0.0/0",
      "::/0",
      "10.0.0.0/7",
      " 10.0.0.0/7 ",
      "::FFFF:0:0/96",
      "0:0:0:0:0:ffff:0.0.0.0/96",
      "0::ffff:0:0/96",
    ],
    silent: [
      "10.0.0.0/8",
      "203.0.113.10",
      "2001:db8::/48",
      "::ffff:0:0/104",
      "0::ffff:a00:0/104",
      "1/255.0.0.0",
      "/",
      "",
      null,
      7,
    ],
  },
  {
    rule: "unreachableHost",
    warned: [
      ...["10.0.0.1", "10.255.255.255:5060", "172.16.0.1", "172.31.255.255", "192.168.1.1;transport=tcp", "127.0.0.1"],
      ...["127.8.8.8", "169.254.1.1", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "[::1]", "[::]:5060"],
      ...["[fe80::1]", "[fc00::1]", "[fd12:3456::1]", "[ff02::1]", "[::ffff:10.0.0.1]", "[::ffff:7f00:1]", "localhost"],
      ...["LOCALHOST:5060", "pbx.localhost", "pbx.local", "pbx.internal.", " sip:alice@10.0.0.1 "],
    ],
    silent: uris,
  },
  {
    rule: "uriParameters",
    warned: ["a.example;lr", "a.example;transport=tcp;lr", "a.example;transport=ws", "a.example;transport="],
    silent: [...uris, "a.example;transport=TLS", "a.example:5061;transport=tcp"],
  },
  { rule: "underscoreInHost", warned: ["sip_1.example.com"], silent: [...uris, "sip:a_b@example.com"] },
  { rule: "pbxUsernameCharacters", warned: ["a b", "a:b", "a@b"], silent: ["plivo_inbound", null] },
])("$rule warns of what it describes, and of nothing else", ({ rule, warned, silent }) => {
  const warns = (value: unknown) => all[rule].applies(value, {});
  expect(warned.filter((value) => !warns(value))).toEqual([]);
  expect(silent.filter(warns)).toEqual([]);
});

test.each(Object.entries(rules))("%s neither throws nor takes long, whatever the value is", (_, rule) => {
  const values = [...["a", ":", ";", ".", "[", "@", "1", "/", " "].map((text) => text.repeat(1_000_000)), {}, [], true];
  for (const value of values) expect(rule.applies(value, { authenticationNeeded: true })).toEqual(expect.any(Boolean));
});

test("a list is checked element by element, and each is named by its place", () => {
  const ipAddresses = ["203.0.113.1", "0.0.0.0/0", Symbol("unknown")];
  expect(warningsOf("ipAddresses", [rules.wideRange], { ipAddresses })).toEqual([
    { property: "ipAddresses[1]", reason: rules.wideRange.reason },
  ]);
});

test("nothing is warned of as long as the value, or another one that the rule uses, is not known", () => {
  const unknown = Symbol("unknown");
  const both = [rules.missingUsername, rules.unusedWithoutAuthentication];
  const warned = (values: Record<string, unknown>) => warningsOf("username", both, values).length;
  expect(warned({ username: unknown, authenticationNeeded: true })).toBe(0);
  expect(warned({ username: "pbx", authenticationNeeded: unknown })).toBe(0);
  expect(warned({ username: "pbx", authenticationNeeded: true })).toBe(0);
  expect(warned({ username: "pbx" })).toBe(1);
  expect(warned({ authenticationNeeded: true })).toBe(1);
  expect(warned({})).toBe(0);
});
