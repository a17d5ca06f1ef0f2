/** Requests that no engine sends, and some that a strange one might. */

import { status } from "@grpc/grpc-js";
import { expect, jest, test } from "@jest/globals";
import { ResourceProviderService as rpc } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import fc from "fast-check";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { resources } from "../resources/index";
import type { RpcFailure } from "./testing/channel";
import { type Plugin, rpcFailureOf, startPlugin } from "./testing/start-plugin";
import { check, checked, create, diff, read, type State, up, update, urnOf } from "./testing/test-client";
import { type Json, secret, UNKNOWN } from "./testing/wire-json";

// A few hundred requests take a while on a machine that is busy.
jest.setTimeout(300_000);

const list = { ipAddresses: ["192.0.2.1"] };
const methods = Object.values(rpc).map(({ path }) => String(path));

/** The server is alive and well. */
async function expectServing(plugin: Plugin): Promise<void> {
  expect((await check(plugin, "IpAccessControlList", list)).failures).toEqual([]);
}

/** A result or an error with a text; anything else (no response, a broken connection) fails the test. */
async function expectResponse(request: Promise<unknown>): Promise<void> {
  const failure = await request.then(
    () => undefined,
    (error: RpcFailure) => error,
  );
  if (!failure) return;
  expect(failure.details).not.toBe("");
  expect([status.DEADLINE_EXCEEDED, status.UNAVAILABLE, status.CANCELLED]).not.toContain(failure.code);
}

test("bytes that are no request get an error, on every method, and the server keeps serving", async () => {
  const plugin = await startPlugin();
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.uint8Array({ minLength: 200, maxLength: 400 }));
  const property = fc.asyncProperty(fc.constantFrom(...methods), bytes, async (path, noise) => {
    await expectResponse(plugin.askRaw(path, Buffer.from(noise)));
  });
  await fc.assert(property, { numRuns: 150 });
  const { authId, authToken, url } = plugin.simulator;
  await plugin.configure({ authId, authToken, baseUrl: url });
  await expectServing(plugin);
});

/** A field that says it is 2 GB long; as it is, and in another field. */
const overlong = Array.from({ length: 15 }, (_, nth) => {
  const field = [((nth + 1) << 3) | 2, 0xc4, 0xb4, 0xcb, 0xf3, 0x59];
  return [field, [0x1a, 8, 0x0a, 6, ...field]];
}).flat();

test("a field that is longer than its message gets an error, on every method, and the server keeps serving", async () => {
  const plugin = await startPlugin();
  for (const path of methods)
    for (const bytes of overlong) await expectResponse(plugin.askRaw(path, Buffer.from(bytes)));
  const { authId, authToken, url } = plugin.simulator;
  await plugin.configure({ authId, authToken, baseUrl: url });
  await expectServing(plugin);
});

test("any values of any type get a response, on every method of every resource, and the server keeps serving", async () => {
  const plugin = await startPlugin();
  const scalar = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constantFrom(null, UNKNOWN, "__proto__"));
  const value = fc.oneof(
    scalar,
    fc.array(scalar, { maxLength: 3 }),
    fc.dictionary(fc.string(), scalar),
    scalar.map(secret),
  );
  const token = fc.constantFrom(...Object.keys(resources), "Tronk", "__proto__", "");
  const keys = Object.values(resources).flatMap(({ properties }) => Object.keys(properties));
  const props = fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.constantFrom("__proto__", "constructor")), value);
  const method = fc.constantFrom("check", "diff", "create", "preview", "read", "update", "delete");
  const property = fc.asyncProperty(method, token, fc.string(), props, props, async (name, of, id, olds, news) => {
    await expectResponse(asked(plugin, name, of, { id, olds, news }));
  });
  await fc.assert(property, { numRuns: 200 });
  await expectServing(plugin);
  expect(Reflect.get({}, "polluted")).toBeUndefined();
});

interface Asked {
  readonly id: string;
  readonly olds: Json;
  readonly news: Json;
}

