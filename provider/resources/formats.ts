/** The formats that Plivo accepts, as schemas whose output is the normal form and whose messages state the rule. */
import { isIPv4, isIPv6 } from "node:net";
import ipaddr from "ipaddr.js";
import * as z from "zod";
import { LONGEST_TEXT, tooLong } from "../lifecycle/index";
import { isHost, parseSipUri } from "../warnings/index";
import { parsePhoneNumber } from "./phone-number";

/** An id as Plivo gives it: a UUID, or the digits of a trunk. */
export const plivoId = z
  .string("must be a string")
  .regex(/^[A-Za-z0-9_-]{1,200}$/, "must be an id as Plivo gives it: letters, digits and hyphens");

/** https://www.plivo.com/docs/sip-trunking/api/credentials. What characters are taken is disputed: see ../warnings. */
export const sipCredential = z.string("must be a string").refine(has5To20Characters, "must be 5-20 characters");

function has5To20Characters(text: string): boolean {
  // A character outside of the basic plane takes two places.
  return text.length <= 40 && [...text].length >= 5 && [...text].length <= 20;
}

/** What a PBX of the user's own asks for: Plivo passes it on, and no rules of it are known. */
export const pbxCredential = z.string("must be a string").min(1, "must not be empty").max(LONGEST_TEXT, tooLong);

/** Normal form: IPv6 as RFC 5952 writes it, a range of one address without its prefix length. */
export const ipAddressOrRange = z.string("must be a string").transform((text, context) => {
  const normal = normalRange(text);
  if (normal !== undefined) return normal;
  context.addIssue({ code: "custom", message: "must be an IPv4 or IPv6 address, or a CIDR range of them" });
  return z.NEVER;
});

/** No spelling of an address is longer. */
const LONGEST_ADDRESS = 100;

function normalRange(text: string): string | undefined {
  if (text.length > LONGEST_ADDRESS) return undefined;
  const [address = "", prefix, ...rest] = text.trim().split("/");
  const parsed = parseAddress(address);
  if (!parsed || rest.length > 0) return undefined;
  const bits = parsed.kind() === "ipv6" ? 128 : 32;
  const normal = parsed instanceof ipaddr.IPv6 ? parsed.toRFC5952String() : parsed.toString();
  if (prefix === undefined || prefix === String(bits)) return normal;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) < bits ? `${normal}/${Number(prefix)}` : undefined;
}

/** The library also takes `10` and `0x7f.1`, and reads ::1.2.3.4 as another address, ::ffff:1.2.3.4; Node.js does neither. */
function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (isIPv4(text)) return ipaddr.IPv4.parse(text);
  // A zone means nothing to Plivo.
  return isIPv6(text) && !text.includes("%") ? ipaddr.IPv6.parse(withoutDots(text)) : undefined;
}

/** 64:ff9b::192.0.2.1 -> 64:ff9b::c000:201 */
function withoutDots(address: string): string {
  return address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
}

/**
 * Where Plivo sends calls: `host`, `host:port`, `[IPv6]:port`, `sip:user@host`, `sips:host`, each with parameters such as
 * `;transport=tls` if wanted. Sent as written, without blanks around it.
 * https://www.plivo.com/docs/sip-trunking/api/origination-uris
 */
export const sipUri = z.string("must be a string").transform((text, context) => {
  const uri = text.trim();
  const problem = uriProblem(uri);
  if (problem === undefined) return uri;
  context.addIssue({ code: "custom", message: problem });
  return z.NEVER;
});

function uriProblem(text: string): string | undefined {
  if (text.length > LONGEST_TEXT) return tooLong;
  const uri = parseSipUri(text);
  if (!uri) {
    return "must be host, host:port, [IPv6]:port, sip:user@host or sips:host, with parameters such as ;transport=tls if wanted; no path, spaces or password";
  }
  const { port } = uri;
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return "the port must be 1-65535";
  return isHost(uri) ? undefined : "the host is neither a host name nor an IP address";
}

export const E164 = "E.164, by the numbering plans of libphonenumber";

/** What the resources that route numbers claim: a number belongs to one of them. */
export const PHONE_NUMBER = "phone number";

/** Normal form: digits only, with the country code. */
export const phoneNumber = z.string("must be a string").transform((text, context) => {
  const parsed = parsePhoneNumber(text);
  if ("digits" in parsed) return parsed.digits;
  context.addIssue({ code: "custom", message: parsed.problem });
  return z.NEVER;
});
