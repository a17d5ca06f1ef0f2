/** An account as people leave them: 12 trunks, 41 numbers, 23 of them on one trunk, names that are no identifiers, objects that nothing uses. */
import type { Seed } from "pulumi-plivo/simulator";

const id = (kind: string) => (n: number) => `${kind}000-aaaa-4bbb-8ccc-0000000${kind.slice(0, 4)}${n}`;
const [credential, list, uri] = [id("11111"), id("22222"), id("33333")];

// biome-ignore lint/suspicious/noTemplateCurlyInString: what a reference looks like in YAML
const hostile = 'a "b" $5 ${x}\n*/ \\';
const inboundNames = ["Support EU", "support-eu", "24x7", "class", "☎️", "", hostile, "Zürich", "sales"];

export const oddAccount: Seed = {
  credentials: [
    { credential_uuid: credential(1), name: "PBX", username: "pbxlondon", password: "Secret!1" },
    { credential_uuid: credential(2), name: "old", username: "sip_user", password: "Secret!2" },
  ],
  ipAccessControlLists: [
    { ipacl_uuid: list(1), name: "Büro & Lager", ip_addresses: ["203.0.113.7", "2001:DB8:0::1", "0.0.0.0/0"] },
    { ipacl_uuid: list(2), name: "", ip_addresses: ["198.51.100.0/24"] },
  ],
  originationUris: [
    { uri_uuid: uri(1), name: "PBX", uri: "sip.example.com:5061;transport=tls" },
    {
      uri_uuid: uri(2),
      name: "PBX",
      uri: "standby.example.net",
      authentication_needed: true,
      username: "plivo",
      password: "Secret!3",
    },
    { uri_uuid: uri(3), name: "with password", uri: "sip:me:hunter2@sip.example.com" },
    { uri_uuid: uri(4), name: "unused", uri: "192.0.2.1:5060" },
  ],
  trunks: [
    ...inboundNames.map((name, n) => ({
      trunk_id: `10000000000${n}`,
      name,
      trunk_direction: "inbound" as const,
      trunk_status: n === 2 ? ("disabled" as const) : ("enabled" as const),
      // The last one refers to what is gone.
      primary_uri_uuid: n === 8 ? uri(9) : uri((n % 3) + 1),
      fallback_uri_uuid: n === 0 ? uri(2) : null,
    })),
    {
      trunk_id: "200000000001",
      name: "out",
      trunk_direction: "outbound",
      credential_uuid: credential(1),
      secure: true,
    },
    { trunk_id: "200000000002", name: "Out", trunk_direction: "outbound", ipacl_uuid: list(1) },
    {
      trunk_id: "200000000003",
      name: "return",
      trunk_direction: "outbound",
      credential_uuid: credential(1),
      ipacl_uuid: list(2),
    },
  ],
  numbers: [
    ...Array.from({ length: 17 }, (_, n) => ({
      number: `141555501${String(n).padStart(2, "0")}`,
      app_id: `10000000000${n % 9}`,
      alias: n < 3 ? "hotline" : null,
    })),
    // One is shorter than the numbers of its country.
    ...Array.from({ length: 21 }, (_, n) => ({
      number: n === 20 ? "14155" : String(14_155_550_130 + n),
      app_id: "100000000007",
    })),
    { number: "14155550120", app_id: "200000000001" },
    "14155550121",
    "14155550122",
  ],
};
