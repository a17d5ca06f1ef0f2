import { BlockList, isIPv4, isIPv6 } from "node:net";

const unreachable = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
] as const) {
  unreachable.addSubnet(network, prefix, "ipv4");
}
for (const [network, prefix] of [
  ["::", 127],
  ["fc00::", 7],
  ["fe80::", 10],
] as const) {
  unreachable.addSubnet(network, prefix, "ipv6");
}

const FORM =
  /^(?:sips?:)?(?:[^\s@:;/]+@)?(?<host>\[[^\]\s]+\]|[^\s@:;/[\]]+)(?::(?<port>\d{1,5}))?(?:;transport=(?:udp|tcp|tls))?$/i;
const HOST_NAME = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;

/** What is wrong with an origination URI, or undefined. */
export function sipUriProblem(uri: string): string | undefined {
  const parts = FORM.exec(uri)?.groups;
  const host = parts?.host;
  if (host === undefined) return "is not a host, host:port or SIP URI";
  if (parts?.port !== undefined && (Number(parts.port) < 1 || Number(parts.port) > 65535)) return "has no valid port";
  if (host.startsWith("[")) {
    const address = host.slice(1, -1);
    if (!isIPv6(address)) return "has no valid IPv6 address";
    return unreachable.check(address, "ipv6") ? "is a private or loopback address" : undefined;
  }
  if (isIPv4(host)) return unreachable.check(host, "ipv4") ? "is a private or loopback address" : undefined;
  if (!HOST_NAME.test(host) || /^[\d.]+$/.test(host)) return "has no valid host";
  return /^localhost$|\.localhost$/i.test(host) ? "is a private or loopback address" : undefined;
}
