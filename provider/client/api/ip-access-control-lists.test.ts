import { expect, test } from "@jest/globals";
import { lines } from "../testing/scripted-server";
import { simulatedClient } from "../testing/simulated-client";

test.each([false, true])(
  "an IP access control list is created, read, updated as a whole, listed and deleted (wrapped: %s)",
  async (wrapSingle) => {
    const { plivo, requests } = await simulatedClient({ behaviour: { wrapSingle } });
    const lists = plivo.ipAccessControlLists;
    const fields = { name: "office", ipAddresses: ["192.0.2.1", "2001:db8::/32"] };
    const { ipaclUuid } = await lists.create({ ...fields, ipAddresses: ["192.0.2.9"] });
    await lists.update(ipaclUuid, fields);
    expect(await lists.get(ipaclUuid)).toEqual({ ipaclUuid, ...fields });
    expect(await lists.list()).toEqual([{ ipaclUuid, ...fields }]);
    await lists.delete(ipaclUuid);
    expect(await lists.list()).toEqual([]);
    expect(requests[1]?.body).toEqual({ name: "office", ip_addresses: fields.ipAddresses });
    const [collection, object] = ["Zentrunk/IPAccessControlList/", `Zentrunk/IPAccessControlList/${ipaclUuid}/`];
    expect(lines(requests)).toEqual([
      `POST ${collection}`,
      `POST ${object}`,
      `GET ${object}`,
      `GET ${collection}`,
      `DELETE ${object}`,
      `GET ${collection}`,
    ]);
  },
);
