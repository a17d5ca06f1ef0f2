/** The command as a user runs it, and what it prints. */
import { expect, test } from "@jest/globals";
import type { Seed } from "pulumi-plivo/simulator";
import { Output } from "../shared/output";
import { commandWorld } from "../shared/testing/command-line";
import type { CallPath } from "./call-path";
import { print } from "./report";
import { follow } from "./run";
import type { Dns } from "./targets";

/** Addresses, so that no name server is asked. */
const seed: Seed = {
  originationUris: [
    { uri_uuid: "uri-1", name: "primary", uri: "198.51.100.1:5061;transport=tls" },
    { uri_uuid: "uri-2", name: "fall\u001b[31mback", uri: "198.51.100.2" },
  ],
  trunks: [
    {
      trunk_id: "100",
      name: "support",
      trunk_direction: "inbound",
      secure: true,
      primary_uri_uuid: "uri-1",
      fallback_uri_uuid: "uri-2",
    },
  ],
  numbers: [{ number: "14155550100", app_id: "100" }, "14155550101"],
};

async function route(args: readonly string[], environment: NodeJS.ProcessEnv = {}, held: Seed = seed) {
  const { simulator, run } = await commandWorld("route", held);
  return { ...(await run(args, environment)), simulator };
}

test("it prints the way of a call, what is odd about it, and sends GETs only", async () => {
  const { code, stdout, stderr, simulator } = await route(["+1 (415) 555-0100"]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toBe(`+14155550100
  trunk "support" (100): inbound, enabled, secure
  primary "primary" (uri-1): 198.51.100.1:5061;transport=tls
    198.51.100.1:5061 tls
  fallback "fall\\u001b[31mback" (uri-2): 198.51.100.2
    198.51.100.2:5060 udp

note: fallback URI 198.51.100.2: names no transport; Plivo does not publish what that means, SIP takes UDP
note: fallback URI 198.51.100.2: goes over udp, although the trunk is secure (TLS and SRTP)
No problem found. --probe asks the servers.
`);
  expect(simulator.requests.filter(({ method }) => method !== "GET")).toEqual([]);
  expect(stdout).not.toContain(simulator.authToken);
});

test("a number without a route ends with 4, what is no number or a wrong token with 1, an account that cannot be read with 2", async () => {
  const refusing = await commandWorld("route", seed);
  refusing.simulator.faults.add({ method: "GET", do: { kind: "status", status: 403 } });
  const [nowhere, wrong, rejected, unread] = await Promise.all([
    route(["14155550101", "--json"]),
    route(["support"]),
    route(["14155550100"], { PLIVO_AUTH_TOKEN: "another" }),
    refusing.run(["14155550100"]),
  ]);
  expect([nowhere.code, JSON.parse(nowhere.stdout)]).toEqual([
    4,
    {
      number: "+14155550101",
      application: null,
      trunk: null,
      destinations: [],
      findings: [{ severity: "problem", text: "+14155550101 is not routed: calls to it go nowhere" }],
    },
  ]);
  expect([wrong.code, wrong.stdout]).toEqual([1, ""]);
  expect(wrong.stderr).toMatch(/"support" is no phone number/);
  expect([rejected.code, rejected.stdout]).toEqual([1, ""]);
  expect(rejected.stderr).toMatch(/^error: GET Number\/14155550100\/ -> 401 /m);
  expect([unread.code, unread.stdout]).toEqual([2, ""]);
  expect(unread.stderr).toMatch(/^error: GET Number\/14155550100\//m);
});

const path: CallPath = {
  number: "+14155550100",
  application: { kind: "trunk", id: "100" },
  trunk: null,
  destinations: [
    {
      role: "primary",
      uriUuid: "uri-1",
      uri: { uriUuid: "uri-1", name: "p", uri: "sip.test", authenticationNeeded: false, username: null },
    },
  ],
  findings: [],
};
const none = () => Promise.reject(Object.assign(new Error("none"), { code: "ENOTFOUND" }));

test("a host without an address is a problem; a server without a response is one as well, with its doubt", async () => {
  const unknown: Dns = { resolve4: none, resolve6: none, resolveSrv: none } as Dns;
  expect((await follow(path, unknown)).findings).toContainEqual({
    severity: "problem",
    text: "primary URI sip.test: sip.test has no address",
  });
  const silent = { ...unknown, resolve4: async () => ["127.0.0.1"] } as unknown as Dns;
  const probed = await follow(path, silent, 100);
  expect(probed.findings).toContainEqual({
    severity: "problem",
    text: "primary URI sip.test: gives no response here; a firewall that lets only Plivo in looks the same",
  });
  const lines: string[] = [];
  print(probed, new Output({ write: (line) => lines.push(line) }, {}));
  expect(lines.join("")).toMatch(/^ {4}127\.0\.0\.1:5060 udp: (connection refused|no response within 0\.1 s)$/m);
});

test("a password in a URI is neither printed nor in the JSON, and a name that has it is not either", async () => {
  const trunk = { trunk_id: "100", name: "to Hunter2", trunk_direction: "inbound", primary_uri_uuid: "uri-1" } as const;
  const held: Seed = {
    originationUris: [{ uri_uuid: "uri-1", name: "hunter2 here", uri: "sip:me:hunter2@198.51.100.1" }],
    trunks: [trunk],
    numbers: [{ number: "14155550100", app_id: "100" }],
  };
  for (const args of [["14155550100"], ["14155550100", "--json"]]) {
    const { code, stdout, stderr } = await route(args, {}, held);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).not.toMatch(/hunter2/i);
    expect(stdout).toContain("primary URI (not shown: it has a password in it): its form is not known here");
  }
});

test("a time of parts of a millisecond is rounded up", async () => {
  const { code, stderr } = await route(["14155550100", "--timeout", "1.001"]);
  expect([code, stderr]).toEqual([0, ""]);
});

test("with --json an error is one document too, and what --dns names is checked before anything is read", async () => {
  const { code, stdout, simulator } = await route(["14155550100", "--json", "--dns", "dns.example.com"]);
  const message = '--dns "dns.example.com" is no address of a name server';
  expect([code, JSON.parse(stdout)]).toEqual([1, { error: { message, exitCode: 1 } }]);
  expect(simulator.requests).toEqual([]);
});
