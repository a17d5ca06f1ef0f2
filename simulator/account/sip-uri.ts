import { isIPv4, isIPv6 } from "node:net";

const FORM = /^(?:sips?:)?(?:[^\s@/]+@)?(?<host>\[[^\]\s]+\]|[^\s@:;/[\]]+)(?::(?<port>\d{1,5}))?(?:;[^\s;/]+)*$/i;
/** A trailing dot is part of a name. Whether Plivo accepts an underscore is not known. */
const HOST_NAME =
  /^(?=.{1,254}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/i;

/**
 * What is wrong with an origination URI, or undefined. Only what Plivo is known to reject is rejected: private
 * addresses are among the forms on its pages, and its own parser takes any parameter and a trailing dot.
 */
export function sipUriProblem(uri: string): string | undefined {
  // Blanks inside are known to be rejected, blanks around are not.
  const parts = FORM.exec(uri.trim())?.groups;
  const host = parts?.host;
  if (host === undefined) return "is not a host, host:port or SIP URI";
  if (parts?.port !== undefined && (Number(parts.port) < 1 || Number(parts.port) > 65535)) return "has no valid port";
  if (host.startsWith("[")) return isIPv6(host.slice(1, -1)) ? undefined : "has no valid IPv6 address";
  if (isIPv4(host)) return undefined;
  return HOST_NAME.test(host) && !/^[\d.]+$/.test(host) ? undefined : "has no valid host";
}
