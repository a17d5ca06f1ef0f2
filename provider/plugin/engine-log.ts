/** The engine's log: lines that a user sees on the resource that they are about. */
import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { visible } from "../text/visible";

export class EngineLog {
  #engine: EngineClient | undefined;

  /** The engine says where it listens on the command line, in Handshake, or in Attach. */
  connect(address: string): void {
    if (address === "") return;
    this.#engine?.close();
    // The engine is on this machine: not through the proxy that `https_proxy` names.
    this.#engine = new EngineClient(address, credentials.createInsecure(), { "grpc.enable_http_proxy": 0 });
  }

  /** Information is shown while the resource is worked on and then goes; a warning stays. Never fails an operation. */
  write(urn: string, severity: "info" | "warning", text: string): void {
    const request = new LogRequest()
      .setUrn(urn)
      .setMessage(visible(text))
      .setSeverity(severity === "warning" ? LogSeverity.WARNING : LogSeverity.INFO)
      .setEphemeral(severity === "info");
    this.#engine?.log(request, () => undefined);
  }
}