function asked(plugin: Plugin, method: string, token: string, { id, olds, news }: Asked): Promise<unknown> {
  const state: State = { id, inputs: olds, outputs: olds };
  switch (method) {
    case "check":
      return check(plugin, token, news, { olds });
    case "diff":
      return diff(plugin, token, olds, news, { id });
    case "read":
      return read(plugin, token, id, { outputs: olds, inputs: news });
    case "update":
      return update(plugin, token, state, news, { timeout: 1 });
    default:
      return create(plugin, token, news, { preview: method === "preview", timeout: 1 });
  }
}

test.each(methods)("an empty %s gets a response", async (path) => {
  const plugin = await startPlugin();
  await expectResponse(plugin.askRaw(path, Buffer.alloc(0)));
  const { authId, authToken, url } = plugin.simulator;
  await plugin.configure({ authId, authToken, baseUrl: url });
  await expectServing(plugin);
});

test("a resource that does not exist is not found, naming those that do, on every method", async () => {
  const plugin = await startPlugin();
  for (const type of ["plivo:index:Tronk", "plivo:index:constructor", "aws:s3:Bucket", "Trunk::", ""]) {
    const request = new wire.DiffRequest();
    request.setType(type);
    const { code, details } = await rpcFailureOf(plugin.ask(rpc.diff, request));
    expect([code, details]).toEqual([
      status.NOT_FOUND,
      `the plivo provider has no resource "${type}"; it has ${Object.keys(resources).join(", ")}`,
    ]);
  }
});

test("a request without properties is one with none", async () => {
  const plugin = await startPlugin();
  const request = new wire.CheckRequest();
  request.setUrn(urnOf("Credential"));
  const response = await plugin.ask(rpc.check, request);
  expect(response.getFailuresList().map((it) => it.getProperty())).toEqual(["username", "password.value"]);
  const creating = new wire.CreateRequest();
  creating.setUrn(urnOf("Credential"));
  expect((await rpcFailureOf(plugin.ask(rpc.create, creating))).details).not.toBe("");
});

test("values of the wrong wire type are failures of check on their own property", async () => {
  const plugin = await startPlugin();
  const news = { name: ["a"], trunkDirection: 7, secure: "yes", credentialUuid: { id: "c" }, ipaclUuid: true };
  const { failures } = await check(plugin, "Trunk", news);
  expect(failures.map(({ property }) => property)).toEqual([
    "name",
    "trunkDirection",
    "secure",
    "ipaclUuid",
    "credentialUuid",
  ]);
});

const megabyte = "n".repeat(1 << 20);

