/** What a command asks `pulumi` itself: the configuration of a stack, and its state. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as z from "zod";
import { visible } from "../../provider/text/visible";
import { CommandError } from "./errors";

const MOST_OUTPUT = 1 << 28;

const configuration = z.record(z.string(), z.looseObject({ value: z.string().optional() }));

/** The configuration of a stack, secrets in clear text. */
export async function stackConfiguration(stack: string): Promise<Readonly<Record<string, string>>> {
  const text = await pulumi(["config", "--json", "--show-secrets", "--stack", stack]);
  const parsed = configuration.safeParse(parseJson(text));
  if (!parsed.success) throw new CommandError(`\`pulumi config --json\` printed something else than a configuration`);
  return Object.fromEntries(
    Object.entries(parsed.data).flatMap(([key, { value }]) => (value === undefined ? [] : [[key, value]])),
  );
}

/** What `pulumi stack export` prints: secrets stay encrypted. */
export function exportStack(stack: string): Promise<string> {
  return pulumi(["stack", "export", "--stack", stack]);
}

/**
 * Writes the state as it is, which fails while another run has the stack: nothing protects the resource of the stack
 * itself, so that there is nothing to take from it.
 */
export async function rewriteStack(stack: string, rootUrn: string): Promise<void> {
  await pulumi(["state", "unprotect", rootUrn, "--yes", "--stack", stack]);
}

/** Removes all pending operations. Fails while another run has the stack. */
export async function importStack(stack: string, exported: string): Promise<void> {
  await pulumi(["stack", "import", "--stack", stack], exported);
}

async function pulumi(args: readonly string[], input?: string): Promise<string> {
  try {
    const options = { env: process.env, maxBuffer: MOST_OUTPUT };
    const running = promisify(execFile)("pulumi", [...args, "--non-interactive"], options);
    // It may end before it has read all: its exit code says why.
    running.child.stdin?.on("error", () => {}).end(input ?? "");
    const { stdout } = await running;
    return stdout;
  } catch (error) {
    throw new CommandError(`\`pulumi ${args.join(" ")}\` failed: ${reasonOf(error)}`);
  }
}

/** Never what it printed on stdout, where secrets may be. */
function reasonOf(error: unknown): string {
  const { code, stderr } = error as { readonly code?: unknown; readonly stderr?: string };
  if (code === "ENOENT") return "there is no `pulumi` on PATH";
  const lines = (stderr ?? "").split(/\r?\n/).filter((text) => text.trim() !== "");
  // A warning, such as that of a newer version, may come first.
  const line = lines.find((text) => /^\s*error:/.test(text)) ?? lines[0] ?? "";
  const token = process.env.PLIVO_AUTH_TOKEN?.trim();
  const shown = token ? line.replaceAll(token, "[hidden]") : line;
  return visible(shown.trim()) || `it ended with ${String(code)}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
