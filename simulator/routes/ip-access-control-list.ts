import * as z from "zod";
import { canonicalRange, isAddressOrRange } from "../account/ip-range";
import type { Behaviour } from "../behaviour";
import { defineResourceRoute, readBody } from "./resource-route";

const ip_addresses = z.array(z.string().refine(isAddressOrRange, "is not an IP address or CIDR range")).min(1);
const createBody = z.strictObject({ name: z.string().optional(), ip_addresses });
const updateBody = createBody.partial();

/** Lists of addresses that may send calls. */
export const ipAccessControlList = defineResourceRoute({
  kind: "ipAccessControlLists",
  what: "An IP access control list",
  label: "IP access control list",
  collection: "Zentrunk/IPAccessControlList/",
  idField: "ipacl_uuid",
  view: (row) => ({ ...row, ip_addresses: [...row.ip_addresses] }),
  create({ store, behaviour, body }) {
    const given = readBody(createBody, body, 422);
    return store.addIpAccessControlList({ ...given, ip_addresses: stored(given.ip_addresses, behaviour) });
  },
  update({ behaviour, body }, row) {
    const given = readBody(updateBody, body);
    if (given.name !== undefined) row.name = given.name;
    // The whole list is replaced, never merged.
    if (given.ip_addresses !== undefined) row.ip_addresses = stored(given.ip_addresses, behaviour);
  },
  remove({ store, behaviour }, id) {
    store.ipAccessControlLists.delete(id);
    if (behaviour.deletedReference === "null") store.forget("ipAccessControlLists", id);
  },
});

function stored(addresses: readonly string[], behaviour: Behaviour): string[] {
  const spelt = behaviour.canonicalAddresses ? addresses.map(canonicalRange) : [...addresses];
  return behaviour.keepAddressOrder ? spelt : spelt.sort();
}
