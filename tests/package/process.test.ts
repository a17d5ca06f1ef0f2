/** bin/pulumi-resource-plivo as a process: what it prints, what it survives, and when it ends. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { afterEach, expect, test } from "@jest/globals";
import { ResourceProviderService as rpc } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { startSimulator } from "pulumi-plivo/simulator";
import { version } from "../../package.json";
import { leakingLines } from "../support/leaks";
import { executable, type PluginProcess, startProcess } from "./plugin-process";

const running: PluginProcess[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((plugin) => plugin.interrupt()));
});

async function start(args: readonly string[], env: Record<string, string> = {}): Promise<PluginProcess> {
  const plugin = await startProcess(executable, { args, env });
  running.push(plugin);
  return plugin;
}

/** It runs, and responds. */
async function expectServing(plugin: PluginProcess): Promise<void> {
  expect((await plugin.ask(rpc.getPluginInfo, new Empty())).getVersion()).toBe(version);
}

test("stdout carries the port and a line end, and nothing after it", async () => {
  const child = spawn(executable, ["127.0.0.1:1"], { stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  await once(child.stdout, "data");
  await new Promise((resolve) => setTimeout(resolve, 300));
  child.kill("SIGINT");
  await once(child, "close");
  expect(stdout).toMatch(/^\d{2,5}\n$/);
  expect(stderr).toBe("");
});

test.each([
  { what: "without arguments", args: [] },
  { what: "with the engine's flags", args: ["--logtostderr", "--logflow", "-v=9", "127.0.0.1:1"] },
  { what: "with unknown flags", args: ["127.0.0.1:1", "--tracing", "file:./x", "--brand-new=1", "--"] },
  { what: "with an engine that is not there", args: ["127.0.0.1:1"] },
  { what: "with an engine address that is none", args: ["not an address", "::::1"] },
])("it serves $what", async ({ args }) => {
  await expectServing(await start(args));
});

test("an environment full of other people's settings is nothing to it", async () => {
  const env = { PULUMI_CONFIG: "{broken", PULUMI_DEBUG_GRPC: "", NODE_ENV: "production", GRPC_TRACE: "none" };
  await expectServing(await start(["127.0.0.1:1"], env));
});

const authToken = "hush0000hush1111hush";
const password = "secret_Pa55word!";

const pass = (bytes: Buffer) => bytes;
const form = { requestStream: false, responseStream: false, requestSerialize: pass, requestDeserialize: pass } as const;

test("six bytes that claim to be 2 GB are rejected at once, and it keeps serving", async () => {
  const plugin = await start(["127.0.0.1:1"]);
  const bytes = Buffer.from([0x0a, 0xc4, 0xb4, 0xcb, 0xf3, 0x59]);
  const nested = Buffer.from([0x1a, 8, 0x0a, 6, ...bytes]);
  const decoding = { responseSerialize: pass, responseDeserialize: pass };
  for (const path of [rpc.handshake.path, rpc.check.path])
    for (const message of [bytes, nested])
      await plugin.ask({ path: String(path), ...form, ...decoding }, message).catch(() => undefined);
  await expectServing(plugin);
});

/** A create with a password, whole and broken off, on each method as if it were a request of that method. */
async function askAnything(plugin: PluginProcess): Promise<string> {
  const request = new wire.CreateRequest();
  request.setUrn("urn:pulumi:dev::p::plivo:index:Credential::pbx");
  request.setProperties(Struct.fromJavaScript({ name: "pbx", username: "pbxlondon", password }));
  const whole = Buffer.from(request.serializeBinary());
  const decoding = { responseSerialize: Buffer.from, responseDeserialize: () => "fine" };
  const lengths = [whole.length, whole.length - 1, whole.length - 9, 70];
  // Cancel would end the create, which shall have its secret on the way.
  const paths = Object.values(rpc).map(({ path }) => String(path));
  const responses = paths
    .filter((path) => !path.endsWith("/Cancel"))
    .flatMap((path) =>
      lengths.map((length) => plugin.ask({ path, ...form, ...decoding }, whole.subarray(0, length)).catch(String)),
    );
  return (await Promise.all(responses)).join("\n");
}

test("asked anything, and with a trace that cannot be written, it neither prints nor returns a secret that it holds", async () => {
  const simulator = await startSimulator({ authToken });
  try {
    const plugin = await start(["127.0.0.1:1"], { PLIVO_TRACE: tmpdir() });
    let printed = "";
    for (const stream of [plugin.process.stdout, plugin.process.stderr])
      stream?.on("data", (chunk) => {
        printed += chunk;
      });
    const configuration = new wire.ConfigureRequest();
    const { authId, url } = simulator;
    configuration.setArgs(Struct.fromJavaScript({ authId, authToken, baseUrl: url }));
    await plugin.ask(rpc.configure, configuration);
    const responses = await askAnything(plugin);
    expect(simulator.store.credentials.size).toBe(1);
    await expectServing(plugin);
    expect(leakingLines(`${responses}\n${printed}`, [authToken, password])).toEqual([]);
  } finally {
    await simulator.close();
  }
});

test.each(["SIGINT", "SIGTERM"] as const)("it exits on %s", async (signal) => {
  const plugin = await start(["127.0.0.1:1"]);
  await expectServing(plugin);
  const ended = once(plugin.process, "exit");
  plugin.process.kill(signal);
  expect(await ended).toEqual([0, null]);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("it ends by itself when the engine that started it is gone", async () => {
  const program = `
    const child = require("node:child_process").spawn(process.argv[1], ["127.0.0.1:1"], { stdio: ["ignore", "pipe", "ignore"] });
    child.stdout.once("data", () => process.stdout.write(String(child.pid)));
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ["-e", program, executable], { stdio: ["ignore", "pipe", "inherit"] });
  const [text] = await once(parent.stdout, "data");
  const pid = Number(text);
  expect(isAlive(pid)).toBe(true);
  parent.kill("SIGKILL");
  await once(parent, "exit");
  // A minute: only what never ends fails.
  for (let checks = 0; checks < 600 && isAlive(pid); checks++) await new Promise((resolve) => setTimeout(resolve, 100));
  const survived = isAlive(pid);
  if (survived) process.kill(pid, "SIGKILL");
  expect(survived).toBe(false);
});
