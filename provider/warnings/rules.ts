/** What is allowed and warned of. Definitions name these rules on their properties; the SDK classes warn by the same. */
import { BlockList, isIPv6 } from "node:net";
import { isUnreachable, LONGEST_URI, parseSipUri, type SipUri } from "./sip-uri";
import { CLIENT, DISPUTED, OURS, PAGES } from "./sources";
import type { WarningRule } from "./warning-rule";

const SIGNS = "~!@#$%^&*()_+";

export const usernameCharacters: WarningRule = {
  describe: "characters other than letters and digits",
  reason: "has characters other than letters and digits, which Plivo may refuse: its pages and its client disagree",
  source: DISPUTED,
  applies: (value) => isText(value) && /[^A-Za-z0-9]/.test(value),
};

export const passwordWithoutSign: WarningRule = {
  describe: `none of the signs \`${SIGNS}\``,
  reason: `has none of the signs ${SIGNS}, without which Plivo may refuse it`,
  source: "LiveKit's guide and Plivo's client require one; a page of Plivo's shows a password without",
  applies: (value) => isText(value) && !/[~!@#$%^&*()_+]/.test(value),
};

export const passwordCharacters: WarningRule = {
  describe: `characters other than letters, digits and \`${SIGNS}\``,
  reason: `has characters other than letters, digits and ${SIGNS}, which Plivo may refuse`,
  source: "LiveKit's guide and Plivo's client exclude them; Plivo's API pages are silent",
  applies: (value) => isText(value) && /[^A-Za-z0-9~!@#$%^&*()_+]/.test(value),
};

export const wideRange: WarningRule = {
  describe: "a range wider than /8",
  reason: "is wider than /8: anyone who learns the domain of a trunk can place calls on your account",
  source: CLIENT,
  applies: isWiderThan8,
};

const mapped = new BlockList();
mapped.addRange("::ffff:0:0", "::ffff:ffff:ffff", "ipv6");

function isWiderThan8(range: unknown): boolean {
  const [address = "", prefix] = isText(range) ? range.split("/", 2) : [];
  // ::ffff:0.0.0.0/96 is 0.0.0.0/0, however it is written.
  const isMapped = isIPv6(address.trim()) && mapped.check(address.trim(), "ipv6");
  return prefix !== undefined && /^\s*\d{1,3}\s*$/.test(prefix) && Number(prefix) - (isMapped ? 96 : 0) < 8;
}

export const unreachableHost: WarningRule = {
  describe: "a private, loopback or link-local address, or a name that ends in `.local`, `.internal` or `localhost`",
  reason: "names a private or loopback host, which Plivo cannot reach from the internet",
  source: "Plivo's API pages list a private address among the forms; such a host cannot be reached",
  applies: uriRule(isUnreachable),
};

export const uriParameters: WarningRule = {
  describe: "a parameter other than `;transport=udp`, `tcp` or `tls`",
  reason: "has a parameter other than ;transport=udp, tcp or tls, which Plivo may ignore or refuse",
  source: "Plivo's client takes others; its API pages name these only",
  applies: uriRule(({ parameters }) => parameters.some((text) => !/^transport=(udp|tcp|tls)$/i.test(text))),
};

export const underscoreInHost: WarningRule = {
  describe: "a host name with an underscore",
  reason: "has an underscore in its host name, which not every resolver takes",
  source: "RFC 1123; nothing is known of Plivo",
  applies: uriRule(({ host }) => host.includes("_")),
};

function uriRule(applies: (uri: SipUri) => boolean): WarningRule["applies"] {
  return (value) => {
    const uri = isText(value) && value.length <= LONGEST_URI ? parseSipUri(value.trim()) : undefined;
    return uri !== undefined && applies(uri);
  };
}

const uses = ["authenticationNeeded"] as const;

export const missingUsername: WarningRule = {
  describe: "missing, with `authenticationNeeded`",
  reason: "is missing although authenticationNeeded is true: Plivo's pages require username and password then",
  source: PAGES,
  uses,
  applies: (value, { authenticationNeeded }) => value === null && authenticationNeeded === true,
};

export const missingPassword: WarningRule = {
  ...missingUsername,
  reason: `${missingUsername.reason}, and no update is made without the password, because it may blank it`,
};

export const unusedWithoutAuthentication: WarningRule = {
  describe: "given, without `authenticationNeeded`",
  reason: "is not sent, because authenticationNeeded is not true",
  source: OURS,
  uses,
  applies: (value, { authenticationNeeded }) => value !== null && authenticationNeeded !== true,
};

export const pbxUsernameCharacters: WarningRule = {
  describe: "spaces, `:` or `@`",
  reason: "has spaces, : or @, which may not arrive at your PBX as written",
  source: "the form of SIP URIs; nothing is known of Plivo",
  applies: (value) => isText(value) && /[\s:@]/.test(value),
};

function isText(value: unknown): value is string {
  return typeof value === "string";
}
