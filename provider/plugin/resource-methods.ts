/** The methods of a resource on the wire: decode, hand to the kernel, encode. */
import { createHash } from "node:crypto";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import {
  type Context,
  check,
  create,
  type Difference,
  describeChange,
  isInput,
  matcher,
  type Naming,
  type Property,
  plan,
  previewCreate,
  previewUpdate,
  type Resource,
  read,
  remove,
  rootOf,
  secretKeys,
  update as updateObject,
  type Values,
} from "../lifecycle/index";
import { type Services, timeoutFor } from "../resources/index";
import { logicalName } from "../text/urn";
import { visible } from "../text/visible";
import type { Session } from "./session";
import { fromWire, toWire } from "./values";

export interface ResourceCall {
  readonly resource: Resource<Services>;
  readonly session: Session;
}

export function checkResource({ resource, session }: ResourceCall, request: wire.CheckRequest): wire.CheckResponse {
  const { values, secrets } = fromWire(request.getNews());
  const olds = fromWire(request.getOlds()).values;
  const result = check(
    resource,
    {
      news: values,
      olds: Object.keys(olds).length > 0 ? olds : undefined,
      secrets,
      key: request.getUrn(),
      ...autoNameOf(request),
    },
    session.account().ledger,
  );
  for (const { property, reason } of [...result.warnings, ...result.tolerated])
    session.tell(request.getUrn(), "warning", `${property} ${reason}`);
  const failures = result.failures.map(({ property, reason }) => {
    return new wire.CheckFailure().setProperty(property).setReason(visible(reason));
  });
  return new wire.CheckResponse()
    .setInputs(toWire(result.inputs, secretsOf(resource, secrets)))
    .setFailuresList(failures);
}

/** What the user's naming rules say, or else the logical name with digits made from the engine's seed of this run. */
function autoNameOf(request: wire.CheckRequest): { readonly autoName: string | undefined; readonly naming: Naming } {
  const rules = request.getAutonaming();
  const { Mode } = wire.CheckRequest.AutonamingOptions;
  if (rules?.getMode() === Mode.DISABLE) return { autoName: undefined, naming: "enforced" };
  if (rules)
    return { autoName: rules.getProposedName(), naming: rules.getMode() === Mode.ENFORCE ? "enforced" : "proposed" };
  const name = request.getName() || logicalName(request.getUrn());
  const seed = Buffer.concat([Buffer.from(request.getRandomseed_asU8()), Buffer.from(request.getUrn())]);
  return { autoName: `${name}-${createHash("sha256").update(seed).digest("hex").slice(0, 7)}`, naming: "generated" };
}

/** What the program marked, and what is secret without being marked. */
export function secretsOf(resource: Resource<Services>, marked: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...marked, ...secretKeys(resource.properties)]);
}

export function diffResource({ resource, session }: ResourceCall, request: wire.DiffRequest): wire.DiffResponse {
  const olds = fromWire(request.getOlds()).values;
  const { values: news, secrets } = fromWire(request.getNews());
  const { ledger } = session.account();
  const planned = plan(resource, { id: request.getId(), olds, news }, ledger);
  ledger.recordPlan(resource, planned, request.getUrn());
  // An unconfirmed create has to be checked for, whatever the program ignores.
  const ignored = planned.deleteBeforeReplace ? [] : request.getIgnorechangesList();
  const isIgnored = matcher(ignored);
  const changed = Object.entries(planned.differences).filter(([path]) => !isIgnored(path));
  const told = describeChange(resource, planned.base, news, secrets);
  // Nothing differs where all that it tells is in doubt: a failed initialisation, which the engine repairs with an update.
  const isTold = changed.length > 0 || Object.keys(planned.differences).length === 0;
  if (told !== undefined && isTold) session.tell(request.getUrn(), "info", told);
  const stable = Object.entries(resource.properties).filter(([, property]) => isStable(property));
  return diffResponse(changed)
    .setDeletebeforereplace(planned.deleteBeforeReplace)
    .setStablesList(stable.map(([key]) => key));
}

type Changed = readonly (readonly [path: string, Difference])[];

