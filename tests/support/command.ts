/** Runs a program as a user would, with a time limit. */
import { execFile } from "node:child_process";

export interface Finished {
  readonly code: number;
  /** stdout, then stderr. */
  readonly output: string;
}

export interface Place {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds: what takes longer hangs. @default 90 seconds */
  readonly limit?: number;
}

/** Runs to the end, whatever the exit code. */
export function run(command: string, args: readonly string[], { cwd, env, limit = 90_000 }: Place): Promise<Finished> {
  return new Promise((resolve) => {
    // SIGINT, so that an engine takes its plugins with it.
    const options = { cwd, env: { ...env }, timeout: limit, killSignal: "SIGINT", maxBuffer: 1e8 } as const;
    execFile(command, args, options, (error, stdout, stderr) => {
      const code = typeof error?.code === "number" ? error.code : error ? 1 : 0;
      resolve({ code, output: `${stdout}${stderr}` });
    });
  });
}

/** As `run`, but a failure throws with all that was printed. */
export async function must(command: string, args: readonly string[], place: Place): Promise<string> {
  const { code, output } = await run(command, args, place);
  if (code !== 0) throw new Error(`${[command, ...args].join(" ")} ended with ${code}:\n${output}`);
  return output;
}
