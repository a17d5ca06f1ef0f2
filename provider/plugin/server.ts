/** The plugin's service on a server. */
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { version } from "../../package.json";
import { EngineLog } from "./engine-log";
import type { Listening } from "./listen";
import { implementation } from "./service";
import { Session } from "./session";

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
