import { expect, test } from "@jest/globals";
import type { Seed, Simulator } from "pulumi-plivo/simulator";
import { adopted, everyLanguage, smallAccount } from "./testing/adopted";

const inbound = (id: string, name: string, uri = "uri-1") =>
  ({ trunk_id: id, name, trunk_direction: "inbound", primary_uri_uuid: uri }) as const;
const uris = [{ uri_uuid: "uri-1", name: "pbx", uri: "sip.example.com" }];

const cases: readonly { kind: string; text: string; seed: Seed }[] = [
  {
    kind: "outbound-number",
    text: "phone number 14155550100 is attached to this outbound trunk, where it does not ring; the number is not in the program",
    seed: { ...smallAccount, numbers: [{ number: "14155550100", app_id: "200" }] },
  },
  {
    kind: "disabled-trunk-with-numbers",
    text: "it is disabled and has 1 phone number: calls to them are refused",
    seed: {
      originationUris: uris,
      trunks: [{ ...inbound("1", "off"), trunk_status: "disabled" }],
      numbers: [{ number: "14155550100", app_id: "1" }],
    },
  },
  {
    kind: "missing-reference",
    text: "primaryUriUuid refers to origination URI gone, which does not exist",
    seed: { trunks: [inbound("1", "in", "gone")] },
  },
  {
    kind: "same-name",
    text: "another origination URI has the same friendly name: uri-2",
    seed: { originationUris: [...uris, { uri_uuid: "uri-2", name: "pbx", uri: "sip.example.net" }] },
  },
  {
    kind: "no-name",
    text: "it has no friendly name at Plivo",
    seed: { originationUris: uris, trunks: [inbound("1", "")] },
  },
  { kind: "unused", text: "no trunk uses it", seed: { originationUris: uris } },
  {
    kind: "password-in-value",
    text: "uri has a password in it: it comes from the configuration",
    seed: { originationUris: [{ uri_uuid: "uri-1", name: "pbx", uri: "sip:me:hunter2@sip.example.com" }] },
  },
  {
    kind: "unusual-value",
    text: 'ipAddresses "0.0.0.0/0" is wider than /8: anyone who learns the domain of a trunk can place calls on your account',
    seed: { ipAccessControlLists: [{ ipacl_uuid: "acl-1", name: "all", ip_addresses: ["0.0.0.0/0"] }] },
  },
];

test.each(cases)("$kind is reported and marked in every language", async ({ kind, text, seed }) => {
  for (const language of everyLanguage) {
    const { odd, program } = await adopted(seed, { language });
    expect(odd).toContainEqual(expect.objectContaining({ kind, text }));
    expect(program).toMatch(new RegExp(`^\\s*(//|#) NOTE: ${text.replace(/[[\]().]/g, "\\$&")}$`, "m"));
  }
});

test("addresses that are the same are named, because the program sorts them", async () => {
  const addresses = ["203.0.113.7", "2001:DB8:0::1", "2001:db8::1"];
  const { odd } = await adopted({ ipAccessControlLists: [{ ipacl_uuid: "1", name: "a", ip_addresses: addresses }] });
  expect(odd.map(({ text }) => text)).toContainEqual(
    expect.stringMatching(/^ipAddresses "2001:db8::1" is the same as ipAddresses "2001:DB8:0::1"/),
  );
});

test("a number on a trunk that is gone is named at the beginning of the program, and not written", async () => {
  const change = ({ store }: Simulator) => void store.trunks.delete("100");
  const { odd, program, numbers, resources } = await adopted(smallAccount, { change });
  const text = "not adopted, because trunk 100 does not exist: phone number 14155550100";
  expect(odd).toContainEqual({ kind: "number-without-trunk", object: null, text });
  expect(program.split("\n")[0]).toBe(`// ${text}`);
  expect([numbers.adopted, resources.length]).toEqual([0, 5]);
  expect((await adopted(smallAccount, { change, trunk: ["out"] })).odd).toEqual([]);
});

test("of many numbers some are named, and all are counted", async () => {
  const numbers = Array.from({ length: 7 }, (_, n) => ({ number: `1415555010${n}`, app_id: "200" }));
  const { odd } = await adopted({ ...smallAccount, numbers });
  expect(odd.map(({ text }) => text)).toEqual([
    expect.stringMatching(
      /^phone numbers 14155550100, (\d+, ){3}14155550104 and 2 more are attached to this .* they do not ring/,
    ),
  ]);
});