/** @param options `isInputDiff`: the old inputs were compared, not the old outputs */
export function diffResponse(changed: Changed, { isInputDiff = false } = {}): wire.DiffResponse {
  const { DIFF_SOME, DIFF_NONE } = wire.DiffResponse.DiffChanges;
  const response = new wire.DiffResponse()
    .setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList(rootsOf(changed))
    .setReplacesList(rootsOf(changed.filter(([, { replaces }]) => replaces)))
    .setHasdetaileddiff(true);
  for (const [path, difference] of changed)
    response
      .getDetaileddiffMap()
      .set(path, new wire.PropertyDiff().setKind(kindOf(difference)).setInputdiff(isInputDiff));
  return response;
}

function rootsOf(changed: Changed): string[] {
  return [...new Set(changed.map(([path]) => rootOf(path)))];
}

function isStable(property: Property): boolean {
  return !isInput(property) && !property.facts.changesOnUpdate;
}

function kindOf({ kind, replaces }: Difference): wire.PropertyDiff.Kind {
  const { Kind } = wire.PropertyDiff;
  if (replaces) return { add: Kind.ADD_REPLACE, update: Kind.UPDATE_REPLACE, delete: Kind.DELETE_REPLACE }[kind];
  return { add: Kind.ADD, update: Kind.UPDATE, delete: Kind.DELETE }[kind];
}

export async function createResource(
  { resource, session }: ResourceCall,
  request: wire.CreateRequest,
): Promise<wire.CreateResponse> {
  const { values, secrets } = fromWire(request.getProperties());
  const hidden = secretsOf(resource, secrets);
  if (request.getPreview())
    return new wire.CreateResponse().setProperties(toWire(previewCreate(resource, values), hidden));
  const context = contextFor({ resource, session }, request, values);
  const { id, outputs } = await create(resource, values, context);
  return new wire.CreateResponse().setId(id).setProperties(toWire(outputs, hidden));
}

/** An empty id in the response means gone. Import sends the id and nothing else, and needs inputs in the response. */
export async function readResource(
  { resource, session }: ResourceCall,
  request: wire.ReadRequest,
): Promise<wire.ReadResponse> {
  const state = fromWire(request.getProperties());
  const inputs = fromWire(request.getInputs());
  const hidden = secretsOf(resource, new Set([...state.secrets, ...inputs.secrets]));
  const context = contextFor({ resource, session }, request, state.values);
  const found = await read(resource, request.getId(), { ...inputs.values, ...state.values }, context);
  const response = new wire.ReadResponse();
  if (!found) return response;
  const { id, outputs, inputs: refreshed } = found;
  return response.setId(id).setProperties(toWire(outputs, hidden)).setInputs(toWire(refreshed, hidden));
}

export async function updateResource(
  { resource, session }: ResourceCall,
  request: wire.UpdateRequest,
): Promise<wire.UpdateResponse> {
  const olds = fromWire(request.getOlds());
  const news = fromWire(request.getNews());
  const id = request.getId();
  const hidden = secretsOf(resource, news.secrets);
  const isIgnored = matcher(request.getIgnorechangesList());
  const update = { id, olds: olds.values, news: news.values, isIgnored };
  if (request.getPreview())
    return new wire.UpdateResponse().setProperties(toWire(previewUpdate(resource, update), hidden));
  const context = contextFor({ resource, session }, request, olds.values, news.values);
  return new wire.UpdateResponse().setProperties(toWire(await updateObject(resource, update, context), hidden));
}

export async function deleteResource({ resource, session }: ResourceCall, request: wire.DeleteRequest): Promise<Empty> {
  const { values } = fromWire(request.getProperties());
  await remove(resource, request.getId(), values, contextFor({ resource, session }, request, values));
  return new Empty();
}

/** @param all the values that the operation works on */
function contextFor(
  { resource, session }: ResourceCall,
  request: wire.CreateRequest | wire.ReadRequest | wire.UpdateRequest | wire.DeleteRequest,
  ...all: readonly Values[]
): Context<Services> {
  // The seconds of a `customTimeouts` entry; 0 where the user set none.
  const custom = request.getTimeout() * 1000;
  return session.context(request.getUrn(), custom > 0 ? custom : timeoutFor(resource, ...all));
}
