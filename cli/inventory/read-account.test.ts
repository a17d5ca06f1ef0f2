import { expect, test } from "@jest/globals";
import type { RequestLogEntry } from "pulumi-plivo/simulator";
import { readAccount, readWholeAccount } from "./read-account";
import { silent, simulatedAccount, smallAccount } from "./testing/small-account";

const isWrite = (request: string) => !request.startsWith("GET ");

test("an account is read with GETs: a request per page, and nothing else", async () => {
  const { account, takeRequests } = await simulatedAccount({ seed: smallAccount });
  await readWholeAccount(account, silent);
  expect(takeRequests().sort()).toEqual([
    "GET Number/",
    "GET Zentrunk/Credential/",
    "GET Zentrunk/IPAccessControlList/",
    "GET Zentrunk/Trunk/",
    "GET Zentrunk/URI/",
  ]);
});

test("what a trunk refers to and no list shows is asked for once: it is gone, or was created meanwhile", async () => {
  const trunks = ["1", "2"].map((id) => ({
    trunk_id: id,
    name: `trunk ${id}`,
    trunk_direction: "inbound" as const,
    primary_uri_uuid: "gone",
  }));
  const { account, takeRequests } = await simulatedAccount({ seed: { trunks } });
  const { objects } = await readWholeAccount(account, silent);
  expect(takeRequests().filter((request) => request.includes("gone"))).toEqual(["GET Zentrunk/URI/gone/"]);
  expect([...objects.keys()]).toEqual(["Trunk/1", "Trunk/2"]);
});

test("a trunk of which the list says too little is read by itself", async () => {
  const { account, simulator, takeRequests } = await simulatedAccount({ seed: smallAccount });
  const body = {
    objects: [{ trunk_id: "100", name: "Support EU", trunk_direction: "inbound", trunk_status: "enabled" }],
  };
  simulator.faults.add({ path: "Zentrunk/Trunk/", do: { kind: "body", status: 200, body } });
  const { objects } = await readAccount(account, silent);
  expect(takeRequests()).toContain("GET Zentrunk/Trunk/100/");
  expect(objects.get("Trunk/100")?.live).toMatchObject({ primaryUriUuid: "uri-1", fallbackUriUuid: "uri-2" });
});

test("a page that fails in the middle: what could not be read is named, and nothing pretends to be whole", async () => {
  const { account, simulator, takeRequests } = await simulatedAccount({ seed: smallAccount });
  for (let n = 0; n < 45; n++) simulator.store.addNumber(`1415556${1000 + n}`);
  const times = Number.POSITIVE_INFINITY;
  const isSecondPage = ({ query }: RequestLogEntry) => query.offset === "19";
  simulator.faults.add({ path: "Number/", when: isSecondPage, times, do: { kind: "status", status: 500 } });
  simulator.faults.add({ path: "Zentrunk/URI/", do: { kind: "status", status: 403 } });
  const failure = await readWholeAccount(account, silent).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(
      /^the account was not read completely, and nothing was written; these parts could not be read: .*phone numbers: GET Number\/ -> 500/,
    ),
  });
  expect(String(failure)).toContain("origination URIs: GET Zentrunk/URI/ -> 403");
  expect(takeRequests().filter(isWrite)).toEqual([]);
});

test.each([
  { status: 401, exitCode: 1 },
  { status: 403, exitCode: 2 },
])("where every list fails with $status one reason is given", async ({ status, exitCode }) => {
  const { account, simulator } = await simulatedAccount({ seed: smallAccount });
  simulator.faults.add({ times: Number.POSITIVE_INFINITY, do: { kind: "status", status } });
  const failure = await readWholeAccount(account, silent).catch((error: unknown) => error);
  expect(failure).toMatchObject({ exitCode });
  expect(String(failure).match(/->/g)).toHaveLength(1);
});

test("100 trunks, 300 URIs and 5,000 numbers take at most 5 % more requests than their lists have pages", async () => {
  const uris = Array.from({ length: 300 }, (_, n) => ({
    uri_uuid: `uri-${n}`,
    name: `uri ${n}`,
    uri: "sip.example.com",
  }));
  const trunks = Array.from({ length: 100 }, (_, n) => ({
    trunk_id: String(1_000 + n),
    name: `trunk ${n}`,
    trunk_direction: "inbound" as const,
    primary_uri_uuid: `uri-${n}`,
  }));
  const numbers = Array.from({ length: 5_000 }, (_, n) => ({ number: String(14_155_500_000 + n), app_id: "1000" }));
  const { account, takeRequests } = await simulatedAccount({ seed: { originationUris: uris, trunks, numbers } });
  const { objects } = await readWholeAccount(account, silent);
  expect(objects.size).toBe(5_400);
  const pages = 15 + 5 + 250 + 1 + 1;
  expect(takeRequests().length).toBeLessThanOrEqual(1.05 * pages);
});

test("a reading with a part that failed has the rest, and says which part is missing and why", async () => {
  const { account, simulator } = await simulatedAccount({ seed: smallAccount });
  simulator.faults.add({ path: "Zentrunk/URI/", do: { kind: "status", status: 403 } });
  const { objects, numbers, unread } = await readAccount(account, silent);
  expect([...unread]).toEqual([
    ["origination URIs", expect.objectContaining({ message: expect.stringContaining("403") })],
  ]);
  expect([...objects.keys()]).toEqual([
    "Credential/cred-1",
    "IpAccessControlList/acl-1",
    "PhoneNumberAttachment/14155550100",
    "Trunk/100",
    "Trunk/200",
  ]);
  expect(numbers).toHaveLength(2);
});
