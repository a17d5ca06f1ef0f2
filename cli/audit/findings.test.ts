/** Each kind of finding: an account that has it, and one that is as near as can be and does not. */
import { expect, test } from "@jest/globals";
import type { Seed, Simulator } from "pulumi-plivo/simulator";
import { allKinds, type Kind } from "./kinds";
import { type AuditOptions, auditOf, type Entry, entry, pendingCreate, smallAccount } from "./testing/audited";

const SECRET = "4dabf18193072939515e22adb298388d";

interface Case {
  readonly kind: Kind;
  /** The ids of the objects that have it; `-`: it is about none. */
  readonly at: readonly string[];
  readonly seeded: AuditOptions;
  readonly absent: AuditOptions;
}

const quiet: Seed = { ...smallAccount, numbers: [{ number: "14155550100", app_id: "100" }] };
const everyone = { ipacl_uuid: "acl-9", name: "everyone", ip_addresses: ["203.0.113.7", "0.0.0.0/0"] };
const cloud = { ipacl_uuid: "acl-9", name: "cloud", ip_addresses: ["52.10.0.0/16"] };
const caller = { trunk_id: "300", name: "caller", trunk_direction: "outbound", secure: true } as const;
const inbound = { trunk_id: "300", name: "in", trunk_direction: "inbound", fallback_uri_uuid: "uri-1" } as const;
const spare = { uri_uuid: "uri-9", name: "spare-0a1b2c3", uri: "sip.example.org" };
const on300 = (number = "14155550109") => ({ number, app_id: "300" });

/** The account of these tests and more. */
function having(more: Seed): Seed {
  const keys = Object.keys(more) as (keyof Seed)[];
  const merged = keys.map((key) => [key, [...(quiet[key] ?? []), ...(more[key] ?? [])]]);
  return { ...quiet, ...Object.fromEntries(merged) };
}

function route(store: Simulator["store"], application: string | null): void {
  store.edit("numbers", "14155550100", { application });
}

const list = (row: typeof everyone, trunk: object): AuditOptions => ({
  seed: having({ ipAccessControlLists: [row], trunks: [{ ...caller, ipacl_uuid: "acl-9", ...trunk }] }),
});
const trunk = (row: object, numbers: Seed["numbers"] = []): AuditOptions => ({
  seed: having({ trunks: [{ ...inbound, primary_uri_uuid: "uri-2", ...row }], numbers }),
});
const without = (id: string) => (entries: Entry[]) => entries.filter((one) => one.id !== id);
/** The spare URI is in use, so that it is no finding by itself. */
const withSpare = having({ originationUris: [spare], trunks: [{ ...inbound, primary_uri_uuid: "uri-9" }] });
const unusedSpare = having({ originationUris: [spare] });
const pending = (friendlyName: string, logicalName = "spare", type = "creating") => [
  pendingCreate("OriginationUri", logicalName, friendlyName, type),
];

