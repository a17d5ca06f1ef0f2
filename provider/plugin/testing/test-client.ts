/** For tests: the methods of a resource as the engine sends them, in and out as JSON. The one client of all tests of the plugin. */
import { ResourceProviderService as rpc } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import type { Channel } from "./channel";
import { type Json, json, struct } from "./wire-json";

export function urnOf(token: string, name = "it"): string {
  return `urn:pulumi:dev::project::plivo:index:${token}::${name}`;
}

interface Named {
  /** The logical name. @default "it" */
  readonly name?: string;
}

export interface CheckOptions extends Named {
  readonly olds?: Json | undefined;
  readonly autonaming?: { readonly mode: "PROPOSE" | "ENFORCE" | "DISABLE"; readonly name?: string };
  readonly seed?: string;
}

export interface Checked {
  readonly inputs: Json;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

export async function check(
  provider: Channel,
  token: string,
  news: Json,
  options: CheckOptions = {},
): Promise<Checked> {
  const request = identified(new wire.CheckRequest(), token, options.name);
  request.setNews(struct(news));
  if (options.olds) request.setOlds(struct(options.olds));
  if (options.autonaming) {
    const rules = new wire.CheckRequest.AutonamingOptions();
    rules.setMode(wire.CheckRequest.AutonamingOptions.Mode[options.autonaming.mode]);
    rules.setProposedName(options.autonaming.name ?? "");
    request.setAutonaming(rules);
  }
  request.setRandomseed(Buffer.from(options.seed ?? "seed"));
  return checkedOf(await provider.ask(rpc.check, request));
}

export function checkedOf(response: wire.CheckResponse): Checked {
  const failures = response.getFailuresList().map((it) => ({ property: it.getProperty(), reason: it.getReason() }));
  return { inputs: json(response.getInputs()), failures };
}

/** The inputs of a program that is correct. */
export async function checked(provider: Channel, token: string, news: Json, options: CheckOptions = {}): Promise<Json> {
  const { inputs, failures } = await check(provider, token, news, options);
  if (failures.length > 0) throw new Error(`check refused: ${JSON.stringify(failures)}`);
  return inputs;
}

export interface Diffed {
  readonly changes: "none" | "some" | "unknown";
  readonly diffs: readonly string[];
  readonly replaces: readonly string[];
  readonly stables: readonly string[];
  /** Path -> `ADD`, `UPDATE_REPLACE`, ... */
  readonly detail: Readonly<Record<string, string>>;
  readonly hasDetail: boolean;
  readonly inputDiffs: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

export interface DiffOptions extends Named {
  readonly id?: string;
  readonly oldInputs?: Json;
  readonly ignoreChanges?: readonly string[];
}

export async function diff(
  provider: Channel,
  token: string,
  olds: Json,
  news: Json,
  { id = "1", ignoreChanges = [], oldInputs, name }: DiffOptions = {},
): Promise<Diffed> {
  const request = identified(new wire.DiffRequest(), token, name);
  if (oldInputs) request.setOldInputs(struct(oldInputs));
  request.setId(id);
  request.setOlds(struct(olds));
  request.setNews(struct(news));
  request.setIgnorechangesList([...ignoreChanges]);
  return diffedOf(await provider.ask(rpc.diff, request));
}

export function diffedOf(response: wire.DiffResponse): Diffed {
  const { DIFF_NONE, DIFF_SOME } = wire.DiffResponse.DiffChanges;
  const changes = response.getChanges();
  const details: [string, wire.PropertyDiff][] = [...response.getDetaileddiffMap().entries()];
  return {
    changes: changes === DIFF_NONE ? "none" : changes === DIFF_SOME ? "some" : "unknown",
    diffs: response.getDiffsList(),
    replaces: response.getReplacesList(),
    stables: response.getStablesList(),
    detail: Object.fromEntries(details.map(([path, found]) => [path, kindName(found.getKind())])),
    hasDetail: response.getHasdetaileddiff(),
    inputDiffs: details.filter(([, found]) => found.getInputdiff()).map(([path]) => path),
    deleteBeforeReplace: response.getDeletebeforereplace(),
  };
}

function kindName(kind: wire.PropertyDiff.Kind): string {
  return Object.entries(wire.PropertyDiff.Kind).find(([, value]) => value === kind)?.[0] ?? "?";
}

export interface Applying extends Named {
  readonly preview?: boolean;
  /** Seconds. */
  readonly timeout?: number;
}

export interface State {
  readonly id: string;
  readonly inputs: Json;
  readonly outputs: Json;
}

export async function create(provider: Channel, token: string, inputs: Json, options: Applying = {}): Promise<State> {
  const request = identified(new wire.CreateRequest(), token, options.name);
  request.setProperties(struct(inputs));
  request.setPreview(options.preview ?? false);
  request.setTimeout(options.timeout ?? 0);
  const response = await provider.ask(rpc.create, request);
  return { id: response.getId(), inputs, outputs: json(response.getProperties()) };
}

/** check and create, as `pulumi up` does for a new resource. */
export async function up(provider: Channel, token: string, news: Json): Promise<State> {
  return create(provider, token, await checked(provider, token, news));
}

/** The state for a refresh; without it, the id alone as an import sends it. `undefined`: gone. */
export async function read(
  provider: Channel,
  token: string,
  id: string,
  { inputs, outputs, timeout = 0, name }: Partial<State> & Applying = {},
): Promise<State | undefined> {
  const request = identified(new wire.ReadRequest(), token, name);
  request.setId(id);
  request.setTimeout(timeout);
  if (outputs) request.setProperties(struct(outputs));
  if (inputs) request.setInputs(struct(inputs));
  const response = await provider.ask(rpc.read, request);
  if (response.getId() === "") return undefined;
  return { id: response.getId(), inputs: json(response.getInputs()), outputs: json(response.getProperties()) };
}

export async function update(
  provider: Channel,
  token: string,
  state: State,
  news: Json,
  { preview = false, timeout = 0, name }: Applying = {},
): Promise<State> {
  const request = identified(new wire.UpdateRequest(), token, name);
  request.setId(state.id);
  request.setOlds(struct(state.outputs));
  request.setOldInputs(struct(state.inputs));
  request.setNews(struct(news));
  request.setPreview(preview);
  request.setTimeout(timeout);
  const response = await provider.ask(rpc.update, request);
  return { id: state.id, inputs: news, outputs: json(response.getProperties()) };
}

export async function remove(provider: Channel, token: string, state: State, { timeout = 0, name }: Applying = {}) {
  const request = identified(new wire.DeleteRequest(), token, name);
  request.setId(state.id);
  request.setProperties(struct(state.outputs));
  request.setOldInputs(struct(state.inputs));
  request.setTimeout(timeout);
  await provider.ask(rpc.delete, request);
}

export async function invoke(provider: Channel, name: string, args: Json): Promise<Json> {
  const request = new wire.InvokeRequest();
  request.setTok(`plivo:index:${name}`);
  request.setArgs(struct(args));
  const response = await provider.ask(rpc.invoke, request);
  return json(response.getReturn());
}

interface Identified {
  setUrn(urn: string): unknown;
  setType(type: string): unknown;
  setName(name: string): unknown;
}

function identified<Request extends Identified>(request: Request, token: string, name = "it"): Request {
  request.setUrn(urnOf(token, name));
  request.setType(`plivo:index:${token}`);
  request.setName(name);
  return request;
}
