import { autoName, idOutput, stringSet } from "../lifecycle/index";
import { OURS, PAGES, wideRange } from "../warnings/index";
import { forceDestroy } from "./force-destroy";
import { ipAddressOrRange } from "./formats";
import { defineResource } from "./services";
import { trunksUsing } from "./trunks-using";

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
    ipAddresses: stringSet(
      ipAddressOrRange,
      "IPv4 and IPv6 addresses and CIDR ranges, each once, at least one. Their order and the spelling of IPv6 are no change.",
    )
      .refuses("missing, or an empty list", PAGES)
      .refuses("neither an IPv4 or IPv6 address nor a CIDR range of them", PAGES)
      .refuses("an address that is in the list already, in any spelling", OURS)
      .warns(wideRange),
    forceDestroy: forceDestroy("trunks use it, whose calls are then refused"),
    ipaclUuid: idOutput("What a trunk refers to."),
  },
  id: "ipaclUuid",
  identity: "assigned",

  async create({ plivo, inputs }) {
    return { id: (await plivo.ipAccessControlLists.create(inputs)).ipaclUuid };
  },
  read: ({ plivo, id, consistency }) => plivo.ipAccessControlLists.get(id, consistency),
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
