/**
 * Addresses that clouds give to any customer. Large blocks only, of a few clouds: a list that is not complete, because no
 * complete one stays so. The clouds themselves publish theirs.
 */
import ipaddr from "ipaddr.js";

const BLOCKS: Readonly<Record<string, readonly string[]>> = {
  "Amazon Web Services": [
    "3.0.0.0/8",
    "18.128.0.0/9",
    "34.192.0.0/10",
    "35.160.0.0/13",
    "44.192.0.0/10",
    "52.0.0.0/10",
    "52.64.0.0/12",
    "54.144.0.0/12",
    "54.160.0.0/11",
    "54.192.0.0/12",
    "54.208.0.0/13",
    "54.216.0.0/14",
    "54.220.0.0/15",
    "54.224.0.0/11",
    "2600:1f00::/24",
  ],
  "Microsoft Azure": [
    "13.64.0.0/11",
    "13.96.0.0/13",
    "13.104.0.0/14",
    "20.36.0.0/14",
    "20.40.0.0/13",
    "20.48.0.0/12",
    "20.64.0.0/10",
    "40.76.0.0/14",
    "40.80.0.0/12",
    "40.96.0.0/12",
    "40.112.0.0/13",
    "52.148.0.0/14",
    "52.152.0.0/13",
    "52.160.0.0/11",
    "52.224.0.0/11",
    "104.40.0.0/13",
    "104.208.0.0/13",
    "2603:1000::/24",
  ],
  "Google Cloud": [
    "34.64.0.0/10",
    "34.128.0.0/10",
    "35.184.0.0/13",
    "35.192.0.0/12",
    "35.208.0.0/12",
    "35.224.0.0/12",
    "35.240.0.0/13",
    "104.154.0.0/15",
    "104.196.0.0/14",
    "2600:1900::/28",
  ],
  DigitalOcean: [
    "138.68.0.0/16",
    "138.197.0.0/16",
    "142.93.0.0/16",
    "157.230.0.0/16",
    "159.65.0.0/16",
    "167.71.0.0/16",
  ],
  Hetzner: ["78.46.0.0/15", "95.216.0.0/15", "116.202.0.0/15", "135.181.0.0/16", "2a01:4f8::/32", "2a01:4f9::/32"],
};

const parsed = Object.entries(BLOCKS).flatMap(([owner, blocks]) =>
  blocks.map((block) => ({ owner, block: ipaddr.parseCIDR(block) })),
);

/** From here on a customer may have the whole range for itself. */
const OWN = { ipv4: 24, ipv6: 48 } as const;

/** The cloud whose addresses such a range has; `undefined` for a range that one customer may have for itself. */
export function sharedRangeOf(text: string): string | undefined {
  if (!ipaddr.isValidCIDR(text)) return undefined;
  const [address, prefix] = ipaddr.parseCIDR(text);
  if (prefix >= OWN[address.kind()]) return undefined;
  const isPart = ({ block: [start, length] }: (typeof parsed)[number]) => {
    if (start.kind() !== address.kind()) return false;
    // One of the two is within the other, or they have nothing in common.
    return prefix >= length ? address.match(start, length) : start.match(address, prefix);
  };
  return parsed.find(isPart)?.owner;
}
