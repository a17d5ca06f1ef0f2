/** An example as a user runs it: its folder in a project of its own, a stack, and the `pulumi` command. */
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { type Simulator, type SimulatorOptions, startSimulator } from "pulumi-plivo/simulator";
import { type Finished, must, run } from "../../../support/command";
import { engineEnvironment, projectFolder } from "../stack/engine";

const examples = join(__dirname, "../../../../examples");

export interface Project {
  /** The copy of the example. */
  readonly folder: string;
  readonly simulator: Simulator;
  /** Runs any command in the project, `env` on top of what the engine needs. */
  run(command: string, args: readonly string[], env?: Record<string, string>): Promise<Finished>;
  /** Runs `pulumi`, which must succeed, and returns what it prints. */
  pulumi(...args: string[]): Promise<string>;
}

type Environment = Readonly<Record<string, string | undefined>>;

export interface ProjectOptions {
  readonly name: string;
  /** What to copy; without it the project's folder is empty. */
  readonly source?: string;
  readonly simulator: SimulatorOptions;
  /** Does what a package manager would, and returns the environment that is needed besides. */
  readonly install?: (folder: string, environment: Environment) => Promise<Environment>;
}

/** Runs a test with a copy of an example and an account of its own, and takes both down, whatever happens. */
export function inExample(
  name: string,
  seed: NonNullable<SimulatorOptions["seed"]>,
  body: (project: Project) => Promise<void>,
): Promise<void> {
  return inProject({ name, source: join(examples, name), simulator: { seed } }, body);
}

export async function inProject(
  { name, source, simulator: options, install }: ProjectOptions,
  body: (project: Project) => Promise<void>,
): Promise<void> {
  const world = projectFolder();
  const simulator = await startSimulator(options);
  // Below the folder that holds node_modules: so that is found, as it would be in the project itself.
  const folder = join(world, name);
  mkdirSync(folder);
  if (source) cpSync(source, folder, { recursive: true, filter: (file) => basename(file) !== "node_modules" });
  const environment: Environment = {
    ...process.env,
    ...engineEnvironment(world),
    NODE_PATH: "",
    PLIVO_BASE_URL: simulator.url,
    PLIVO_AUTH_ID: simulator.authId,
    PLIVO_AUTH_TOKEN: simulator.authToken,
    // Pulumi leaves named pipes there, and ts-node its cache.
    TMPDIR: world,
  };
  try {
    const installed = { ...environment, ...(await install?.(folder, environment)) };
    await body({
      folder,
      simulator,
      run: (command, args, env) => run(command, args, { cwd: folder, env: { ...installed, ...env } }),
      pulumi: (...args) => must("pulumi", [...args, "--non-interactive"], { cwd: folder, env: installed }),
    });
  } finally {
    await simulator.close();
    rmSync(world, { recursive: true, force: true });
  }
}
