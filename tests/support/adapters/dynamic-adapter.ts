/** The dynamic adapter in Pulumi's dynamic provider host, and the part of the engine around the host. */
import { createHash } from "node:crypto";
import { dynamicProvider } from "../../../provider/dynamic/adapter";
import { invokeFor } from "../../../provider/dynamic/invoke";
import { Session } from "../../../provider/dynamic/session";
import { FakeHost, HostFailure, received } from "../../../provider/dynamic/testing/fake-host";
import { Account, type ResourceToken, resources } from "../../../provider/resources/index";
import { type Adapter, FailedInitialisation, type OpenAdapter, type OpenRun, type Props, type State } from "./adapter";

const __provider = 'exports.handler=()=>require("pulumi-plivo/provider").it;';

let names = 0;

/** Never twice in a run, as with random digits; and again the same in each run of a test. */
function nextHex(): string {
  return createHash("sha256").update(String(names++)).digest("hex");
}

export const dynamicRun: OpenRun = (account, log = () => undefined) => {
  const session = new Session(() => account, log, nextHex);
  const host = (token: ResourceToken) => new FakeHost(dynamicProvider(resources[token], session));
  return {
    adapter: (name) => new DynamicAdapter(host, name),
    invoke: async (name, args) => ({ ...(await invokeFor(session, name, args)) }),
  };
};

export const openDynamicAdapter: OpenAdapter = ({ authId, authToken, url }, clock) => {
  const account = new Account({ authId, authToken, baseUrl: url, maxRetries: 2 }, { clock, random: () => 0.5 });
  return dynamicRun(account).adapter("it");
};

class DynamicAdapter implements Adapter {
  readonly importsItself = true;

  constructor(
    private readonly host: (token: ResourceToken) => FakeHost,
    private readonly name: string,
  ) {}

  #urnOf(token: ResourceToken): string {
    return `urn:pulumi:dev::lines::pulumi-nodejs:dynamic/plivo:${token}::${this.name}`;
  }

  async check(token: ResourceToken, news: Props, olds: Props = {}, imports?: string): ReturnType<Adapter["check"]> {
    const candidate = resources[token].properties.name && { __autoName: `${this.name}-0123456` };
    const urn = resources[token].claims && { __urn: this.#urnOf(token) };
    const option = imports !== undefined && {
      __import: { id: imports, urn: this.#urnOf(token), ignored: [] },
    };
    const { inputs, failures } = await this.host(token).check(olds, {
      ...news,
      ...candidate,
      ...urn,
      ...option,
      __plain: news,
      __provider,
    });
    return { inputs: received(inputs), failures };
  }

  async diff(token: ResourceToken, { id, inputs, outputs }: State, news: Props): ReturnType<Adapter["diff"]> {
    const { changes, ...rest } = await this.host(token).diff(id, outputs, news);
    if (changes === "none") return { changed: [], ...rest };
    // Left to itself the engine compares the inputs of the state, which a refresh has replaced, with the new ones.
    const keys = new Set([...Object.keys(inputs), ...Object.keys(news)]);
    const differing = [...keys].filter((key) => JSON.stringify(inputs[key]) !== JSON.stringify(news[key]));
    // Where the provider says so itself, the engine lists all of them.
    const changed = changes === "some" && differing.length === 0 ? [...keys] : differing;
    return { changed: changed.sort(), ...rest };
  }

  async create(token: ResourceToken, inputs: Props): Promise<State> {
    const { id, properties } = await halfDone(inputs, this.host(token).create(inputs));
    return { id, inputs, outputs: received(properties) };
  }

  async read(token: ResourceToken, of: State | string): Promise<State | undefined> {
    const [id, props] = typeof of === "string" ? [of, { __provider }] : [of.id, of.outputs];
    const found = await this.host(token).read(id, props);
    if (!found.id) return undefined;
    const known = typeof of === "string" ? { __provider } : of.inputs;
    return { id: found.id, inputs: received(found.inputs ?? known), outputs: received(found.properties) };
  }

  async update(token: ResourceToken, { id, outputs }: State, news: Props): Promise<State> {
    const { properties } = await halfDone(news, this.host(token).update(id, outputs, news));
    return { id, inputs: news, outputs: received(properties) };
  }

  delete(token: ResourceToken, { id, outputs }: State): Promise<void> {
    return this.host(token).delete(id, outputs);
  }
}

async function halfDone<Result>(inputs: Props, operation: Promise<Result>): Promise<Result> {
  return operation.catch((error: unknown) => {
    if (!(error instanceof HostFailure) || !error.details) throw error;
    const { id, properties, reasons } = error.details;
    throw new FailedInitialisation({ id, inputs, outputs: received(properties) }, reasons);
  });
}
