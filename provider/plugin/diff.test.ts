import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { resources } from "../resources/index";
import { startPlugin } from "./testing/start-plugin";
import { check, checked, diff, up } from "./testing/test-client";
import { type Json, secret, UNKNOWN } from "./testing/wire-json";

const defaults = { trunkStatus: "enabled", secure: false, forceDestroy: false };
const inbound = { name: "a", trunkDirection: "inbound", primaryUriUuid: "u1", ...defaults };
const list = (...ipAddresses: unknown[]) => ({ name: "a", ipAddresses, forceDestroy: false });

/** Anything that could stand in a state or in inputs, right or wrong. */
const scalar = fc.oneof(
  fc.constantFrom("inbound", "outbound", "enabled", "u1", "192.0.2.1", "::1", UNKNOWN),
  fc.string(),
);
const value = fc.oneof(scalar, fc.boolean(), fc.constant(null), fc.array(scalar, { maxLength: 4 }), scalar.map(secret));
const token = fc.constantFrom(...Object.keys(resources));
const values = token.chain((name) => {
  const keys = Object.keys(resources[name as keyof typeof resources].properties);
  const some = fc.dictionary(fc.constantFrom(...keys, "other"), value);
  return fc.record({ token: fc.constant(name), olds: some, news: some });
});

