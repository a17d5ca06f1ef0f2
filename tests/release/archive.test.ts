/** The archive of a release on a machine without Node.js: installed, used, and gone with the command that used it. */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import * as plivo from "pulumi-plivo/plugin";
import { version } from "../../package.json";
import { engineEnvironment, inWorld, type World } from "../engine/support/stack/engine";
import { must, run } from "../support/command";
import { root } from "../support/pages/markdown";

const minutes = 60_000;
const target = "linux-amd64";
const file = `pulumi-resource-plivo-v${version}-${target}.tar.gz`;
const archives = join(root, "dist/archives");

const isHere = process.platform === "linux" && process.arch === "x64";
const reason = isHere ? "" : ` (skipped: this is ${process.platform}-${process.arch}, not ${target})`;
const testHere = isHere ? test : test.skip;

const digest = () =>
  createHash("sha256")
    .update(readFileSync(join(archives, file)))
    .digest("hex");

/** A PATH with the engine and nothing else. */
function bareEnvironment(folder: string): Record<string, string> {
  const bin = join(folder, "bare-bin");
  mkdirSync(bin);
  const environment = engineEnvironment(folder);
  const [engine = ""] = (environment.PATH ?? "").split(":");
  symlinkSync(realpathSync(join(engine, "pulumi")), join(bin, "pulumi"));
  return { ...environment, PATH: bin };
}

async function useInstalled({ stack, simulator, run: runProgram, folder }: World): Promise<void> {
  const env = bareEnvironment(folder);
  const place = { cwd: folder, env };
  expect((await run("/bin/sh", ["-c", "command -v node"], place)).code).not.toBe(0);
  await must(
    "pulumi",
    ["plugin", "install", "resource", "plivo", `v${version}`, "--file", join(archives, file)],
    place,
  );
  const installed = readdirSync(join(folder, "home/plugins", `resource-plivo-v${version}`));
  expect(installed).toEqual(expect.arrayContaining(["node", "pulumi-resource-plivo"]));
  // The project says nothing of a folder with the plugin: the installed one is all there is.
  await stack.workspace.saveProjectSettings({ name: "world", runtime: "nodejs", main: process.cwd() });
  stack.workspace.envVars = { ...stack.workspace.envVars, ...env };
  runProgram(async () => {
    const uri = new plivo.OriginationUri("pbx", { uri: "sip.example.com" });
    const trunk = new plivo.Trunk("support", { trunkDirection: "inbound", primaryUriUuid: uri.uriUuid });
    return { domain: trunk.trunkDomain };
  });
  const { outputs } = await stack.up();
  expect(outputs.domain?.value).toMatch(/^\d+\.zt\.plivo\.com$/);
  await stack.preview({ expectNoChanges: true });
  await stack.destroy();
  expect(simulator.store.trunks.size).toBe(0);
}

testHere(
  `the archive for ${target} is installed with \`pulumi plugin install\` and works without Node.js${reason}`,
  async () => {
    const place = { cwd: root, env: process.env, limit: 5 * minutes };
    await must(join(root, "scripts/package"), [target], place);
    expect(readFileSync(join(archives, "SHA256SUMS"), "utf8")).toContain(`${digest()}  ${file}\n`);
    await inWorld({}, useInstalled);
  },
  8 * minutes,
);

testHere(
  `the same sources give the same archive${reason}`,
  async () => {
    const place = { cwd: root, env: process.env, limit: 5 * minutes };
    await must(join(root, "scripts/package"), [target], place);
    const first = digest();
    await must(join(root, "scripts/package"), [target], place);
    expect(digest()).toBe(first);
  },
  8 * minutes,
);
