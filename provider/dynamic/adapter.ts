/** A resource as the object that Pulumi's dynamic provider host calls. One adapter for all of them. */
import type { dynamic } from "@pulumi/pulumi";
import {
  type CheckRequest,
  type Context,
  check,
  create,
  describeChange,
  importObject,
  MissingError,
  type Plan,
  plan,
  type Resource,
  read,
  remove,
  secretKeys,
  unknown,
  update,
  type Values,
  withSuffix,
} from "../lifecycle/index";
import { type Services, timeoutFor } from "../resources/index";
import { logicalName } from "../text/urn";
import { visible } from "../text/visible";
import { HostError } from "./errors";
import { asChange, finishCheck, holderKey, markFor, recordDiff, targetOf } from "./import";
import type { ResourceCall, Session } from "./session";
import { type FromHost, fromHost, toHost } from "./values";

export function dynamicProvider(resource: Resource<Services>, session: Session): dynamic.ResourceProvider {
  const call = { resource, session };
  const secrets = secretKeys(resource.properties);
  /** Whatever goes wrong, the host gets an Error: it never responds to the engine when something else is thrown. */
  async function respond<Result>(props: Values | undefined, method: (given: FromHost) => Promise<Result>) {
    const given = fromHost(props);
    try {
      return await method(given);
    } catch (error) {
      throw new HostError(error, given, secrets);
    }
  }
  return {
    configure: ({ config }) => session.configure((key) => config.get(`plivo:${key}`)) as unknown as Promise<void>,
    check: (olds: Values, news: Values) => respond(news, (given) => checkResource(call, fromHost(olds), given)),
    diff: (id, olds: Values, news: Values) =>
      respond(news, async (given) => diffResource(call, id, fromHost(olds), given)),
    create: (inputs: Values) => respond(inputs, (given) => createResource(call, given)),
    read: (id: string, props?: Values) => respond(props, (given) => readResource(call, id, given)),
    update: (id, olds: Values, news: Values) =>
      respond(news, async (given) => {
        const request = { id, olds: fromHost(olds).values, news: given.values };
        const context = contextFor(call, request.olds, request.news);
        return { outs: outsOf(resource, await update(resource, request, context), given) };
      }),
    delete: (id, props: Values) =>
      respond(props, ({ values, imported }) => {
        const key = holderKey(resource, imported);
        return remove(resource, id, values, { ...contextFor(call, values), ...(key !== undefined && { key }) });
      }),
  };
}

async function checkResource(
  { resource, session }: ResourceCall,
  before: FromHost,
  given: FromHost,
): Promise<dynamic.CheckResult> {
  const { ledger } = session.account();
  const known = Object.keys(before.values).length > 0 ? before.values : undefined;
  const request = { news: given.values, olds: known, secrets: given.secrets, ...nameOf(given, session) };
  const { importOption: option, secrets } = given;
  const mark = markFor(resource, option, before.imported);
  if (known && option && mark?.urn === before.imported?.urn) session.importedEarlier.add(option.urn);
  const target = known ? undefined : await targetOf({ resource, session }, given);
  const isImport = option && target?.kind === "found";
  const result = check(resource, isImport ? asChange(request, target.object, option) : request, ledger);
  const title = `${resource.noun} "${shownName(result.inputs, given)}"`;
  // The SDK class warns of everything else; only here is it known what the object has already.
  for (const { property, reason } of result.tolerated) session.log("warning", `${title}: ${property} ${reason}`);
  const id = result.inputs[resource.id];
  if (typeof id === "string") session.recordTitle(resource.token, id, title);
  const failures = isImport
    ? finishCheck(resource, target.object, { ...result, secrets }, (text) => session.log("info", text))
    : result.failures;
  const refused = target?.kind === "refused" ? [{ property: "import", reason: target.reason }] : [];
  const hidden = new Set([...secrets].filter((key) => resource.properties[key]?.facts.elementVerbs));
  return {
    inputs: toHost(result.inputs, secretKeys(resource.properties), { imported: mark, hidden }),
    failures: [...failures, ...refused].map(({ property, reason }) => ({ property, reason: visible(reason) })),
  };
}

