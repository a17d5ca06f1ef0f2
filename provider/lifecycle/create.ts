/** create: makes the object, then reads it back. The id, once known, is never lost. */

import {
  type AmbiguousCreate,
  type Candidate,
  recoverEarlierRun,
  recoverThisRun,
  unconfirmed,
} from "./ambiguous-create";
import { type Context, nameOf, refuseIncomplete, secretsIn, servicesFor, withoutSecrets, wrapError } from "./context";
import { isInput } from "./definition/property";
import type { AssignedResource, Resource } from "./definition/resource";
import { getOwn, type Values } from "./definition/values";
import { diff } from "./diff";
import { InitFailedError, messageOf, PartialWriteError } from "./errors";
import { holderOf, type MovedAside, moveAside, nameTaken, putNameBack } from "./name-conflict";
import { runFactsOf } from "./state/claims";
import { completeInputs, outputsOf } from "./state/outputs";
import { update } from "./update";
import {
  partialFailure,
  readWhenVisible,
  resolveIndeterminateWrite,
  verifyWrite,
  type Written,
  withRecorded,
} from "./verify-write";

export interface Created {
  readonly id: string;
  readonly outputs: Values;
}

interface Attempt extends AmbiguousCreate {
  readonly inputs: Values;
}

export async function create<S>(resource: Resource<S>, inputs: Values, context: Context<S>): Promise<Created> {
  const doing = `creating ${nameOf(resource, inputs)}`;
  const complete = completeInputs(resource, inputs);
  refuseIncomplete(resource, complete, doing);
  const secrets = secretsIn(resource, complete);
  const services = servicesFor(context, doing, secrets);
  const recorded = await resource
    .prepare?.({ ...services, inputs: complete, run: runFactsOf(resource, context) })
    .catch((error: unknown) => {
      throw wrapError(doing, error, secrets);
    });
  const asked = { ...complete, ...recordedBefore(resource, complete, recorded, context) };
  const attempt = { doing, inputs: complete, asked, secrets, why: "" };
  if (resource.identity === "chosen") return createChosen(resource, attempt, context);
  const found = await recoverEarlierRun(resource, { ...attempt, why: EARLIER }, context);
  if (found) return takeOver(resource, attempt, found, context);
  const id = await make(resource, attempt, context);
  return finish(resource, attempt, id, context);
}

/**
 * What was found is recorded to be restored. Where this process has seen what the state had recorded of the same object,
 * that stands: what is found now is what the program itself has made of it. What the program owns is nothing to restore.
 */
function recordedBefore<S>(
  resource: Resource<S>,
  inputs: Values,
  found: Values | undefined,
  context: Context<S>,
): Values {
  const before = context.ledger.outputsOf(resource.token, String(getOwn(inputs, resource.id))) ?? {};
  const isOurs = (value: unknown) => typeof value === "string" && context.ledger.isInState(value);
  return Object.fromEntries(
    Object.entries(found ?? {}).map(([key, value]) => {
      const known = getOwn(before, key);
      return [key, known !== undefined ? known : isOurs(value) ? null : value];
    }),
  );
}

const EARLIER = "an earlier run sent the create and got no usable response";

/** @param live what the create has read back itself */
async function finish<S>(
  resource: Resource<S>,
  attempt: Attempt,
  id: string,
  context: Context<S>,
  live?: Values,
): Promise<Created> {
  noteMade(resource, id, attempt, context);
  const outputs = await verifyWrite(
    resource,
    writtenBy(resource, attempt, id),
    context,
    async () => live ?? readWhenVisible(resource, id, attempt.asked, context),
  );
  return { id, outputs };
}

function noteMade<S>(resource: Resource<S>, id: string, { asked }: Attempt, { ledger }: Context<S>): void {
  ledger.recordStays(resource.token, id);
  ledger.recordOutputs(resource.token, id, asked);
}

/** A create carries every property that reaches Plivo, and there is nothing before it. */
function writtenBy(resource: Resource<never>, { doing, asked, secrets }: Attempt, id: string): Written {
  const sent = Object.entries(resource.properties)
    .filter(([, property]) => isInput(property) && property.role !== "local")
    .map(([key]) => key);
  return { doing, id, asked, before: asked, sent, secrets, isNew: true };
}

/**
 * Sends the create until it is known what became of it. It is retried as often as any request may be, and only when the
 * attempt before has made nothing. What it replaces under the same name makes room first, where names are unique.
 */
