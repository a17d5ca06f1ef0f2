/** Drift on each property that the program sets and Plivo returns, and on no other. */
import { expect, test } from "@jest/globals";
import { type ResourceToken, resources } from "../../provider/resources/index";
import { auditOf, type Entry } from "./testing/audited";

/** One object of each kind, of the account of these tests. A set of numbers counts as their attachments. */
const ids: Readonly<Record<Exclude<ResourceToken, "TrunkPhoneNumbers">, string>> = {
  Trunk: "100",
  Credential: "cred-1",
  IpAccessControlList: "acl-1",
  OriginationUri: "uri-2",
  PhoneNumberAttachment: "14155550100",
};

const properties = Object.entries(ids).flatMap(([token, id]) =>
  Object.entries(resources[token as ResourceToken].properties).map(([property, { role }]) => ({
    token,
    id,
    property,
    isCompared: role === "input",
  })),
);

function otherThan(value: unknown): unknown {
  if (typeof value === "boolean") return !value;
  return Array.isArray(value) ? ["192.0.2.99"] : "other";
}

test("there are properties of both sorts", () => {
  expect(properties.filter(({ isCompared }) => isCompared).length).toBeGreaterThan(15);
  expect(properties.filter(({ isCompared }) => !isCompared).length).toBeGreaterThan(10);
});

test.each(properties)("$property of $token: compared: $isCompared", async ({ id, property, isCompared }) => {
  const changed = (one: Entry) => {
    if (one.id !== id) return one;
    return { ...one, outputs: { ...one.outputs, [property]: otherThan(one.outputs?.[property]) } };
  };
  const { findings, requests } = await auditOf({ state: (all) => all.map(changed) });
  const drift = findings.filter(({ kind }) => kind === "drift");
  expect(drift.map((one) => [one.object?.id, one.property])).toEqual(isCompared ? [[id, property]] : []);
  // One more to confirm it.
  if (isCompared) expect(requests.filter((request) => request.includes(`/${id}/`))).toHaveLength(1);
});

test("another order of addresses, and another spelling of one, are no drift", async () => {
  const swap = (one: Entry) =>
    one.id === "acl-1"
      ? { ...one, outputs: { ...one.outputs, ipAddresses: ["198.51.100.0/24", "203.0.113.7/32"] } }
      : one;
  const { findings } = await auditOf({ state: (all) => all.map(swap) });
  expect(findings.filter(({ kind }) => kind === "drift")).toEqual([]);
});

test("what an update without a usable response may have changed is not compared", async () => {
  const maybe = (one: Entry) =>
    one.id === "100" ? { ...one, outputs: { ...one.outputs, secure: null, __maybe: { secure: true } } } : one;
  const { findings } = await auditOf({ state: (all) => all.map(maybe) });
  expect(findings.filter(({ kind }) => kind === "drift")).toEqual([]);
});

/** The same numbers in a set, with one of them. */
const asSet = (numbers: readonly string[]) => (one: Entry) =>
  one.id === "14155550100"
    ? {
        ...one,
        type: one.type.replace("PhoneNumberAttachment", "TrunkPhoneNumbers"),
        id: "100",
        outputs: { trunkId: "100", numbers },
      }
    : one;

test("the numbers of a set are managed as attachments are, and drift one by one", async () => {
  const managed = await auditOf({ state: (all) => all.map(asSet(["14155550100"])) });
  expect(managed.findings.filter(({ object }) => object?.id === "14155550100")).toEqual([]);
  const moved = await auditOf({
    state: (all) => all.map(asSet(["14155550100"])),
    change: ({ store }) => {
      const number = store.numbers.get("14155550100");
      if (number) number.application = null;
    },
  });
  expect(
    moved.findings.filter(({ kind }) => kind === "drift").map(({ object, property }) => [object?.id, property]),
  ).toEqual([["14155550100", "trunkId"]]);
});
