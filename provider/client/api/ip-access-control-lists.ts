import type * as z from "zod";
import { type ApiContext, Collection } from "./collection";
import { given, id, listOf, row, text, textOrEmpty } from "./wire";

const fields = {
  ipaclUuid: ["ipacl_uuid", id],
  name: ["name", textOrEmpty],
  ipAddresses: ["ip_addresses", listOf(text)],
} as const;

const ipAccessControlList = row(fields);

/** https://www.plivo.com/docs/sip-trunking/api/ip-access-control-lists */
export type IpAccessControlList = z.infer<typeof ipAccessControlList>;

export interface IpAccessControlListFields {
  readonly name: string;
  /** IPv4 and IPv6 addresses and CIDR ranges; their order means nothing. */
  readonly ipAddresses: readonly string[];
}

/** https://www.plivo.com/docs/sip-trunking/api/ip-access-control-lists */
export class IpAccessControlLists extends Collection<IpAccessControlList, "ipaclUuid"> {
  constructor(api: ApiContext) {
    super(api, {
      path: "Zentrunk/IPAccessControlList",
      noun: "IP access control list",
      fields,
      row: ipAccessControlList,
      idKey: "ipaclUuid",
    });
  }

  create({ name, ipAddresses }: IpAccessControlListFields): Promise<{ ipaclUuid: string }> {
    return this.createFrom({ name, ip_addresses: ipAddresses });
  }

  /** Replaces the whole list of addresses. What is left out stays. */
  update(ipaclUuid: string, { name, ipAddresses }: Partial<IpAccessControlListFields>): Promise<void> {
    return this.sendUpdate(ipaclUuid, given({ name, ip_addresses: ipAddresses }));
  }

  /** Breaks the authentication of every trunk that uses it. */
  delete(ipaclUuid: string): Promise<void> {
    return this.sendDelete(ipaclUuid);
  }
}
