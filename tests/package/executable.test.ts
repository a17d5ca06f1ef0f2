/** bin/pulumi-resource-plivo: what is in it, and what of it is loaded when. */
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, test } from "@jest/globals";
import { ResourceProviderService as rpc } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { startSimulator } from "pulumi-plivo/simulator";
import { version } from "../../package.json";
import { executable, type PluginProcess, root, startProcess } from "./plugin-process";

const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(env: Record<string, string> = {}): Promise<PluginProcess> {
  const plugin = await startProcess(executable, { args: ["127.0.0.1:1"], env });
  closing.push(() => plugin.interrupt());
  return plugin;
}

/** The modules of the bundle that a process ran, by V8's own account: it writes one when the process ends. */
async function modulesRunBy(work: (plugin: PluginProcess) => Promise<void>): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "plivo-coverage-"));
  closing.push(() => rmSync(folder, { recursive: true }));
  const plugin = await start({ NODE_V8_COVERAGE: folder });
  await work(plugin);
  await plugin.interrupt();
  const reports = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Report);
  const functions = reports.flatMap(({ result }) => result.flatMap((script) => script.functions));
  // esbuild wraps each module that need not be loaded at once in a function of its name.
  return functions.filter(({ ranges }) => ranges[0]?.count).map(({ functionName }) => functionName);
}

interface Report {
  readonly result: readonly {
    readonly functions: readonly { readonly functionName: string; readonly ranges: readonly { count: number }[] }[];
  }[];
}

const isClient = (name: string) => name === "provider/client/client.ts";
const isAxios = (name: string) => name.startsWith("node_modules/axios/");

async function checkTrunk(plugin: PluginProcess): Promise<void> {
  const request = new wire.CheckRequest();
  request.setUrn("urn:pulumi:dev::p::plivo:index:Trunk::eu");
  request.setNews(Struct.fromJavaScript({ trunkDirection: "sideways" }));
  const response = await plugin.ask(rpc.check, request);
  expect(response.getFailuresList().map((failure) => failure.getProperty())).toEqual(["trunkDirection"]);
}

async function configure(plugin: PluginProcess, args: Record<string, string>): Promise<void> {
  const request = new wire.ConfigureRequest();
  request.setArgs(Struct.fromJavaScript(args));
  await plugin.ask(rpc.configure, request);
}

test("the bundle holds nothing of @pulumi/pulumi but its protocol", async () => {
  const program = `
    const { bundleOne, ENTRIES, PLUGIN } = await import("./scripts/src/build/bundles.mjs");
    const { used } = await bundleOne(PLUGIN, ENTRIES[PLUGIN]);
    process.stdout.write(JSON.stringify(used));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], { cwd: root });
  const used: string[] = JSON.parse(stdout);
  const pulumi = used.filter((file) => file.includes("node_modules/@pulumi/"));
  expect(pulumi).toContain("node_modules/@pulumi/pulumi/proto/provider_pb.js");
  expect(pulumi.filter((file) => !file.startsWith("node_modules/@pulumi/pulumi/proto/"))).toEqual([]);
});

test("what needs no request loads neither axios nor the client", async () => {
  const run = await modulesRunBy(async (plugin) => {
    await plugin.ask(rpc.handshake, new wire.ProviderHandshakeRequest());
    await configure(plugin, { authId: "MAXXXXXXXXXXXXXXXXXX", authToken: "token" });
    await checkTrunk(plugin);
  });
  expect(run).toContain("provider/plugin/server.ts");
  expect(run.filter((name) => isClient(name) || isAxios(name))).toEqual([]);
});

test("the first request loads both", async () => {
  const simulator = await startSimulator();
  closing.push(() => simulator.close());
  const { authId, authToken, url, store } = simulator;
  const request = new wire.ReadRequest();
  request.setUrn("urn:pulumi:dev::p::plivo:index:Trunk::eu");
  request.setId(store.addTrunk({ trunk_direction: "inbound" }).trunk_id);
  const run = await modulesRunBy(async (plugin) => {
    await configure(plugin, { authId, authToken, baseUrl: url });
    expect((await plugin.ask(rpc.read, request)).getId()).toBe(request.getId());
  });
  expect(run.some(isClient)).toBe(true);
  expect(run.some(isAxios)).toBe(true);
});

test("it prints its version and returns the schema, from any folder", async () => {
  const plugin = await startProcess(executable, { args: ["127.0.0.1:1"], cwd: tmpdir() });
  closing.push(() => plugin.interrupt());
  const schema = await plugin.ask(rpc.getSchema, new wire.GetSchemaRequest());
  expect(JSON.parse(schema.getSchema())).toEqual(require("../../provider/schema/schema.json"));
  const info = await plugin.ask(rpc.getPluginInfo, new Empty());
  expect(info.getVersion()).toBe(version);
});

const reads = process.platform === "linux" ? test : test.skip;

reads("after the start it has taken less than 80 MB (Linux only: read from /proc)", async () => {
  const plugin = await start();
  await plugin.ask(rpc.handshake, new wire.ProviderHandshakeRequest());
  const status = readFileSync(`/proc/${plugin.process.pid}/status`, "utf8");
  expect(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1])).toBeLessThan(80 * 1024);
});
