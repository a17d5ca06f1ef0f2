/** PulumiPlugin.yaml: the plugin from a folder, as the language host of Node.js runs it. */
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, test } from "@jest/globals";
import { ResourceProviderService as rpc } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import { root, startProcess } from "./plugin-process";

const run = promisify(execFile);
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "plivo-source-"));
  folders.push(made);
  return made;
}

/** What the language host does for `runtime: nodejs`; it runs in the folder of the user's program. */
async function respondsThroughRunPlugin(plugin: string, cwd: string): Promise<boolean> {
  const runPlugin = join(root, "node_modules/@pulumi/pulumi/cmd/run-plugin");
  const process_ = await startProcess(process.execPath, { args: [runPlugin, plugin, "127.0.0.1:1"], cwd });
  const response = await process_.ask(rpc.handshake, new wire.ProviderHandshakeRequest());
  await process_.interrupt();
  return response.getAcceptSecrets();
}

test("run-plugin serves the folder through main of package.json", async () => {
  expect(await respondsThroughRunPlugin(root, folder())).toBe(true);
}, 60_000);

test("run-plugin serves it also where the user's tsconfig.json allows and checks JavaScript", async () => {
  const program = folder();
  const compilerOptions = { allowJs: true, checkJs: true, strict: true, outDir: "out" };
  writeFileSync(join(program, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  expect(await respondsThroughRunPlugin(root, program)).toBe(true);
}, 60_000);

test("the executable beside PulumiPlugin.yaml, which the engine prefers, does the same", async () => {
  const plugin = await startProcess(join(root, "pulumi-resource-plivo"), { args: ["127.0.0.1:1"], cwd: folder() });
  expect((await plugin.ask(rpc.handshake, new wire.ProviderHandshakeRequest())).getAcceptSecrets()).toBe(true);
  await plugin.interrupt();
});

test("the executable says what to do when nothing was built", async () => {
  const checkout = folder();
  cpSync(join(root, "pulumi-resource-plivo"), join(checkout, "pulumi-resource-plivo"));
  const failed = run(join(checkout, "pulumi-resource-plivo"), ["127.0.0.1:1"]);
  await expect(failed).rejects.toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/run npm install/) });
});

test("PulumiPlugin.yaml asks for the oldest engine that the peer dependency allows", () => {
  const { peerDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const text = readFileSync(join(root, "PulumiPlugin.yaml"), "utf8");
  expect(text).toMatch(/^runtime: nodejs$/m);
  expect(/^requiredPulumiVersion: "(.*)"$/m.exec(text)?.[1]).toBe(peerDependencies["@pulumi/pulumi"]);
});

test("npm install in a checkout builds the plugin", async () => {
  const checkout = folder();
  const { stdout } = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  for (const file of stdout.split("\0").filter((name) => name !== "" && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(checkout, file)), { recursive: true });
    cpSync(join(root, file), join(checkout, file));
  }
  // Each run of CI installs from nothing already.
  cpSync(join(root, "node_modules"), join(checkout, "node_modules"), { recursive: true, verbatimSymlinks: true });
  await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: checkout });
  expect(await respondsThroughRunPlugin(checkout, folder())).toBe(true);
  expect(readFileSync(join(checkout, "package-lock.json"))).toEqual(readFileSync(join(root, "package-lock.json")));
}, 300_000);
