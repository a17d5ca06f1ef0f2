/** The built plugin as the engine runs it: a process that prints a port and serves it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";

export const root = join(__dirname, "../..");

export const executable = join(root, "bin/pulumi-resource-plivo");

export interface PluginProcess {
  readonly process: ChildProcess;
  readonly port: number;
  ask<Request, Response>(method: grpc.MethodDefinition<Request, Response>, request: Request): Promise<Response>;
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
  const channel = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  const interrupt = async () => {
    channel.close();
    child.kill("SIGINT");
    await ended;
  };
  return { process: child, port, ask: (method, request) => ask(channel, method, request), interrupt };
}

function ask<Request, Response>(
  channel: grpc.Client,
  { path, requestSerialize, responseDeserialize }: grpc.MethodDefinition<Request, Response>,
  request: Request,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const deadline = { deadline: Date.now() + 20_000 };
    channel.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, deadline, (error, response) => {
      if (error) reject(error);
      else resolve(response as Response);
    });
  });
}
