/** The `pulumi` command as it is typed. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { World } from "../stack/engine";

/** What it prints; an error, with what it printed, when it fails. */
export async function pulumi({ stack, folder }: World, ...args: string[]): Promise<string> {
  // Elsewhere the Automation API names it.
  const env = { ...process.env, ...stack.workspace.envVars, PULUMI_STACK: stack.name };
  const options = { cwd: folder, env, maxBuffer: 1 << 26 };
  try {
    const { stdout } = await promisify(execFile)("pulumi", [...args, "--non-interactive"], options);
    return stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`pulumi ${args[0]} failed: ${stdout}${stderr}`, { cause: error });
  }
}
