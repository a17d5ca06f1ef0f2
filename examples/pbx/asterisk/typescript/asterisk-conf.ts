/** The files of Asterisk, as text. */
import { plivoAddresses } from "./plivo-addresses";

export interface PjsipSettings {
  readonly domain: string;
  readonly username: string;
  readonly password: string;
  /** TLS and SRTP, in both directions. */
  readonly secure: boolean;
  /** Where Plivo reaches Asterisk. */
  readonly port: string;
  /** A transport of yours to use; without it the file brings its own. */
  readonly transport?: string | undefined;
  readonly certFile?: string | undefined;
  readonly keyFile?: string | undefined;
  readonly caFile?: string | undefined;
}

type Options = Readonly<Record<string, string>>;

/** pjsip.conf of chan_pjsip: calls to Plivo through the endpoint `plivo`, calls from Plivo through `plivo-in`. */
export function pjsipConf(settings: PjsipSettings): string {
  const { domain, username, password, secure, transport = "plivo-transport" } = settings;
  // Asterisk takes one of PCMU and PCMA, as Plivo does, and stays in the path of the audio.
  const call = {
    type: "endpoint",
    transport,
    disallow: "all",
    allow: "ulaw,alaw",
    dtmf_mode: "rfc4733",
    direct_media: "no",
    rtp_symmetric: "yes",
    // By address and never by the name in From, which any caller can write.
    identify_by: "ip",
    media_encryption: secure ? "sdes" : "no",
  };
  const target = secure ? `sip:${domain}:5061;transport=tls` : `sip:${domain}:5060`;
  const sections = [
    ...(settings.transport === undefined ? [section("plivo-transport", ownTransport(settings))] : []),
    section("plivo-auth", { type: "auth", auth_type: "userpass", username, password }),
    // No REGISTER: Plivo takes none. A minute between OPTIONS is well above what it allows.
    section("plivo", { type: "aor", contact: target, qualify_frequency: "60" }),
    // For calls out only: no address identifies it, and its context dials nothing.
    section("plivo", {
      ...call,
      context: "plivo-none",
      aors: "plivo",
      outbound_auth: "plivo-auth",
      from_domain: domain,
    }),
    // Whether Plivo offers SRTP on calls to a PBX is not documented: take what it offers.
    section("plivo-in", { ...call, context: "from-plivo", ...(secure && { media_encryption_optimistic: "yes" }) }),
    section("plivo-in", { type: "identify", endpoint: "plivo-in", match: plivoAddresses.join(",") }),
  ];
  return sections.join("\n");
}

function ownTransport({ secure, port, ...files }: PjsipSettings): Options {
  const bind = `0.0.0.0:${port}`;
  if (!secure) return { type: "transport", protocol: "udp", bind };
  const { certFile = "/etc/asterisk/keys/asterisk.crt", keyFile = "/etc/asterisk/keys/asterisk.key" } = files;
  return {
    type: "transport",
    protocol: "tls",
    bind,
    method: "tlsv1_2",
    cert_file: certFile,
    priv_key_file: keyFile,
    ca_list_file: files.caFile ?? "/etc/ssl/certs/ca-certificates.crt",
    verify_server: "yes",
  };
}

export interface ExtensionsSettings {
  /** `+14155550100`. */
  readonly number: string;
  /** What `Dial` takes, such as `PJSIP/100`. */
  readonly ring: string;
}

/** extensions.conf: who rings on a call to the number, and how phones call out. */
export function extensionsConf({ number, ring }: ExtensionsSettings): string {
  const digits = number.replace("+", "");
  return `[from-plivo]
; Plivo's pages do not say whether the number comes with or without "+".
exten => ${digits},1,Dial(${ring},45)
 same => n,Hangup()
exten => +${digits},1,Goto(${digits},1)

; Calls out. Add "include => to-plivo" to the context of your phones, and to no context that calls from outside reach.
[to-plivo]
exten => _+X!,1,Set(CALLERID(num)=${number})
 same => n,Dial(PJSIP/\${FILTER(+0-9,\${EXTEN})}@plivo,60)
 same => n,Hangup()

; Nothing is dialled from here.
[plivo-none]
`;
}

function section(name: string, options: Options): string {
  const lines = Object.entries(options).map(([key, value]) => `${key} = ${escapeValue(key, value)}\n`);
  return `[${name}]\n${lines.join("")}`;
}

/**
 * A value as Asterisk reads it back: `;` begins a comment unless a backslash stands before it, and blanks around a value
 * are taken off.
 */
export function escapeValue(key: string, value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through.
  if (/[\u0000-\u001f\u007f]/.test(value) || value !== value.trim())
    throw new Error(`${key}: Asterisk's files cannot hold line breaks, control characters or blanks around a value`);
  return value.replaceAll(";", "\\;");
}
