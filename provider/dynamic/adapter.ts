/** A resource as the object that Pulumi's dynamic provider host calls. One adapter for all of them. */
import type { dynamic } from "@pulumi/pulumi";
import {
  type CheckRequest,
  check,
  create,
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
import type { Services } from "../resources/index";
import { visible } from "../text/visible";
import { HostError } from "./errors";
import type { Session } from "./session";
import { type FromHost, fromHost, toHost } from "./values";

type Props = Readonly<Record<string, unknown>>;

export function dynamicProvider(resource: Resource<Services>, session: Session): dynamic.ResourceProvider {
  const secrets = secretKeys(resource.properties);
  const respond = <Result>(props: Props | undefined, verb: (given: FromHost) => Promise<Result>) =>
    respondTo(props, verb, secrets);
  return {
    configure: ({ config }) => session.configure((key) => config.get(`plivo:${key}`)) as unknown as Promise<void>,
    check: (olds: Props, news: Props) =>
      respond(news, async (given) => {
        const before = fromHost(olds).values;
        const known = Object.keys(before).length > 0 ? before : undefined;
        const request = { news: given.values, olds: known, secrets: given.secrets, ...nameOf(given, session) };
        const { inputs, failures, tolerated } = check(resource, request, session.account().ledger);
        // The SDK class warns of everything else; only here is it known what the object has already.
        for (const { property, reason } of tolerated)
          session.warn(`${resource.noun} "${shownName(inputs, given)}": ${property} ${reason}`);
        return {
          inputs: toHost(inputs, secrets),
          failures: failures.map(({ property, reason }) => ({ property, reason: visible(reason) })),
        };
      }),
    diff: (id, olds: Props, news: Props) =>
      respond(news, async (given) => {
        const planned = plan(resource, { id, olds: fromHost(olds).values, news: given.values });
        session.account().ledger.recordPlan(resource, planned);
        return diffResult(planned);
      }),
    create: (inputs: Props) =>
      respond(inputs, async ({ values }) => {
        const { id, outputs } = await create(resource, values, session.context());
        return { id, outs: outsOf(resource, outputs) };
      }),
    read: (id: string, props?: Props) => respond(props, (given) => readResult(resource, id, given, session)),
    update: (id, olds: Props, news: Props) =>
      respond(news, async ({ values }) => {
        const request = { id, olds: fromHost(olds).values, news: values };
        return { outs: outsOf(resource, await update(resource, request, session.context())) };
      }),
    delete: (id, props: Props) => respond(props, ({ values }) => remove(resource, id, values, session.context())),
  };
}

/**
 * The candidate of the SDK class is the same in every run, and so identifies the resource. A name that proves an object
 * to be this run's must be made by this run: in a replacement that was asked for on the command line the host is told
 * nothing of the old object, which may have been given the candidate itself. So a preview cannot know it: it says so, and
 * a plan that was saved by it takes any name.
 */
function nameOf(
  { autoName: candidate, isPreview }: FromHost,
  session: Session,
): Pick<CheckRequest, "key" | "autoName"> {
  if (candidate === undefined) return { autoName: undefined };
  return { key: candidate, autoName: isPreview ? unknown : withSuffix(candidate, session.randomHex()) };
}

/** A name that is not known yet is that of the resource in the program. */
function shownName({ name }: Values, { autoName = "" }: FromHost): string {
  return typeof name === "string" ? name : autoName;
}

/** Whatever goes wrong, the host gets an Error: it never responds to the engine when something else is thrown. */
async function respondTo<Result>(
  props: Props | undefined,
  verb: (given: FromHost) => Promise<Result>,
  secrets: ReadonlySet<string>,
): Promise<Result> {
  const given = fromHost(props);
  try {
    return await verb(given);
  } catch (error) {
    throw new HostError(error, given.provider, secrets);
  }
}

/**
 * Leaving `changes` out makes the engine compare the inputs itself: it shows exactly the changed properties and honours
 * `replaceOnChanges`. It sees drift because our `read` returns inputs.
 */
function diffResult({ differences, deleteBeforeReplace }: Plan): dynamic.DiffResult {
  const changed = Object.entries(differences);
  if (changed.length === 0) return { changes: false };
  const replaces = changed.filter(([, difference]) => difference.replaces).map(([path]) => path);
  // The inputs of an object that may not exist are what they were: only we can say that there is something to do.
  return deleteBeforeReplace ? { changes: true, replaces, deleteBeforeReplace } : { replaces };
}

async function readResult(
  resource: Resource<Services>,
  id: string,
  { values }: FromHost,
  session: Session,
): Promise<dynamic.ReadResult> {
  const found = await read(resource, id, values, session.context());
  if (found) {
    const inputs = toHost(found.inputs, secretKeys(resource.properties));
    return { id: found.id, props: outsOf(resource, found.outputs), inputs };
  }
  // Without old values this is a `get`, for which the host would take an empty response as an empty object.
  if (Object.keys(values).length > 0) return { id: "", props: {} };
  throw new MissingError(`${resource.noun} ${id} does not exist: check the id that ${resource.token}.get was given`);
}

/** The id has its own place in the state: the SDK class takes `trunkId` and the like from there. */
function outsOf(resource: Resource<Services>, outputs: Props): Record<string, unknown> {
  const stored = Object.entries(outputs).filter(([key]) => resource.properties[key]?.role !== "id");
  return toHost(Object.fromEntries(stored), secretKeys(resource.properties));
}
