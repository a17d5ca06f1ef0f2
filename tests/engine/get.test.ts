import { expect } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo";
import { testInWorld, type World } from "./support/stack/engine";
import { failureOf } from "./support/stack/failure";
import { writes } from "./support/stack/requests";

const number = "14155550100";
const seed = {
  originationUris: [{ uri_uuid: "uri1", name: "pbx", uri: "sip.example.com" }],
  credentials: [{ credential_uuid: "cred1", name: "pbx", username: "pbxlondon", password: "s3cret_s3cret!" }],
  ipAccessControlLists: [{ ipacl_uuid: "acl1", name: "offices", ip_addresses: ["192.0.2.1"] }],
  trunks: [
    { trunk_id: "101", name: "in", trunk_direction: "inbound" as const, primary_uri_uuid: "uri1" },
    { trunk_id: "102", name: "out", trunk_direction: "outbound" as const, credential_uuid: "cred1" },
  ],
  numbers: [{ number, alias: "front desk", app_id: "101" }, "14155550101"],
};

/** Runs a program in preview and in up, and returns what each of them saw. */
async function seenBy({ stack, run }: World, program: () => Record<string, unknown>): Promise<unknown[]> {
  const seen: unknown[] = [];
  run(async () => {
    const values = program();
    pulumi.output(values).apply((known) => seen.push(known));
    return { values };
  });
  await stack.preview();
  const { outputs } = await stack.up();
  return [...seen, outputs.values?.value];
}

testInWorld(
  "each class reads what exists already, in preview and up, without managing it",
  async (world) => {
    const expected = {
      trunk: ["in", "101.zt.plivo.com", "101"],
      credential: ["pbxlondon", "cred1"],
      addresses: [["192.0.2.1"], "acl1"],
      uri: ["sip.example.com", "uri1"],
      attachment: [number, "101"],
    };
    const values = await seenBy(world, () => {
      const trunk = plivo.Trunk.get("trunk", "101");
      const credential = plivo.Credential.get("credential", "cred1");
      const addresses = plivo.IpAccessControlList.get("addresses", "acl1");
      const uri = plivo.OriginationUri.get("uri", trunk.primaryUriUuid as pulumi.Output<string>);
      const attachment = plivo.PhoneNumberAttachment.get("attachment", number);
      return {
        trunk: [trunk.name, trunk.trunkDomain, trunk.trunkId],
        credential: [credential.username, credential.credentialUuid],
        addresses: [addresses.ipAddresses, addresses.ipaclUuid],
        uri: [uri.uri, uri.uriUuid],
        attachment: [attachment.number, attachment.trunkId],
      };
    });
    expect(values).toEqual([expected, expected, expected]);
    await world.stack.preview({ expectNoChanges: true });
    await world.stack.destroy();
    expect(writes(world.simulator)).toEqual([]);
  },
  { simulator: { seed } },
);

testInWorld("get of what does not exist fails and names the id, for each class", async ({ stack, run }) => {
  const missing: Record<string, () => unknown> = {
    "trunk 999 does not exist: check the id that Trunk.get was given": () => plivo.Trunk.get("it", "999"),
    "credential none does not exist": () => plivo.Credential.get("it", "none"),
    "IP access control list none does not exist": () => plivo.IpAccessControlList.get("it", "none"),
    "origination URI none does not exist": () => plivo.OriginationUri.get("it", "none"),
    "phone number attachment 1999 does not exist": () => plivo.PhoneNumberAttachment.get("it", "1999"),
  };
  for (const [message, get] of Object.entries(missing)) {
    run(async () => void get());
    expect(await failureOf(stack.preview())).toContain(message);
  }
});

testInWorld(
  "isInstance knows its own class from all others",
  async (world) => {
    const verdicts = await seenBy(world, () => {
      const uri = plivo.OriginationUri.get("uri", "uri1");
      const { OriginationUri, Trunk } = plivo;
      return {
        its: OriginationUri.isInstance(uri),
        other: Trunk.isInstance(uri) || Trunk.isInstance(undefined) || Trunk.isInstance({ uri: "x" }),
      };
    });
    expect(verdicts).toEqual(Array(3).fill({ its: true, other: false }));
  },
  { simulator: { seed } },
);

testInWorld(
  "functions return inside a program, in preview and up",
  async (world) => {
    const values = await seenBy(world, () => ({
      trunk: plivo.getTrunk({ trunkId: "101" }).then(({ name, trunkDomain }) => [name, trunkDomain]),
      outbound: plivo
        .getTrunks({ trunkDirection: "outbound" })
        .then(({ trunks }) => trunks.map(({ trunkId }) => trunkId)),
      all: plivo.getTrunks().then(({ trunks }) => trunks.length),
      credentials: plivo.getCredentials().then(({ credentials }) => credentials),
      lists: plivo.getIpAccessControlLists().then((found) => found.ipAccessControlLists[0]?.ipAddresses),
      uris: plivo.getOriginationUris().then(({ originationUris }) => originationUris[0]?.uri),
      numbers: plivo.getPhoneNumbers().then(({ phoneNumbers }) => phoneNumbers.map((found) => found.trunkId)),
    }));
    const expected = {
      trunk: ["in", "101.zt.plivo.com"],
      outbound: ["102"],
      all: 2,
      credentials: [{ name: "pbx", username: "pbxlondon", credentialUuid: "cred1" }],
      lists: ["192.0.2.1"],
      uris: "sip.example.com",
      numbers: ["101", null],
    };
    expect(values).toEqual([expected, expected, expected]);
  },
  { simulator: { seed } },
);

testInWorld(
  "the Output forms wait for what they are asked with, and are not asked in a preview of new resources",
  async (world) => {
    const values = await seenBy(world, () => {
      const fresh = new plivo.Trunk("fresh", { name: "fresh", trunkDirection: "inbound", primaryUriUuid: "uri1" });
      const known = plivo.Trunk.get("known", "101");
      return {
        fresh: plivo.getTrunkOutput({ trunkId: fresh.trunkId }).name,
        numbers: plivo.getPhoneNumbersOutput({ trunkId: known.trunkId }).phoneNumbers.apply((all) => all[0]?.alias),
        credentials: plivo.getCredentialsOutput().credentials.apply(({ length }) => length),
      };
    });
    // The preview saw nothing: a part of it was not known.
    const expected = { fresh: "fresh", numbers: "front desk", credentials: 1 };
    expect(values).toEqual([expected, expected]);
  },
  { simulator: { seed } },
);

testInWorld("a function that fails says what it was and what to do", async (world) => {
  const [values] = await seenBy(world, () => ({
    missing: plivo.getTrunk({ trunkId: "999" }).catch(messageOf),
    wrong: plivo.getTrunk({ trunkId: "a b" }).catch(messageOf),
    typo: plivo.getTrunks({ trunkDirektion: "inbound" } as plivo.GetTrunksArgs).catch(messageOf),
  }));
  expect(values).toEqual({
    missing: expect.stringMatching(/^getTrunk: GET Zentrunk\/Trunk\/999\/ -> 404 .* has no trunk 999 \(any more\)$/),
    wrong: expect.stringMatching(/^getTrunk: trunkId must be an id as Plivo gives it/),
    typo: expect.stringMatching(/^getTrunks: getTrunks has no argument "trunkDirektion"; it takes/),
  });
});

// A program that throws would end the test runner too: it counts every rejection that its process sees.
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
