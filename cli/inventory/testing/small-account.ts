/** For tests: an account with something of everything. */
import type { Seed } from "pulumi-plivo/simulator";
import { simulatedAccount } from "../../../provider/resources/testing/simulated-account";

export { simulatedAccount };

/** Progress that shows nothing. */
export const silent = { update: () => {}, finish: () => {}, note: () => {}, end: () => {} };

/** A credential, a list, two URIs, a trunk each way and a number. */
export const smallAccount: Seed = {
  credentials: [{ credential_uuid: "cred-1", name: "London", username: "pbxlondon", password: "Secret!1" }],
  ipAccessControlLists: [{ ipacl_uuid: "acl-1", name: "offices", ip_addresses: ["203.0.113.7", "198.51.100.0/24"] }],
  originationUris: [
    { uri_uuid: "uri-1", name: "primary", uri: "sip.example.com:5061;transport=tls" },
    {
      uri_uuid: "uri-2",
      name: "fallback",
      uri: "standby.example.net",
      authentication_needed: true,
      username: "plivo",
      password: "Secret!2",
    },
  ],
  trunks: [
    {
      trunk_id: "100",
      name: "Support EU",
      trunk_direction: "inbound",
      primary_uri_uuid: "uri-1",
      fallback_uri_uuid: "uri-2",
    },
    {
      trunk_id: "200",
      name: "out",
      trunk_direction: "outbound",
      credential_uuid: "cred-1",
      ipacl_uuid: "acl-1",
      secure: true,
    },
  ],
  numbers: [{ number: "14155550100", app_id: "100", alias: "hotline" }, "14155550101"],
};
