/** For tests: one way to a provider, and how a failure arrives through it. */
import * as grpc from "@grpc/grpc-js";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Json } from "./wire-json";

/** A provider as the engine reaches it: through gRPC, or in this process. */
export interface Channel {
  ask<Request, Response>(method: grpc.MethodDefinition<Request, Response>, request: Request): Promise<Response>;
}

export class GrpcChannel implements Channel {
  protected readonly client: grpc.Client;

  /** @param limitMs A request without a response within this time fails. */
  constructor(
    readonly port: number,
    private readonly limitMs = 10_000,
  ) {
    const options = { "grpc.max_receive_message_length": -1 };
    this.client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), options);
  }

  ask<Request, Response>(method: grpc.MethodDefinition<Request, Response>, request: Request): Promise<Response> {
    const { path, requestSerialize, responseDeserialize } = method;
    return new Promise((resolve, reject) => {
      const deadline = { deadline: Date.now() + this.limitMs };
      const respond: grpc.requestCallback<Response> = (error, response) => {
        if (error) reject(error);
        else resolve(response as Response);
      };
      this.client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, deadline, respond);
    });
  }

  close(): void {
    this.client.close();
  }
}

/** How a request failed, as the engine sees it. */
export interface RpcFailure {
  readonly code: grpc.status;
  readonly details: string;
  /** What an `ErrorResourceInitFailed` among the details holds. */
  readonly initFailed?: { readonly id: string; readonly properties: Json; readonly reasons: readonly string[] };
}

export function rpcFailure({ code, details, metadata }: grpc.StatusObject): RpcFailure {
  const [packed] = metadata.get("grpc-status-details-bin");
  const detail = packed === undefined ? undefined : Status.deserializeBinary(Buffer.from(packed)).getDetailsList()[0];
  if (!detail) return { code, details };
  const failed = wire.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
  const properties = failed.getProperties()?.toJavaScript() ?? {};
  return { code, details, initFailed: { id: failed.getId(), properties, reasons: failed.getReasonsList() } };
}