test("A13 Diff: whatever is compared, detail, keys and verdict agree, and nothing is reported twice", async () => {
  const plugin = await startPlugin();
  const property = fc.asyncProperty(values, async ({ token: name, olds, news }) => {
    const found = await diff(plugin, name, olds, news);
    const paths = Object.keys(found.detail);
    const roots = new Set(paths.map((path) => path.split(/[.[]/)[0]));
    expect(found.changes).toBe(paths.length > 0 ? "some" : "none");
    expect(found.hasDetail).toBe(true);
    expect([...new Set(found.diffs)]).toEqual(found.diffs);
    expect(new Set(found.diffs)).toEqual(roots);
    const replacing = paths.filter((path) => found.detail[path]?.endsWith("_REPLACE"));
    expect(new Set(found.replaces)).toEqual(new Set(replacing.map((path) => path.split(/[.[]/)[0])));
    expect(found.inputDiffs).toEqual([]);
  });
  await fc.assert(property, { numRuns: 150 });
  expect(plugin.takeRequests()).toEqual([]);
});

test("A13 Diff: values that are the same show nothing", async () => {
  const plugin = await startPlugin();
  const known = values.filter(({ news }) => !JSON.stringify(news).includes(UNKNOWN));
  const property = fc.asyncProperty(known, async ({ token: name, news }) => {
    const { inputs } = await check(plugin, name, news);
    expect(await diff(plugin, name, inputs, inputs)).toMatchObject({ changes: "none", diffs: [], detail: {} });
  });
  await fc.assert(property, { numRuns: 50 });
});

test.each([
  { what: "a value that was not there", olds: {}, news: { fallbackUriUuid: "u2" }, detail: { fallbackUriUuid: "ADD" } },
  { what: "another value", olds: {}, news: { secure: true }, detail: { secure: "UPDATE" } },
  { what: "a value that goes", olds: { fallbackUriUuid: "u2" }, news: {}, detail: { fallbackUriUuid: "DELETE" } },
  {
    what: "a secret that is another",
    olds: { name: secret("x") },
    news: { name: secret("y") },
    detail: { name: "UPDATE" },
  },
  { what: "a secret that is the same", olds: { name: secret("x") }, news: { name: "x" }, detail: {} },
])("A13 Diff: $what", async ({ olds, news, detail }) => {
  const found = await diff(await startPlugin(), "Trunk", { ...inbound, ...olds }, { ...inbound, ...news });
  expect(found.detail).toEqual(detail);
  expect(found).toMatchObject({ diffs: Object.keys(detail), replaces: [] });
});

test.each([
  { olds: ["192.0.2.1"], news: ["192.0.2.1", "192.0.2.2"], detail: { "ipAddresses[1]": "ADD" } },
  { olds: ["192.0.2.1", "192.0.2.2"], news: ["192.0.2.1"], detail: { "ipAddresses[1]": "DELETE" } },
  { olds: ["192.0.2.1"], news: ["192.0.2.9"], detail: { "ipAddresses[0]": "UPDATE" } },
  { olds: ["192.0.2.1", "192.0.2.2"], news: ["192.0.2.2"], detail: { "ipAddresses[0]": "DELETE" } },
])("A13 Diff: $olds to $news shows the elements", async ({ olds, news, detail }) => {
  const found = await diff(await startPlugin(), "IpAccessControlList", list(...olds), list(...news));
  expect(found).toMatchObject({ detail, diffs: ["ipAddresses"] });
});

test("A14 Diff: old outputs are compared with new inputs, so that drift shows", async () => {
  const plugin = await startPlugin();
  const { inputs, outputs } = await up(plugin, "IpAccessControlList", { ipAddresses: ["192.0.2.1"] });
  const drifted = { ...outputs, ipAddresses: ["192.0.2.1", "203.0.113.1"] };
  expect(await diff(plugin, "IpAccessControlList", drifted, inputs)).toMatchObject({
    detail: { "ipAddresses[1]": "DELETE" },
    inputDiffs: [],
  });
});

test("A14 Diff: order and spelling of addresses are no change, absent is null, unknown is a change", async () => {
  const plugin = await startPlugin();
  const compare = (olds: Json, news: Json) => diff(plugin, "IpAccessControlList", olds, news);
  const spelt = await compare(list("192.0.2.1", "2001:db8:0::1"), list("2001:DB8::1", "192.0.2.1/32"));
  expect(spelt.changes).toBe("none");
  const nothing = { credentialUuid: null, ipaclUuid: null };
  expect((await diff(plugin, "Trunk", { ...inbound, ...nothing }, inbound)).changes).toBe("none");
  expect((await compare(list("192.0.2.1"), list("192.0.2.1", UNKNOWN))).detail).toEqual({ ipAddresses: "UPDATE" });
  expect((await compare(list("192.0.2.1"), { ...list(), ipAddresses: UNKNOWN })).detail).toEqual({
    ipAddresses: "UPDATE",
  });
});

test("A15 Diff during refresh: what was read against the inputs of before shows drift, from the other side", async () => {
  const plugin = await startPlugin();
  const { id, inputs, outputs } = await up(plugin, "IpAccessControlList", { ipAddresses: ["192.0.2.1"] });
  const found = { ...outputs, name: "renamed" };
  expect(await diff(plugin, "IpAccessControlList", found, inputs, { id })).toMatchObject({
    changes: "some",
    detail: { name: "UPDATE" },
  });
});

test.each([
  { token: "Trunk", olds: inbound, news: { trunkDirection: "outbound" }, on: "trunkDirection" },
  {
    token: "PhoneNumberAttachment",
    olds: { number: "14155550100", trunkId: "1" },
    news: { number: "14155550101" },
    on: "number",
  },
])(
  "A16 Diff: $token is replaced for $on, new one first, and for nothing else",
  async ({ token: name, olds, news, on }) => {
    const plugin = await startPlugin();
    const found = await diff(plugin, name, olds, { ...olds, ...news });
    expect(found).toMatchObject({ replaces: [on], detail: { [on]: "UPDATE_REPLACE" }, deleteBeforeReplace: false });
    const { properties } = resources[name as keyof typeof resources];
    const replacing = Object.entries(properties).filter(([, { facts }]) => facts.replaceOnChange);
    expect(replacing.map(([key]) => key)).toEqual([on]);
  },
);

test("A16 Diff: what Plivo makes up is stable, so that dependents stay known through an update", async () => {
  const { stables } = await diff(await startPlugin(), "Trunk", inbound, { ...inbound, secure: true });
  expect(stables).toEqual(["trunkId", "trunkDomain"]);
});

test.each([
  { ignored: "ipAddresses", left: ["name"] },
  { ignored: "ipAddresses[0]", left: ["ipAddresses[1]", "name"] },
  { ignored: "ipAddresses[*]", left: ["name"] },
  { ignored: 'ipAddresses["0"]', left: ["ipAddresses[1]", "name"] },
  { ignored: "name", left: ["ipAddresses[0]", "ipAddresses[1]"] },
  { ignored: "*", left: [] },
])("A25 ignoreChanges: $ignored leaves $left", async ({ ignored, left }) => {
  const plugin = await startPlugin();
  const news = { ...list("192.0.2.8", "192.0.2.9"), name: "b" };
  const olds = list("192.0.2.1", "192.0.2.2");
  const { detail } = await diff(plugin, "IpAccessControlList", olds, news, { ignoreChanges: [ignored] });
  expect(Object.keys(detail).sort()).toEqual(left);
});

test("A25 ignoreChanges: a default that Check fills in for an ignored property is no change of it", async () => {
  const plugin = await startPlugin();
  const { secure, ...without } = { ...inbound, secure: true };
  const olds = await checked(plugin, "Trunk", { ...without, secure });
  const news = await checked(plugin, "Trunk", without, { olds });
  expect([olds.secure, news.secure]).toEqual([true, false]);
  expect((await diff(plugin, "Trunk", olds, news)).detail).toEqual({ secure: "UPDATE" });
  expect((await diff(plugin, "Trunk", olds, news, { ignoreChanges: ["secure"] })).detail).toEqual({});
});

test("A25 ignoreChanges: an object that may not exist is checked for, whatever is ignored", async () => {
  const plugin = await startPlugin();
  const olds = list("192.0.2.1");
  const found = await diff(plugin, "IpAccessControlList", olds, olds, { id: "unconfirmed:a", ignoreChanges: ["name"] });
  expect(found).toMatchObject({ changes: "some", replaces: ["name"], deleteBeforeReplace: true });
});
