/** The built plugin as the engine runs it: a process that prints a port and serves it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type Channel, GrpcChannel } from "../../provider/plugin/testing/channel";

export const root = join(__dirname, "../..");

export const executable = join(root, "bin/pulumi-resource-plivo");

export interface PluginProcess extends Channel {
  readonly process: ChildProcess;
  readonly port: number;
  /** As the engine ends each command; resolves when the process is gone. */
  interrupt(): Promise<void>;
}

export interface Started {
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Fails when anything but a port comes first. */
export async function startProcess(command: string, { args, cwd = root, env = {} }: Started): Promise<PluginProcess> {
  // Credentials of the developer must not reach a test.
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PLIVO|PULUMI)_/.test(name)));
  const child = spawn(command, args, { cwd, env: { ...clean, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "exit");
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const [line] = await Promise.race([once(child.stdout, "data"), ended.then(() => [`nothing, but failed: ${errors}`])]);
  if (!/^\d+\n$/.test(String(line))) {
    child.kill("SIGKILL");
    throw new Error(`no port, but ${line}`);
  }
  const port = Number(line);
  const channel = new GrpcChannel(port, 20_000);
  const interrupt = async () => {
    channel.close();
    child.kill("SIGINT");
    await ended;
  };
  return { process: child, port, ask: (method, request) => channel.ask(method, request), interrupt };
}
