/** What is refused before any request: by the definitions, and by the components on the argument of the program. */
import { isIPv4, isIPv6 } from "node:net";
import { isHost, LONGEST_URI, parseSipUri } from "./sip-uri";

/** Says what is wrong with a text. */
export type Format = (text: string) => string | undefined;

/** Without blanks around it. */
export const sipUriProblem: Format = (text) => {
  if (text.length > LONGEST_URI) return `must be at most ${LONGEST_URI} characters`;
  const uri = parseSipUri(text);
  if (!uri) {
    return "must be host, host:port, [IPv6]:port, sip:user@host or sips:host, with parameters such as ;transport=tls if wanted; no path, spaces or password";
  }
  const { port } = uri;
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return "the port must be 1-65535";
  return isHost(uri) ? undefined : "the host is neither a host name nor an IP address";
};

/** https://www.plivo.com/docs/sip-trunking/api/credentials. What characters are taken is disputed: see rules.ts. */
export const sipCredentialProblem: Format = (text) => {
  // A character outside of the basic plane takes two places.
  const isLong = text.length > 40 || [...text].length > 20;
  return isLong || [...text].length < 5 ? "must be 5-20 characters" : undefined;
};

/** No spelling of an address is longer. */
const LONGEST_ADDRESS = 100;

export const addressProblem: Format = (text) =>
  text.length <= LONGEST_ADDRESS && isAddressOrRange(text)
    ? undefined
    : "must be an IPv4 or IPv6 address, or a CIDR range of them";

function isAddressOrRange(text: string): boolean {
  const [address = "", prefix, ...rest] = text.trim().split("/");
  // A zone means nothing to Plivo.
  const isV6 = isIPv6(address) && !address.includes("%");
  if (rest.length > 0 || !(isV6 || isIPv4(address))) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (isV6 ? 128 : 32));
}

export const NOT_INTERNATIONAL =
  "must be a phone number with its country code: +1 415 555 0100, or digits only, 14155550100";

/** More than any spelling of a number needs. */
export const LONGEST_NUMBER = 60;

/** What needs no numbering plan: without a country code, (415) 555-0100 and +41 55 550100 have the same digits. */
export const phoneNumberProblem: Format = (text) =>
  text.length <= LONGEST_NUMBER && /^(\+|[1-9]\d*$)/.test(text.trim()) ? undefined : NOT_INTERNATIONAL;
