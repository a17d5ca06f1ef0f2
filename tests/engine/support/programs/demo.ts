/** scripts/demo as a newcomer runs it, in a temporary folder in which a test sees what is left behind. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "@jest/globals";
import { root } from "../../../support/pages/markdown";
import { engineEnvironment } from "../stack/engine";

export interface Demo {
  readonly process: ChildProcess;
  /** All that was printed up to now. */
  output(): string;
  /** The exit code. */
  end(): Promise<number | null>;
}

export interface DemoOptions {
  readonly args?: readonly string[];
  /** Folders that stand before all others in PATH. */
  readonly path?: readonly string[];
}

export function engineFolder(): string {
  return engineEnvironment("").PATH?.split(delimiter)[0] ?? "";
}

/** `folder` is where it makes its own temporary folders. */
export function demo(folder: string, { args = [], path = [] }: DemoOptions = {}): Demo {
  const env = { ...process.env, TMPDIR: folder, PATH: [...path, engineFolder(), process.env.PATH].join(delimiter) };
  const child = spawn(join(root, "scripts/demo"), args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  }
  const closed = once(child, "close");
  return { process: child, output: () => text, end: async () => (await closed)[0] };
}

/** Processes with our folder in their environment: all that the demo starts inherit it as TMPDIR. */
function remainingProcesses(folder: string): string[] {
  const all = execFileSync("ps", ["axeww", "-o", "pid=,args="], { encoding: "utf8", maxBuffer: 1e8 });
  return all.split("\n").filter((line) => line.includes(folder));
}

export async function expectNothingLeft(folder: string): Promise<void> {
  expect(readdirSync(folder)).toEqual([]);
  // The engine does not wait for the last breath of its plugins.
  for (let patience = 30; patience > 0 && remainingProcesses(folder).length > 0; patience--) await sleep(100);
  expect(remainingProcesses(folder)).toEqual([]);
}
