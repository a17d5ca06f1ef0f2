/** Nothing is ever written but what the command has made. */
import { expect, test } from "@jest/globals";
import type { Fault, Seed, Simulator } from "pulumi-plivo/simulator";
import { accountWithNumber, contractWorld, KilledError, NUMBER, snapshot } from "../testing/examined";

const LEFT = "pulumi-plivo-contract-0123456789ab";

/** Names that are almost those of the command. */
const strangers: Seed = {
  ...accountWithNumber,
  credentials: [
    { credential_uuid: "c-1", name: "pulumi-plivo-contract-mine", username: "theirs", password: "Secret#1" },
    { credential_uuid: "c-2", name: `x${LEFT}`, username: "theirs", password: "Secret#1" },
    { credential_uuid: "c-3", name: `${LEFT}0`, username: "theirs", password: "Secret#1" },
    { credential_uuid: "c-4", name: LEFT.toUpperCase(), username: "theirs", password: "Secret#1" },
    { credential_uuid: "c-5", name: "", username: "theirs", password: "Secret#1" },
  ],
};

const left: Seed = {
  originationUris: [{ uri_uuid: "left-uri", name: LEFT, uri: "sip.example.com" }],
  trunks: [{ trunk_id: "200", name: `${LEFT}-x`, trunk_direction: "inbound", primary_uri_uuid: "left-uri" }],
};

function writes({ requests }: Simulator): readonly string[] {
  return requests.flatMap(({ method, path }) => (method === "GET" ? [] : [`${method} ${path}`]));
}

test("objects of others are never written, whatever they are called", async () => {
  const { simulator, run } = await contractWorld({ seed: strangers });
  const before = snapshot(simulator);
  await run({ number: NUMBER });
  expect(snapshot(simulator)).toEqual(before);
  const touched = writes(simulator).filter((text) => /\/(c-\d|uri-1|100|14155550198)\/$/.test(text));
  expect(touched).toEqual([]);
});

test("without --number no number is written, and none is read", async () => {
  const { simulator, run } = await contractWorld();
  await run();
  expect(simulator.requests.filter(({ path }) => path.startsWith("Number/"))).toEqual([]);
});

test("every trunk that is made is disabled", async () => {
  const { simulator, run } = await contractWorld();
  await run({ number: NUMBER });
  const creates = simulator.requests.filter(({ method, path }) => method === "POST" && path === "Zentrunk/Trunk/");
  expect(creates.length).toBeGreaterThan(8);
  expect(creates.filter(({ body }) => Reflect.get(body as object, "trunk_status") !== "disabled")).toEqual([]);
  const updates = simulator.requests.filter(({ body }) => JSON.stringify(body ?? {}).includes('enabled"'));
  expect(updates).toEqual([]);
});

test("what an earlier run has left is removed first: trunks before what they use", async () => {
  const { simulator, run, notes } = await contractWorld({ seed: left });
  await run({}, { stopAfter: 12 });
  expect(writes(simulator).slice(0, 2)).toEqual(["DELETE Zentrunk/Trunk/200/", "DELETE Zentrunk/URI/left-uri/"]);
  expect(notes).toContain("removed 2 objects of an earlier run");
});

test("what a trunk of others uses stays, is reported, and the run does not begin", async () => {
  const trunks = [
    { trunk_id: "300", name: "theirs", trunk_direction: "inbound" as const, fallback_uri_uuid: "left-uri" },
  ];
  const { simulator, run } = await contractWorld({ seed: { ...left, trunks } });
  const seen = await run();
  expect(seen.left).toEqual([`origination URI left-uri (${LEFT}): a trunk uses it that is not of this command`]);
  expect(writes(simulator)).toEqual([]);
  expect(seen.findings).toEqual([]);
});

test("a delete that is accepted and does nothing is reported: nothing is called removed that is still listed", async () => {
  const { simulator, run } = await contractWorld({ seed: left });
  const accepted: Fault = { kind: "empty", status: 204, acts: false };
  simulator.faults.add({ method: "DELETE", times: Number.POSITIVE_INFINITY, do: accepted });
  const seen = await run();
  expect(seen.left).toEqual([
    `trunk 200 (${LEFT}-x): its deletion was accepted, and it is still listed`,
    `origination URI left-uri (${LEFT}): its deletion was accepted, and it is still listed`,
  ]);
  expect(seen.findings).toEqual([]);
});

