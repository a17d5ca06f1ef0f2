import { expect, test } from "@jest/globals";
import type { Seed } from "pulumi-plivo/simulator";
import { simulatedAccount } from "../shared/testing/account";
import { readCallPath } from "./call-path";

const healthy = {
  trunk_id: "100",
  name: "support",
  trunk_direction: "inbound",
  secure: true,
  primary_uri_uuid: "uri-1",
  fallback_uri_uuid: "uri-2",
} as const;

const seed = {
  originationUris: [
    { uri_uuid: "uri-1", name: "primary", uri: "sip.example.com;transport=tls" },
    { uri_uuid: "uri-2", name: "fallback", uri: "standby.example.net" },
  ],
  trunks: [healthy],
  numbers: [{ number: "14155550100", app_id: "100" }],
} satisfies Seed;

async function pathOf(changed: Partial<Seed>, number = "+14155550100") {
  const { account, takeRequests } = await simulatedAccount({ seed: { ...seed, ...changed } });
  const { plivo } = account.context({ log: () => {} }).services;
  const path = await readCallPath(plivo, number);
  return { path, requests: takeRequests() };
}

test("a call goes from the number to the trunk to its URIs, in four GETs at most", async () => {
  const { path, requests } = await pathOf({});
  expect(path).toMatchObject({
    number: "+14155550100",
    trunk: { trunkId: "100", name: "support" },
    destinations: [
      { role: "primary", uri: { uri: "sip.example.com;transport=tls" } },
      { role: "fallback", uri: { uri: "standby.example.net" } },
    ],
    findings: [],
  });
  // Two objects of a kind may come from one list.
  expect(requests.filter((request) => !request.startsWith("GET "))).toEqual([]);
  expect(requests.length).toBeLessThanOrEqual(4);
});

test.each<[what: string, changed: Partial<Seed>, severity: "problem" | "note", text: RegExp]>([
  ["no number of the account", { numbers: [] }, "problem", /is no phone number of this account/],
  ["no route", { numbers: ["14155550100"] }, "problem", /is not routed/],
  [
    "an outbound trunk",
    { trunks: [{ trunk_id: "100", name: "out", trunk_direction: "outbound", credential_uuid: "c" }] },
    "problem",
    /only an inbound trunk takes calls/,
  ],
  ["a disabled trunk", { trunks: [{ ...healthy, trunk_status: "disabled" }] }, "problem", /the trunk is disabled/],
  ["no fallback", { trunks: [{ ...healthy, fallback_uri_uuid: null }] }, "note", /has no fallback/],
  ["a trunk that is not secure", { trunks: [{ ...healthy, secure: false }] }, "note", /not secure/],
])("%s is reported", async (_, changed, severity, text) => {
  const { path } = await pathOf(changed);
  expect(path.findings).toContainEqual({ severity, text: expect.stringMatching(text) });
});

test.each([
  { uri: "sip.example.com;transport=tls", isTls: true },
  { uri: "sips:pbx@sip.example.com", isTls: true },
  { uri: "sip.example.com;transport=tcp", isTls: false },
  { uri: "sip.example.com", isTls: false },
])("a trunk that is not secure is reported only if its URI goes without TLS: $uri", async ({ uri, isTls }) => {
  const trunks = [{ ...healthy, secure: false, fallback_uri_uuid: null }];
  const originationUris = [{ ...seed.originationUris[0], uri }];
  const { path } = await pathOf({ trunks, originationUris });
  expect(path.findings.some(({ text }) => text.includes("not secure"))).toBe(!isTls);
});

test("a trunk and a URI that are gone are problems", async () => {
  const { account, simulator } = await simulatedAccount({ seed });
  const { plivo } = account.context({ log: () => {} }).services;
  simulator.store.originationUris.delete("uri-2");
  const withoutFallback = await readCallPath(plivo, "14155550100");
  expect(withoutFallback.destinations[1]).toEqual({ role: "fallback", uri: null, uriUuid: "uri-2" });
  expect(withoutFallback.findings).toEqual([
    { severity: "problem", text: "the fallback origination URI uri-2 does not exist" },
  ]);
  simulator.store.trunks.delete("100");
  expect((await readCallPath(plivo, "14155550100")).findings).toEqual([
    { severity: "problem", text: "trunk 100, to which +14155550100 is routed, does not exist" },
  ]);
});

test("a number on an application is not followed", async () => {
  const { path } = await pathOf({ applications: [{ app_id: "7" }], numbers: [{ number: "14155550100", app_id: "7" }] });
  const text = "+14155550100 is routed to application 7, which is not followed";
  expect(path).toMatchObject({ trunk: null, destinations: [], findings: [{ severity: "note", text }] });
});

test.each([/^Number/, /Trunk/, /URI/])("nothing is called missing when %s could not be read", async (path) => {
  const { account, simulator } = await simulatedAccount({ seed });
  simulator.faults.add({ path, times: 9, do: { kind: "status", status: 403 } });
  const { plivo } = account.context({ log: () => {} }).services;
  await expect(readCallPath(plivo, "14155550100")).rejects.toThrow(/403/);
});

test.each(["support", "+1", "", "+1415555010012345", "14155550100; rm"])("%j is no phone number", async (number) => {
  await expect(pathOf({}, number)).rejects.toThrow(/is no phone number: give its country code/);
});
