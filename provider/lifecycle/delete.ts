/** delete: refuses while it would hurt somebody else; done when the object is gone, whoever deleted it. */

import { candidates, describe } from "./ambiguous-create";
import { type Context, nameOf, secretsIn, servicesFor, withoutSecrets, wrapError } from "./context";
import { messageOf, OperationError } from "./errors";
import { mismatches, outputsOf } from "./outputs";
import { type Pending, pendingOf } from "./pending";
import type { Properties } from "./property";
import type { Guard, Resource } from "./resource";
import { getOwn, isNullish, type Values } from "./values";
import { isUnconfirmed, readExisting, readWhenVisible } from "./verify-write";

export async function remove<S>(resource: Resource<S>, id: string, olds: Values, context: Context<S>): Promise<void> {
  const doing = `deleting ${nameOf(resource, olds, id)}`;
  const secrets = secretsIn(resource, olds);
  const pending = pendingOf(id);
  if (pending) return removePending(resource, { doing, olds, pending, secrets }, context);
  // Where the id is an input, two resources may have it: under another logical name, or in a replacement by itself.
  if (resource.properties[resource.id]?.role !== "id" && context.memory.isKept(id, context.key)) {
    context.log("info", `${doing}: nothing to do, another resource of the program has it now`);
    for (const text of forgotten(resource, id, olds, context)) context.log("warning", `${doing}: ${text}`);
    return;
  }
  context.memory.noteInState(id);
  const request = { ...servicesFor(context, doing, secrets), id, olds: outputsOf(resource, id, olds, olds) };
  if (isUnconfirmed(resource, olds)) await waitFor(resource, { id, olds }, context, { doing, secrets });
  const { guard } = resource;
  const look = async () => {
    if (guard && getOwn(olds, "forceDestroy") !== true) await refuseWhileUsed(doing, guard, request, secrets);
  };
  await look();
  try {
    await resource.delete({ ...request, ...context.servicesAfter(look) });
    context.memory.forgetOld(resource.token, id);
  } catch (error) {
    if (context.errors.isGone(error)) return context.memory.forgetOld(resource.token, id);
    // A look that refuses says so itself.
    const failure = OperationError.isInstance(error) ? error : wrapError(doing, error, secrets);
    if (!context.errors.mayHaveWritten(error)) throw failure;
    if (await isDeleted(resource, id, olds, context)) return context.memory.forgetOld(resource.token, id);
    const next = "it may be done all the same: try again, or run `pulumi refresh`, which sees it";
    throw new OperationError(`${failure.message} (${next})`, { cause: error });
  }
}

/** What the state had recorded of an object, and what the resource that has it now could not learn any more. */
function forgotten<S>(resource: Resource<S>, id: string, olds: Values, { memory }: Context<S>): readonly string[] {
  const now = memory.old(resource.token, id)?.outputs ?? {};
  return Object.entries(resource.properties).flatMap(([key, { role, facts }]) => {
    const value = getOwn(olds, key);
    if (role !== "recorded" || isNullish(value) || value === getOwn(now, key)) return [];
    const { instead } = facts;
    if (instead === undefined) return [];
    const given = getOwn(now, instead);
    if (!isNullish(given)) return [];
    const next = `set ${instead}: ${JSON.stringify(value)} there now; the next time, give a resource that is renamed an alias`;
    return [`${key} was ${JSON.stringify(value)}, which the resource that has it now cannot know; ${next}`];
  });
}

interface About {
  readonly doing: string;
  readonly secrets: readonly string[];
}

/** A new object that has not appeared yet would be taken for gone. */
async function waitFor<S>(
  resource: Resource<S>,
  { id, olds }: { readonly id: string; readonly olds: Values },
  context: Context<S>,
  about: About,
): Promise<void> {
  try {
    await readWhenVisible(resource, id, olds, context);
  } catch (error) {
    if (!context.errors.isGone(error)) throw wrapError(about.doing, error, about.secrets);
  }
}

/**
 * After a delete without an answer: is the object gone? Where the id is an input the object itself stays, and what the
 * state has of it is gone when it is not like that any more.
 */
async function isDeleted<S>(resource: Resource<S>, id: string, olds: Values, context: Context<S>): Promise<boolean> {
  try {
    const live = await readExisting(resource, id, olds, context);
    return resource.properties[resource.id]?.role !== "id" && mismatches(resource, olds, live).length > 0;
  } catch (error) {
    return context.errors.isGone(error);
  }
}

/** Looks as late as possible: what starts to use the object between this look and the delete cannot be seen. */
async function refuseWhileUsed<S>(
  doing: string,
  guard: Guard<Properties, S>,
  request: Parameters<Guard<Properties, S>["dependents"]>[0],
  secrets: readonly string[],
): Promise<void> {
  const wayOut = "set forceDestroy: true and run `pulumi up` before the delete";
  const dependents = await guard.dependents(request).catch((error: unknown) => {
    const why = `cannot see what still uses it: ${withoutSecrets(messageOf(error), secrets)}`;
    throw new OperationError(`${doing}: refused, ${why}. Try again, or ${wayOut}`, { cause: error });
  });
  if (dependents.length === 0) return;
  const used = `still used by ${dependents.join(", ")}; Plivo would ${guard.consequence}`;
  throw new OperationError(`${doing}: refused, ${used}. Remove that use first, or ${wayOut}`);
}

interface PendingDelete extends About {
  readonly olds: Values;
  readonly pending: Pending;
}

/**
 * Nobody knows whether there is anything to delete: we look, and delete nothing but what its made-up name proves to be
 * ours. In a replacement too: what follows may never come to pass, or look for another name.
 */
async function removePending<S>(resource: Resource<S>, request: PendingDelete, context: Context<S>): Promise<void> {
  const { doing, olds, pending, secrets } = request;
  if (pending.besides !== undefined) context.memory.noteInState(pending.besides);
  const found = await candidates(resource, olds, context).catch((error: unknown) => {
    throw wrapError(doing, error, secrets);
  });
  const [only] = found;
  if (!only) return;
  if (found.length === 1 && pending.isOurs)
    return remove(resource, only.id, outputsOf(resource, only.id, olds, only.live), context);
  const adopt = context.adoption(resource.token, only.id, { isInState: true });
  const yourself = `${adopt}; else delete it at Plivo, or take it out of the state with \`pulumi state delete\``;
  throw new OperationError(`${doing}: refused, ${describe(resource, found)}: ${yourself}`);
}
