/** What the engine asks a provider before any resource: who are you, what can you do, what do you have. */

import { status } from "@grpc/grpc-js";
import { expect, test } from "@jest/globals";
import { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService as rpc } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { version } from "../../package.json";
import { FakeEngine } from "./testing/fake-engine";
import { rpcFailureOf, startPlugin } from "./testing/start-plugin";
import { check, up } from "./testing/test-client";

const abilities = { acceptSecrets: true, acceptResources: true, acceptOutputs: true, autonaming: true };
const wide = { ipAddresses: ["10.0.0.0/7"] };

test("A1 Handshake: says what is understood, and leaves what is untested off", async () => {
  const plugin = await startPlugin({ settings: null });
  const request = new wire.ProviderHandshakeRequest();
  request.setEngineAddress(plugin.engine.address);
  request.setConfigureWithUrn(true);
  request.setInvokeWithPreview(true);
  request.setSendsOldOutputsToCheck(true);
  request.setAcceptsOutputsInInvoke(true);
  request.setAcceptsOutputsInCall(true);
  request.setAcceptsOutputsInCheck(true);
  const response = await plugin.ask(rpc.handshake, request);
  expect({
    acceptSecrets: response.getAcceptSecrets(),
    acceptResources: response.getAcceptResources(),
    acceptOutputs: response.getAcceptOutputs(),
    autonaming: response.getSupportsAutonamingConfiguration(),
  }).toEqual(abilities);
  const enabled = Object.entries(response.toObject()).filter(([, value]) => value === true);
  expect(enabled).toHaveLength(Object.keys(abilities).length);
});

test("A1 Handshake: the engine's address is where log lines go from then on", async () => {
  const plugin = await startPlugin();
  const other = await FakeEngine.start();
  const request = new wire.ProviderHandshakeRequest();
  request.setEngineAddress(other.address);
  await plugin.ask(rpc.handshake, request);
  await check(plugin, "IpAccessControlList", wide);
  expect(await other.logged(1)).toHaveLength(1);
  expect(plugin.engine.lines).toEqual([]);
  other.stop();
});

test("A7 Configure: its flags are those of Handshake, and previews are supported", async () => {
  const response = await (await startPlugin({ settings: null })).configure({});
  expect({
    acceptSecrets: response.getAcceptsecrets(),
    acceptResources: response.getAcceptresources(),
    acceptOutputs: response.getAcceptoutputs(),
    autonaming: response.getSupportsAutonamingConfiguration(),
  }).toEqual(abilities);
  expect(response.getSupportspreview()).toBe(true);
});

test("A2 GetPluginInfo: the version of the package and of the schema, without v", async () => {
  const plugin = await startPlugin({ settings: null });
  const info = await plugin.ask(rpc.getPluginInfo, new Empty());
  expect(info.getVersion()).toBe(version);
  expect(info.getVersion()).toMatch(/^\d+\.\d+\.\d+/);
  const schema = await plugin.ask(rpc.getSchema, new wire.GetSchemaRequest());
  expect(JSON.parse(schema.getSchema())).toMatchObject({ name: "plivo", version: info.getVersion() });
});

test("A3 GetSchema: the schema that is committed, for version 0 and no other", async () => {
  const plugin = await startPlugin({ settings: null });
  const request = new wire.GetSchemaRequest();
  const response = await plugin.ask(rpc.getSchema, request);
  expect(JSON.parse(response.getSchema())).toEqual(require("../schema/schema.json"));
  request.setVersion(1);
  expect(await rpcFailureOf(plugin.ask(rpc.getSchema, request))).toEqual({
    code: status.INVALID_ARGUMENT,
    details: "schema version 1 is not supported",
  });
});

test("A31 Attach: log lines go to the engine that attached", async () => {
  const plugin = await startPlugin();
  const other = await FakeEngine.start();
  const request = new PluginAttach();
  request.setAddress(other.address);
  await plugin.ask(rpc.attach, request);
  await check(plugin, "IpAccessControlList", wide);
  expect(await other.logged(1)).toHaveLength(1);
  other.stop();
});

test("A31 Attach: a plugin that outlives a command serves the next one, although each ends with Cancel", async () => {
  const plugin = await startPlugin();
  const { authId, authToken, url } = plugin.simulator;
  await plugin.ask(rpc.cancel, new Empty());
  await plugin.ask(rpc.attach, new PluginAttach());
  await plugin.configure({ authId, authToken, baseUrl: url });
  expect((await up(plugin, "IpAccessControlList", { ipAddresses: ["192.0.2.1"] })).id).not.toBe("");
});

test("A32 GetMapping and GetMappings: empty responses, because there is nothing to map", async () => {
  const plugin = await startPlugin({ settings: null });
  const one = await plugin.ask(rpc.getMapping, new wire.GetMappingRequest());
  expect([one.getProvider(), one.getData_asU8()]).toEqual(["", new Uint8Array()]);
  const all = await plugin.ask(rpc.getMappings, new wire.GetMappingsRequest());
  expect(all.getProvidersList()).toEqual([]);
});

test.each([
  { method: "A29 Construct", ask: rpc.construct, request: new wire.ConstructRequest() },
  { method: "A29 Call", ask: rpc.call, request: new wire.CallRequest() },
  { method: "A33 Parameterize", ask: rpc.parameterize, request: new wire.ParameterizeRequest() },
])("$method: is not implemented, and says so", async ({ ask, request }) => {
  const plugin = await startPlugin({ settings: null });
  // Each row pairs a method with its own request; the table forgets which.
  const failure = await rpcFailureOf(plugin.ask(ask as typeof rpc.construct, request as wire.ConstructRequest));
  expect(failure.code).toBe(status.UNIMPLEMENTED);
});
