/** The plugin's service on a server. */
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { version } from "../../package.json";
import { EngineLog } from "./engine-log";
import { type Listening, listen } from "./listen";
import { implementation, type ServiceOptions } from "./service";
import { Session } from "./session";

export interface PluginServer {
  readonly port: number;
  stop(): void;
}

/**
 * What `pulumi-resource-plivo` serves; `engine` is the address that the engine gave, as it does with each process that it
 * starts.
 *
 * @public main.ts loads it when the port is out.
 */
export function serveEngine({ server }: Listening, engine: string | undefined): void {
  const log = new EngineLog();
  if (engine !== undefined) log.connect(engine);
  const schema = () => JSON.stringify(require("../schema/schema.json"));
  server.addService(
    ResourceProviderService,
    implementation({ session: new Session(log, { outlivesCommands: engine === undefined }), version, schema }),
  );
}

/** A server with its service at once. */
export async function startServer(options: ServiceOptions): Promise<PluginServer> {
  const { server, port } = await listen();
  server.addService(ResourceProviderService, implementation(options));
  return { port, stop: () => server.forceShutdown() };
}
