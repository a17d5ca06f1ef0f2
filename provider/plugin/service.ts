/** The gRPC service: which request goes to which method, and how each failure is returned. */
import * as grpc from "@grpc/grpc-js";
import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { resources } from "../resources/index";
import { boundReaders } from "./bounded-reader";
import { checkConfig, configure, diffConfig } from "./configuration";
import { RequestError, toWireError } from "./errors";
import { invokeFunction, listResources, tokenIn } from "./invoke";
import * as methods from "./resource-methods";
import type { Session } from "./session";
import { fromWire } from "./values";

export interface ServiceOptions {
  readonly session: Session;
  readonly version: string;
  /** The schema as JSON text; asked for rarely, so it is read when it is. */
  readonly schema: () => string;
}

type Handler = grpc.UntypedHandleCall;

/** Every failure becomes a response: a handler that throws would leave the engine waiting. */
function unary<Request, Response>(
  handle: (request: Request) => Response | Promise<Response>,
  secretsOf: (request: Request) => ReadonlySet<string> = () => new Set(),
): Handler {
  return (call: grpc.ServerUnaryCall<Request, Response>, callback: grpc.sendUnaryData<Response>) => {
    const responded = (async () => handle(call.request))().then(
      (response) => callback(null, response),
      (error: unknown) => callback(toWireError(error, () => secretsOf(call.request))),
    );
    // A response that cannot be sent must not end the process, and with it what the other operations have made.
    responded.catch(() => callback({ code: grpc.status.INTERNAL, details: "the response could not be sent" }));
  };
}

interface ResourceRequest {
  getType(): string;
  getUrn(): string;
  /** What the object is, or is to be: under one of two names. */
  getNews?(): Struct | undefined;
  getProperties?(): Struct | undefined;
}

/** A request names its resource by type, or (older engines) by URN alone. */
function resourceIn(request: ResourceRequest) {
  const type = request.getType() || (request.getUrn().split("::")[2]?.split("$").pop() ?? "");
  return resources[tokenIn(resources, "resource", type)];
}

function resourceMethods(session: Session): grpc.UntypedServiceImplementation {
  const method = <Request extends ResourceRequest, Response>(
    handle: (call: methods.ResourceCall, request: Request) => Response | Promise<Response>,
  ) =>
    unary(
      (request: Request) => handle({ resource: resourceIn(request), session }, request),
      (request) => {
        const { secrets } = fromWire(request.getNews?.() ?? request.getProperties?.());
        return methods.secretsOf(resourceIn(request), secrets);
      },
    );
  return {
    check: method(methods.checkResource),
    diff: method(methods.diffResource),
    create: method(methods.createResource),
    read: method(methods.readResource),
    update: method(methods.updateResource),
    delete: method(methods.deleteResource),
  };
}

/**
 * `acceptsOutputsInInvoke` and its like stay off: the engine then puts the dependencies of arguments on what a function
 * returns. With them it would be for the provider to do, and nothing would be gained.
 */
function handshake(session: Session): Handler {
  return unary((request: wire.ProviderHandshakeRequest) => {
    session.log.connect(request.getEngineAddress());
    return new wire.ProviderHandshakeResponse()
      .setAcceptSecrets(true)
      .setAcceptResources(true)
      .setAcceptOutputs(true)
      .setSupportsAutonamingConfiguration(true);
  });
}

function list(session: Session): Handler {
  return (call: grpc.ServerWritableStream<wire.ListRequest, wire.ListResponse>) => {
    const sent = listResources(session, call.request).then((responses) => {
      for (const response of responses) call.write(response);
      call.end();
    });
    // As in `unary`: a response that cannot be sent must not end the process either.
    sent.catch((error: unknown) => call.emit("error", toWireError(error)));
  };
}

/** Parameterize, Call and Construct are left to gRPC, which returns UNIMPLEMENTED: there is nothing for them to do. */
export function implementation({ session, version, schema }: ServiceOptions): grpc.UntypedServiceImplementation {
  boundReaders();
  return {
    ...resourceMethods(session),
    handshake: handshake(session),
    checkConfig: unary(checkConfig),
    diffConfig: unary(diffConfig),
    configure: unary((request: wire.ConfigureRequest) => configure(request, session)),
    invoke: unary((request: wire.InvokeRequest) => invokeFunction(session, request)),
    list: list(session),
    getSchema: unary((request: wire.GetSchemaRequest) => {
      if (request.getVersion() !== 0) throw new RequestError(`schema version ${request.getVersion()} is not supported`);
      return new wire.GetSchemaResponse().setSchema(schema());
    }),
    getPluginInfo: unary(() => new PluginInfo().setVersion(version)),
    attach: unary((request: PluginAttach) => {
      session.log.connect(request.getAddress());
      return new Empty();
    }),
    cancel: unary(() => {
      session.cancel();
      return new Empty();
    }),
    getMapping: unary(() => new wire.GetMappingResponse()),
    getMappings: unary(() => new wire.GetMappingsResponse()),
  };
}
