/** Cancel, log lines, and the form of errors. */

import { status } from "@grpc/grpc-js";
import { expect, test } from "@jest/globals";
import { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService as rpc } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type Plugin, rpcFailureOf, startPlugin } from "./testing/start-plugin";
import { checked, create, read, up, update, urnOf } from "./testing/test-client";

const list = { ipAddresses: ["192.0.2.1"] };
const urn = urnOf("IpAccessControlList");

/** Waits for something that happens in another process or on the wire. */
async function until(holds: () => boolean): Promise<void> {
  for (let waits = 0; !holds(); waits++) {
    if (waits === 500) throw new Error("it never happened");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function cancel(plugin: Plugin): Promise<void> {
  await plugin.ask(rpc.cancel, new Empty());
}

test("A30 Cancel: a write in flight is completed, and its id is returned", async () => {
  const plugin = await startPlugin({ realTime: true, latencyMs: 300 });
  const failed = rpcFailureOf(up(plugin, "IpAccessControlList", list));
  await until(() => plugin.simulator.requests.length === 1);
  await cancel(plugin);
  const { initFailed } = await failed;
  expect([...plugin.simulator.store.ipAccessControlLists.keys()]).toEqual([initFailed?.id]);
  expect(initFailed?.reasons[0]).toContain("cancelled");
  expect(plugin.takeRequests()).toEqual(["POST Zentrunk/IPAccessControlList/"]);
});

test("A30 Cancel: an update in flight is completed, and the object stays known", async () => {
  const plugin = await startPlugin({ realTime: true, latencyMs: 200 });
  const state = await up(plugin, "IpAccessControlList", list);
  plugin.simulator.clearRequests();
  const failed = rpcFailureOf(update(plugin, "IpAccessControlList", state, { ...state.inputs, name: "new" }));
  await until(() => plugin.simulator.requests.length === 1);
  await cancel(plugin);
  expect((await failed).initFailed).toMatchObject({ id: state.id, properties: { name: null } });
  expect(plugin.simulator.store.ipAccessControlLists.get(state.id)).toMatchObject({ name: "new" });
});

test("A30 Cancel: a read that hangs stops", async () => {
  const plugin = await startPlugin({ realTime: true });
  plugin.simulator.faults.add({ do: { kind: "hang", acts: false } });
  const failed = rpcFailureOf(read(plugin, "Trunk", "100"));
  await until(() => plugin.simulator.requests.length === 1);
  await cancel(plugin);
  expect((await failed).details).toMatch(/^reading trunk 100: .*cancelled/);
});

test("A30 Cancel: a wait stops at once, and what it waited for is not sent", async () => {
  const plugin = await startPlugin({ realTime: true });
  plugin.simulator.faults.add({ times: 99, do: { kind: "status", status: 429, headers: { "retry-after": "60" } } });
  const failed = rpcFailureOf(up(plugin, "IpAccessControlList", list));
  await until(() => plugin.engine.lines.length === 1);
  await cancel(plugin);
  const { details, initFailed } = await failed;
  expect(details).toContain("cancelled");
  expect(initFailed).toBeUndefined();
  expect(plugin.takeRequests()).toEqual(["POST Zentrunk/IPAccessControlList/"]);
});

test("A30 Cancel: a wait for a new object to appear ends with its id", async () => {
  const plugin = await startPlugin({ realTime: true, behaviour: { visibilityDelayMs: 60_000 } });
  const failed = rpcFailureOf(up(plugin, "IpAccessControlList", list));
  await until(() => plugin.simulator.requests.length === 2);
  await cancel(plugin);
  expect([...plugin.simulator.store.ipAccessControlLists.keys()]).toEqual([(await failed).initFailed?.id]);
});

test("A30 Cancel: nothing new is sent afterwards", async () => {
  const plugin = await startPlugin();
  const inputs = await checked(plugin, "IpAccessControlList", list);
  await cancel(plugin);
  expect((await rpcFailureOf(create(plugin, "IpAccessControlList", inputs))).details).toContain("nothing was sent");
  expect(plugin.takeRequests()).toEqual([]);
});

test("A35 Logs: a wait that Plivo asked for is a passing line on the resource", async () => {
  const plugin = await startPlugin();
  plugin.simulator.faults.add({ do: { kind: "status", status: 429, headers: { "retry-after": "3" } } });
  await up(plugin, "IpAccessControlList", list);
  expect(await plugin.engine.logged(1)).toEqual([
    {
      urn,
      severity: "info",
      ephemeral: true,
      text: expect.stringMatching(/^Plivo asked to slow down; waiting 3 s before POST Zentrunk/),
    },
  ]);
});

test("A35 Logs: our own rate limit is logged too, on the resource that waits for it", async () => {
  const plugin = await startPlugin({ rateLimit: true });
  const found = Array.from({ length: 301 }, () => read(plugin, "Trunk", "404"));
  expect(await Promise.all(found)).toEqual(found.map(() => undefined));
  const waiting = { urn: urnOf("Trunk"), severity: "info", ephemeral: true };
  const text = expect.stringMatching(/^Plivo takes 300 requests in 5 s; waiting \d/);
  expect(await plugin.engine.logged(1)).toEqual(expect.arrayContaining([{ ...waiting, text }]));
});

test("A35 Logs: an engine that has gone away costs nothing but the lines", async () => {
  const plugin = await startPlugin();
  plugin.engine.stop();
  const { inputs } = await up(plugin, "IpAccessControlList", { ipAddresses: ["10.0.0.0/7"] });
  expect(inputs).toMatchObject({ ipAddresses: ["10.0.0.0/7"] });
});

test.each(["", "127.0.0.1:1", "not an address", "http://:::", "\u0000", "dns:///", `${"x".repeat(100_000)}:1`])(
  "A35 Logs: the engine address %j neither stops nor stalls anything",
  async (address) => {
    const plugin = await startPlugin();
    const request = new PluginAttach();
    request.setAddress(address);
    await plugin.ask(rpc.attach, request);
    await up(plugin, "IpAccessControlList", { ipAddresses: ["10.0.0.0/7"] });
  },
);

test("A36 Errors: one line with what failed, on what, Plivo's message, and its id to quote", async () => {
  const plugin = await startPlugin({ behaviour: { uniqueNames: true } });
  await up(plugin, "IpAccessControlList", { ...list, name: "offices" });
  const { details } = await rpcFailureOf(up(plugin, "IpAccessControlList", { ...list, name: "offices" }));
  expect(details).toMatch(
    /^creating IP access control list "offices": POST Zentrunk\/IPAccessControlList\/ -> 400 "An IP access control list with the same name 'offices' already exists" \(api_id [^)]+\): \S/,
  );
  expect(details).not.toContain("\n");
});

test("A36 Errors: neither the token nor a password is in any of them, whatever Plivo echoes", async () => {
  const plugin = await startPlugin();
  const { authToken } = plugin.simulator;
  const echo = { error: `password Secret!3 of ${authToken} is bad` };
  plugin.simulator.faults.add({ times: 99, do: { kind: "body", status: 400, body: echo } });
  const { details } = await rpcFailureOf(up(plugin, "Credential", { username: "pbxparis", password: "Secret!3" }));
  expect(details).toContain("is bad");
  expect(details).not.toMatch(new RegExp(`Secret!3|${authToken}`));
});

test("A36 Errors: each has the code that fits", async () => {
  const plugin = await startPlugin();
  expect((await rpcFailureOf(read(plugin, "Tronk", "1"))).code).toBe(status.NOT_FOUND);
  const unconfigured = await startPlugin({ settings: null });
  expect((await rpcFailureOf(read(unconfigured, "Trunk", "1"))).code).toBe(status.FAILED_PRECONDITION);
  plugin.simulator.faults.add({ do: { kind: "status", status: 400 } });
  expect((await rpcFailureOf(read(plugin, "Trunk", "1"))).code).toBe(status.UNKNOWN);
});
