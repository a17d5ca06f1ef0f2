import { setTimeout as sleep } from "node:timers/promises";
import * as grpc from "@grpc/grpc-js";
import { expect, test } from "@jest/globals";
import { EngineClient, EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { connectAnew } from "./support/processes/connections";

/** The part of an engine that programs log to. */
async function engineAt(port: number): Promise<{ readonly port: number; end(): void }> {
  const server = new grpc.Server();
  const respond: grpc.handleUnaryCall<unknown, Empty> = (_, callback) => callback(null, new Empty());
  server.addService(EngineService, { log: respond, getRootResource: respond, setRootResource: respond });
  const credentials = grpc.ServerCredentials.createInsecure();
  const bound = await new Promise<number>((resolve, reject) =>
    server.bindAsync(`127.0.0.1:${port}`, credentials, (error, at) => (error ? reject(error) : resolve(at))),
  );
  return { port: bound, end: () => server.forceShutdown() };
}

/** What went wrong, as a program would see it. */
function log(port: number): Promise<string> {
  const client = new EngineClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  return new Promise((resolve) => client.log(new LogRequest(), (error) => resolve(error?.message ?? "")));
}

test("an engine at the port of one that has ended is connected to", async () => {
  const workspace = { serializeArgsForOp: async (_: string): Promise<string[]> => [] };
  connectAnew(workspace);
  const first = await engineAt(0);
  expect(await log(first.port)).toBe("");
  first.end();
  // The connection that is there ends first.
  for (let checks = 0; checks < 100 && !(await log(first.port)).includes("ECONNREFUSED"); checks++) await sleep(20);
  await workspace.serializeArgsForOp("dev");
  const second = await engineAt(first.port);
  const printed = await log(second.port);
  second.end();
  expect(printed).toBe("");
});