test.each([undefined, "", "../../Number/14155550198", 1.5])("a row with the ID %j is never deleted", async (id) => {
  const { simulator, run } = await contractWorld();
  const body = { objects: [{ uri_uuid: id, name: LEFT, uri: "sip.example.com" }] };
  simulator.faults.add({
    path: "Zentrunk/URI/",
    times: Number.POSITIVE_INFINITY,
    do: { kind: "body", status: 200, body },
  });
  expect((await run()).left).toEqual([`origination URI ${id} (${LEFT}): its ID is none`]);
  expect(writes(simulator)).toEqual([]);
});

test("nothing is deleted after a list that could not be read to its end", async () => {
  const { simulator, run } = await contractWorld({ seed: left });
  const broken: Fault = { kind: "html", status: 502 };
  simulator.faults.add({ path: "Zentrunk/IPAccessControlList/", times: Number.POSITIVE_INFINITY, do: broken });
  await expect(run()).rejects.toThrow("not a list");
  expect(writes(simulator)).toEqual([]);
});

test("an ID in the response to a create counts only if a read shows the name", async () => {
  const { simulator, run } = await contractWorld();
  const body = { api_id: "1", trunk_id: "100", message: "created" };
  const path = "Zentrunk/Trunk/";
  simulator.faults.add({ method: "POST", path, times: 9, do: { kind: "body", status: 201, body, acts: false } });
  const before = snapshot(simulator);
  const seen = await run();
  expect(writes(simulator).filter((text) => text.endsWith("/100/"))).toEqual([]);
  expect(snapshot(simulator)).toEqual(before);
  // It is the first object whose name does not come back, and no other is made.
  expect(seen.left).toEqual([expect.stringMatching(/^trunk 100: made as .*; check it yourself$/)]);
});

test.each([401, 403])("with a %s nothing is made, and the error says why", async (status) => {
  const { simulator, run } = await contractWorld();
  simulator.faults.add({ times: Number.POSITIVE_INFINITY, do: { kind: "status", status } });
  await expect(run()).rejects.toThrow(`(${status})`);
  expect(simulator.requests).toHaveLength(1);
});

const number = { number: NUMBER };

test.each([
  { what: "routed to nothing", numbers: [NUMBER] },
  { what: "no number of the account", numbers: [] },
  { what: "on a trunk of the command", numbers: [{ number: NUMBER, app_id: "200" }] },
])("a number that is $what is refused, and never written", async ({ numbers }) => {
  const trunks = [{ trunk_id: "200", name: LEFT, trunk_direction: "inbound" as const, primary_uri_uuid: "left-uri" }];
  const originationUris = [{ uri_uuid: "left-uri", name: "theirs", uri: "sip.example.com" }];
  const { simulator, run } = await contractWorld({ seed: { ...left, trunks, originationUris, numbers } });
  await expect(run(number)).rejects.toThrow(/number/);
  expect(writes(simulator).filter((text) => text.includes("Number/"))).toEqual([]);
});

test("a number on a trunk of others is back there at the end", async () => {
  const { simulator, run } = await contractWorld();
  const before = snapshot(simulator);
  expect((await run({ number: "14155550198" })).left).toEqual([]);
  expect(snapshot(simulator)).toEqual(before);
});

async function killedOnTrunk() {
  const world = await contractWorld();
  const before = snapshot(world.simulator);
  let posts = 0;
  const isNumberPost = (method: string, path: string) => method === "POST" && path.startsWith("Number/");
  // The first sends it where it is already, the second attaches it to a trunk of the command.
  const killWhen = ({ method, path }: { readonly method: string; readonly path: string }) =>
    isNumberPost(method, path) && ++posts > 2;
  await expect(world.run(number, { killWhen })).rejects.toThrow(KilledError);
  const { application } = world.simulator.store.numbers.get(NUMBER) ?? {};
  expect(application).toMatch(/Zentrunk\/Trunk\/\d{18}\/$/);
  return { ...world, before };
}

test("a number that a killed run left on its trunk comes back also without --number", async () => {
  const { simulator, run, before, notes } = await killedOnTrunk();
  expect((await run({}, { stopAfter: 20 })).left).toEqual([]);
  expect(snapshot(simulator)).toEqual(before);
  expect(notes).toContain(`number ${NUMBER} is back on Application/40000000000000002/`);
});

test("a number that was routed elsewhere since is left there, unless --number names it", async () => {
  const { simulator, run, before } = await killedOnTrunk();
  simulator.store.route(NUMBER, "40000000000000001");
  const seen = await run();
  expect(seen.left[0]).toBe(
    `number ${NUMBER}, routed to Application/40000000000000002/ before, is routed to Application/40000000000000001/ now; pass --number ${NUMBER} to put it back`,
  );
  expect(simulator.store.numbers.get(NUMBER)?.application).toMatch(/40000000000000001/);
  expect((await run(number, { stopAfter: 20 })).left).toEqual([]);
  expect(snapshot(simulator)).toEqual(before);
});

