/** An account that was made elsewhere, with one of each kind and what imports need: passwords, odd spellings, a number on a trunk. */
import type { Seed } from "pulumi-plivo/simulator";

export const accountToImport = {
  originationUris: [
    { uri_uuid: "uri-1", name: "primary", uri: "sip.example.com" },
    {
      uri_uuid: "uri-2",
      name: "secure",
      uri: "sip.example.com",
      authentication_needed: true,
      username: "pbxlondon",
      password: "Secret!2",
    },
  ],
  credentials: [{ credential_uuid: "cred-1", name: "london", username: "pbxlondon", password: "Secret!1" }],
  ipAccessControlLists: [{ ipacl_uuid: "acl-1", name: "offices", ip_addresses: ["2001:DB8:0::1", "192.0.2.1"] }],
  trunks: [
    { trunk_id: "100", name: "in", trunk_direction: "inbound", primary_uri_uuid: "uri-1" },
    { trunk_id: "101", name: "too", trunk_direction: "inbound", primary_uri_uuid: "uri-1" },
  ],
  numbers: [{ number: "14155550100", app_id: "100" }, "14155550101"],
} satisfies Seed;
