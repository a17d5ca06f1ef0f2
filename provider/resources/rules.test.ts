/** The check rules of each resource, as a program meets them. */
import { expect, test } from "@jest/globals";
import { check, RunLedger, unknown, type Values } from "../lifecycle/index";
import { type ResourceToken, resources } from "./index";

const correct: Record<ResourceToken, Values> = {
  Trunk: { trunkDirection: "inbound", primaryUriUuid: "uri-1" },
  Credential: { username: "pbxlondon", password: "secret!" },
  IpAccessControlList: { ipAddresses: ["203.0.113.10"] },
  OriginationUri: { uri: "sip.example.com" },
  TrunkPhoneNumbers: { trunkId: "100", numbers: ["14155550100"] },
  PhoneNumberAttachment: { number: "14155550100", trunkId: "123" },
};

const outbound = { trunkDirection: "outbound", primaryUriUuid: undefined, credentialUuid: "cred-1" };
const withAuthentication = { authenticationNeeded: true, username: "pbx", password: "hunter2" };

function failuresOf(token: ResourceToken, change: Values) {
  const news = { ...correct[token], ...change };
  const request = { news, olds: undefined, secrets: new Set<string>(), autoName: "it-0123456" };
  return check(resources[token], request, new RunLedger());
}

test.each<{ token: ResourceToken; what: string; change: Values }>([
  { token: "Trunk", what: "inbound with a URI", change: {} },
  { token: "Trunk", what: "inbound with two URIs", change: { fallbackUriUuid: "uri-2" } },
  { token: "Trunk", what: "inbound with a URI that is not known yet", change: { primaryUriUuid: unknown } },
  { token: "Trunk", what: "outbound with a credential", change: outbound },
  { token: "Trunk", what: "outbound with a list", change: { ...outbound, credentialUuid: null, ipaclUuid: "acl-1" } },
  { token: "Trunk", what: "outbound with both", change: { ...outbound, ipaclUuid: "acl-1" } },
  {
    token: "Trunk",
    what: "outbound with a credential not known yet",
    change: { ...outbound, credentialUuid: unknown },
  },
  { token: "Trunk", what: "outbound with a URI that may be none", change: { ...outbound, primaryUriUuid: unknown } },
  { token: "Trunk", what: "of a direction that is not known yet", change: { trunkDirection: unknown, ipaclUuid: "a" } },
  { token: "Credential", what: "as Plivo wants it", change: {} },
  { token: "Credential", what: "not known yet", change: { username: unknown, password: unknown } },
  {
    token: "IpAccessControlList",
    what: "of both families",
    change: { ipAddresses: ["203.0.113.0/24", "2001:db8::1"] },
  },
  { token: "OriginationUri", what: "without authentication", change: {} },
  { token: "OriginationUri", what: "with authentication", change: withAuthentication },
  {
    token: "OriginationUri",
    what: "with authentication not known yet",
    change: { ...withAuthentication, authenticationNeeded: unknown },
  },
  {
    token: "OriginationUri",
    what: "with names not known yet",
    change: { authenticationNeeded: true, username: unknown, password: unknown },
  },
  {
    token: "OriginationUri",
    what: "with a password that may be none",
    change: { username: unknown, password: unknown },
  },
  { token: "PhoneNumberAttachment", what: "of a written number", change: { number: "+1 415 555 0100" } },
])("a $token $what passes", ({ token, change }) => {
  expect(failuresOf(token, change).failures).toEqual([]);
});

const inboundTakesNo = (what: string) => `an inbound trunk takes no ${what}: no calls go out through it`;
const noUri = "an outbound trunk takes no origination URI: it sends no calls to your PBX";

