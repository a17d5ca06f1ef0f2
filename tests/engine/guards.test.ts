import { expect } from "@jest/globals";
import * as plivo from "pulumi-plivo";
import { testInWorld, type World } from "./support/stack/engine";
import { failureOf } from "./support/stack/failure";
import { idOf } from "./support/stack/fleet";
import { requestLines, writes } from "./support/stack/requests";

const number = "14155550100";
const seed = { numbers: [number], originationUris: [{ uri_uuid: "elsewhere", uri: "sip.example.com" }] };

/** One of everything that something else can use, none using another. */
function program(forceDestroy: boolean) {
  return async () => {
    const password = "s3cret_s3cret!";
    new plivo.OriginationUri("uri", { name: "uri", uri: "sip.example.com", forceDestroy });
    new plivo.Credential("pbx", { name: "pbx", username: "pbxlondon", password, forceDestroy });
    new plivo.IpAccessControlList("acl", { name: "acl", ipAddresses: ["192.0.2.1"], forceDestroy });
    const trunk = { name: "trunk", trunkDirection: "inbound", primaryUriUuid: "elsewhere" } as const;
    new plivo.Trunk("trunk", { ...trunk, forceDestroy });
  };
}

/** Unmanaged objects use what the stack created. */
function useEverything(world: World) {
  const { store } = world.simulator;
  const add = (name: string, references: object, direction: plivo.TrunkDirection) =>
    store.addTrunk({ name, trunk_direction: direction, ...references }).trunk_id;
  const uri = idOf(world, "uri");
  store.route(number, idOf(world, "trunk"));
  return {
    primary: add("theirs-primary", { primary_uri_uuid: uri }, "inbound"),
    fallback: add("theirs-fallback", { fallback_uri_uuid: uri }, "inbound"),
    credential: add("theirs-pbx", { credential_uuid: idOf(world, "pbx") }, "outbound"),
    addresses: add("theirs-acl", { ipacl_uuid: idOf(world, "acl") }, "outbound"),
  };
}

const wayOut = "Remove that use first, or set forceDestroy: true and run `pulumi up` before the delete";

testInWorld(
  "what something else still uses is not destroyed, and the refusal names the user and the way out",
  async (world) => {
    const { stack, simulator, run, state } = world;
    run(program(false));
    await stack.up();
    const theirs = useEverything(world);
    const before = state().resources.length;
    simulator.clearRequests();

    const message = await failureOf(stack.destroy({ continueOnError: true }));
    const refused = (what: string, users: string, consequence: string) =>
      expect(message).toContain(
        `deleting ${what}: refused, still used by ${users}; Plivo would ${consequence}. ${wayOut}`,
      );
    const trunks = `trunk ${theirs.primary} ("theirs-primary"), trunk ${theirs.fallback} ("theirs-fallback")`;
    const without = "leave them without it, and calls through them would be refused";
    refused('origination URI "uri"', trunks, "delete them too");
    refused('credential "pbx"', `trunk ${theirs.credential} ("theirs-pbx")`, without);
    refused('IP access control list "acl"', `trunk ${theirs.addresses} ("theirs-acl")`, without);
    const silence = "silently detach them, and calls to them would stop";
    refused('trunk "trunk"', `phone number ${number}`, silence);
    expect(writes(simulator)).toEqual([]);
    expect(state().resources).toHaveLength(before);
  },
  { simulator: { seed } },
);

testInWorld(
  "forceDestroy, once it is in the state, deletes all the same",
  async (world) => {
    const { stack, simulator, run } = world;
    run(program(false));
    await stack.up();
    useEverything(world);
    run(program(true));
    // In the program alone it is no use: a delete sees the state only.
    expect(await failureOf(stack.destroy())).toContain("refused, still used by");
    await stack.up();
    simulator.clearRequests();
    await stack.destroy();
    expect(requestLines(simulator).filter((line) => !line.startsWith("DELETE "))).toEqual([]);
    expect([...simulator.store.trunks.values()].map(({ name }) => name)).toEqual(["theirs-pbx", "theirs-acl"]);
  },
  { simulator: { seed } },
);

testInWorld(
  "a guard whose check fails refuses",
  async (world) => {
    const { stack, simulator, run } = world;
    run(program(false));
    await stack.up();
    simulator.clearRequests();
    simulator.faults.add({
      method: "GET",
      path: /^(Zentrunk\/Trunk|Number)\/$/,
      times: 99,
      do: { kind: "html", status: 502 },
    });
    const message = await failureOf(stack.destroy({ continueOnError: true }));
    const refused = (what: string, query: string) =>
      expect(message).toContain(`deleting ${what}: refused, cannot see what still uses it: GET ${query} -> 502`);
    refused('origination URI "uri"', "Zentrunk/Trunk/");
    refused('credential "pbx"', "Zentrunk/Trunk/");
    refused('IP access control list "acl"', "Zentrunk/Trunk/");
    refused('trunk "trunk"', "Number/");
    expect(message).toContain("Try again, or set forceDestroy: true");
    expect(writes(simulator)).toEqual([]);
    simulator.faults.clear();
    await stack.destroy();
    expect(simulator.store.trunks.size).toBe(0);
  },
  { simulator: { seed }, config: { "plivo:maxRetries": { value: "0" } } },
);

testInWorld("trunks of a second page are seen too, also when the server ignores the filter", async (world) => {
  const { stack, simulator, run } = world;
  simulator.behaviour.ignoreFilters = true;
  run(async () => void new plivo.OriginationUri("uri", { name: "uri", uri: "sip.example.com" }));
  await stack.up();
  for (let other = 0; other < 45; other++) simulator.store.addTrunk({ trunk_direction: "inbound" });
  const user = { trunk_direction: "inbound", name: "theirs", primary_uri_uuid: idOf(world, "uri") } as const;
  simulator.store.addTrunk(user);
  expect(await failureOf(stack.destroy())).toMatch(/refused, still used by trunk \d+ \("theirs"\); Plivo would delete/);
  simulator.store.trunks.clear();
  await stack.destroy();
  expect(simulator.store.originationUris.size).toBe(0);
});
