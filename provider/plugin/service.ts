/** The gRPC service: which request goes to which method, and how each failure is returned. */
import * as grpc from "@grpc/grpc-js";
import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { InitFailedError } from "../lifecycle/index";
import { type ResourceToken, resources } from "../resources/index";
import { boundReaders } from "./bounded-reader";
import { checkConfig, configure, diffConfig } from "./configuration";
import { RequestError, toWireError } from "./errors";
import { invokeFunction, listResources } from "./invoke";
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

const none: ReadonlySet<string> = new Set();

/** Every failure becomes a response: a handler that throws would leave the engine waiting. */
function unary<Request, Response>(
  handle: (request: Request) => Response | Promise<Response>,
  secretsOf: (request: Request) => ReadonlySet<string> = () => none,
): Handler {
  return (call: grpc.ServerUnaryCall<Request, Response>, callback: grpc.sendUnaryData<Response>) => {
    const responded = (async () => handle(call.request))().then(
      (response) => callback(null, response),
      (error: unknown) =>
        callback(toWireError(error, InitFailedError.isInstance(error) ? secretsOf(call.request) : none)),
    );
    // A response that cannot be sent must not end the process, and with it what the other operations have made.
    responded.catch(() => callback({ code: grpc.status.INTERNAL, details: "the response could not be sent" }));
  };
}

/** A request names its resource by type, or (older engines) by URN alone. */
interface ResourceRequest {
  getType(): string;
  getUrn(): string;
}

function typeOf(request: ResourceRequest): string {
  return request.getType() || (request.getUrn().split("::")[2]?.split("$").pop() ?? "");
}

function resourceOf(type: string): ResourceToken {
  const name = type.replace(/^plivo:index:/, "");
  if (isResource(name)) return name;
  const known = Object.keys(resources).join(", ");
  throw new RequestError(`the plivo provider has no resource "${type}"; it has ${known}`, grpc.status.NOT_FOUND);
}

function isResource(name: string): name is ResourceToken {
  return Object.hasOwn(resources, name);
}

function resourceMethod<Request extends ResourceRequest, Response>(
  session: Session,
  handle: (served: methods.ResourceCall, request: Request) => Response | Promise<Response>,
  propertiesOf: (request: Request) => Struct | undefined,
): Handler {
  return unary(
    (request: Request) => handle({ resource: resources[resourceOf(typeOf(request))], session }, request),
    (request) => methods.secretsOf(resources[resourceOf(typeOf(request))], fromWire(propertiesOf(request)).secrets),
  );
}

function resourceMethods(session: Session): grpc.UntypedServiceImplementation {
  return {
    check: resourceMethod(session, methods.checkResource, (request: wire.CheckRequest) => request.getNews()),
    diff: resourceMethod(session, methods.diffResource, (request: wire.DiffRequest) => request.getNews()),
    create: resourceMethod(session, methods.createResource, (request: wire.CreateRequest) => request.getProperties()),
    read: resourceMethod(session, methods.readResource, (request: wire.ReadRequest) => request.getProperties()),
    update: resourceMethod(session, methods.updateResource, (request: wire.UpdateRequest) => request.getNews()),
    delete: resourceMethod(
      session,
      async (served, request: wire.DeleteRequest) => {
        await methods.deleteResource(served, request);
        return new Empty();
      },
      (request) => request.getProperties(),
    ),
  };
}

/**
 * `acceptsOutputsInInvoke` and its like stay off: the engine then puts the dependencies of arguments on what a function
 * returns. With them it would be for the provider to do, and nothing would be gained.
 */
function handshake(session: Session): Handler {
  return unary((request: wire.ProviderHandshakeRequest) => {
    session.log.connect(request.getEngineAddress());
    const response = new wire.ProviderHandshakeResponse();
    response.setAcceptSecrets(true);
    response.setAcceptResources(true);
    response.setAcceptOutputs(true);
    response.setSupportsAutonamingConfiguration(true);
    return response;
  });
}

function list(session: Session): Handler {
  return (call: grpc.ServerWritableStream<wire.ListRequest, wire.ListResponse>) => {
    void (async () => listResources(session, resourceOf(call.request.getToken()), call.request))().then(
      (responses) => {
        for (const response of responses) call.write(response);
        call.end();
      },
      (error: unknown) => call.emit("error", toWireError(error, none)),
    );
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
      const response = new wire.GetSchemaResponse();
      response.setSchema(schema());
      return response;
    }),
    getPluginInfo: unary(() => {
      const info = new PluginInfo();
      info.setVersion(version);
      return info;
    }),
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
