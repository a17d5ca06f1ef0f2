import { expect } from "@jest/globals";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import * as plivo from "pulumi-plivo/plugin";
import { testInWorld } from "../support/stack/engine";
import { failureOf } from "../support/stack/failure";
import { resourceOf } from "../support/stack/fleet";
import { writes } from "../support/stack/requests";

const list = { name: "offices", ipAddresses: ["192.0.2.1"] };

function program(args: plivo.IpAccessControlListArgs = list, opts: CustomResourceOptions = {}) {
  return async () => {
    const { name } = new plivo.IpAccessControlList("offices", args, opts);
    return { name };
  };
}

testInWorld(
  "a wait for Plivo is logged on the resource that waits, while it waits",
  async ({ stack, simulator, run }) => {
    simulator.faults.add({ method: "POST", do: { kind: "status", status: 429, headers: { "retry-after": "3" } } });
    run(program());
    const lines: { urn: string | undefined; message: string; ephemeral: boolean | undefined }[] = [];
    const onEvent = ({ diagnosticEvent }: EngineEvent) => {
      if (diagnosticEvent)
        lines.push({
          urn: diagnosticEvent.urn,
          message: diagnosticEvent.message,
          ephemeral: diagnosticEvent.ephemeral,
        });
    };
    await stack.up({ onEvent });
    expect(lines).toContainEqual({
      urn: "urn:pulumi:dev::world::plivo:index:IpAccessControlList::offices",
      message: expect.stringContaining("Plivo asked to slow down; waiting 3 s before POST"),
      ephemeral: true,
    });
  },
);

testInWorld(
  "customTimeouts end what takes longer, and say how long Plivo asks to wait",
  async ({ stack, simulator, run }) => {
    simulator.faults.add({ times: 99, do: { kind: "status", status: 429, headers: { "retry-after": "60" } } });
    run(program(list, { customTimeouts: { create: "4s" } }));
    expect(await failureOf(stack.up())).toMatch(/Plivo asks to wait 60 s, and [\d.]+ s are left/);
  },
);

testInWorld("an object with the longest name that cannot be read back is recorded, and repaired", async (world) => {
  const { stack, simulator, run } = world;
  const name = "n".repeat(1_000);
  const fault = simulator.faults.add({ method: "GET", times: 99, do: { kind: "status", status: 403 } });
  simulator.faults.add({ method: "POST", do: { kind: "raw", status: 201, text: '{"ipacl_uuid":"acl-7"}' } });
  run(program({ ...list, name }));
  const message = await failureOf(stack.up());
  expect(message).toContain("is kept in the state; run `pulumi up` again to repair it");
  expect(resourceOf(world, "offices")).toMatchObject({ id: "acl-7", outputs: { name } });
  fault.remove();
  expect(writes(simulator)).toEqual(["POST Zentrunk/IPAccessControlList/"]);
});

testInWorld("a create that failed half is repaired by the next `up`, without a second object", async (world) => {
  const { stack, simulator, run } = world;
  const fault = simulator.faults.add({ method: "GET", times: 99, do: { kind: "status", status: 403 } });
  run(program());
  expect(await failureOf(stack.up())).toMatch(/creating IP access control list "offices": reading it back: .*403/);
  const { id, initErrors } = resourceOf(world, "offices");
  expect([...simulator.store.ipAccessControlLists.keys()]).toEqual([id]);
  expect(initErrors).toHaveLength(1);
  fault.remove();
  await stack.up();
  expect(simulator.store.ipAccessControlLists.size).toBe(1);
  expect(resourceOf(world, "offices").initErrors).toBeUndefined();
  await stack.preview({ expectNoChanges: true });
});

testInWorld(
  "an object that was deleted by hand is created again; a refresh that Plivo rejects deletes nothing",
  async (world) => {
    const { stack, simulator, run, state } = world;
    run(program());
    await stack.up();
    const fault = simulator.faults.add({ method: "GET", times: 99, do: { kind: "status", status: 401 } });
    expect(await failureOf(stack.refresh())).toMatch(/reading IP access control list "offices": .*401/);
    expect(state().resources.map(({ type }) => type)).toContain("plivo:index:IpAccessControlList");
    fault.remove();
    simulator.store.ipAccessControlLists.clear();
    expect((await stack.refresh()).summary.resourceChanges).toMatchObject({ delete: 1 });
    await stack.up();
    expect(simulator.store.ipAccessControlLists.size).toBe(1);
  },
);
