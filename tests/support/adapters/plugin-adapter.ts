/** The plugin: its gRPC service in this process, asked by the client of the plugin's tests. */
import type { MethodDefinition, StatusObject, UntypedServiceImplementation } from "@grpc/grpc-js";
import { ResourceProviderService as rpc } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { EngineLog } from "../../../provider/plugin/engine-log";
import { implementation } from "../../../provider/plugin/service";
import { Session } from "../../../provider/plugin/session";
import { type Channel, rpcFailure } from "../../../provider/plugin/testing/channel";
import * as client from "../../../provider/plugin/testing/test-client";
import { unwrapped } from "../../../provider/plugin/testing/wire-json";
import { Account, type ResourceToken } from "../../../provider/resources/index";
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
  const channel = new InProcess(implementation({ session, version: "0.0.0", schema: () => "{}" }));
  return {
    adapter: (name) => new PluginAdapter(channel, name),
    invoke: async (name, args) => unwrapped(await failing(client.invoke(channel, name, args))),
  };
};

export const openPluginAdapter: OpenAdapter = ({ authId, authToken, url }, clock) => {
  const account = new Account({ authId, authToken, baseUrl: url, maxRetries: 2 }, { clock, random: () => 0.5 });
  return pluginRun(account).adapter("it");
};

/** How the engine gets a failure. */
export class GrpcFailure extends Error {
  constructor(
    message: string,
    readonly code: number,
  ) {
    super(message);
  }
}

type Handle<Request, Response> = (
  call: { readonly request: Request },
  callback: (error: StatusObject | null, response?: Response) => void,
) => void;

/** Each message goes through its wire form, without a socket in between. */
class InProcess implements Channel {
  constructor(private readonly service: UntypedServiceImplementation) {}

  ask<Request, Response>(method: MethodDefinition<Request, Response>, request: Request): Promise<Response> {
    const name = Object.entries(rpc).find(([, { path }]) => path === method.path)?.[0] ?? "";
    const handle = this.service[name] as unknown as Handle<Request, Response>;
    const call = { request: method.requestDeserialize(method.requestSerialize(request)) };
    return new Promise<Response>((resolve, reject) => {
      handle(call, (error, response) => {
        if (response) resolve(method.responseDeserialize(method.responseSerialize(response)));
        else reject(error ?? new Error("the plugin returned neither an error nor a response"));
      });
    });
  }
}

let seeds = 0;

class PluginAdapter implements Adapter {
  readonly importsItself = false;

  constructor(
    private readonly channel: Channel,
    private readonly name: string,
  ) {}

  async check(token: ResourceToken, news: Props, olds?: Props): ReturnType<Adapter["check"]> {
    // Never twice in any run, as the engine has it; and again the same in each run of a test.
    const options = { name: this.name, seed: String(seeds++), olds };
    const { inputs, failures } = await failing(client.check(this.channel, token, news, options));
    return { inputs: unwrapped(inputs), failures };
  }

  async diff(token: ResourceToken, { id, inputs, outputs }: State, news: Props): ReturnType<Adapter["diff"]> {
    const options = { name: this.name, id, oldInputs: inputs };
    const { diffs, replaces, deleteBeforeReplace } = await failing(
      client.diff(this.channel, token, outputs, news, options),
    );
    const changed = [...diffs].sort();
    return { changed, replaces: [...replaces], ...(deleteBeforeReplace && { deleteBeforeReplace }) };
  }

  async create(token: ResourceToken, inputs: Props): Promise<State> {
    return plain(await failing(client.create(this.channel, token, inputs, { name: this.name }), inputs));
  }

  async read(token: ResourceToken, of: State | string): Promise<State | undefined> {
    const [id, known] = typeof of === "string" ? [of, {}] : [of.id, of];
    const found = await failing(client.read(this.channel, token, id, { ...known, name: this.name }));
    return found && { ...plain(found), inputs: unwrapped(found.inputs) };
  }

  async update(token: ResourceToken, state: State, news: Props): Promise<State> {
    return plain(await failing(client.update(this.channel, token, state, news, { name: this.name }), news));
  }

  async delete(token: ResourceToken, state: State): Promise<void> {
    await failing(client.remove(this.channel, token, state, { name: this.name }));
  }
}

/** Without marks of secrets: the engine keeps these beside the values. */
function plain({ id, inputs, outputs }: State): State {
  return { id, inputs, outputs: unwrapped(outputs) };
}

/** `inputs` are those that a failed initialisation leaves in the state. */
async function failing<Result>(request: Promise<Result>, inputs: Props = {}): Promise<Result> {
  return request.catch((error: unknown) => {
    if (!isStatus(error)) throw error;
    const { code, details, initFailed } = rpcFailure(error);
    if (!initFailed) throw new GrpcFailure(details, code);
    const state = { id: initFailed.id, inputs, outputs: unwrapped(initFailed.properties) };
    throw new FailedInitialisation(state, initFailed.reasons);
  });
}

function isStatus(error: unknown): error is StatusObject {
  return typeof error === "object" && error !== null && "metadata" in error && "details" in error;
}
