import { expect, test } from "@jest/globals";
import { lines, setup } from "../testing/scripted-server";

test("an IP access control list is created, read, updated as a whole, listed and deleted", async () => {
  const wire = { ipacl_uuid: "i-1", name: "office", ip_addresses: ["192.0.2.1", "2001:db8::/32"] };
  const { plivo, requests } = await setup([
    { json: { api_id: "a", ipacl_uuid: "i-1" } },
    { json: { api_id: "a", object: wire } },
    { status: 202, json: { message: "changed" } },
    { json: { objects: [wire] } },
    { status: 204 },
  ]);
  const fields = { name: "office", ipAddresses: ["192.0.2.1", "2001:db8::/32"] };
  const lists = plivo.ipAccessControlLists;
  expect(await lists.create(fields)).toEqual({ ipaclUuid: "i-1" });
  expect(await lists.get("i-1")).toEqual({ ipaclUuid: "i-1", ...fields });
  await lists.update("i-1", fields);
  expect(await lists.list()).toEqual([{ ipaclUuid: "i-1", ...fields }]);
  await lists.delete("i-1");
  const body = { name: "office", ip_addresses: fields.ipAddresses };
  expect([requests[0]?.body, requests[2]?.body]).toEqual([body, body]);
  const [collection, object] = ["Zentrunk/IPAccessControlList/", "Zentrunk/IPAccessControlList/i-1/"];
  expect(lines(requests)).toEqual([
    `POST ${collection}`,
    `GET ${object}`,
    `POST ${object}`,
    `GET ${collection}`,
    `DELETE ${object}`,
  ]);
});