test.each<{ token: ResourceToken; what: string; change: Values; failures: Record<string, string | RegExp> }>([
  {
    token: "Trunk",
    what: "without a direction",
    change: { trunkDirection: null },
    failures: { trunkDirection: /^is required/ },
  },
  {
    token: "Trunk",
    what: "of an odd direction",
    change: { trunkDirection: "both" },
    failures: { trunkDirection: 'must be one of "inbound", "outbound"' },
  },
  {
    token: "Trunk",
    what: "inbound without a URI",
    change: { primaryUriUuid: null },
    failures: { primaryUriUuid: /needs an origination URI/ },
  },
  {
    token: "Trunk",
    what: "inbound with what is outbound's",
    change: { credentialUuid: "cred-1", ipaclUuid: "acl-1" },
    failures: { credentialUuid: inboundTakesNo("credential"), ipaclUuid: inboundTakesNo("IP access control list") },
  },
  {
    token: "Trunk",
    what: "outbound with nothing",
    change: { ...outbound, credentialUuid: null },
    failures: { credentialUuid: /needs credentialUuid or ipaclUuid/ },
  },
  {
    token: "Trunk",
    what: "outbound with URIs",
    change: { ...outbound, primaryUriUuid: "uri-1", fallbackUriUuid: "uri-2" },
    failures: { primaryUriUuid: noUri, fallbackUriUuid: noUri },
  },
  {
    token: "Trunk",
    what: "with a path for an id",
    change: { primaryUriUuid: "../x" },
    failures: { primaryUriUuid: /must be an id/ },
  },
  {
    token: "Credential",
    what: "with a short name",
    change: { username: "abc" },
    failures: { username: "must be 5-20 characters" },
  },
  {
    token: "Credential",
    what: "with a short password",
    change: { password: "hun!" },
    failures: { "password.value": /^must be 5-20 characters/ },
  },
  {
    token: "Credential",
    what: "without a password",
    change: { password: null },
    failures: { "password.value": /^is required: Plivo never returns it/ },
  },
  {
    token: "IpAccessControlList",
    what: "of nothing",
    change: { ipAddresses: [] },
    failures: { ipAddresses: /^must not be empty/ },
  },
  {
    token: "IpAccessControlList",
    what: "with a mistake and a duplicate in normal form",
    change: { ipAddresses: ["2001:db8::1", "10.0.0.1/33", "2001:DB8:0::1", "203.0.113.10/32", "203.0.113.10"] },
    failures: {
      "ipAddresses[1]": /IPv4 or IPv6/,
      "ipAddresses[2]": "is the same as ipAddresses[0]: give each only once",
      "ipAddresses[4]": "is the same as ipAddresses[3]: give each only once",
    },
  },
  {
    token: "PhoneNumberAttachment",
    what: "of a local number",
    change: { number: "030 123456" },
    failures: { number: /country code/ },
  },
  {
    token: "PhoneNumberAttachment",
    what: "to nothing",
    change: { trunkId: null },
    failures: { trunkId: /^is required/ },
  },
  {
    token: "PhoneNumberAttachment",
    what: "with a name",
    change: { name: "x" },
    failures: { "name.value": 'PhoneNumberAttachment has no argument "name"; it takes number, trunkId' },
  },
])("a $token $what is rejected", ({ token, change, failures }) => {
  const found = failuresOf(token, change).failures;
  expect(found.map(({ property }) => property).sort()).toEqual(Object.keys(failures).sort());
  for (const { property, reason } of found) expect(reason).toMatch(failures[property] ?? "");
});

const AUTHENTICATION = "although authenticationNeeded is true: Plivo's pages require username and password then";

