/** For tests: the server in this process, a real gRPC client, a simulator behind it, and an engine that takes log lines. */

import type * as grpc from "@grpc/grpc-js";
import { afterEach } from "@jest/globals";
import { ResourceProviderService as rpc } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import { type Simulator, type SimulatorOptions, startSimulator } from "pulumi-plivo/simulator";
import { version } from "../../../package.json";
import { VirtualClock } from "../../../tests/support/virtual/virtual-clock";
import { startVirtually } from "../../../tests/support/virtual/virtual-simulator";
import { Account } from "../../resources/index";
import { EngineLog } from "../engine-log";
import { listen } from "../listen";
import { implementation, type ServiceOptions } from "../service";
import { Session } from "../session";
import { GrpcChannel, type RpcFailure, rpcFailure } from "./channel";
import { FakeEngine } from "./fake-engine";
import { type Json, struct } from "./wire-json";

export interface PluginOptions extends SimulatorOptions {
  /** Provider settings besides those that point at the simulator; `null` leaves Configure out. */
  readonly settings?: Json | null;
  /** Real time, for tests that need a request in flight. @default a clock that costs no time */
  readonly realTime?: boolean;
  /** As if started by hand. */
  readonly outlivesCommands?: boolean;
}

const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

// What the machine of a developer has set must not reach a test.
for (const name of ["PLIVO_AUTH_ID", "PLIVO_AUTH_TOKEN", "PLIVO_BASE_URL"]) delete process.env[name];

export class Plugin extends GrpcChannel {
  constructor(
    readonly simulator: Simulator,
    readonly clock: VirtualClock,
    readonly engine: FakeEngine,
    port: number,
  ) {
    super(port);
    closing.push(() => this.close());
  }

  /** Bytes that are no request of this method, or any other. */
  askRaw(path: string, bytes: Buffer): Promise<Buffer> {
    const same = (buffer: Buffer) => buffer;
    const method = { path, requestSerialize: same, responseDeserialize: same };
    return this.ask(method as grpc.MethodDefinition<Buffer, Buffer>, bytes);
  }

  list(request: wire.ListRequest): Promise<wire.ListResponse[]> {
    const { path, requestSerialize, responseDeserialize } = rpc.list;
    const stream = this.client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, request);
    return new Promise((resolve, reject) => {
      const responses: wire.ListResponse[] = [];
      stream.on("data", (response) => responses.push(response));
      stream.on("error", reject);
      stream.on("end", () => resolve(responses));
    });
  }

  /** The requests to Plivo since the last time: `GET Number/1/`. */
  takeRequests(): string[] {
    const made = this.simulator.requests.map(({ method, path }) => `${method} ${path}`);
    this.simulator.clearRequests();
    return made;
  }

  async configure(settings: Json): Promise<wire.ConfigureResponse> {
    const request = new wire.ConfigureRequest();
    request.setArgs(struct(settings));
    return this.ask(rpc.configure, request);
  }
}

/** Everything it starts ends with the test. */
export async function startPlugin({
  settings = {},
  realTime,
  outlivesCommands = false,
  ...options
}: PluginOptions = {}): Promise<Plugin> {
  const clock = new VirtualClock();
  const simulator = await (realTime ? startSimulator(options) : startVirtually(clock, options));
  closing.push(() => simulator.close());
  const engine = await FakeEngine.start();
  closing.push(() => engine.stop());
  const log = new EngineLog();
  log.connect(engine.address);
  const dependencies = realTime ? {} : { clock, random: () => 0.5 };
  const session = new Session(log, { makeAccount: (found) => new Account(found, dependencies), outlivesCommands });
  const schema = () => JSON.stringify(require("../../schema/schema.json"));
  const server = await startServer({ session, version, schema });
  closing.push(() => server.stop());
  const plugin = new Plugin(simulator, clock, engine, server.port);
  const { authId, authToken, url } = simulator;
  if (settings) await plugin.configure({ authId, authToken, baseUrl: url, maxRetries: "2", ...settings });
  return plugin;
}

/** A server with its service at once. */
export async function startServer(options: ServiceOptions): Promise<{ readonly port: number; stop(): void }> {
  const { server, port } = await listen();
  server.addService(rpc, implementation(options));
  return { port, stop: () => server.forceShutdown() };
}

/** How a request failed; fails the test when it did not. */
export async function rpcFailureOf(request: Promise<unknown>): Promise<RpcFailure> {
  const error = await request.then(
    () => undefined,
    (thrown: grpc.ServiceError) => thrown,
  );
  if (!error) throw new Error("the request succeeded instead of failing");
  if (typeof error.code !== "number") throw error;
  return rpcFailure(error);
}
