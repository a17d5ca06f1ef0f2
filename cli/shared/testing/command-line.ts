/** For tests: the command line as users have it. Compiled anew for each process it would start ten times slower. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "@jest/globals";
import { type Seed, type Simulator, startSimulator } from "pulumi-plivo/simulator";

/** The built one: `scripts/test` builds it first, before jest alone run `scripts/build`. */
export const builtCli = join(__dirname, "../../../dist/cli.js");

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandWorld {
  readonly simulator: Simulator;
  /** Where the command runs. */
  readonly folder: string;
  run(args: readonly string[], environment?: NodeJS.ProcessEnv): Promise<Ended>;
}

const running: Simulator[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const simulator of running.splice(0)) await simulator.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A command, an account that its environment names, and an empty folder. Gone when the test has ended. */
export async function commandWorld(command: string, seed: Seed): Promise<CommandWorld> {
  const simulator = await startSimulator({ seed });
  running.push(simulator);
  const folder = mkdtempSync(join(tmpdir(), `plivo-${command}-`));
  folders.push(folder);
  const { url, authId, authToken } = simulator;
  const account = { PLIVO_BASE_URL: url, PLIVO_AUTH_ID: authId, PLIVO_AUTH_TOKEN: authToken };
  const run: CommandWorld["run"] = (args, environment = {}) =>
    new Promise((resolve) => {
      const place = { cwd: folder, env: { ...process.env, ...account, ...environment } };
      execFile(process.execPath, [builtCli, command, ...args], place, (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
      );
    });
  return { simulator, folder, run };
}
