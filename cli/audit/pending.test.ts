/** What a killed run had begun, where the account alone does not tell what came of it. */
import { expect, test } from "@jest/globals";
import type { Seed } from "pulumi-plivo/simulator";
import { type AuditOptions, auditOf, type Entry, entry, pendingCreate, pendingRoute } from "./testing/audited";

const PROVIDER = "pulumi:providers:plivo";
const urn = `urn:pulumi:dev::lines::${PROVIDER}::default`;
const provider = (authId: unknown): Entry => ({ type: PROVIDER, urn, id: "1", inputs: { authId } });
const through = (pending: { readonly resource: Entry; readonly type: string }) => ({
  ...pending,
  resource: { ...pending.resource, provider: `${urn}::1` },
});

const seed: Seed = {
  originationUris: [{ uri_uuid: "uri-1", name: "pbx-0a1b2c3", uri: "sip.example.com" }],
  trunks: [{ trunk_id: "100", name: "in", trunk_direction: "inbound", primary_uri_uuid: "uri-1" }],
  numbers: [{ number: "14155550100", app_id: "100" }, { number: "14155550101", app_id: "100" }, "14155550102"],
};
const onlyPending: AuditOptions = {
  seed: { originationUris: seed.originationUris ?? [] },
  state: () => [],
  pending: [pendingCreate("OriginationUri", "pbx", "pbx-0a1b2c3"), pendingCreate("OriginationUri", "b", "b-0a1b2c3")],
};

async function pendingOperations(options: AuditOptions) {
  const { findings } = await auditOf(options);
  return findings.filter(({ kind }) => kind === "pending-operation" || kind === "abandoned-create");
}

test("a state that has pending creates only, and names no account, is compared with nothing", async () => {
  const found = await pendingOperations(onlyPending);
  expect(found.map(({ kind, object }) => [kind, object])).toEqual([
    ["pending-operation", null],
    ["pending-operation", null],
  ]);
  for (const { text, action } of found) {
    expect(text).toContain("whether the stack is of this account is not known");
    expect(action).toContain("audit with the credentials of its account");
  }
});

test("it is compared where the configuration, the provider or another object of the state names the account", async () => {
  const settled = ["abandoned-create uri-1", "pending-operation -"];
  const settledOf = async (more: AuditOptions) => (await auditOf({ ...onlyPending, ...more })).found.slice(0, 2);
  expect(await settledOf({ isOfAccount: true })).toEqual(settled);
  const pending = [
    through(pendingCreate("OriginationUri", "pbx", "pbx-0a1b2c3")),
    through(pendingCreate("OriginationUri", "b", "b-0a1b2c3")),
  ];
  expect(await settledOf({ state: (_, authId) => [provider(authId)], pending })).toEqual(settled);
  const more = { originationUris: [...(seed.originationUris ?? []), { uri_uuid: "uri-2", name: "b", uri: "b.test" }] };
  expect(await settledOf({ seed: more, state: (all) => all.filter(({ id }) => id === "uri-2") })).toEqual(settled);
});

test("a state whose pending creates are all of another account is refused", async () => {
  const pending = [through(pendingCreate("OriginationUri", "pbx", "pbx-0a1b2c3"))];
  const refused = auditOf({ ...onlyPending, state: () => [provider("MAOTHER0000000000000")], pending });
  await expect(refused).rejects.toThrow('dev is of account "MAOTHER0000000000000"');
});

const withoutNumbers = (all: Entry[]) => all.filter(({ type }) => !type.endsWith(":PhoneNumberAttachment"));

test.each([
  { token: "PhoneNumberAttachment", inputs: { number: "+1 415 555 0100", trunkId: "100" }, numbers: ["14155550100"] },
  {
    token: "TrunkPhoneNumbers",
    inputs: { numbers: ["14155550100", "14155550101", "14155550102"], trunkId: "100" },
    numbers: ["14155550100", "14155550101"],
  },
])(
  "a pending create of a $token that was carried out is reported with its numbers and its trunk, once",
  async (one) => {
    const { token, inputs, numbers } = one;
    const { findings } = await auditOf({ seed, state: withoutNumbers, pending: [pendingRoute(inputs, token)] });
    const about = findings.filter(({ kind }) => kind === "pending-operation");
    expect(about).toEqual([expect.objectContaining({ numbers, object: { type: "Trunk", id: "100", name: "in" } })]);
    expect(about[0]?.text).toContain("what they were routed to before is in no state");
    const unmanaged = findings.flatMap(({ kind, numbers: all }) => (kind === "unmanaged" ? all : []));
    expect(unmanaged).toEqual(["14155550100", "14155550101"].filter((number) => !numbers.includes(number)));
  },
);

test.each([
  { what: "a number that is routed to nothing", number: "14155550102", state: withoutNumbers },
  { what: "a route that the state has", number: "14155550100", state: (all: Entry[]) => all },
])("of a pending attachment of $what nothing is left", async ({ number, state }) => {
  const [found] = await pendingOperations({ seed, state, pending: [pendingRoute({ number, trunkId: "100" })] });
  expect(found).toMatchObject({ object: null, numbers: [], text: expect.stringMatching(/nothing is left of that/) });
});

test("of a pending attachment whose number is encrypted it is not said that nothing is left", async () => {
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x" };
  const pending = [pendingRoute({ number: secret, trunkId: "100" })];
  const [found] = await pendingOperations({ seed, state: withoutNumbers, pending });
  expect(found).toMatchObject({ object: null, text: "a run that was killed had begun creating it" });
});

test("a pending delete is no create, whatever the account", async () => {
  const pending = [{ resource: entry("OriginationUri", "pbx", { id: "uri-1" }), type: "deleting" }];
  const [found] = await pendingOperations({ ...onlyPending, pending });
  expect(found).toMatchObject({ text: "a run that was killed had begun deleting it", action: "run `pulumi refresh`" });
});
