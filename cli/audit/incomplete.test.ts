/** What an audit says of an account that it could not read completely, and what it sends. */
import { expect, test } from "@jest/globals";
import type { RequestLogEntry, Seed } from "pulumi-plivo/simulator";
import { factsOf } from "./kinds";
import { exitCodeFor } from "./run";
import { auditOf, entry, pendingCreate, smallAccount, type stateOf } from "./testing/audited";

const many: Seed = {
  ...smallAccount,
  credentials: [
    ...(smallAccount.credentials ?? []),
    { credential_uuid: "x", name: "x", username: "spare", password: "Secret!9" },
  ],
  numbers: Array.from({ length: 45 }, (_, n) => ({ number: String(14_155_560_000 + n), app_id: "100" })),
};
const always = { times: Number.POSITIVE_INFINITY, do: { kind: "status", status: 500 } } as const;
const isSecondPage = ({ query }: RequestLogEntry) => query.offset === "19";

test.each([
  { path: "Number/", what: "phone numbers", when: isSecondPage },
  { path: "Zentrunk/Trunk/", what: "trunks", when: () => true },
  { path: "Zentrunk/URI/", what: "origination URIs", when: () => true },
  { path: "Zentrunk/Credential/", what: "credentials", when: () => true },
  { path: "Zentrunk/IPAccessControlList/", what: "IP access control lists", when: () => true },
])(
  "$what that cannot be read are named, and nothing is called unused, gone or unmanaged",
  async ({ path, what, when }) => {
    const result = await auditOf({
      seed: many,
      state: (all) => [...all.slice(1), entry("Trunk", "lost", { id: "999", outputs: {} })],
      pending: [pendingCreate("Trunk", "in", "in-0a1b2c3")],
      change: ({ faults }) => faults.add({ path, when, ...always }),
    });
    expect(result.unread).toEqual([{ what, why: expect.stringContaining(`GET ${path} -> 500`) }]);
    expect(result.findings.filter(({ kind }) => factsOf(kind).needsWhole)).toEqual([]);
    expect(result.notChecked).toEqual(
      expect.arrayContaining(["unused", "gone", "unmanaged", "orphan", "pending-operation"]),
    );
    expect(exitCodeFor(result, { failOn: "never" })).toBe(2);
    // The same account in whole has all of them.
    const { findings } = await auditOf({
      seed: many,
      state: (all) => [...all.slice(1), entry("Trunk", "lost", { id: "999" })],
    });
    expect(findings.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["unused", "gone", "unmanaged"]));
  },
);

test("what is drift or gone by a list is confirmed by a GET, and not reported where that fails", async () => {
  const drifted = await auditOf({
    state: (all) => [...all, entry("OriginationUri", "lost", { id: "uri-9", outputs: {} })],
    change: ({ store, faults }) => {
      store.edit("trunks", "100", { secure: true });
      faults.add({ path: "Zentrunk/Trunk/100/", method: "GET", ...always });
      faults.add({ path: "Zentrunk/URI/uri-9/", method: "GET", ...always });
    },
  });
  expect(drifted.unread.map(({ what }) => what)).toEqual(["trunk 100", "origination URI uri-9"]);
  expect(drifted.findings.filter(({ kind }) => kind === "drift" || kind === "gone")).toEqual([]);
});

test("a list that lags behind makes no drift", async () => {
  const { found } = await auditOf({
    change: ({ faults }) => {
      const rows = [{ uri_uuid: "uri-1", name: "old", uri: "sip.example.com:5061;transport=tls" }];
      faults.add({ path: "Zentrunk/URI/", do: { kind: "body", status: 200, body: { objects: rows } } });
    },
  });
  expect(found.filter((text) => text.startsWith("drift") || text.startsWith("gone"))).toEqual([]);
});

test("numbers of which the list shows no route at all count as routed to nothing only if a few by themselves are", async () => {
  const numbers = ["14155550100", { number: "14155550101", app_id: "100" }];
  const body = { objects: [{ number: "14155550100" }, { number: "14155550101" }] };
  const { notChecked, found, requests } = await auditOf({
    seed: { ...smallAccount, numbers },
    state: null,
    change: ({ faults }) => faults.add({ path: "Number/", do: { kind: "body", status: 200, body } }),
  });
  expect([notChecked.includes("unrouted-number"), found]).toEqual([true, []]);
  expect(requests).toContain("GET Number/14155550101/");
  const none = await auditOf({ seed: { ...smallAccount, numbers: ["14155550101"] }, state: null });
  expect(none.found).toEqual(["unrouted-number -"]);
});

