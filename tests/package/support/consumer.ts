/** An empty project that installs the packed package, as a user's does. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Simulator, startSimulator } from "pulumi-plivo/simulator";
import { ownCache } from "../../../provider/plugin/own-cache.cjs";
import { engineEnvironment } from "../../engine/support/stack/engine";
import { type Finished, must, run } from "../../support/command";

export const root = join(__dirname, "../../..");

/** The peer dependency's lower bound, and the newest that package-lock.json knows. */
export const oldestPulumi = "3.216.0";
export const newestPulumi: string = installed("@pulumi/pulumi");

/** The last that runs on Node 20. */
const PNPM = "pnpm@10.34.8";
const YARN = "@yarnpkg/cli-dist@4.18.1";
/** Node and a package manager, on a busy machine with an empty cache. */
export const LIMIT = 300_000;

export interface Consumer {
  readonly folder: string;
  /** Names the program in package.json, and writes it. */
  program(file: string, text: string): void;
  run(command: string, args: readonly string[], env?: Record<string, string>): Promise<Finished>;
  must(command: string, args: readonly string[], env?: Record<string, string>): Promise<string>;
  dispose(): void;
}

/** Packs this package as it would be published. */
export async function pack(into: string): Promise<string> {
  await must("npm", ["pack", "--pack-destination", into], { cwd: root, env: process.env, limit: LIMIT });
  const [tarball] = readdirSync(into).filter((file) => file.endsWith(".tgz"));
  if (tarball === undefined) throw new Error(`npm pack left nothing in ${into}`);
  return join(into, tarball);
}

/** `yarn` with Plug'n'Play: no node_modules. */
type Manager = "npm" | "pnpm" | "yarn";

/** As docs/migrate.md has it. With Plug'n'Play there is no such folder, and Yarn puts the executable into PATH. */
const PLUGIN = "plugins:\n  providers:\n    - name: plivo\n      path: node_modules/pulumi-plivo\n";

/** Makes a project and installs the package, the given `@pulumi/pulumi` and what else it names in it. */
export async function consumer(
  manager: Manager,
  pulumi: string,
  others: Readonly<Record<string, string>> = {},
): Promise<Consumer> {
  const world = mkdtempSync(join(tmpdir(), "plivo-package-"));
  const folder = join(world, "app");
  for (const made of [folder, join(world, "backend"), join(world, "tmp")]) mkdirSync(made);
  const place = {
    cwd: folder,
    env: {
      ...process.env,
      ...engineEnvironment(world),
      ...(manager === "yarn" ? await yarnSettings() : {}),
      NODE_PATH: "",
      TMPDIR: join(world, "tmp"),
    },
  };
  const dependencies = { "@pulumi/pulumi": pulumi, "pulumi-plivo": `file:${await pack(world)}`, ...others };
  const manifest = { name: "app", private: true, dependencies };
  const save = (main?: string) => writeFileSync(join(folder, "package.json"), JSON.stringify({ ...manifest, main }));
  save();
  // Else Yarn takes the folder for a part of a project above it.
  if (manager === "yarn") writeFileSync(join(folder, "yarn.lock"), "");
  await must(...installation(manager), { ...place, limit: LIMIT });
  writeFileSync(join(folder, "Pulumi.yaml"), `name: app\nruntime: nodejs\n${manager === "yarn" ? "" : PLUGIN}`);
  return {
    folder,
    program(file, text) {
      save(file);
      writeFileSync(join(folder, file), text);
    },
    run: (command, args, env) => run(command, args, { ...place, env: { ...place.env, ...env } }),
    must: (command, args, env) => must(command, args, { ...place, env: { ...place.env, ...env } }),
    dispose: () => rmSync(world, { recursive: true, force: true }),
  };
}

function installation(manager: Manager): [string, string[]] {
  if (manager === "npm") return ["npm", ["install", "--no-audit", "--no-fund", "--prefer-offline"]];
  if (manager === "yarn") return yarn("install");
  const store = ["--store-dir", join(cache(), "pnpm-store"), "--no-frozen-lockfile", "--prefer-offline"];
  return ["npm", ["exec", "--yes", `--package=${PNPM}`, "--", "pnpm", "install", ...store]];
}

/** A command line for `Consumer.run`. */
export function yarn(...args: string[]): [string, string[]] {
  return ["npm", ["exec", "--yes", `--package=${YARN}`, "--", "yarn", ...args]];
}

/** Yarn does not read what npm is configured with. */
async function yarnSettings(): Promise<Record<string, string>> {
  const registry = (await must("npm", ["config", "get", "registry"], { cwd: tmpdir(), env: process.env })).trim();
  return {
    YARN_NPM_REGISTRY_SERVER: registry.replace(/\/$/, ""),
    YARN_UNSAFE_HTTP_WHITELIST: new URL(registry).hostname,
    YARN_GLOBAL_FOLDER: join(cache(), "yarn"),
    YARN_ENABLE_TELEMETRY: "false",
    YARN_ENABLE_IMMUTABLE_INSTALLS: "false",
    // Yarn turns it on when it sees an ES module among the packages; without it import() finds less than require().
    YARN_PNP_ENABLE_ESM_LOADER: "false",
  };
}

function cache(): string {
  return ownCache().folder ?? mkdtempSync(join(tmpdir(), "plivo-cache-"));
}

/** `pulumi`, or what starts it, for a stack of the project against a simulator of its own. */
export async function stackOf(
  project: Consumer,
  [command, before]: readonly [string, readonly string[]] = ["pulumi", []],
): Promise<Stack> {
  const simulator = await startSimulator();
  const account = {
    PLIVO_BASE_URL: simulator.url,
    PLIVO_AUTH_ID: simulator.authId,
    PLIVO_AUTH_TOKEN: simulator.authToken,
  };
  const pulumi: Pulumi = (args, env) =>
    project.must(command, [...before, ...args, "--non-interactive"], { ...account, ...env });
  await pulumi(["stack", "init", "dev"]);
  return { simulator, pulumi };
}

export interface Stack {
  readonly simulator: Simulator;
  readonly pulumi: Pulumi;
}

export type Pulumi = (args: readonly string[], env?: Record<string, string>) => Promise<string>;

/** Every copy of a package below a folder, by its real path. */
export function copiesOf(name: string, folder: string): string[] {
  const copies = readdirSync(join(folder, "node_modules"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(join("node_modules", name, "package.json")) || file === join(name, "package.json"))
    .map((file) => realpathSync(dirname(join(folder, "node_modules", file))));
  return [...new Set(copies)].map((copy) => `${versionOf(copy)} in ${copy}`);
}

/** The version of a package that this checkout has, which a cache holds too. */
export function installed(name: string): string {
  return versionOf(join(root, "node_modules", name));
}

function versionOf(folder: string): string {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
}
