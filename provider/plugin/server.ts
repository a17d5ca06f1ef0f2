/** Starts the plugin's server on a free port of this machine. */
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { implementation, type ServiceOptions } from "./service";

/** The engine sends whole states of a resource in one message; Pulumi's own limit is the same. */
const LARGEST_MESSAGE = 400 * 1024 * 1024;

export interface PluginServer {
  readonly port: number;
  stop(): void;
}

export function startServer(options: ServiceOptions): Promise<PluginServer> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": LARGEST_MESSAGE });
  server.addService(ResourceProviderService, implementation(options));
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve({ port, stop: () => server.forceShutdown() });
    });
  });
}
