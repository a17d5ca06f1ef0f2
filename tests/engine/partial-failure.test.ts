import { expect } from "@jest/globals";
import * as plivo from "pulumi-plivo";
import type { FaultRule } from "pulumi-plivo/simulator";
import { testInWorld } from "./support/stack/engine";
import { failureOf } from "./support/stack/failure";
import { idOf, resourceOf } from "./support/stack/fleet";
import { writes } from "./support/stack/requests";
import { changesOf } from "./support/stack/steps";

const config = { "plivo:maxRetries": { value: "0" } };
const number = "14155550100";
const seed = {
  numbers: [number],
  originationUris: [{ uri_uuid: "elsewhere", uri: "sip.example.com" }],
  trunks: [{ trunk_id: "1", trunk_direction: "inbound" as const, primary_uri_uuid: "elsewhere" }],
};

/** One of each kind, none using another; and what its read-back asks for. */
const kinds = [
  { name: "uri", path: /^Zentrunk\/URI\/./, make: makeUri },
  { name: "pbx", path: /^Zentrunk\/Credential\/./, make: makeCredential },
  { name: "acl", path: /^Zentrunk\/IPAccessControlList\/./, make: makeList },
  { name: "trunk", path: /^Zentrunk\/Trunk\/./, make: () => trunkOnly()() },
  // Its create reads the number before it routes it.
  { name: "hotline", path: /^Number\/./, after: 1, make: makeAttachment },
];

function makeUri(): void {
  new plivo.OriginationUri("uri", { uri: "sip.example.com" });
}

function makeCredential(): void {
  new plivo.Credential("pbx", { username: "pbxlondon", password: "s3cret_s3cret!" });
}

function makeList(): void {
  new plivo.IpAccessControlList("acl", { ipAddresses: ["192.0.2.1"] });
}

function makeAttachment(): void {
  new plivo.PhoneNumberAttachment("hotline", { number, trunkId: "1" });
}

const serverError = { times: 99, do: { kind: "status", status: 500 } } as const;
const readBacks: FaultRule = { ...serverError, method: "GET", path: /^Zentrunk\/Trunk\/./ };

testInWorld(
  "an object whose read-back fails keeps its id, and the next `up` repairs it without a second one",
  async (world) => {
    const { stack, simulator, run, state } = world;
    for (const [index, { name, path, after = 0 }] of kinds.entries()) {
      // Each `up` also repairs the one before.
      run(async () => void kinds.slice(0, index + 1).map(({ make }) => make()));
      const fault = simulator.faults.add({ ...serverError, method: "GET", path, after });
      const message = await failureOf(stack.up());
      expect(message).toMatch(/creating .*: reading it back: GET .* -> 500/);
      expect(message).toContain(`${idOf(world, name)} is kept in the state; run \`pulumi up\` again to repair it`);
      fault.remove();
    }
    expect(resourceOf(world, "hotline").initErrors).toEqual([expect.stringContaining("reading it back")]);
    await stack.up();
    const creates = writes(simulator).filter((line) => /(Trunk|Credential|IPAccessControlList|URI)\/$/.test(line));
    expect(creates).toHaveLength(4);
    expect(state().resources.filter(({ initErrors }) => initErrors)).toEqual([]);
    await stack.preview({ expectNoChanges: true });
    await stack.refresh({ expectNoChanges: true });
  },
  { simulator: { seed }, config },
);

const trunkOnly = (args: Partial<plivo.TrunkArgs> = {}) => {
  const base = { trunkDirection: "inbound", primaryUriUuid: "elsewhere" } as const;
  return async () => ({ domain: new plivo.Trunk("trunk", { ...base, ...args }).trunkDomain });
};

testInWorld(
  "a trunk that shows up late is waited for; one that does not show up in time keeps its id",
  async (world) => {
    const { stack, simulator, run } = world;
    const { store } = simulator;
    simulator.faults.add({ method: "POST", do: { kind: "hide-new", reads: 2 } });
    run(trunkOnly());
    const { outputs } = await stack.up();
    expect(outputs.domain?.value).toBe(`${idOf(world, "trunk")}.zt.plivo.com`);
    await stack.destroy();

    simulator.faults.add({ method: "POST", do: { kind: "hide-new", reads: 1000 } });
    expect(await failureOf(stack.up())).toMatch(/reading it back: GET Zentrunk\/Trunk\/\d+\/ -> 404/);
    const id = idOf(world, "trunk");
    store.hide("trunks", id, { reads: 0 });
    await stack.up();
    expect(idOf(world, "trunk")).toBe(id);
    expect(store.trunks.size).toBe(2);
    await stack.preview({ expectNoChanges: true });
  },
  { simulator: { seed }, config },
);

testInWorld(
  "a trunk that is refreshed away before it was repaired is gone, and created again",
  async (world) => {
    const { stack, simulator, run } = world;
    const fault = simulator.faults.add(readBacks);
    run(trunkOnly());
    await failureOf(stack.up());
    fault.remove();
    simulator.store.deleteTrunk(idOf(world, "trunk"));
    expect(await changesOf((listening) => stack.up({ refresh: true, ...listening }))).toEqual({ trunk: "create" });
    expect(simulator.store.trunks.has(idOf(world, "trunk"))).toBe(true);
  },
  { simulator: { seed }, config },
);

testInWorld(
  "an update whose read-back fails, or that Plivo takes and does not store, is repaired by the next `up`",
  async (world) => {
    const { stack, simulator, run } = world;
    run(trunkOnly());
    await stack.up();
    const id = idOf(world, "trunk");
    const fault = simulator.faults.add(readBacks);
    run(trunkOnly({ secure: true }));
    expect(await failureOf(stack.up())).toMatch(/updating trunk "trunk-\w+": .*GET Zentrunk\/Trunk\/\d+\/ -> 500/);
    fault.remove();
    await stack.up();
    await stack.preview({ expectNoChanges: true });

    const forget = () => simulator.store.edit("trunks", id, { secure: true });
    simulator.faults.add({ method: "POST", do: { kind: "meanwhile", change: forget } });
    run(trunkOnly({ secure: false, name: "support" }));
    expect(await failureOf(stack.up())).toContain("Plivo accepted secure but did not store it; run `pulumi up` again");
    await stack.up();
    expect(simulator.store.trunks.get(id)).toMatchObject({ secure: false, name: "support" });
    await stack.preview({ expectNoChanges: true });
  },
  { simulator: { seed }, config },
);
