/** For tests: the verbs of a resource as the engine asks for them, in and out as JSON. */
import { ResourceProviderService as rpc } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Plugin } from "./start-plugin";
import { type Json, struct } from "./wire-json";

/** Its logical name is always "it". */
export function urnOf(token: string): string {
  return `urn:pulumi:dev::project::plivo:index:${token}::it`;
}

export interface CheckOptions {
  readonly olds?: Json | undefined;
  readonly autonaming?: { readonly mode: "PROPOSE" | "ENFORCE" | "DISABLE"; readonly name?: string };
  readonly seed?: string;
}

export interface Checked {
  readonly inputs: Json;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

export async function check(plugin: Plugin, token: string, news: Json, options: CheckOptions = {}): Promise<Checked> {
  const request = identified(new wire.CheckRequest(), token);
  request.setNews(struct(news));
  if (options.olds) request.setOlds(struct(options.olds));
  if (options.autonaming) {
    const rules = new wire.CheckRequest.AutonamingOptions();
    rules.setMode(wire.CheckRequest.AutonamingOptions.Mode[options.autonaming.mode]);
    rules.setProposedName(options.autonaming.name ?? "");
    request.setAutonaming(rules);
  }
  request.setRandomseed(Buffer.from(options.seed ?? "seed"));
  return checkedOf(await plugin.ask(rpc.check, request));
}

export function checkedOf(response: wire.CheckResponse): Checked {
  const failures = response.getFailuresList().map((it) => ({ property: it.getProperty(), reason: it.getReason() }));
  return { inputs: json(response.getInputs()), failures };
}

/** The inputs of a program that is correct. */
export async function checked(plugin: Plugin, token: string, news: Json, options: CheckOptions = {}): Promise<Json> {
  const { inputs, failures } = await check(plugin, token, news, options);
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

export interface DiffOptions {
  readonly id?: string;
  readonly ignoreChanges?: readonly string[];
}

export async function diff(
  plugin: Plugin,
  token: string,
  olds: Json,
  news: Json,
  { id = "1", ignoreChanges = [] }: DiffOptions = {},
): Promise<Diffed> {
  const request = identified(new wire.DiffRequest(), token);
  request.setId(id);
  request.setOlds(struct(olds));
  request.setNews(struct(news));
  request.setIgnorechangesList([...ignoreChanges]);
  return diffedOf(await plugin.ask(rpc.diff, request));
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

export interface Applying {
  readonly preview?: boolean;
  /** Seconds. */
  readonly timeout?: number;
}

export interface State {
  readonly id: string;
  readonly inputs: Json;
  readonly outputs: Json;
}

export async function create(plugin: Plugin, token: string, inputs: Json, options: Applying = {}): Promise<State> {
  const request = identified(new wire.CreateRequest(), token);
  request.setProperties(struct(inputs));
  request.setPreview(options.preview ?? false);
  request.setTimeout(options.timeout ?? 0);
  const response = await plugin.ask(rpc.create, request);
  return { id: response.getId(), inputs, outputs: json(response.getProperties()) };
}

/** check and create, as `pulumi up` does for a new resource. */
export async function up(plugin: Plugin, token: string, news: Json): Promise<State> {
  return create(plugin, token, await checked(plugin, token, news));
}

/** The state for a refresh; without it, the id alone as an import sends it. `undefined`: gone. */
export async function read(
  plugin: Plugin,
  token: string,
  id: string,
  { inputs, outputs, timeout = 0 }: Partial<State> & Applying = {},
): Promise<State | undefined> {
  const request = identified(new wire.ReadRequest(), token);
  request.setId(id);
  request.setTimeout(timeout);
  if (outputs) request.setProperties(struct(outputs));
  if (inputs) request.setInputs(struct(inputs));
  const response = await plugin.ask(rpc.read, request);
  if (response.getId() === "") return undefined;
  return { id: response.getId(), inputs: json(response.getInputs()), outputs: json(response.getProperties()) };
}

export async function update(
  plugin: Plugin,
  token: string,
  state: State,
  news: Json,
  { preview = false, timeout = 0 }: Applying = {},
): Promise<State> {
  const request = identified(new wire.UpdateRequest(), token);
  request.setId(state.id);
  request.setOlds(struct(state.outputs));
  request.setOldInputs(struct(state.inputs));
  request.setNews(struct(news));
  request.setPreview(preview);
  request.setTimeout(timeout);
  const response = await plugin.ask(rpc.update, request);
  return { id: state.id, inputs: news, outputs: json(response.getProperties()) };
}

export async function remove(plugin: Plugin, token: string, state: State, { timeout = 0 }: Applying = {}) {
  const request = identified(new wire.DeleteRequest(), token);
  request.setId(state.id);
  request.setProperties(struct(state.outputs));
  request.setOldInputs(struct(state.inputs));
  request.setTimeout(timeout);
  await plugin.ask(rpc.delete, request);
}

export async function invoke(plugin: Plugin, name: string, args: Json): Promise<Json> {
  const request = new wire.InvokeRequest();
  request.setTok(`plivo:index:${name}`);
  request.setArgs(struct(args));
  const response = await plugin.ask(rpc.invoke, request);
  return json(response.getReturn());
}

interface Identified {
  setUrn(urn: string): unknown;
  setType(type: string): unknown;
  setName(name: string): unknown;
}

function identified<Request extends Identified>(request: Request, token: string): Request {
  request.setUrn(urnOf(token));
  request.setType(`plivo:index:${token}`);
  request.setName("it");
  return request;
}

function json(values: Struct | undefined): Json {
  return values?.toJavaScript() ?? {};
}
