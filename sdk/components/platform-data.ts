/**
 * Where voice platforms accept calls from Plivo, and where their calls to Plivo come from. Each fact with its source and
 * the day on which it was read there. None is tested by a call.
 */

export interface Fact<Value> {
  readonly value: Value;
  readonly source: string;
  /** `YYYY-MM-DD` */
  readonly asOf: string;
}

export type Transport = "udp" | "tcp" | "tls";

export interface Platform {
  readonly name: string;
  /** By region; `""` where no region is asked for. `{subdomain}` stands for the customer's. */
  readonly hosts: Fact<Readonly<Record<string, string>>>;
  /** What follows the host, the default first. */
  readonly transports: Fact<Readonly<Partial<Record<Transport, string>>>>;
  /** The same regions as in `hosts`; none where the platform publishes none. */
  readonly addresses?: Fact<Readonly<Record<string, readonly string[]>>>;
}

const CLIENT = "https://github.com/plivo/plivo-cli (cmd/sip_platforms.go)";
const LIVEKIT_RANGES = ["143.223.88.0/21", "161.115.160.0/19", "153.57.128.0/18"];
const LIVEKIT_REGIONS = "https://docs.livekit.io/deploy/admin/regions/endpoints";
const RETELL = "https://docs.retellai.com/deploy/custom-telephony";
const XAI = "https://docs.x.ai/developers/model-capabilities/audio/voice-agent/sip";
const VAPI_NETWORK = "https://docs.vapi.ai/advanced/sip/sip-networking";

export const livekit = {
  name: "LiveKit Cloud",
  hosts: {
    value: {
      "": "{subdomain}.sip.livekit.cloud",
      aus: "{subdomain}.aus.sip.livekit.cloud",
      canada: "{subdomain}.canada.sip.livekit.cloud",
      eu: "{subdomain}.eu.sip.livekit.cloud",
      india: "{subdomain}.india.sip.livekit.cloud",
      japan: "{subdomain}.japan.sip.livekit.cloud",
      sa: "{subdomain}.sa.sip.livekit.cloud",
      uk: "{subdomain}.uk.sip.livekit.cloud",
      us: "{subdomain}.us.sip.livekit.cloud",
    },
    source: LIVEKIT_REGIONS,
    asOf: "2026-10-01",
  },
  transports: {
    value: { tcp: ";transport=tcp", tls: ";transport=tls" },
    source: "https://docs.livekit.io/telephony/start/providers/plivo",
    asOf: "2026-10-01",
  },
  addresses: {
    value: {
      canada: LIVEKIT_RANGES,
      eu: LIVEKIT_RANGES,
      india: LIVEKIT_RANGES,
      japan: LIVEKIT_RANGES,
      us: LIVEKIT_RANGES,
    },
    source: LIVEKIT_REGIONS,
    asOf: "2026-10-01",
  },
} as const satisfies Platform;

export const elevenlabs = {
  name: "ElevenLabs",
  hosts: {
    value: { "": "sip.rtc.elevenlabs.io", india: "sip.rtc.in.residency.elevenlabs.io" },
    source: CLIENT,
    asOf: "2026-10-08",
  },
  transports: {
    value: { tcp: ":5060;transport=tcp", tls: ":5061;transport=tls" },
    source: CLIENT,
    asOf: "2026-10-08",
  },
} as const satisfies Platform;

export const vapi = {
  name: "Vapi",
  hosts: { value: { "": "sip.vapi.ai", eu: "sip.eu.vapi.ai" }, source: VAPI_NETWORK, asOf: "2026-10-01" },
  transports: { value: { udp: ";transport=udp" }, source: CLIENT, asOf: "2026-10-08" },
  addresses: {
    value: { "": ["44.229.228.186/32", "44.238.177.138/32"], eu: ["63.182.83.170/32"] },
    source: VAPI_NETWORK,
    asOf: "2026-10-01",
  },
} as const satisfies Platform;

export const retell = {
  name: "Retell",
  hosts: {
    value: { "": "sip.retellai.com" },
    source: RETELL,
    asOf: "2026-10-01",
  },
  transports: {
    value: { tcp: ";transport=tcp", udp: ";transport=udp", tls: ";transport=tls" },
    source: RETELL,
    asOf: "2026-10-01",
  },
  addresses: {
    value: { "": ["18.98.16.120/30", "143.223.88.0/21", "161.115.160.0/19"] },
    source: RETELL,
    asOf: "2026-10-01",
  },
} as const satisfies Platform;

export const xai = {
  name: "xAI",
  hosts: {
    value: { "": "sip.voice.x.ai" },
    source: XAI,
    asOf: "2026-10-01",
  },
  transports: {
    value: { tls: ";transport=tls" },
    source: XAI,
    asOf: "2026-10-01",
  },
} as const satisfies Platform;