test("a name of a megabyte is rejected, and an error about it is short", async () => {
  const plugin = await startPlugin();
  const { failures } = await check(plugin, "IpAccessControlList", { ...list, name: megabyte });
  expect(failures).toEqual([{ property: "name", reason: "must be at most 1000 characters" }]);
  const inputs = { ...(await checked(plugin, "IpAccessControlList", list)), name: megabyte };
  plugin.simulator.faults.add({ method: "POST", do: { kind: "status", status: 400 } });
  const { details } = await rpcFailureOf(create(plugin, "IpAccessControlList", inputs));
  expect(details).toMatch(/^creating IP access control list "nnnn.*-> 400/);
  expect(details.length).toBeLessThan(5_000);
  await expectServing(plugin);
});

test("an object with a long name that cannot be read back is still recorded with its id", async () => {
  const plugin = await startPlugin();
  // What this client takes in headers is 64 KB; the engine's takes 16 MB.
  const name = "n".repeat(30_000);
  const inputs = { ...(await checked(plugin, "IpAccessControlList", list)), name };
  plugin.simulator.faults.add({ method: "POST", do: { kind: "raw", status: 201, text: '{"ipacl_uuid":"acl-7"}' } });
  plugin.simulator.faults.add({ method: "GET", times: 99, do: { kind: "status", status: 403 } });
  const { initFailed } = await rpcFailureOf(create(plugin, "IpAccessControlList", inputs));
  expect(initFailed).toMatchObject({ id: "acl-7", properties: { name } });
  expect(initFailed?.reasons.join("").length).toBeLessThan(5_000);
  await expectServing(plugin);
});

test("a list of ten thousand addresses is checked and compared in seconds", async () => {
  const plugin = await startPlugin();
  const ipAddresses = Array.from(
    { length: 10_000 },
    (_, index) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
  );
  const inputs = await checked(plugin, "IpAccessControlList", { ipAddresses });
  const news = { ...inputs, ipAddresses: ["192.0.2.1", ...ipAddresses.slice(1)] };
  const { detail } = await diff(plugin, "IpAccessControlList", inputs, news);
  expect(detail).toEqual({ "ipAddresses[0]": "UPDATE" });
});

test("properties that are nested two hundred deep get a response", async () => {
  const plugin = await startPlugin();
  let deep: JavaScriptValue = "end";
  for (let depth = 0; depth < 200; depth++) deep = depth % 2 ? [deep] : { deeper: deep };
  const request = new wire.CheckRequest();
  request.setUrn(urnOf("IpAccessControlList"));
  request.setNews(Struct.fromJavaScript({ ipAddresses: deep, name: deep }));
  await expectResponse(plugin.ask(rpc.check, request));
  await expectServing(plugin);
});

test("an id that is a path, empty or huge is not sent", async () => {
  const plugin = await startPlugin();
  for (const id of ["..", "../../Number/1", "a/b", "%2e%2e", "", "a\u0000b", megabyte]) {
    expect(await read(plugin, "Trunk", id)).toBeUndefined();
    await rpcFailureOf(read(plugin, "Trunk", id, { outputs: { trunkId: id } }));
    expect(plugin.takeRequests()).toEqual([]);
  }
  await expectServing(plugin);
});

test("a hundred concurrent requests all get a response", async () => {
  const plugin = await startPlugin();
  const made = await Promise.all(
    Array.from({ length: 100 }, (_, index) => up(plugin, "IpAccessControlList", { ...list, name: `n${index}` })),
  );
  expect(new Set(made.map(({ id }) => id)).size).toBe(100);
});

const half = "\ud83d";

test("half a character in a response of Plivo's ends neither the plugin nor the operation", async () => {
  const plugin = await startPlugin();
  const text = JSON.stringify({ error: `not for ${half} you` });
  plugin.simulator.faults.add({ method: "GET", times: 99, do: { kind: "raw", status: 403, text } });
  const { initFailed, details } = await rpcFailureOf(create(plugin, "IpAccessControlList", { ...list, name: "eu" }));
  expect([...plugin.simulator.store.ipAccessControlLists.keys()]).toEqual([initFailed?.id]);
  expect(details).toContain("not for");
  await expectServing(plugin);
});

test.each(["\u{1f600}".repeat(600), `${"x".repeat(196)}\u{1f600}`])(
  "what is cut is not cut through a character",
  async (error) => {
    const plugin = await startPlugin();
    const status = { kind: "status", status: 400, body: { error } } as const;
    plugin.simulator.faults.add({ method: "POST", do: status });
    const name = "\u{1f600}".repeat(5_000);
    expect((await rpcFailureOf(create(plugin, "IpAccessControlList", { ...list, name }))).details).toContain("-> 400");
    await expectServing(plugin);
  },
);

test("an update without the password is rejected and blanks nothing, though no check would let it pass", async () => {
  const credentials = [{ credential_uuid: "c1", username: "pbxlondon", password: "Secret!1" }];
  const plugin = await startPlugin({ seed: { credentials } });
  const request = new wire.UpdateRequest();
  request.setUrn(urnOf("Credential"));
  request.setId("c1");
  request.setOlds(Struct.fromJavaScript({ name: "a", username: "pbxlondon", password: "Secret!1" }));
  request.setNews(Struct.fromJavaScript({ name: "b", username: "pbxlondon" }));
  expect((await rpcFailureOf(plugin.ask(rpc.update, request))).details).toBe(
    'updating credential "b": refused, password is left out, and an update without it can blank it; set it in the program',
  );
  expect(plugin.simulator.store.credentials.get("c1")?.password).toBe("Secret!1");
});

test("an object without a name at Plivo gets one, and is no mistake of the program", async () => {
  const plugin = await startPlugin();
  const { failures, inputs } = await check(plugin, "IpAccessControlList", list, { olds: { ...list, name: "" } });
  expect([failures, inputs.name]).toEqual([[], expect.stringMatching(/^it-[0-9a-f]{7}$/)]);
});
