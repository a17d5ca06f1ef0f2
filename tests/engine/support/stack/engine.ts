/** A real engine for one test: a stack of its own in a temporary folder, against a simulator of its own. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { test } from "@jest/globals";
import type { ConfigMap, ProjectSettings, PulumiFn, Stack } from "@pulumi/pulumi/automation";
import { type Simulator, type SimulatorOptions, startSimulator } from "pulumi-plivo/simulator";
import { SECRETS_PROVIDER } from "../run/key-server";
import { ofThisRun } from "../run/this-run";
import { newStack } from "./new-stack";

const root = join(__dirname, "../../../..");

/** The folder that scripts/engine made; scripts/test passes it. */
function engineFolder(): string {
  const folder = process.env.PULUMI_PLIVO_ENGINE;
  if (!folder)
    throw new Error(
      "PULUMI_PLIVO_ENGINE is not set: run `scripts/test engine`, or set it to what `scripts/engine` prints",
    );
  return folder;
}

export interface World {
  readonly stack: Stack;
  readonly simulator: Simulator;
  /** Replaces the program; the next operation runs it. */
  run(program: PulumiFn): void;
  /** The deployment in the state file, as the engine wrote it, secrets encrypted. */
  state(): { resources: StateResource[] };
  /** Holds every file that the engine writes: state, history, backups. */
  readonly folder: string;
}

export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  readonly initErrors?: string[];
}

export interface WorldOptions extends StackOptions {
  readonly simulator?: SimulatorOptions;
}

export interface StackOptions {
  /** @default "dev" */
  readonly stackName?: string;
  /** Configuration besides the three values that point at the simulator. */
  readonly config?: ConfigMap;
  /** Leave the credentials out. */
  readonly withoutCredentials?: boolean;
  readonly env?: Record<string, string>;
  /** Encrypt with a passphrase, as most users of such a backend do, instead of the key server. */
  readonly withPassphrase?: boolean;
}

/** The environment of a `pulumi` that keeps everything it writes below one folder. */
export function engineEnvironment(folder: string): Record<string, string> {
  return {
    PATH: `${engineFolder()}${delimiter}${process.env.PATH ?? ""}`,
    PULUMI_BACKEND_URL: `file://${join(folder, "backend")}`,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_CONFIG_PASSPHRASE: "test",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // scripts/check compiles the examples once; each run of one would again.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    // An inline program runs in the folder of the test runner; its host must find the package all the same.
    NODE_PATH: join(folder, "node_modules"),
  };
}

/** For a `pulumi` that compiles no program: it does the same in half the time. */
function quickEnvironment(): Record<string, string> {
  return {
    NODE_OPTIONS: `--require ${join(__dirname, "../../../support/lazy/hook.cjs")}`,
    VAULT_SERVER_URL: ofThisRun("keyServer"),
    VAULT_SERVER_TOKEN: "any",
  };
}

/** A folder in which the dynamic provider host finds the package as a user's project would. */
export function projectFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "plivo-engine-"));
  mkdirSync(join(folder, "backend"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/pulumi-plivo"), "dir");
  symlinkSync(join(root, "node_modules/@pulumi"), join(folder, "node_modules/@pulumi"), "dir");
  return folder;
}

/** Enough for the longest of these tests on a busy machine; an engine that hangs is a failure after this time. */
const LIMIT = 120_000;

/** A test with a world of its own. */
export function testInWorld(name: string, body: (world: World) => Promise<void>, options: WorldOptions = {}): void {
  test(name, () => inWorld(options, body), LIMIT);
}

/** As a user's project: it says where the plugin is, which only programs with the plugin's SDK ask for. */
const projectSettings: ProjectSettings & { plugins: unknown } = {
  name: "world",
  runtime: "nodejs",
  // Without it the engine searches for the program in the project's folder.
  main: process.cwd(),
  plugins: { providers: [{ name: "plivo", path: join(root, "bin") }] },
};

/** Runs a test in a world of its own and takes the world down, whatever happens. */
export async function inWorld(options: WorldOptions, test: (world: World) => Promise<void>): Promise<void> {
  const simulator = await startSimulator(options.simulator);
  try {
    await withStack(simulator, options, test);
  } finally {
    await simulator.close();
  }
}

/** A world on an account that is there already, and that may have other stacks: it outlives this one. */
export async function withStack(
  simulator: Simulator,
  options: StackOptions,
  test: (world: World) => Promise<void>,
): Promise<void> {
  const { stackName = "dev" } = options;
  const folder = projectFolder();
  let program: PulumiFn = async () => {};
  try {
    process.env.PATH = engineEnvironment(folder).PATH;
    const stack = await newStack({
      program: { stackName, projectName: "world", program: () => program() },
      folder,
      settings: {
        projectSettings,
        envVars: { ...engineEnvironment(folder), ...quickEnvironment(), ...options.env },
        ...(!options.withPassphrase && { secretsProvider: SECRETS_PROVIDER }),
      },
      config: { ...configurationFor(simulator, options), ...options.config },
    });
    await test({
      stack,
      simulator,
      folder,
      run: (next) => {
        program = next;
      },
      state: () => {
        const text = readFileSync(join(folder, `backend/.pulumi/stacks/world/${stackName}.json`), "utf8");
        return { resources: [], ...JSON.parse(text).checkpoint.latest };
      },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function configurationFor(simulator: Simulator, { withoutCredentials }: StackOptions): ConfigMap {
  const base = { "plivo:baseUrl": { value: simulator.url } };
  if (withoutCredentials) return base;
  return {
    ...base,
    "plivo:authId": { value: simulator.authId },
    "plivo:authToken": { value: simulator.authToken, secret: true },
  };
}
