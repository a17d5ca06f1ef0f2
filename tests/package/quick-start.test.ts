/** The quick start of the README, line by line, on a machine that has never seen Pulumi. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { engineEnvironment } from "../engine/support/stack/engine";
import { must } from "../support/command";
import { type Fence, Page } from "../support/pages/markdown";
import { LIMIT, pack } from "./support/consumer";

/** Its fences in their order: the two files, then the two terminals. */
function quickStart(): readonly [Fence, Fence, Fence, Fence] {
  const [yaml, program, first, second] = new Page("README.md").fencesUnder("Quick start");
  if (!yaml || !program || !first || !second) throw new Error("README.md: the quick start has fewer than four fences");
  expect([yaml, program, first, second].map(({ language }) => language)).toEqual(["yaml", "ts", "sh", "sh"]);
  return [yaml, program, first, second];
}

let world: string;
let folder: string;
let env: Record<string, string>;
let simulator: ChildProcess | undefined;

beforeAll(async () => {
  world = mkdtempSync(join(tmpdir(), "plivo-quick-start-"));
  folder = join(world, "lines");
  for (const name of ["lines", "home", "tmp"]) mkdirSync(join(world, name));
  const npm = async (key: string) =>
    (await must("npm", ["config", "get", key], { cwd: world, env: process.env })).trim();
  env = {
    // The engine; nothing else of what an environment may tell Pulumi or the provider.
    PATH: engineEnvironment(world).PATH ?? "",
    HOME: join(world, "home"),
    PULUMI_HOME: join(world, "home", ".pulumi"),
    TMPDIR: join(world, "tmp"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // In place of the reader's "yes".
    PULUMI_SKIP_CONFIRMATIONS: "true",
    // Where packages come from, and whom to trust for it, are settings of the machine.
    ...(process.env.NODE_EXTRA_CA_CERTS && { NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS }),
    npm_config_userconfig: await npm("userconfig"),
    npm_config_cache: await npm("cache"),
  };
}, LIMIT);

afterAll(async () => {
  if (simulator?.pid !== undefined && simulator.exitCode === null) {
    const ended = once(simulator, "close");
    // The shell and all that it started.
    process.kill(-simulator.pid, "SIGTERM");
    await ended;
  }
  rmSync(world, { recursive: true, force: true });
}, LIMIT);

/** What is typed into one terminal, up to the first line that fails. */
function typed(lines: string): Promise<string> {
  return must("bash", ["-e", "-c", lines], { cwd: folder, env, limit: LIMIT });
}

/** The first terminal, whose last line goes on until the end. Returns the address that it prints. */
async function simulating(lines: string): Promise<URL> {
  const stdio = ["ignore", "pipe", "inherit"] as const;
  simulator = spawn("bash", ["-e", "-c", lines], { cwd: folder, env, detached: true, stdio: [...stdio] });
  let text = "";
  for await (const chunk of simulator.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    text += chunk;
    const page = /What it holds: (\S+)/.exec(text)?.[1];
    if (page !== undefined) return new URL(page);
  }
  throw new Error(`the first terminal came to its end:\n${text}`);
}

test(
  "the quick start of the README does what it says; only the package, which is not published, the port and the folder of the state are others",
  async () => {
    const [yaml, program, first, second] = quickStart();
    writeFileSync(join(folder, "Pulumi.yaml"), yaml.text);
    writeFileSync(join(folder, "index.ts"), program.text);
    const tarball = await pack(world);
    const page = await simulating(
      first.text.replace(/ pulumi-plivo$/m, ` ${tarball}`).replace(/^(npx pulumi-plivo simulate)$/m, "$1 --port 0"),
    );
    // Pulumi's `--local` is the home of the user, whatever HOME says: the user's own stacks are none of a test's.
    const state = `pulumi login ${pathToFileURL(join(world, "home")).href}`;
    const lines = second.text.replace("127.0.0.1:7548", page.host).replace("pulumi login --local", state);
    expect(lines).toContain(state);
    await typed(lines);
    const held = async () => (await (await fetch(page)).text()).match(/outbound-[0-9a-f]{7}/g) ?? [];
    expect(await held()).not.toEqual([]);
    const settings = second.text.match(/^export .*$/gm)?.join("\n") ?? "";
    expect(await typed(`${settings}\npulumi stack output domain`)).toMatch(/^\d+\.zt\.plivo\.com\n$/);
    await typed(`${settings}\npulumi destroy`);
    expect(await held()).toEqual([]);
  },
  2 * LIMIT,
);
