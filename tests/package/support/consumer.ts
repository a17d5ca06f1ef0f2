/** An empty project that installs the packed package, as a user's does. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Simulator, startSimulator } from "pulumi-plivo/simulator";
import { ownCache } from "../../../provider/plugin/own-cache.cjs";
import { engineEnvironment } from "../../engine/support/engine";
import { type Finished, must, run } from "../../support/command";

export const root = join(__dirname, "../../..");

/** The peer dependency's lower bound, and the newest that package-lock.json knows. */
export const oldestPulumi = "3.216.0";
export const newestPulumi: string = versionOf(join(root, "node_modules/@pulumi/pulumi"));

/** The last that runs on Node 20. */
const PNPM = "pnpm@10.34.8";
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

/** Makes a project and installs the package and the given `@pulumi/pulumi` in it. */
export async function consumer(manager: "npm" | "pnpm", pulumi: string): Promise<Consumer> {
  const world = mkdtempSync(join(tmpdir(), "plivo-package-"));
  const folder = join(world, "app");
  for (const made of [folder, join(world, "backend"), join(world, "tmp")]) mkdirSync(made);
  const place = {
    cwd: folder,
    env: { ...process.env, ...engineEnvironment(world), NODE_PATH: "", TMPDIR: join(world, "tmp") },
  };
  const manifest = { name: "app", private: true, dependencies: { "@pulumi/pulumi": pulumi, "pulumi-plivo": "" } };
  manifest.dependencies["pulumi-plivo"] = `file:${await pack(world)}`;
  const save = (main?: string) => writeFileSync(join(folder, "package.json"), JSON.stringify({ ...manifest, main }));
  save();
  writeFileSync(join(folder, "Pulumi.yaml"), "name: app\nruntime: nodejs\n");
  await must(...installation(manager), { ...place, limit: LIMIT });
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

function installation(manager: "npm" | "pnpm"): [string, string[]] {
  if (manager === "npm") return ["npm", ["install", "--no-audit", "--no-fund", "--prefer-offline"]];
  const cache = ownCache().folder ?? mkdtempSync(join(tmpdir(), "plivo-cache-"));
  const store = ["--store-dir", join(cache, "pnpm-store"), "--no-frozen-lockfile", "--prefer-offline"];
  return ["npm", ["exec", "--yes", `--package=${PNPM}`, "--", "pnpm", "install", ...store]];
}

/** `pulumi` for a stack of the project against a simulator of its own. */
export async function stackOf(project: Consumer): Promise<{ simulator: Simulator; pulumi: Pulumi }> {
  const simulator = await startSimulator();
  const account = {
    PLIVO_BASE_URL: simulator.url,
    PLIVO_AUTH_ID: simulator.authId,
    PLIVO_AUTH_TOKEN: simulator.authToken,
  };
  const pulumi: Pulumi = (args, env) => project.must("pulumi", [...args, "--non-interactive"], { ...account, ...env });
  await pulumi(["stack", "init", "dev"]);
  return { simulator, pulumi };
}

export type Pulumi = (args: readonly string[], env?: Record<string, string>) => Promise<string>;

/** Every copy of a package below a folder, by its real path. */
export function copiesOf(name: string, folder: string): string[] {
  const copies = readdirSync(join(folder, "node_modules"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(join("node_modules", name, "package.json")) || file === join(name, "package.json"))
    .map((file) => realpathSync(dirname(join(folder, "node_modules", file))));
  return [...new Set(copies)].map((copy) => `${versionOf(copy)} in ${copy}`);
}

function versionOf(folder: string): string {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
}