const cases: readonly Case[] = [
  {
    kind: "abandoned-create",
    at: ["uri-9"],
    seeded: { seed: unusedSpare, state: without("uri-9"), pending: pending("spare-0a1b2c3") },
    absent: { seed: unusedSpare, pending: pending("spare-0a1b2c3") },
  },
  {
    kind: "abandoned-create",
    at: ["uri-9"],
    seeded: { seed: withSpare, state: without("uri-9"), pending: pending("spare-0a1b2c3") },
    // The program may have given this name: nothing proves that the run has created it.
    absent: { seed: withSpare, state: without("uri-9"), pending: pending("spare-0a1b2c3", "other") },
  },
  {
    kind: "pending-operation",
    at: ["-"],
    seeded: { seed: quiet, pending: pending("spare-0a1b2c3") },
    absent: { seed: quiet },
  },
  {
    kind: "pending-operation",
    at: ["-"],
    seeded: { seed: quiet, pending: pending("spare-0a1b2c3", "spare", "updating") },
    absent: { seed: quiet },
  },
  {
    kind: "pending-operation",
    at: ["uri-9"],
    seeded: { seed: withSpare, state: without("uri-9"), pending: pending("spare-0a1b2c3", "other") },
    absent: { seed: withSpare, state: without("uri-9") },
  },
  {
    kind: "gone",
    at: ["uri-2"],
    seeded: {
      seed: quiet,
      change: ({ store }) => {
        store.originationUris.delete("uri-2");
      },
    },
    absent: { seed: quiet },
  },
  {
    kind: "gone",
    at: ["14155550100"],
    seeded: {
      seed: quiet,
      change: ({ store }) => {
        store.numbers.delete("14155550100");
      },
    },
    // A number that is routed elsewhere is not gone.
    absent: {
      seed: quiet,
      change: ({ store }) => route(store, null),
    },
  },
  {
    kind: "managed-twice",
    at: ["uri-1"],
    seeded: { seed: quiet, state: (all) => [...all, entry("OriginationUri", "again", { id: "uri-1", outputs: {} })] },
    absent: { seed: quiet, state: (all) => [...all, entry("OriginationUri", "read", { id: "uri-1", external: true })] },
  },
  {
    kind: "unconfirmed-create",
    at: ["-"],
    seeded: { seed: quiet, state: (all) => [...all, entry("Trunk", "new", { id: "unconfirmed:new-0a1b2c3" })] },
    absent: { seed: quiet },
  },
  {
    kind: "orphan",
    at: ["uri-9"],
    seeded: { seed: withSpare, state: without("uri-9") },
    absent: { seed: withSpare },
  },
  {
    kind: "unmanaged",
    at: ["uri-1"],
    seeded: { seed: quiet, state: without("uri-1") },
    absent: { seed: quiet, state: (all) => all.map((one) => (one.id === "uri-1" ? { ...one, delete: true } : one)) },
  },
  {
    kind: "unmanaged",
    at: ["100"],
    seeded: { seed: quiet, state: without("14155550100") },
    absent: { seed: quiet },
  },
  {
    kind: "drift",
    at: ["100"],
    seeded: {
      seed: quiet,
      state: (all) =>
        all.map((one) => ({ ...one, outputs: { ...one.outputs, ...(one.id === "100" && { secure: true }) } })),
    },
    // What the engine encrypts cannot be compared.
    absent: {
      seed: quiet,
      state: (all) =>
        all.map((one) => ({ ...one, outputs: { ...one.outputs, name: { [SECRET]: "1b", ciphertext: "x" } } })),
    },
  },
  {
    kind: "wide-range",
    at: ["acl-9"],
    seeded: list(everyone, {}),
    absent: list(everyone, { credential_uuid: "cred-1" }),
  },
  { kind: "shared-range", at: ["acl-9"], seeded: list(cloud, {}), absent: list(cloud, { credential_uuid: "cred-1" }) },
  {
    kind: "not-secure",
    at: ["300"],
    seeded: { seed: having({ trunks: [{ ...caller, secure: false, ipacl_uuid: "acl-1" }] }) },
    absent: { seed: having({ trunks: [{ ...caller, ipacl_uuid: "acl-1" }] }) },
  },
  { kind: "no-fallback", at: ["300"], seeded: trunk({ fallback_uri_uuid: null }), absent: trunk({}) },
  {
    kind: "disabled-with-numbers",
    at: ["300"],
    seeded: trunk({ trunk_status: "disabled" }, [on300()]),
    absent: trunk({ trunk_status: "disabled" }),
  },
  {
    kind: "missing-reference",
    at: ["300"],
    seeded: trunk({ primary_uri_uuid: "gone" }),
    absent: trunk({}),
  },
  {
    kind: "number-without-trunk",
    at: ["999"],
    seeded: { seed: quiet, change: ({ store }) => route(store, "/v1/Account/MA1/Zentrunk/Trunk/999/") },
    absent: trunk({}, [on300()]),
  },
  {
    kind: "number-on-outbound-trunk",
    at: ["300"],
    seeded: { seed: having({ trunks: [{ ...caller, credential_uuid: "cred-1" }], numbers: [on300()] }) },
    absent: { seed: having({ trunks: [{ ...caller, credential_uuid: "cred-1" }] }) },
  },
  {
    kind: "unrouted-number",
    at: ["-"],
    seeded: { seed: having({ numbers: ["14155550109"] }) },
    absent: {
      seed: having({
        applications: [{ app_id: "40000000000000001" }],
        numbers: [{ number: "14155550109", app_id: "40000000000000001" }],
      }),
    },
  },
  {
    kind: "same-name",
    at: ["uri-2", "uri-9"],
    seeded: { seed: having({ originationUris: [{ ...spare, name: "fallback" }] }) },
    absent: { seed: having({ originationUris: [{ ...spare, name: "Fallback" }] }) },
  },
  {
    kind: "unused",
    at: ["cred-9"],
    seeded: {
      seed: having({
        credentials: [{ credential_uuid: "cred-9", name: "old", username: "oldpbx", password: "Secret!9" }],
      }),
    },
    absent: { seed: quiet },
  },
  {
    kind: "password-in-value",
    at: ["uri-9"],
    seeded: { seed: having({ originationUris: [{ ...spare, uri: "sip:me:hunter2@sip.example.org" }] }) },
    absent: { seed: having({ originationUris: [{ ...spare, uri: "sip:me@sip.example.org" }] }) },
  },
  {
    kind: "unusual-value",
    at: ["uri-9"],
    seeded: { seed: having({ originationUris: [{ ...spare, uri: "192.168.1.100" }] }) },
    absent: { seed: having({ originationUris: [{ ...spare, uri: "192.0.2.100" }] }) },
  },
];

test("an account without a flaw has no findings", async () => {
  const { findings, unread, notChecked } = await auditOf({ seed: quiet });
  expect({ findings, unread, notChecked }).toEqual({ findings: [], unread: [], notChecked: [] });
});

test("every kind has a case", () => {
  expect([...new Set(cases.map(({ kind }) => kind))].sort()).toEqual([...allKinds].sort());
});

test.each(cases)("$kind is found, and only where it is: $at", async ({ kind, at, seeded, absent }) => {
  const found = async (options: AuditOptions) => {
    const { findings } = await auditOf(options);
    return findings.filter((one) => one.kind === kind);
  };
  const findings = await found(seeded);
  expect(findings.map(({ object }) => object?.id ?? "-").sort()).toEqual(at);
  for (const { text, action } of findings) {
    expect(text).not.toBe("");
    expect(action).not.toBe("");
  }
  expect(await found(absent)).toEqual([]);
});
