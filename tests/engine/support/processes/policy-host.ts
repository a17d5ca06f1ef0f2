/**
 * A language host that does nothing but start policy packs. The one that can be built from Pulumi's Go modules is too old
 * to; the engine attaches to this one instead (PULUMI_DEBUG_LANGUAGES). The pack runs in a process of its own, through
 * the same module of `@pulumi/pulumi` as with Pulumi's host.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as wire from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";

export interface PolicyHost {
  /** What an engine needs to attach to it. */
  readonly environment: Readonly<Record<string, string>>;
  close(): void;
}

type RunPlugin = grpc.ServerWritableStream<wire.RunPluginRequest, wire.RunPluginResponse>;

export async function startPolicyHost(): Promise<PolicyHost> {
  const running = new Set<ChildProcess>();
  const server = new grpc.Server();
  server.addService(LanguageRuntimeService, {
    handshake: unary(() => new wire.LanguageHandshakeResponse()),
    getPluginInfo: unary(() => new PluginInfo()),
    runPlugin: (call: RunPlugin) => runPack(call, running),
  } as unknown as grpc.UntypedServiceImplementation);
  const port = await new Promise<number>((resolve, reject) => {
    const bound = (error: Error | null, found: number) => (error ? reject(error) : resolve(found));
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), bound);
  });
  return {
    environment: { PULUMI_DEBUG_LANGUAGES: `nodejs:${port}` },
    close: () => {
      for (const child of running) child.kill("SIGKILL");
      server.forceShutdown();
    },
  };
}

function unary<Response>(respond: () => Response) {
  return (_: unknown, callback: grpc.sendUnaryData<Response>) => callback(null, respond());
}

/** Until the engine ends the request, which is how it stops a pack. */
function runPack(call: RunPlugin, running: Set<ChildProcess>): void {
  const folder = call.request.getInfo()?.getProgramDirectory() ?? "";
  const runner = createRequire(join(folder, "package.json")).resolve("@pulumi/pulumi/cmd/run-policy-pack");
  const env = Object.fromEntries(call.request.getEnvList().map((pair) => pair.split(/=(.*)/s, 2)));
  const child = spawn(process.execPath, [runner, ...call.request.getArgsList(), folder], { cwd: folder, env });
  running.add(child);
  child.stdout.on("data", (chunk: Buffer) => call.write(response("setStdout", chunk)));
  child.stderr.on("data", (chunk: Buffer) => call.write(response("setStderr", chunk)));
  child.on("close", (code) => {
    running.delete(child);
    const ended = new wire.RunPluginResponse();
    ended.setExitcode(code ?? 1);
    call.write(ended);
    call.end();
  });
  call.on("cancelled", () => child.kill());
}

function response(set: "setStdout" | "setStderr", chunk: Buffer): wire.RunPluginResponse {
  const made = new wire.RunPluginResponse();
  made[set](chunk);
  return made;
}
