/** `exists(id)` of the SDKs that newer code generators make. */
import { expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { inWorld, type World } from "../support/stack/engine";
import { engineHas } from "../support/stack/version";

const seed = {
  originationUris: [{ uri_uuid: "uri-1", uri: "sip.example.com" }],
  credentials: [{ credential_uuid: "cred-1", name: "pbx", username: "pbxlondon", password: "Secret!1" }],
  ipAccessControlLists: [{ ipacl_uuid: "acl-1", name: "offices", ip_addresses: ["192.0.2.1"] }],
  trunks: [{ trunk_id: "100", name: "in", trunk_direction: "inbound" as const, primary_uri_uuid: "uri-1" }],
  numbers: [{ number: "14155550100", app_id: "100" }, { number: "14155550101" }],
};

/** An object of each kind, and what is none. */
const ids = {
  OriginationUri: ["uri-1", "uri-2"],
  Credential: ["cred-1", "cred-2"],
  IpAccessControlList: ["acl-1", "acl-2"],
  Trunk: ["100", "101", "a/b", "..", "unconfirmed:in-0123456"],
  PhoneNumberAttachment: ["14155550100", "+14155550100", "14155550101", "14155550199", "no number"],
};

function program(): Promise<Record<string, unknown>> {
  const results = Object.entries(ids).map(([kind, asked]) => {
    const found = asked.map((id) => [id, pulumi.runtime.existsResource(`plivo:index:${kind}`, id, {}, {})] as const);
    return [kind, Object.fromEntries(found)] as const;
  });
  return Promise.resolve(Object.fromEntries(results));
}

async function expectResults({ stack, simulator, run }: World): Promise<void> {
  run(program);
  const { outputs } = await stack.up();
  const results = Object.fromEntries(Object.entries(outputs).map(([kind, { value }]) => [kind, value]));
  expect(results).toEqual({
    OriginationUri: { "uri-1": true, "uri-2": false },
    Credential: { "cred-1": true, "cred-2": false },
    IpAccessControlList: { "acl-1": true, "acl-2": false },
    Trunk: {
      "100": true,
      "101": false,
      "a/b": false,
      "..": false,
      "unconfirmed:in-0123456": false,
    },
    PhoneNumberAttachment: {
      "14155550100": true,
      "+14155550100": true,
      "14155550101": false,
      "14155550199": false,
      "no number": false,
    },
  });
  expect(simulator.requests.filter(({ method }) => method !== "GET")).toEqual([]);
}

const isThere = engineHas(269);

(isThere ? test : test.skip)(
  `exists() is true for an object, and false for what is none or cannot be one${isThere ? "" : " (skipped: not before 3.269)"}`,
  () => inWorld({ simulator: { seed } }, expectResults),
);