function diffResource(call: ResourceCall, id: string, before: FromHost, given: FromHost): dynamic.DiffResult {
  const { resource, session } = call;
  const { ledger } = session.account();
  const planned = plan(resource, { id, olds: before.values, news: given.values }, ledger);
  ledger.recordPlan(resource, planned, holderKey(resource, before.imported));
  recordDiff(call, planned, before.imported, given.imported);
  logChange(call, id, planned, given);
  return diffResult(planned);
}

/** Names the elements that a list gains and loses: the engine may show no more than that it changed. */
function logChange({ resource, session }: ResourceCall, id: string, planned: Plan, given: FromHost): void {
  const change = describeChange(resource, planned.base, given.values, given.hidden);
  if (change === undefined) return;
  const { token, noun } = resource;
  const { name } = given.values;
  // A refresh compares without a check, which alone knows what the resource is called.
  const title = typeof name === "string" ? `${noun} "${name}"` : (session.titleOf(token, id) ?? `${noun} ${id}`);
  session.log("info", `${title}: ${change}`);
}

/** A new object; or the one that the program imports, unless an earlier run has done so: then this replaces it. */
async function createResource(call: ResourceCall, given: FromHost): Promise<dynamic.CreateResult> {
  const { resource, session } = call;
  const { values: inputs, imported } = given;
  const context = contextFor(call, inputs);
  const { id, outputs } =
    imported && !session.importedEarlier.has(imported.urn)
      ? await importObject(resource, { id: imported.id, key: imported.urn, inputs }, context)
      : await create(resource, inputs, context);
  return { id, outs: outsOf(resource, outputs, given) };
}

/** @param all the values that the operation works on */
function contextFor({ resource, session }: ResourceCall, ...all: readonly Values[]): Context<Services> {
  return session.context(timeoutFor(resource, ...all));
}

/**
 * The candidate of the SDK class is the same in every run, and so identifies the resource. A name that proves an object
 * to be this run's must be made by this run: in a replacement that was asked for on the command line the host is told
 * nothing of the old object, which may have been given the candidate itself. So a preview cannot know it: it says so, and
 * a plan that was saved by it takes any name.
 */
function nameOf(
  { autoName: candidate, urn, isPreview }: FromHost,
  session: Session,
): Pick<CheckRequest, "key" | "autoName"> {
  if (candidate === undefined) return { autoName: undefined, ...(urn !== undefined && { key: urn }) };
  return { key: candidate, autoName: isPreview ? unknown : withSuffix(candidate, session.randomHex()) };
}

/** A name that is not known yet, or that the object does not have, is that of the resource in the program. */
function shownName({ name }: Values, { autoName, urn = "" }: FromHost): string {
  return typeof name === "string" ? name : (autoName ?? logicalName(urn));
}

/**
 * Leaving `changes` out makes the engine compare the inputs itself: it shows exactly the changed properties and honours
 * `replaceOnChanges`. It sees drift because our `read` returns inputs.
 */
function diffResult({ differences, deleteBeforeReplace, isTakenFrom }: Plan): dynamic.DiffResult {
  const changed = Object.entries(differences);
  if (changed.length === 0) return { changes: false };
  const replaces = changed.filter(([, difference]) => difference.replaces).map(([path]) => path);
  // The inputs of an object that may not exist are what they were: only we can say that there is something to do.
  if (deleteBeforeReplace) return { changes: true, replaces, deleteBeforeReplace };
  return isTakenFrom ? { changes: true, replaces } : { replaces };
}

async function readResource(call: ResourceCall, id: string, given: FromHost): Promise<dynamic.ReadResult> {
  const { resource } = call;
  const { values } = given;
  const found = await read(resource, id, values, contextFor(call, values));
  if (found) {
    const inputs = toHost(found.inputs, secretKeys(resource.properties), given);
    return { id: found.id, props: outsOf(resource, found.outputs, given), inputs };
  }
  // Without old values this is a `get`, for which the host would take an empty response as an empty object.
  if (Object.keys(values).length > 0) return { id: "", props: {} };
  throw new MissingError(`${resource.noun} ${id} does not exist: check the id that ${resource.token}.get was given`);
}

/** The id has its own place in the state: the SDK class takes `trunkId` and the like from there. */
function outsOf(resource: Resource<Services>, outputs: Values, given: FromHost): Record<string, unknown> {
  const stored = Object.entries(outputs).filter(([key]) => resource.properties[key]?.role !== "id");
  return toHost(Object.fromEntries(stored), secretKeys(resource.properties), given);
}
