/** Errors in the form that the engine understands. */
import { Metadata, type StatusObject, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { InitFailedError, MissingError, messageOf, OperationError } from "../lifecycle/index";
import { visible } from "../text/visible";
import { toWire } from "./values";

/** The request itself was wrong, so that repeating it is no use. */
export class RequestError extends Error {
  constructor(
    message: string,
    readonly code: status = status.INVALID_ARGUMENT,
  ) {
    super(message);
  }
}

/** `secretsOf` names the properties to encrypt in what a failed initialisation leaves in the state. */
export function toWireError(error: unknown, secretsOf: () => ReadonlySet<string> = () => new Set()): StatusObject {
  const metadata = new Metadata();
  if (InitFailedError.isInstance(error)) metadata.set("grpc-status-details-bin", initFailed(error, secretsOf()));
  return { code: codeOf(error), details: shortened(messageOf(error)), metadata };
}

/** An error travels in headers, which are small: one that quotes a huge name would never arrive, and the engine wait. */
const LONGEST = 4_000;

/** What is being done stands at the beginning, and why it failed at the end. */
function shortened(message: string): string {
  if (message.length <= LONGEST) return visible(message);
  return visible(`${message.slice(0, LONGEST / 4)} ... ${message.slice(-LONGEST / 2)}`);
}

function codeOf(error: unknown): status {
  if (error instanceof RequestError) return error.code;
  if (MissingError.isInstance(error)) return status.NOT_FOUND;
  return OperationError.isInstance(error) ? status.UNKNOWN : status.INTERNAL;
}

/** gRPC for Node has no typed error details; the engine reads them from this header. */
function initFailed({ id, properties, reasons, message }: InitFailedError, secrets: ReadonlySet<string>): Buffer {
  const detail = new ErrorResourceInitFailed()
    .setId(id)
    .setProperties(toWire(properties, secrets))
    .setReasonsList(reasons.map(shortened));
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const rpcStatus = new Status().setCode(status.UNKNOWN).setMessage(shortened(message));
  rpcStatus.addDetails(packed);
  return Buffer.from(rpcStatus.serializeBinary());
}
