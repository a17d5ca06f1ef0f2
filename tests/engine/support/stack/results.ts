/**
 * The Automation API asks the command line for the outputs and the history after each operation: three processes, which
 * together take as long as the operation itself. Here both are read from the files that the engine has written.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { OutputMap, Stack, UpdateSummary } from "@pulumi/pulumi/automation";

/** Marks what JSON cannot say in the state: secrets, above all. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** @param backend `.pulumi` of a backend in a folder */
export function readResultsFrom(backend: string, stack: Stack, project: string): void {
  const ask = stack.outputs.bind(stack);
  stack.info = async () => lastUpdate(join(backend, "history", project, stack.name));
  stack.outputs = async () => plainOutputs(join(backend, "stacks", project, `${stack.name}.json`)) ?? ask();
}

/** `undefined` where only the command line can read them. */
function plainOutputs(file: string): OutputMap | undefined {
  const { checkpoint } = JSON.parse(readFileSync(file, "utf8"));
  const resources: readonly { type: string; outputs?: object }[] = checkpoint.latest?.resources ?? [];
  const outputs = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
  if (JSON.stringify(outputs).includes(SIGNATURE)) return undefined;
  return Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, { value, secret: false }]));
}

function lastUpdate(folder: string): UpdateSummary | undefined {
  if (!existsSync(folder)) return undefined;
  // Their names hold the time.
  const newest = readdirSync(folder)
    .filter((file) => file.endsWith(".history.json"))
    .sort()
    .at(-1);
  if (newest === undefined) return undefined;
  const { startTime, endTime, ...rest } = JSON.parse(readFileSync(join(folder, newest), "utf8"));
  return { ...rest, startTime: new Date(startTime * 1_000), endTime: new Date(endTime * 1_000) };
}
