import { isIP, isIPv6 } from "node:net";

/** Whether the text is an IPv4 or IPv6 address, or a CIDR range of either. */
export function isAddressOrRange(text: string): boolean {
  const [address = "", prefix, ...rest] = text.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0 || address.includes("%")) return false;
  if (prefix === undefined) return true;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128);
}

/** The shortest lower-case spelling of an IPv6 address or range; IPv4 as it is. */
export function canonicalRange(text: string): string {
  const [address = "", prefix] = text.split("/");
  if (!isIPv6(address)) return text;
  // URL hosts are the one place where Node spells IPv6 canonically.
  const spelt = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  return prefix === undefined ? spelt : `${spelt}/${prefix}`;
}
