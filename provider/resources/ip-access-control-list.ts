import { autoName, idOutput, textSet } from "../lifecycle/index";
import { forceDestroy } from "./force-destroy";
import { ipAddressOrRange, isRiskyRange } from "./formats";
import { defineResource } from "./services";
import { trunksUsing } from "./trunks-using";

const RISK = "is wider than /8: whoever learns the domain of a trunk can place calls on your account";

/** The addresses that may call through an outbound trunk. https://www.plivo.com/docs/sip-trunking/api/ip-access-control-lists */
export const ipAccessControlList = defineResource({
  token: "IpAccessControlList",
  noun: "IP access control list",
  docs: "https://www.plivo.com/docs/sip-trunking/api/ip-access-control-lists",
  describe: "The IP addresses and ranges from which calls through an outbound trunk are accepted.",
  example: `const offices = new plivo.IpAccessControlList("offices", {
    ipAddresses: ["203.0.113.10", "198.51.100.0/24", "2001:db8::/48"],
});`,
  properties: {
    name: autoName("Friendly name."),
    ipAddresses: textSet(
      ipAddressOrRange,
      "IPv4 and IPv6 addresses and CIDR ranges, each once, at least one. Their order and the spelling of IPv6 are no change.",
    ).warnedBy("warnOfRiskyRanges"),
    forceDestroy: forceDestroy("trunks use it, whose calls are then refused"),
    ipaclUuid: idOutput("What a trunk refers to."),
  },
  id: "ipaclUuid",

  warnings({ ipAddresses }) {
    if (!Array.isArray(ipAddresses)) return [];
    // By its place and not by its value, which may be a secret.
    return ipAddresses.flatMap((range, index) => (isRiskyRange(range) ? [`ipAddresses[${index}] ${RISK}`] : []));
  },

  async create({ plivo, inputs }) {
    return { id: (await plivo.ipAccessControlLists.create(inputs)).ipaclUuid };
  },
  read: ({ plivo, id, isExpected }) => plivo.ipAccessControlLists.get(id, { isExpected }),
  list: async ({ plivo }) => (await plivo.ipAccessControlLists.list()).map((live) => ({ id: live.ipaclUuid, live })),
  // An update replaces the whole list.
  async update({ plivo, id, changes }) {
    await plivo.ipAccessControlLists.update(id, changes);
    return undefined;
  },
  delete: ({ plivo, id }) => plivo.ipAccessControlLists.delete(id),

  guard: {
    consequence: "leave them without it, and calls through them would be refused",
    dependents: ({ plivo, id }) => trunksUsing(plivo, { ipaclUuid: id }),
  },
});
