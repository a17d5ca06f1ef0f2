/** The formats that Plivo accepts, as schemas whose output is the normal form and whose messages state the rule. */
import { isIPv4 } from "node:net";
import ipaddr from "ipaddr.js";
import * as z from "zod";
import { LONGEST_TEXT, tooLong } from "../lifecycle/index";
import { addressProblem, type Format, sipCredentialProblem, sipUriProblem } from "../warnings/index";
import { parsePhoneNumber } from "./phone-number";

/** An id as Plivo gives it: a UUID, or the digits of a trunk. */
export const plivoId = z
  .string("must be a string")
  .regex(/^[A-Za-z0-9_-]{1,200}$/, "must be an id as Plivo gives it: letters, digits and hyphens");

/** https://www.plivo.com/docs/sip-trunking/api/credentials */
export const sipCredential = z.string("must be a string").superRefine(refuse(sipCredentialProblem));

function refuse(problemOf: Format) {
  return (text: string, context: z.RefinementCtx) => {
    const message = problemOf(text);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  };
}

/** What a PBX of the user's own asks for: Plivo passes it on, and no rules of it are known. */
export const pbxCredential = z.string("must be a string").min(1, "must not be empty").max(LONGEST_TEXT, tooLong);

/** Normal form: IPv6 as RFC 5952 writes it, a range of one address without its prefix length. */
export const ipAddressOrRange = z.string("must be a string").transform((text, context) => {
  const message = addressProblem(text);
  if (message === undefined) return normalRange(text);
  context.addIssue({ code: "custom", message });
  return z.NEVER;
});

function normalRange(text: string): string {
  const [address = "", prefix] = text.trim().split("/");
  const parsed = parseAddress(address);
  const [normal, bits] = parsed instanceof ipaddr.IPv6 ? [parsed.toRFC5952String(), 128] : [parsed.toString(), 32];
  return prefix === undefined || Number(prefix) === bits ? normal : `${normal}/${Number(prefix)}`;
}

/** Of a text that is one: the library also takes others, and reads ::1.2.3.4 as another address, ::ffff:1.2.3.4. */
function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 {
  return isIPv4(text) ? ipaddr.IPv4.parse(text) : ipaddr.IPv6.parse(withoutDots(text));
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
export const sipUri = z
  .string("must be a string")
  .transform((text) => text.trim())
  .superRefine(refuse(sipUriProblem));

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
