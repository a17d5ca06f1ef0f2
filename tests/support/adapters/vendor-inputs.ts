/**
 * Every input that Plivo's pages, its client and the guides of voice platforms show. `<...>` in them is filled in. None of
 * them may be refused, whatever the rules say.
 */
import type { ResourceToken } from "../../../provider/resources/index";

/** Plivo's API pages and client: the accepted forms, and what its client takes besides. */
const pagesOfPlivo = [
  "sip.example.com",
  "sip.example.com:5060",
  "sip.example.com;transport=udp",
  "sip.example.com;transport=tcp",
  "sip.example.com;transport=tls",
  "sip.example.com:5061;transport=tls",
  "sip:user@sip.example.com",
  "sips:sip.example.com",
  "203.0.113.10",
  "[2001:db8::5]:5060",
  "192.168.1.100",
  "192.168.1.100:5060",
  "sip.example.com;transport=tcp;lr",
  "sip.example.com;user=phone",
  "sip.example.com.",
  " sip.example.com ",
];

const platforms = [
  ...["eu", "india", "sa", "us", "japan", "aus", "uk", "canada"].map((region) => `acme.${region}.sip.livekit.cloud`),
  "acme.sip.livekit.cloud;transport=tcp",
  "acme.sip.livekit.cloud;transport=tls",
  "sip.livekit.cloud:5060",
  "sip.rtc.elevenlabs.io:5060;transport=tcp",
  "sip.rtc.in.residency.elevenlabs.io:5060;transport=tcp",
  "sip.rtc.elevenlabs.io:5061;transport=tls",
  "sip.vapi.ai;transport=udp",
  "sip.eu.vapi.ai;transport=udp",
  "sip.vapi.ai:5060",
  "sip.retellai.com;transport=tcp",
  "sip.retellai.com;transport=udp",
  "sip.retellai.com;transport=tls",
  "sip.voice.x.ai;transport=tls",
  "sip:14155550100@sip.voice.x.ai;transport=tls",
  "sip:+14155550100@sip.voice.x.ai;transport=tls",
  "sip:proj_4f2Ab9@sip.api.openai.com;transport=tls",
  "sip:proj_4f2Ab9@sip-eu.api.openai.com;transport=tls",
  "acme-trunk.siptrunk.sip-us.daily.co",
  "sip:+14155550100@acme-trunk.siptrunk.sip-us.daily.co",
  "sip:agent_4f2ab9@acme.sip.ultravox.ai",
  "acme.sip.ultravox.ai;transport=tls",
  ...["us2", "ca2", "eu2", "asia2"].map((region) => `${region}.sip.bland.ai:5061;transport=tls`),
  "sip.synthflow.ai:32681",
  "sip.us.synthflow.ai:32682;transport=tls",
  "sip.cartesia.ai;transport=tcp",
  "sip.cartesia.ai;transport=tls",
  "13.200.45.61:5060",
  "sip.bolna.ai:5060",
  "acme.sip.jambonz.cloud",
  "acme.sip.jambonz.cloud:5061;transport=tls",
];

const usernames = ["sip_user_1", "elevenlabs_user", "elevenlabs_trunk", "livekit_trunk", "plivo_inbound", "pbx-london"];
/** The last ones have no sign. */
const passwords = ["Secret!1", "a~!@#$%^&*()_+", "StrongPassword123", "secret-password"];

const addresses = [
  ["143.223.88.0/21", "161.115.160.0/19", "153.57.128.0/18"],
  ["44.229.228.186/32", "44.238.177.138/32", "63.182.83.170/32"],
  ["18.98.16.120/30", "3.42.144.0/23"],
  ["13.79.45.80/28", "23.98.140.64/28", "40.67.149.176/28", "40.83.204.240/28"],
  ["52.13.231.129", "35.160.144.213", "44.234.13.26", "54.218.96.252"],
  ["13.200.45.61", "54.236.168.131", "54.144.249.44", "3.218.246.146"],
  ["13.52.9.0/25", "216.120.187.128/26", "15.207.90.192/31", "204.89.151.128/27"],
  ["0.0.0.0/0", "::/0", "2001:db8::/48"],
];

const numbers = ["14155550100", "+14155550101", "+1 415 555 0102", "919876543210", "+49 (0)30 901820"];

export interface VendorInput {
  readonly token: ResourceToken;
  /** Logical name of the resource. */
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

function each(token: ResourceToken, all: readonly Readonly<Record<string, unknown>>[]): readonly VendorInput[] {
  return all.map((args, index) => ({ token, name: `it-${index + 1}`, args }));
}

export const vendorInputs: readonly VendorInput[] = [
  ...each("OriginationUri", [
    ...[...pagesOfPlivo, ...platforms].map((uri) => ({ uri })),
    ...usernames.map((username) => ({
      uri: "sip.vapi.ai:5060",
      authenticationNeeded: true,
      username,
      password: "secret",
    })),
    { uri: "sip.example.com", authenticationNeeded: true, username: "plivo" },
    { uri: "sip.example.com", authenticationNeeded: false, username: "plivo", password: "secret" },
  ]),
  ...each(
    "Credential",
    usernames.flatMap((username) => passwords.map((password) => ({ username, password }))),
  ),
  ...each(
    "IpAccessControlList",
    addresses.map((ipAddresses) => ({ ipAddresses })),
  ),
  ...each(
    "PhoneNumberAttachment",
    numbers.map((number) => ({ number, trunkId: "23585512345678" })),
  ),
  ...each("Trunk", [
    { name: "LiveKit-Inbound", trunkDirection: "inbound", primaryUriUuid: "0b3c0a51-4f4e-4b0a-9a6e-1d1c0f0e0d0c" },
    { name: "LiveKit-Outbound", trunkDirection: "outbound", secure: true, credentialUuid: "livekit-1" },
    { name: "Vapi-Outbound", trunkDirection: "outbound", ipaclUuid: "vapi-1", credentialUuid: "vapi-2" },
  ]),
];
