/** A gRPC server without a service yet, so that the engine has its port before the rest of the plugin is loaded. */
import * as grpc from "@grpc/grpc-js";

/** The engine sends whole states of a resource in one message; Pulumi's own limit is the same. */
const LARGEST_MESSAGE = 400 * 1024 * 1024;

export interface Listening {
  readonly server: grpc.Server;
  readonly port: number;
}

/** On a free port of this machine. */
export function listen(): Promise<Listening> {
  // gRPC's own statistics are not asked of a plugin.
  const options = { "grpc.max_receive_message_length": LARGEST_MESSAGE, "grpc.enable_channelz": 0 };
  const server = new grpc.Server(options);
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve({ server, port });
    });
  });
}
