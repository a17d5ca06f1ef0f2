/** The parts of an origination URI, for the rules that refuse one and those that warn. */
import { BlockList, isIPv4, isIPv6 } from "node:net";

export interface SipUri {
  /** Without brackets. */
  readonly host: string;
  readonly isBracketed: boolean;
  readonly port: string | undefined;
  /** Such as `transport=tcp` and `lr`. */
  readonly parameters: readonly string[];
}

const FORM = /^(?:sips?:)?(?:[^@:/\s;]+@)?(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d+))?((?:;[^\s;/@?]+)*)$/i;

/** Longer texts are refused. */
export const LONGEST_URI = 1_000;

/** `undefined` for what has another form. The text must be short: the caller limits it. */
export function parseSipUri(text: string): SipUri | undefined {
  const [, host, port, parameters = ""] = FORM.exec(text) ?? [];
  if (host === undefined) return undefined;
  const isBracketed = host.startsWith("[");
  return {
    host: isBracketed ? host.slice(1, -1) : host,
    isBracketed,
    port,
    parameters: parameters.split(";").slice(1),
  };
}

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i;

/** An address, or a host name, which may end in a dot. An underscore is no part of a name, but names with one exist. */
export function isHost({ host, isBracketed }: SipUri): boolean {
  if (isBracketed) return isIPv6(host);
  const name = withoutDot(host);
  if (/^[\d.]+$/.test(name)) return isIPv4(name);
  return name.length <= 253 && name.split(".").every((label) => LABEL.test(label));
}

const PRIVATE = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];
/** The host itself, and the link that it is on. */
const LOCAL = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "::/127", "fe80::/10"];
const MULTICAST_OR_BROADCAST = ["224.0.0.0/4", "255.255.255.255/32", "ff00::/8"];

const unreachable = new BlockList();
for (const range of [...PRIVATE, ...LOCAL, ...MULTICAST_OR_BROADCAST]) {
  const [network = "", prefix] = range.split("/");
  unreachable.addSubnet(network, Number(prefix), isIPv4(network) ? "ipv4" : "ipv6");
}

/** A host that does not exist in the internet: private, loopback, link-local, multicast. */
export function isUnreachable({ host, isBracketed }: SipUri): boolean {
  const name = withoutDot(host);
  // An IPv4 address within an IPv6 one is found too.
  if (isBracketed) return isIPv6(name) && unreachable.check(name, "ipv6");
  if (isIPv4(name)) return unreachable.check(name, "ipv4");
  return /(^|\.)(localhost|local|internal)$/i.test(name);
}

function withoutDot(host: string): string {
  return host.endsWith(".") ? host.slice(0, -1) : host;
}
