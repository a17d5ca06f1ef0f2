/** The files of FreeSWITCH, as text. */
import { plivoAddresses } from "./plivo-addresses";

export interface GatewaySettings {
  readonly domain: string;
  readonly username: string;
  readonly password: string;
  /** TLS and SRTP. */
  readonly secure: boolean;
}

/** sip_profiles/external/plivo.xml */
export function gateway({ domain, username, password, secure }: GatewaySettings): string {
  const params = {
    username,
    password,
    realm: domain,
    "from-domain": domain,
    proxy: secure ? `${domain}:5061` : domain,
    // Plivo takes no REGISTER. The transport of one is that of the calls too.
    register: "false",
    "register-transport": secure ? "tls" : "udp",
    "caller-id-in-from": "true",
    // A call that Plivo sends is matched by its number, in dialplan/public.
    context: "public",
  };
  const lines = Object.entries(params).map(([name, value]) => `    ${element("param", { name, value })}\n`);
  return `<include>\n  <gateway name="plivo">\n${lines.join("")}  </gateway>\n</include>\n`;
}

/** A list that autoload_configs/acl.conf.xml includes: where Plivo's calls come from, and no other address. */
export function aclList(): string {
  const nodes = plivoAddresses.map((cidr) => `  ${element("node", { type: "allow", cidr })}\n`);
  return `<list name="plivo" default="deny">\n${nodes.join("")}</list>\n`;
}

/** dialplan/public/00_plivo.xml; Plivo's pages do not say whether the number comes with or without "+". */
export function inboundDialplan(number: string, ring: string): string {
  return extension("from-plivo", `^\\+?${number.replace("+", "")}$`, [
    // Ends the call at once, unless it comes from one of Plivo's addresses.
    { application: "check_acl", data: `\${network_addr} plivo call_rejected`, inline: "true" },
    { application: "bridge", data: ring.includes("@") ? ring : `${ring}@\${domain_name}` },
  ]);
}

/** dialplan/default/00_plivo.xml: what phones dial with "+" goes out. */
export function outboundDialplan(number: string, secure: boolean): string {
  const options = secure ? "{rtp_secure_media=mandatory}" : "";
  return extension("to-plivo", "^(\\+\\d{7,15})$", [
    { application: "set", data: `effective_caller_id_number=${number}` },
    { application: "bridge", data: `${options}sofia/gateway/plivo/$1` },
  ]);
}

function extension(name: string, expression: string, actions: readonly Readonly<Record<string, string>>[]): string {
  const lines = actions.map((action) => `      ${element("action", action)}\n`);
  const condition = element("condition", { field: "destination_number", expression }).replace("/>", ">");
  return `<include>
  <extension name="${name}">
    ${condition}
${lines.join("")}    </condition>
  </extension>
</include>
`;
}

function element(name: string, attributes: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`);
  return `<${name}${pairs.join("")}/>`;
}

/** XML's own signs; and `$${`, which FreeSWITCH replaces in the text of a file before it reads the XML. */
export function escapeAttribute(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through.
  if (/[\u0000-\u001f\u007f]/.test(value)) throw new Error("FreeSWITCH's files cannot hold control characters");
  return value
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("$${", "&#36;&#36;{");
}