test("a number that cannot be put back is reported, and the account goes on remembering its route", async () => {
  const { simulator, run, before } = await killedOnTrunk();
  const path = `Number/${NUMBER}/`;
  const refused = simulator.faults.add({ method: "POST", path, times: 99, do: { kind: "status", status: 400 } });
  const seen = await run(number);
  expect(seen.left[0]).toMatch(/could not be put back; it is routed to Zentrunk\/Trunk\/\d+\/$/);
  refused.remove();
  expect((await run(number, { stopAfter: 20 })).left).toEqual([]);
  expect(snapshot(simulator)).toEqual(before);
});

test("where the account cuts names it cannot remember a route, and the number is never written", async () => {
  const { simulator, run } = await contractWorld();
  const before = snapshot(simulator);
  const path = "Zentrunk/IPAccessControlList/";
  const change = ({ ipAccessControlLists }: Simulator["store"]) => {
    for (const [id, { name }] of ipAccessControlLists)
      simulator.store.edit("ipAccessControlLists", id, { name: name.slice(0, 70) });
  };
  const times = Number.POSITIVE_INFINITY;
  simulator.faults.add({ method: "POST", path, times, do: { kind: "meanwhile", when: "after", change } });
  await expect(run(number)).rejects.toThrow(/cannot remember the route\. Number \d+ was not touched$/);
  expect(writes(simulator).filter((text) => text.includes("Number/"))).toEqual([]);
  expect(snapshot(simulator)).toEqual(before);
});

test("a number that is no longer rented keeps nothing on the account", async () => {
  const { simulator, run } = await killedOnTrunk();
  simulator.store.numbers.delete(NUMBER);
  expect((await run({}, { stopAfter: 20 })).left).toEqual([]);
  expect(simulator.store.ipAccessControlLists.size).toBe(0);
});

const onTrunk = `${LEFT}-n${NUMBER}-trunk-700-end`;
const marker = (name: string) => [{ ipacl_uuid: "left-list", name, ip_addresses: ["192.0.2.1"] }];

test.each([
  { what: "is routed to nothing", numbers: [NUMBER] },
  { what: "is on a trunk of the command", numbers: [{ number: NUMBER, app_id: "200" }] },
  { what: "was routed elsewhere since", numbers: [{ number: NUMBER, app_id: "100" }] },
])("a marker whose trunk is gone is removed, and told of: the number $what", async ({ numbers }) => {
  const seed = { ...accountWithNumber, trunks: [...accountWithNumber.trunks, ...(left.trunks ?? [])] };
  const originationUris = [...accountWithNumber.originationUris, ...(left.originationUris ?? [])];
  const { simulator, run, notes } = await contractWorld({
    seed: { ...seed, originationUris, numbers, ipAccessControlLists: marker(onTrunk) },
  });
  const seen = await run({}, { stopAfter: 40 });
  expect(notes).toContain(
    `number ${NUMBER} was routed to Zentrunk/Trunk/700/, which does not exist any more: route it yourself`,
  );
  expect(seen.left).toEqual([]);
  expect([simulator.store.ipAccessControlLists.size, [...simulator.store.trunks.keys()]]).toEqual([0, ["100"]]);
});

test("a trunk that disappears while its number is elsewhere is reported by the run that cannot put it back", async () => {
  const { simulator, run } = await contractWorld();
  const change = ({ trunks, originationUris }: Simulator["store"]) => {
    trunks.delete("100");
    originationUris.delete("uri-1");
  };
  const when = ({ body }: { readonly body: unknown }) => /"app_id":"\d{18}"/.test(JSON.stringify(body ?? {}));
  simulator.faults.add({ method: "POST", when, do: { kind: "meanwhile", when: "after", change } });
  const seen = await run({ number: "14155550198" });
  expect(seen.left).toEqual([
    "number 14155550198 was routed to Zentrunk/Trunk/100/, which does not exist any more: route it yourself",
  ]);
  expect(simulator.store.ipAccessControlLists.size).toBe(0);
});

test.each([40, 45, 60])("a marker whose name the account has cut after %s characters is removed", async (length) => {
  const ipAccessControlLists = marker(onTrunk.slice(0, length));
  const { simulator, run } = await contractWorld({ seed: { ...accountWithNumber, ipAccessControlLists } });
  expect((await run({}, { stopAfter: 20 })).left).toEqual([]);
  expect(simulator.store.ipAccessControlLists.size).toBe(0);
  expect(writes(simulator).filter((text) => text.includes("Number/"))).toEqual([]);
});
