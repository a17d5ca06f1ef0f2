/** The formats that Plivo accepts, as schemas whose output is the normal form and whose messages state the rule. */
import ipaddr from "ipaddr.js";
import * as z from "zod";
import { LONGEST_TEXT, tooLong } from "../lifecycle/index";

/** An id as Plivo gives it: a UUID, or the digits of a trunk. */
export const plivoId = z
  .string("must be a string")
  .regex(/^[A-Za-z0-9_-]{1,200}$/, "must be an id as Plivo gives it: letters, digits and hyphens");

/** https://www.plivo.com/docs/sip-trunking/api/credentials */
export const sipUsername = z.string("must be a string").regex(/^[A-Za-z0-9]{5,20}$/, "must be 5-20 letters and digits");

export const sipPassword = z
  .string("must be a string")
  .regex(
    /^(?=.*[~!@#$%^&*()_+])[A-Za-z0-9~!@#$%^&*()_+]{5,20}$/,
    "must be 5-20 characters: letters, digits and ~!@#$%^&*()_+, with at least one of those signs",
  );

/** What a PBX of the user's own asks for: Plivo passes it on and makes no rules. */
export const pbxUsername = z
  .string("must be a string")
  .regex(/^[^\s:@]+$/, "must not be empty or contain spaces, : or @")
  .max(LONGEST_TEXT, tooLong);
export const pbxPassword = z.string("must be a string").min(1, "must not be empty").max(LONGEST_TEXT, tooLong);

/** Normal form: IPv6 as RFC 5952 writes it, a range of one address without its prefix length. */
export const ipAddressOrRange = z.string("must be a string").transform((text, context) => {
  const normal = normalRange(text);
  if (normal !== undefined) return normal;
  context.addIssue({ code: "custom", message: "must be an IPv4 or IPv6 address, or a CIDR range of them" });
  return z.NEVER;
});

function normalRange(text: string): string | undefined {
  const [address = "", prefix, ...rest] = text.trim().split("/");
  const parsed = parseAddress(address);
  if (!parsed || rest.length > 0) return undefined;
  const bits = parsed.kind() === "ipv6" ? 128 : 32;
  const normal = parsed instanceof ipaddr.IPv6 ? parsed.toRFC5952String() : parsed.toString();
  if (prefix === undefined || prefix === String(bits)) return normal;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) < bits ? `${normal}/${Number(prefix)}` : undefined;
}

/** The library also takes `10` and `0x7f.1`; Plivo does not. */
function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  // A zone means nothing to Plivo; and the library reads ::1.2.3.4 as another address, ::ffff:1.2.3.4.
  if (text.includes("%") || (text.includes(".") && !/^::ffff:/i.test(text))) return undefined;
  return ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : undefined;
}

/** Whether a range lets in more than a /8: then whoever learns the domain of the trunk can place calls. */
export function isRiskyRange(range: unknown): boolean {
  const [address = "", prefix] = typeof range === "string" ? range.split("/") : [];
  // ::ffff:0.0.0.0/96 is 0.0.0.0/0.
  const isMapped = /^::ffff:/i.test(address);
  return prefix !== undefined && Number(prefix) - (isMapped ? 96 : 0) < 8;
}

const uriForm =
  /^(?:sips?:)?(?:[^@:/\s;]+@)?(\[[0-9a-f:.]*:[0-9a-f:.]*\]|[a-z0-9.-]+)(?::(\d{1,5}))?(?:;transport=(?:udp|tcp|tls))?$/i;
const hostForm = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;
const unreachable = new Set([
  "private",
  "loopback",
  "linkLocal",
  "uniqueLocal",
  "unspecified",
  "carrierGradeNat",
  "multicast",
  "broadcast",
]);

/**
 * Where Plivo sends calls: `host`, `host:port`, `[IPv6]:port`, `sip:user@host`, `sips:host`, each with
 * `;transport=udp|tcp|tls` if wanted. Sent as written. https://www.plivo.com/docs/sip-trunking/api/origination-uris
 */
export const sipUri = z.string("must be a string").superRefine((uri, context) => {
  const problem = uriProblem(uri);
  if (problem) context.addIssue({ code: "custom", message: problem });
});

function uriProblem(uri: string): string | undefined {
  if (uri.length > LONGEST_TEXT) return tooLong;
  const [, host = "", port] = uriForm.exec(uri) ?? [];
  if (!host) {
    return "must be host, host:port, [IPv6]:port, sip:user@host or sips:host, with ;transport=udp, tcp or tls if wanted; no path, spaces or password";
  }
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return "the port must be 1-65535";
  return hostProblem(host.replace(/^\[|\]$/g, ""));
}

function hostProblem(host: string): string | undefined {
  const written = parseAddress(host);
  // An IPv4 address in the clothes of an IPv6 one is as private as it is without them.
  const mapped = written instanceof ipaddr.IPv6 && written.isIPv4MappedAddress();
  const address = mapped ? written.toIPv4Address() : written;
  if (address) return unreachable.has(address.range()) ? "Plivo cannot reach a private or loopback address" : undefined;
  if (/^[\d.]+$/.test(host) || !hostForm.test(host)) return "the host is neither a host name nor an IP address";
  if (/(^|\.)(localhost|local|internal)$/i.test(host)) return "Plivo cannot reach a private or loopback host";
  return undefined;
}

/** Normal form: digits only, with the country code. */
export const phoneNumber = z.string("must be a string").transform((text, context) => {
  const digits = text.replace(/^\s*\+/, "").replace(/[\s().-]/g, "");
  if (/^[1-9]\d{4,14}$/.test(digits)) return digits;
  context.addIssue({
    code: "custom",
    message: "must be a phone number with its country code: +14155550100 or 14155550100",
  });
  return z.NEVER;
});