test.each<{ token: ResourceToken; what: string; change: Values; warnings: Record<string, string | RegExp> }>([
  { token: "Credential", what: "with letters and digits", change: {}, warnings: {} },
  {
    token: "Credential",
    what: "of Plivo's own pages",
    change: { username: "sip_user_1", password: "hunter2" },
    warnings: { username: /^has characters other than letters and digits/, password: /^has none of the signs ~!@#/ },
  },
  {
    token: "Credential",
    what: "with a blank in its password",
    change: { password: "a b-c!" },
    warnings: { password: /^has characters other than letters, digits and ~!@#/ },
  },
  {
    token: "IpAccessControlList",
    what: "with wide ranges",
    change: { ipAddresses: ["0.0.0.0/0", "10.0.0.0/8", "::/0", "::ffff:0:0/96", "203.0.113.1"] },
    warnings: { "ipAddresses[0]": /^is wider than \/8/, "ipAddresses[2]": /wider/, "ipAddresses[3]": /wider/ },
  },
  {
    token: "OriginationUri",
    what: "at home",
    change: { uri: "192.168.1.1" },
    warnings: { uri: /private or loopback/ },
  },
  {
    token: "OriginationUri",
    what: "with parameters",
    change: { uri: "sip.example.com;transport=tcp;lr" },
    warnings: { uri: /^has a parameter other than/ },
  },
  {
    token: "OriginationUri",
    what: "that needs authentication and has none",
    change: { authenticationNeeded: true },
    warnings: {
      username: `is missing ${AUTHENTICATION}`,
      password: `is missing ${AUTHENTICATION}, and no update is made without the password, because it may blank it`,
    },
  },
  {
    token: "OriginationUri",
    what: "with authentication that it does not need",
    change: { username: "pbx", password: "hunter2" },
    warnings: {
      username: "is not sent, because authenticationNeeded is not true",
      password: "is not sent, because authenticationNeeded is not true",
    },
  },
])("a $token $what is allowed, with warnings: $warnings", ({ token, change, warnings }) => {
  const found = failuresOf(token, change);
  expect(found.failures).toEqual([]);
  expect(found.warnings.map(({ property }) => property)).toEqual(Object.keys(warnings));
  for (const { property, reason } of found.warnings) expect(reason).toMatch(warnings[property] ?? "");
});

test("user name and password of a URI without authentication are left out: Plivo would not store them", () => {
  const { inputs } = failuresOf("OriginationUri", { username: "pbx", password: "hunter2" });
  expect(inputs).not.toHaveProperty("username");
  expect(inputs).not.toHaveProperty("password");
  expect(failuresOf("OriginationUri", withAuthentication).inputs).toMatchObject(withAuthentication);
  const open = { ...withAuthentication, authenticationNeeded: unknown };
  expect(failuresOf("OriginationUri", open).inputs).toMatchObject(open);
});

test("an outbound trunk that has lost both ways in, and was imported so, can still be previewed", () => {
  const news = { name: "out", trunkDirection: "outbound" };
  const request = { news, secrets: new Set<string>(), autoName: undefined };
  expect(check(resources.Trunk, { ...request, olds: news }, new RunLedger())).toMatchObject({
    failures: [],
    tolerated: [{ property: "credentialUuid", reason: expect.stringMatching(/needs credentialUuid or ipaclUuid/) }],
  });
  const olds = { ...news, ipaclUuid: "acl-1" };
  expect(check(resources.Trunk, { ...request, olds }, new RunLedger()).failures).toMatchObject([
    { property: "credentialUuid" },
  ]);
});

test.each(Object.entries(correct))(
  "%s: a name is generated where the resource has one, and defaults are filled in",
  (token, news) => {
    const request = { news, olds: undefined, secrets: new Set<string>(), autoName: "it-0123456" };
    const { inputs } = check(resources[token as ResourceToken], request, new RunLedger());
    const defaults: Record<string, Values> = {
      Trunk: { name: "it-0123456", trunkStatus: "enabled", secure: false, forceDestroy: false },
      Credential: { name: "it-0123456", forceDestroy: false },
      IpAccessControlList: { name: "it-0123456", forceDestroy: false },
      OriginationUri: { name: "it-0123456", authenticationNeeded: false, forceDestroy: false },
      PhoneNumberAttachment: {},
      TrunkPhoneNumbers: { exclusive: false },
    };
    expect(inputs).toEqual({ ...news, ...defaults[token] });
  },
);

test("the row of a token is its own definition", () => {
  for (const [token, resource] of Object.entries(resources)) expect(resource.token).toBe(token);
});

test("what is guarded against its delete has forceDestroy, the way out that the refusal names", () => {
  const guarded = Object.values(resources).filter(({ guard }) => guard);
  expect(guarded.length).toBeGreaterThan(0);
  for (const { properties } of guarded) expect(properties).toHaveProperty("forceDestroy.role", "local");
});

test("the arguments and outputs of every resource are the contract", () => {
  const described = Object.entries(resources).map(([token, { properties, id }]) => {
    const marks = Object.entries(properties).map(([key, { role, facts }]) => {
      const mark = [facts.secret && "*", facts.replaceOnChange && "!", /output|recorded|id/.test(role) && "="];
      return `${key}${mark.filter(Boolean).join("")}`;
    });
    return `${token} by ${id}: ${marks.join(" ")}`;
  });
  expect(described).toEqual([
    "Trunk by trunkId: name trunkDirection! trunkStatus secure ipaclUuid credentialUuid primaryUriUuid fallbackUriUuid forceDestroy trunkId= trunkDomain=",
    "Credential by credentialUuid: name username password* forceDestroy credentialUuid=",
    "IpAccessControlList by ipaclUuid: name ipAddresses forceDestroy ipaclUuid=",
    "OriginationUri by uriUuid: name uri authenticationNeeded username password* forceDestroy uriUuid=",
    "PhoneNumberAttachment by number: number! trunkId restoreApplication previousApplication=",
    "TrunkPhoneNumbers by trunkId: trunkId! numbers exclusive restoreApplication previousApplications=",
  ]);
});
