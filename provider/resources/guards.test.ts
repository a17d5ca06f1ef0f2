/** What a delete refuses, against the simulator: each guard, its way out, and what the API would have done. */
import { expect, test } from "@jest/globals";
import type { Seed, Store } from "pulumi-plivo/simulator";
import { remove } from "../lifecycle/index";
import { type ResourceToken, resources } from "./index";
import { simulatedAccount } from "./testing/simulated-account";

const seed: Seed = {
  originationUris: [
    { uri_uuid: "uri-1", uri: "a.example.com" },
    { uri_uuid: "uri-2", uri: "b.example.com" },
  ],
  credentials: [{ credential_uuid: "cred-1", username: "pbxlondon", password: "Secret!1" }],
  ipAccessControlLists: [{ ipacl_uuid: "acl-1", ip_addresses: ["203.0.113.1"] }],
  trunks: [
    { trunk_id: "100", name: "in", trunk_direction: "inbound", primary_uri_uuid: "uri-1", fallback_uri_uuid: "uri-2" },
    {
      trunk_id: "101",
      name: "both",
      trunk_direction: "inbound",
      primary_uri_uuid: "uri-1",
      fallback_uri_uuid: "uri-1",
    },
    { trunk_id: "200", name: "out", trunk_direction: "outbound", credential_uuid: "cred-1", ipacl_uuid: "acl-1" },
  ],
  numbers: [{ number: "14155550100", app_id: "100" }, { number: "14155550101", app_id: "101" }, "14155550102"],
};

interface Row {
  token: ResourceToken;
  id: string;
  users: string;
  consequence: string;
  queries: readonly string[];
  remove: string;
}

const guarded: readonly Row[] = [
  {
    token: "OriginationUri",
    id: "uri-1",
    users: 'trunk 100 ("in"), trunk 101 ("both")',
    consequence: "delete them too",
    queries: ["GET Zentrunk/Trunk/"],
    remove: "DELETE Zentrunk/URI/uri-1/",
  },
  {
    token: "OriginationUri",
    id: "uri-2",
    users: 'trunk 100 ("in")',
    consequence: "delete them too",
    queries: ["GET Zentrunk/Trunk/"],
    remove: "DELETE Zentrunk/URI/uri-2/",
  },
  {
    token: "Credential",
    id: "cred-1",
    users: 'trunk 200 ("out")',
    consequence: "leave them without it, and calls through them would be refused",
    queries: ["GET Zentrunk/Trunk/"],
    remove: "DELETE Zentrunk/Credential/cred-1/",
  },
  {
    token: "IpAccessControlList",
    id: "acl-1",
    users: 'trunk 200 ("out")',
    consequence: "leave them without it, and calls through them would be refused",
    queries: ["GET Zentrunk/Trunk/"],
    remove: "DELETE Zentrunk/IPAccessControlList/acl-1/",
  },
  {
    token: "Trunk",
    id: "100",
    users: "phone number 14155550100",
    consequence: "silently detach them, and calls to them would stop",
    queries: ["GET Number/"],
    remove: "DELETE Zentrunk/Trunk/100/",
  },
];

const olds = { name: "it" };

test.each(guarded)("deleting $token $id is refused while it is used, naming who uses it", async (row) => {
  const { context, takeRequests } = await simulatedAccount({ seed });
  const refused = `refused, still used by ${row.users}; Plivo would ${row.consequence}. Remove that use first, or set forceDestroy`;
  await expect(remove(resources[row.token], row.id, olds, context())).rejects.toThrow(refused);
  expect(takeRequests()).toEqual(row.queries);
});

test.each(guarded)("a server that ignores filters does not hide who uses $token $id, nor blame others", async (row) => {
  const { context } = await simulatedAccount({ seed, behaviour: { ignoreFilters: true } });
  await expect(remove(resources[row.token], row.id, olds, context())).rejects.toThrow(`used by ${row.users}; Plivo`);
});

test.each(guarded)("deleting $token $id is refused when the check fails", async (row) => {
  const { context, simulator, takeRequests } = await simulatedAccount({ seed });
  simulator.faults.add({ method: "GET", times: 9, do: { kind: "html", status: 502 } });
  const cannot = /refused, cannot see what still uses it: GET .* -> 502 .*forceDestroy: true/;
  await expect(remove(resources[row.token], row.id, olds, context())).rejects.toThrow(cannot);
  expect(takeRequests().filter((request) => request.startsWith("DELETE"))).toEqual([]);
});

test.each(guarded)("an unused $token is deleted right after the check", async (row) => {
  const { context, simulator, takeRequests } = await simulatedAccount({ seed });
  free(simulator.store, row.id);
  await remove(resources[row.token], row.id, olds, context());
  expect(takeRequests()).toEqual([...row.queries, row.remove]);
});

test.each(guarded)("forceDestroy deletes $token $id without a check", async (row) => {
  const { context, takeRequests } = await simulatedAccount({ seed });
  await remove(resources[row.token], row.id, { ...olds, forceDestroy: true }, context());
  expect(takeRequests()).toEqual([row.remove]);
});

test("a user on the last of many pages is found", async () => {
  const { context, simulator } = await simulatedAccount({ seed });
  for (let i = 0; i < 45; i++) simulator.store.addNumber(`1415556${1000 + i}`);
  simulator.store.route("14155561044", "200");
  await expect(remove(resources.Trunk, "200", olds, context())).rejects.toThrow("used by phone number 14155561044");
});

test("an account with many trunks is asked for the users of a URI only, once it is known to have many", async () => {
  const { context, simulator, takeRequests } = await simulatedAccount({ seed });
  for (let i = 0; i < 45; i++) simulator.store.addTrunk({ trunk_direction: "inbound", primary_uri_uuid: "uri-1" });
  const { trunk_id } = simulator.store.addTrunk({
    trunk_direction: "inbound",
    primary_uri_uuid: "uri-1",
    fallback_uri_uuid: "uri-3",
  });
  const deleteUri = (id: string) => remove(resources.OriginationUri, id, olds, context());
  await expect(deleteUri("uri-3")).rejects.toThrow(`used by trunk ${trunk_id} (`);
  expect(takeRequests()).toEqual(["GET Zentrunk/Trunk/", "GET Zentrunk/Trunk/", "GET Zentrunk/Trunk/"]);
  await deleteUri("uri-4");
  expect(takeRequests()).toEqual(["GET Zentrunk/Trunk/", "GET Zentrunk/Trunk/", "DELETE Zentrunk/URI/uri-4/"]);
});

/** Takes away all that uses the object. */
function free(store: Store, id: string): void {
  for (const { number } of store.numbersOf(id)) store.route(number, null);
  for (const { trunk_id } of store.trunksUsing(id)) store.trunks.delete(trunk_id);
}