test("what a list of trunks leaves out makes nothing unused, and no trunk one without a fallback or a credential", async () => {
  const part = { trunk_status: "enabled", secure: true };
  const objects = [
    {
      ...part,
      trunk_id: "100",
      trunk_domain: "100.zt.plivo.com",
      trunk_direction: "inbound",
      primary_uri_uuid: "uri-1",
    },
    { ...part, trunk_id: "200", trunk_domain: "200.zt.plivo.com", trunk_direction: "outbound", ipacl_uuid: "acl-1" },
  ];
  const { notChecked, found } = await auditOf({
    seed: { ...smallAccount, numbers: [] },
    state: null,
    change: ({ faults }) =>
      faults.add({ path: "Zentrunk/Trunk/", do: { kind: "body", status: 200, body: { objects } } }),
  });
  expect(notChecked).toEqual(expect.arrayContaining(["unused", "no-fallback", "wide-range", "shared-range"]));
  expect(found).toEqual([]);
});

const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x" };

test("numbers of a set that are encrypted in the state are not called unmanaged", async () => {
  const inSet = (numbers: unknown) => (all: Awaited<ReturnType<typeof stateOf>>) => [
    ...all.filter(({ type }) => !type.endsWith(":PhoneNumberAttachment")),
    entry("TrunkPhoneNumbers", "lines", { id: "100", outputs: { trunkId: "100", numbers } }),
  ];
  const kinds = async (numbers: unknown) => (await auditOf({ state: inSet(numbers) })).findings.map(({ kind }) => kind);
  const others = await kinds(["14155550100"]);
  expect(others).not.toContain("unmanaged");
  expect(await kinds(secret)).toEqual(others);
  expect(await kinds([secret])).toEqual(others);
});

test("what may be of another account, because the Auth ID of its provider is encrypted, is not called gone", async () => {
  const type = "pulumi:providers:plivo";
  const urn = `urn:pulumi:dev::lines::${type}::other`;
  const provider = `${urn}::1`;
  const lost = pendingCreate("Trunk", "in", "in-0a1b2c3");
  const { findings } = await auditOf({
    state: (all) => [
      { type, urn, id: "1", inputs: { authId: secret } },
      ...all,
      entry("OriginationUri", "there", { id: "uri-9", provider, outputs: {} }),
    ],
    pending: [{ ...lost, resource: { ...lost.resource, provider } }],
  });
  const about = findings.filter(({ kind }) => kind === "gone" || kind === "pending-operation");
  expect(about.map(({ kind, text }) => [kind, text])).toEqual([
    ["pending-operation", "a run that was killed had begun creating it"],
  ]);
});

test("nothing but GETs is sent, and for a large account 5 % more of them than its lists have pages", async () => {
  const uris = Array.from({ length: 300 }, (_, n) => ({
    uri_uuid: `uri-${n}`,
    name: `uri ${n}`,
    uri: "sip.example.com",
  }));
  const trunks = Array.from({ length: 100 }, (_, n) => ({
    trunk_id: String(1_000 + n),
    name: `trunk ${n}`,
    trunk_direction: "inbound" as const,
    primary_uri_uuid: `uri-${n}`,
  }));
  const numbers = Array.from({ length: 5_000 }, (_, n) => ({ number: String(14_155_500_000 + n), app_id: "1000" }));
  const { requests, findings } = await auditOf({ seed: { originationUris: uris, trunks, numbers } });
  expect(requests.filter((request) => !request.startsWith("GET "))).toEqual([]);
  expect(requests.length).toBeLessThanOrEqual(1.05 * (15 + 5 + 250 + 1 + 1));
  // 200 URIs that no trunk uses, and 100 trunks without a fallback.
  expect(findings).toHaveLength(300);
});

test("no finding shows a password: neither one of the account, nor one of a state", async () => {
  const { findings } = await auditOf({
    seed: {
      ...smallAccount,
      originationUris: [
        ...(smallAccount.originationUris ?? []),
        { uri_uuid: "uri-9", name: "to hunter2", uri: "sip:me:hunter2@example.com" },
      ],
    },
    state: (all) =>
      all.map((one) => {
        if (one.id === "uri-1") return { ...one, outputs: { ...one.outputs, name: "old swordfish" } };
        if (one.id === "uri-2") return { ...one, outputs: { ...one.outputs, uri: "sip:me:swordfish@example.com" } };
        return { ...one, outputs: { ...one.outputs, password: "opensesame" } };
      }),
  });
  expect(findings.filter(({ kind }) => kind === "drift").map(({ text }) => text)).toEqual([
    "name differs from the state",
    "uri differs from the state",
  ]);
  expect(JSON.stringify(findings)).not.toMatch(/hunter2|swordfish|opensesame|Secret!/);
});

test("the state of another account is refused, before a GET for each of its objects", async () => {
  const other = (all: Awaited<ReturnType<typeof stateOf>>) => all.map((one) => ({ ...one, id: `9${one.id}` }));
  await expect(auditOf({ state: other })).rejects.toThrow(/^this account has none of the 7 objects of dev, such as /);
});