async function make<S>(resource: AssignedResource<S>, attempt: Attempt, context: Context<S>): Promise<string> {
  const replaced = context.ledger.replacedUnder(resource.token, String(getOwn(attempt.inputs, "name")));
  const first = resource.uniqueNames && replaced !== undefined;
  let moved = first ? await moveAside(resource, attempt, replaced, context) : undefined;
  let lost: AmbiguousCreate | undefined;
  for (let retries = 0; ; ) {
    const result = await send(resource, attempt, context);
    if (typeof result === "string") return result;
    if ("why" in result) {
      lost = result;
      context.log("info", `${attempt.doing}: ${lost.why}; checking whether Plivo created it`);
      const found = await recoverThisRun(resource, lost, context);
      if (found !== undefined) return found;
      if (retries >= context.maxRetries)
        throw unconfirmed(resource, lost, "it has not appeared; run `pulumi up` again, which checks first", context);
      retries += 1;
      continue;
    }
    const { failure } = result;
    const holder = await holderOf(resource, attempt.inputs, failure, context);
    const isFirst = !moved && holder !== undefined && holder === replaced;
    moved ??= isFirst ? await moveAside(resource, attempt, replaced, context) : undefined;
    // While it had the name no attempt can have made anything.
    if (moved && isFirst) lost = undefined;
    else if (lost) return recoverAfterFailure(resource, lost, failure, context);
    else throw await failureOf(resource, { ...attempt, error: failure }, { moved, holder }, context);
  }
}

/** The error of a create that failed for good; what made room for it gets its name back. */
async function failureOf<S>(
  resource: Resource<S>,
  failed: Attempt & { readonly error: unknown },
  { moved, holder }: { readonly moved: MovedAside | undefined; readonly holder: string | undefined },
  context: Context<S>,
): Promise<Error> {
  const isTaken = holder !== undefined && holder !== moved?.id;
  const error = isTaken
    ? nameTaken(resource, { ...failed, isNew: true }, holder, context)
    : wrapError(failed.doing, failed.error, failed.secrets);
  return moved ? putNameBack(resource, { ...failed, moved, error }, context) : error;
}

/**
 * A failure after an attempt without a response says nothing about that attempt, which is as doubtful as it was; unless
 * the object that it made is what the failure is about.
 */
async function recoverAfterFailure<S>(
  resource: AssignedResource<S>,
  lost: AmbiguousCreate,
  error: unknown,
  context: Context<S>,
): Promise<string> {
  const found = context.errors.isRejected(error) ? await recoverThisRun(resource, lost, context) : undefined;
  if (found !== undefined) return found;
  const why = withoutSecrets(messageOf(error), lost.secrets);
  throw unconfirmed(resource, lost, `it was retried, and that failed: ${why}; run \`pulumi up\` again`, context);
}

/** The id; or what is known where there is none. */
async function send<S>(
  resource: Resource<S>,
  attempt: Attempt,
  context: Context<S>,
): Promise<string | AmbiguousCreate | { readonly failure: unknown }> {
  try {
    const run = runFactsOf(resource, context);
    return (await resource.create({ ...context.services, inputs: attempt.inputs, run })).id;
  } catch (error) {
    if (!context.errors.mayHaveActed(error)) return { failure: error };
    return {
      ...attempt,
      why: `no usable response to the create (${withoutSecrets(messageOf(error), attempt.secrets)})`,
    };
  }
}

/** Here is nothing to find: what the object is now shows what a lost response has done. */
async function createChosen<S>(resource: Resource<S>, attempt: Attempt, context: Context<S>): Promise<Created> {
  const { doing, inputs, asked, secrets } = attempt;
  try {
    const run = runFactsOf(resource, context);
    const { id, written } = await resource.create({ ...context.services, inputs, run });
    const known = { ...attempt, asked: withRecorded(resource, asked, written) };
    return await finish(resource, known, id, context, written);
  } catch (error) {
    const chosen = String(getOwn(asked, resource.id));
    if (PartialWriteError.isInstance(error))
      throw partialFailure(resource, { doing, id: chosen, asked, secrets }, error, context);
    if (InitFailedError.isInstance(error)) throw error;
    if (!context.hasWritten()) throw wrapError(doing, error, secrets);
    const id = chosen;
    noteMade(resource, id, attempt, context);
    const outputs = await resolveIndeterminateWrite(resource, writtenBy(resource, attempt, id), error, context);
    return { id, outputs };
  }
}

/** What an earlier run created becomes what is asked now. Its secrets cannot be seen, so they are sent again. */
async function takeOver<S>(
  resource: Resource<S>,
  attempt: Attempt,
  { id, live }: Candidate,
  context: Context<S>,
): Promise<Created> {
  const { doing, inputs } = attempt;
  const olds = outputsOf(resource, id, {}, live);
  const differences = diff(resource, olds, inputs);
  if (Object.values(differences).some(({ replaces }) => replaces)) {
    const next = "it needs another object by now; run `pulumi up` again, which replaces it";
    throw new InitFailedError(id, olds, [`${doing}: an earlier run created ${resource.noun} ${id}, and ${next}`]);
  }
  if (Object.keys(differences).length === 0) return finish(resource, attempt, id, context);
  context.ledger.recordStays(resource.token, id);
  return { id, outputs: await update(resource, { id, olds, news: inputs }, context) };
}