test("a number on an outbound trunk is counted, and not written", async () => {
  const numbers = [{ number: "14155550100", app_id: "200" }];
  const { resources, numbers: counts } = await adopted({ ...smallAccount, numbers });
  expect(resources.filter(({ type }) => type.endsWith("Attachment"))).toEqual([]);
  expect(counts).toEqual({ rented: 1, onInboundTrunks: 0, adopted: 0, inSets: 0, leftOut: 0 });
});

test("a number on a trunk whose direction is neither of the known ones is not written, and said", async () => {
  const change = ({ store }: Simulator) =>
    void Object.assign(store.trunks.get("100") ?? {}, { trunk_direction: "both" });
  const { odd, resources, numbers } = await adopted(smallAccount, { change });
  expect(odd).toContainEqual({
    kind: "unknown-direction",
    object: 'trunk 100 ("Support EU")',
    text: 'phone number 14155550100 is attached to this trunk, whose direction "both" is neither inbound nor outbound; the number is not in the program',
  });
  expect(resources.map(({ name }) => name)).not.toContain("hotline");
  expect(numbers).toEqual({ rented: 2, onInboundTrunks: 0, adopted: 0, inSets: 0, leftOut: 0 });
});

test("an account in good order has nothing odd", async () => {
  expect((await adopted(smallAccount)).odd).toEqual([]);
});

test("a friendly name with the password of a value in it is printed nowhere", async () => {
  const uri = "sip:me:hunter2@sip.example.com";
  const seed: Seed = {
    originationUris: [{ uri_uuid: "uri-123456", name: uri, uri }],
    trunks: [inbound("100", "to hunter2", "uri-123456")],
    numbers: [{ number: "14155550100", app_id: "100", alias: "hunter2" }],
  };
  for (const language of everyLanguage) {
    const { files, resources, secrets, odd } = await adopted(seed, { language });
    expect(JSON.stringify([[...files], resources, secrets, odd])).not.toMatch(/hunter2/i);
    expect(resources.map(({ name }) => name)).toEqual(["uri-123456", "trunk-100", "number-14155550100"]);
    expect(secrets.map(({ key }) => key)).toEqual(["uri123456Name", "uri123456Uri", "trunk100Name"]);
  }
});

test.each([
  { password: "a", hidden: ["a", "A", "to a"], shown: ["support", "sales", "a1"] },
  { password: "1234", hidden: ["1234", "pin 1234!"], shown: ["12345", "line1234"] },
  { password: "sales", hidden: ["presales", "SALES"], shown: ["support"] },
])("the password $password hides the names that tell it, and no others", async ({ password, hidden, shown }) => {
  const names = [...hidden, ...shown];
  const { resources } = await adopted({
    originationUris: [{ uri_uuid: "uri-1", name: "pbx", uri: `sip:me:${password}@sip.example.com` }],
    ipAccessControlLists: names.map((name, n) => ({ ipacl_uuid: `acl-${n}`, name, ip_addresses: ["203.0.113.7"] })),
  });
  const lists = resources.filter(({ type }) => type.endsWith("IpAccessControlList"));
  expect(
    lists
      .map(({ friendlyName }) => friendlyName)
      .filter((name) => name !== "")
      .sort(),
  ).toEqual([...shown].sort());
  expect(lists.filter(({ friendlyName }) => friendlyName === "")).toHaveLength(hidden.length);
});

test.each([
  { uri: "sip:me:hunter2x@sip.example.com;x=a@b", name: "pbx hunter2x" },
  { uri: " sip:me:hunter2x@sip.example.com ", name: "pbx hunter2x" },
  { uri: "sip:a:b:hunter2x@sip.example.com", name: "pbx hunter2x" },
  { uri: "sip:me:hun@ter2x@sip.example.com", name: "pbx hun@ter2x" },
  { uri: "sip:me:hun:ter2x:@sip.example.com", name: "pbx hun:ter2x:" },
  { uri: "sip:me:hunter%402x@sip.example.com", name: "pbx hunter@2x" },
  { uri: "sip:me:h\u00fcnter2x@sip.example.com", name: "pbx hu\u0308nter2x" },
])("the password in $uri is found in the name $name, however the URI is written", async ({ uri, name }) => {
  const { resources, program } = await adopted(
    { originationUris: [{ uri_uuid: "uri-1", name, uri: "sip.example.com" }] },
    {
      change: ({ store }) =>
        Object.assign(store.addOriginationUri({ uri_uuid: "uri-2", name: "main", uri: "x" }), { uri }),
    },
  );
  expect(resources.map(({ friendlyName }) => friendlyName)).toEqual(["main", ""]);
  expect(program).not.toContain("ter2x");
});
