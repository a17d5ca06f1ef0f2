/** The plugin: its gRPC service, each message through its wire form, without a socket in between. */
import type { MethodDefinition, UntypedServiceImplementation } from "@grpc/grpc-js";
import { ResourceProviderService as rpc } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { EngineLog } from "../../provider/plugin/engine-log";
import type { WireError } from "../../provider/plugin/errors";
import { implementation } from "../../provider/plugin/service";
import { Session } from "../../provider/plugin/session";
import { struct } from "../../provider/plugin/testing/wire-json";
import { Account, type ResourceToken } from "../../provider/resources/index";
import { type Adapter, FailedInitialisation, type OpenAdapter, type OpenRun, type Props, type State } from "./adapter";

/** Without an engine to send its lines to. */
class LinesLog extends EngineLog {
  constructor(private readonly line: (text: string) => void) {
    super();
  }

  override write(_: string, severity: "info" | "warning", text: string): void {
    this.line(`${severity}: ${text}`);
  }
}

export const pluginRun: OpenRun = (account, log = () => undefined) => {
  const session = new Session(new LinesLog(log), { makeAccount: () => account });
  session.configure({});
  const service = implementation({ session, version: "0.0.0", schema: () => "{}" });
  return {
    adapter: (name) => new PluginAdapter(service, name),
    invoke: (name, args) => invoked(service, name, args),
  };
};

export const openPluginAdapter: OpenAdapter = ({ authId, authToken, url }, clock) => {
  const account = new Account({ authId, authToken, baseUrl: url, maxRetries: 2 }, { clock, random: () => 0.5 });
  return pluginRun(account).adapter("it");
};

interface Identified {
  setUrn(urn: string): unknown;
  setType(type: string): unknown;
  setName(name: string): unknown;
}

/** How the engine gets a failure. */
export class GrpcFailure extends Error {
  constructor(
    message: string,
    readonly code: number,
  ) {
    super(message);
  }
}

let seeds = 0;

class PluginAdapter implements Adapter {
  constructor(
    private readonly service: UntypedServiceImplementation,
    private readonly name: string,
  ) {}

  async check(token: ResourceToken, news: Props, olds?: Props): ReturnType<Adapter["check"]> {
    const request = this.#about(token, new wire.CheckRequest());
    request.setNews(struct(news));
    if (olds) request.setOlds(struct(olds));
    // Never twice in any run, as the engine has it; and again the same in each run of a test.
    request.setRandomseed(Buffer.from(String(seeds++)));
    const response = await ask(this.service, rpc.check, request);
    const failures = response.getFailuresList();
    return {
      inputs: plain(response.getInputs()),
      failures: failures.map((it) => ({ property: it.getProperty(), reason: it.getReason() })),
    };
  }

  async diff(token: ResourceToken, { id, inputs, outputs }: State, news: Props): ReturnType<Adapter["diff"]> {
    const request = this.#about(token, new wire.DiffRequest());
    request.setId(id);
    request.setOlds(struct(outputs));
    request.setOldInputs(struct(inputs));
    request.setNews(struct(news));
    const response = await ask(this.service, rpc.diff, request);
    const deleteBeforeReplace = response.getDeletebeforereplace();
    const changed = response.getDiffsList().sort();
    return { changed, replaces: response.getReplacesList(), ...(deleteBeforeReplace && { deleteBeforeReplace }) };
  }

  async create(token: ResourceToken, inputs: Props): Promise<State> {
    const request = this.#about(token, new wire.CreateRequest());
    request.setProperties(struct(inputs));
    const response = await ask(this.service, rpc.create, request, inputs);
    return { id: response.getId(), inputs, outputs: plain(response.getProperties()) };
  }

  async read(token: ResourceToken, of: State | string): Promise<State | undefined> {
    const request = this.#about(token, new wire.ReadRequest());
    request.setId(typeof of === "string" ? of : of.id);
    if (typeof of !== "string") {
      request.setProperties(struct(of.outputs));
      request.setInputs(struct(of.inputs));
    }
    const response = await ask(this.service, rpc.read, request);
    if (response.getId() === "") return undefined;
    return { id: response.getId(), inputs: plain(response.getInputs()), outputs: plain(response.getProperties()) };
  }

  async update(token: ResourceToken, { id, inputs, outputs }: State, news: Props): Promise<State> {
    const request = this.#about(token, new wire.UpdateRequest());
    request.setId(id);
    request.setOlds(struct(outputs));
    request.setOldInputs(struct(inputs));
    request.setNews(struct(news));
    const response = await ask(this.service, rpc.update, request, news);
    return { id, inputs: news, outputs: plain(response.getProperties()) };
  }

  async delete(token: ResourceToken, { id, inputs, outputs }: State): Promise<void> {
    const request = this.#about(token, new wire.DeleteRequest());
    request.setId(id);
    request.setProperties(struct(outputs));
    request.setOldInputs(struct(inputs));
    await ask(this.service, rpc.delete, request);
  }

  #about<Request extends Identified>(token: ResourceToken, request: Request): Request {
    request.setUrn(`urn:pulumi:dev::project::plivo:index:${token}::${this.name}`);
    request.setType(`plivo:index:${token}`);
    request.setName(this.name);
    return request;
  }
}

async function invoked(service: UntypedServiceImplementation, name: string, args: Props): Promise<Props> {
  const request = new wire.InvokeRequest();
  request.setTok(`plivo:index:${name}`);
  request.setArgs(struct(args));
  return plain((await ask(service, rpc.invoke, request)).getReturn());
}

/** `inputs` are those that a failed initialisation leaves in the state. */
function ask<Request, Response>(
  service: UntypedServiceImplementation,
  method: MethodDefinition<Request, Response>,
  request: Request,
  inputs: Props = {},
): Promise<Response> {
  const verb = Object.entries(rpc).find(([, { path }]) => path === method.path)?.[0] ?? "";
  const handle = service[verb] as unknown as Handle<Request, Response>;
  const call = { request: method.requestDeserialize(method.requestSerialize(request)) };
  return new Promise<Response>((resolve, reject) => {
    handle(call, (error, response) => {
      if (error || !response) reject(failureOf(error ?? undefined, inputs));
      else resolve(method.responseDeserialize(method.responseSerialize(response)));
    });
  });
}

type Handle<Request, Response> = (
  call: { readonly request: Request },
  callback: (error: WireError | null, response?: Response) => void,
) => void;

function failureOf(error: WireError | undefined, inputs: Props): Error {
  if (!error) return new Error("the plugin returned neither an error nor a response");
  const [packed] = error.metadata.get("grpc-status-details-bin");
  const detail = packed === undefined ? undefined : Status.deserializeBinary(Buffer.from(packed)).getDetailsList()[0];
  if (!detail) return new GrpcFailure(error.details, error.code);
  const failed = wire.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
  const state = { id: failed.getId(), inputs, outputs: plain(failed.getProperties()) };
  return new FailedInitialisation(state, failed.getReasonsList());
}

const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** The engine remembers what is secret beside the values; what it sends is the same to us. */
function plain(values: Struct | undefined): Props {
  return Object.fromEntries(Object.entries(values?.toJavaScript() ?? {}).map(([key, value]) => [key, unmarked(value)]));
}

function unmarked(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !(SIGNATURE in value)) return value;
  return Reflect.get(value, "value");
}
