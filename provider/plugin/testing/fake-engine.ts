/** For tests: the part of the engine that takes log lines. */
import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { type LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

export interface LogLine {
  readonly urn: string;
  readonly severity: "info" | "warning" | "other";
  readonly text: string;
  readonly ephemeral: boolean;
}

export class FakeEngine {
  private constructor(
    private readonly server: grpc.Server,
    readonly address: string,
    readonly lines: readonly LogLine[],
  ) {}

  static start(): Promise<FakeEngine> {
    const server = new grpc.Server();
    return new Promise((resolve, reject) => {
      const lines: LogLine[] = [];
      server.addService(EngineService, { log: taking((request) => lines.push(lineOf(request))) });
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
        if (error) return reject(error);
        resolve(new FakeEngine(server, `127.0.0.1:${port}`, lines));
      });
    });
  }

  stop(): void {
    this.server.forceShutdown();
  }

  /** The lines, as soon as there are that many: they arrive beside the responses. */
  async logged(count: number): Promise<readonly LogLine[]> {
    for (let waits = 0; this.lines.length < count && waits < 200; waits++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    return this.lines;
  }
}

function taking(take: (request: LogRequest) => unknown): grpc.UntypedHandleCall {
  return (call: grpc.ServerUnaryCall<LogRequest, Empty>, callback: grpc.sendUnaryData<Empty>) => {
    take(call.request);
    callback(null, new Empty());
  };
}

function lineOf(request: LogRequest): LogLine {
  const severities = new Map<number, LogLine["severity"]>([
    [LogSeverity.INFO, "info"],
    [LogSeverity.WARNING, "warning"],
  ]);
  return {
    urn: request.getUrn(),
    severity: severities.get(request.getSeverity()) ?? "other",
    text: request.getMessage(),
    ephemeral: request.getEphemeral(),
  };
}
