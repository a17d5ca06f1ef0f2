import type * as z from "zod";
import type { Consistency } from "../cache/list-cache";
import { type ApiContext, Collection } from "./collection";
import { id, listOf, row, text, toWire } from "./wire";

const ipAccessControlList = row({
  ipaclUuid: id,
  name: text.nullish().transform((name) => name ?? ""),
  ipAddresses: listOf(text),
});

const created = row({ ipaclUuid: id });

/** https://www.plivo.com/docs/sip-trunking/api/ip-access-control-lists */
export type IpAccessControlList = z.infer<typeof ipAccessControlList>;

export interface IpAccessControlListFields {
  readonly name: string;
  /** IPv4 and IPv6 addresses and CIDR ranges; their order means nothing. */
  readonly ipAddresses: readonly string[];
}

/** https://www.plivo.com/docs/sip-trunking/api/ip-access-control-lists */
export class IpAccessControlLists {
  readonly #lists: Collection<IpAccessControlList>;

  constructor(api: ApiContext) {
    const kind = { path: "Zentrunk/IPAccessControlList", noun: "IP access control list", row: ipAccessControlList };
    this.#lists = new Collection(api, { ...kind, idKey: "ipaclUuid" });
  }

  create({ name, ipAddresses }: IpAccessControlListFields): Promise<{ ipaclUuid: string }> {
    return this.#lists.create({ name, ipAddresses }, created);
  }

  get(ipaclUuid: string, consistency?: Consistency): Promise<IpAccessControlList> {
    return this.#lists.get(ipaclUuid, consistency);
  }

  list(): Promise<IpAccessControlList[]> {
    return this.#lists.list();
  }

  /** Replaces the whole list of addresses. What is left out stays. */
  update(ipaclUuid: string, { name, ipAddresses }: Partial<IpAccessControlListFields>): Promise<void> {
    return this.#lists.update(ipaclUuid, toWire({ name, ipAddresses }));
  }

  /** Breaks the authentication of every trunk that uses it. */
  delete(ipaclUuid: string): Promise<void> {
    return this.#lists.delete(ipaclUuid);
  }
}
