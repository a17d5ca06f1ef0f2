/** delete: refuses while it would harm other objects; done when the object is gone, also if it was gone before. */

import { deletableUnconfirmed } from "./ambiguous-create";
import { type Context, nameOf, secretsIn, servicesFor, withoutSecrets, wrapError } from "./context";
import type { Properties } from "./definition/property";
import type { Guard, Keeper, Resource } from "./definition/resource";
import { getOwn, isNullish, type Values } from "./definition/values";
import { messageOf, OperationError, PartialWriteError } from "./errors";
import { handOverTarget, runFactsOf } from "./state/claims";
import { mismatches, outputsOf, withoutOthers } from "./state/outputs";
import { readState, type UnconfirmedCreate } from "./state/state";
import { readExisting, readWhenVisible } from "./verify-write";

export async function remove<S>(resource: Resource<S>, id: string, stored: Values, context: Context<S>): Promise<void> {
  const { identity, outputs, maybe } = readState(resource, id, stored);
  const doing = `deleting ${nameOf(resource, outputs, id)}`;
  const secrets = secretsIn(resource, outputs);
  const olds = await asItIs(resource, { id, outputs, maybe }, { doing, secrets }, context);
  if (identity.kind === "unconfirmed") return removeAmbiguous(resource, identity, { doing, olds, secrets }, context);
  if (isLeftToAnother(resource, { id, olds, doing }, context)) return;
  if (context.ledger.importOf(resource.token, id)) {
    const next = "run `pulumi up` again; to replace the object instead, remove the option";
    throw new OperationError(`${doing}: refused, the option \`import\` of the program names it; ${next}`);
  }
  context.ledger.recordInState(resource.token, id);
  const holder = { token: resource.token, id, key: context.key };
  context.ledger.claims.recordStored(resource.claims, holder, outputs, true);
  const run = runFactsOf(resource, context, id);
  const request = { ...servicesFor(context, doing, secrets), id, olds: outputsOf(resource, id, olds, olds), run };
  if (identity.kind === "unseen") await waitFor(resource, { id, olds }, context, { doing, secrets });
  const { guard } = resource;
  const check = async () => {
    if (guard && getOwn(olds, "forceDestroy") !== true) await refuseWhileUsed(doing, guard, request, secrets);
  };
  await check();
  const done = () => context.ledger.recordDeleted(resource.token, id);
  try {
    await resource.delete({ ...request, ...context.servicesAfter(check) });
    done();
  } catch (error) {
    if (context.errors.isGone(error)) return done();
    if (PartialWriteError.isInstance(error)) throw partlyDeleted(doing, error, secrets);
    // A check that refuses says so itself.
    const failure = OperationError.isInstance(error) ? error : wrapError(doing, error, secrets);
    if (!context.hasWritten()) throw failure;
    if (await isDeleted(resource, id, olds, context)) return done();
    const next = "the delete may have been applied: try again, or run `pulumi refresh`";
    throw new OperationError(`${failure.message} (${next})`, { cause: error });
  }
}

/** The engine keeps the whole entry of the state: what is released already is found to be so by the next delete. */
function partlyDeleted(doing: string, { reasons }: PartialWriteError, secrets: readonly string[]): OperationError {
  const told = reasons.map((reason) => `${doing}: ${withoutSecrets(reason, secrets)}`);
  return new OperationError(`${told.join("; ")} (try again, or run \`pulumi refresh\`)`);
}

/** Whether there is nothing to delete. Where the delete puts the object back for another resource, it warns all the same. */
function isLeftToAnother<S>(
  resource: Resource<S>,
  { id, olds, doing }: { readonly id: string; readonly olds: Values; readonly doing: string },
  context: Context<S>,
): boolean {
  const { token, claims } = resource;
  const { ledger, key } = context;
  const isClaimed = claims !== undefined && claims.property === resource.id;
  const keeper = isClaimed ? ledger.claims.keeperOf(claims.noun, id, { token, id, key }) : undefined;
  const isHeld = isHeldByAnother(resource, { id, olds, keeper }, context);
  if (isHeld) context.log("info", `${doing}: nothing to do, a resource of the program has it now`);
  if (isHeld || keeper)
    for (const text of forgotten(resource, id, olds, context)) context.log("warning", `${doing}: ${text}`);
  return isHeld;
}

/** The object stays, whatever the entry of the state that is deleted here: after a rename without an alias, for example. */
function isHeldByAnother<S>(
  resource: Resource<S>,
  { id, olds, keeper }: { readonly id: string; readonly olds: Values; readonly keeper: Keeper | undefined },
  { ledger, key }: Context<S>,
): boolean {
  const { token, identity, claims } = resource;
  if (ledger.importOf(token, id)?.isDone) return true;
  // Each of the things that it consists of may stay for another resource: its delete asks for each.
  if (claims && claims.property !== resource.id) return false;
  if (!claims || !keeper)
    return identity === "chosen"
      ? ledger.staysForAnother(token, id, key)
      : ledger.isHeldByAnother(token, id, key ?? "");
  return handOverTarget(keeper, getOwn(olds, claims.target)) === undefined;
}

async function removeAmbiguous<S>(
  resource: Resource<S>,
  identity: UnconfirmedCreate,
  { doing, olds, secrets }: About & { readonly olds: Values },
  context: Context<S>,
): Promise<void> {
  // The program may name the object that it imports: whatever the create has made is not looked for.
  if (resource.identity === "chosen" || context.ledger.isResolved(resource.token, identity.name)) return;
  const found = await deletableUnconfirmed(resource, identity, { doing, outputs: olds, secrets }, context);
  if (!found) return;
  await remove(resource, found.id, outputsOf(resource, found.id, olds, found.live), context);
  // The create that follows in a replacement need not wait for what is known to have been there, and is gone.
  context.ledger.recordResolved(resource.token, identity.name);
}

/** What the state had recorded of an object, and what the resource that has it now could not learn any more. */
function forgotten<S>(resource: Resource<S>, id: string, olds: Values, context: Context<S>): readonly string[] {
  const { ledger } = context;
  const { token, claims } = resource;
  const keeper = claims && ledger.claims.claimOf(claims.noun, id);
  // Where a resource of another kind has it, the outputs under this id are those of the deleted one.
  const isOfAnotherKind = keeper !== undefined && keeper.token !== token;
  const now = (isOfAnotherKind ? undefined : ledger.outputsOf(token, id)) ?? {};
  const known = claims && ledger.claims.recordedByKeeper(claims.noun, id, { token, id, key: context.key });
  return Object.entries(resource.properties).flatMap(([key, { role, facts }]) => {
    const value = getOwn(olds, key);
    if (role !== "recorded" || isNullish(value) || value === getOwn(now, key)) return [];
    const { instead } = facts;
    if (instead === undefined || known === value) return [];
    const given = getOwn(now, instead);
    if (!isNullish(given)) return [];
    const next = `set ${instead}: ${JSON.stringify(value)} there now; the next time, give a resource that is renamed an alias`;
    return [`${key} was ${JSON.stringify(value)}, which the resource that has it now cannot know; ${next}`];
  });
}

/** Which of the two it is, where an update got no usable response: what is there decides whether it is still ours. */
async function asItIs<S>(
  resource: Resource<S>,
  { id, outputs, maybe }: { readonly id: string; readonly outputs: Values; readonly maybe: Values | undefined },
  { doing, secrets }: About,
  context: Context<S>,
): Promise<Values> {
  if (!maybe) return outputs;
  const updated = { ...outputs, ...maybe };
  try {
    const found = await readExisting(resource, id, updated, context);
    const live = withoutOthers(resource, found, outputs, maybe);
    if (mismatches(resource, updated, live).length === 0) return updated;
    const lists = Object.entries(live).filter(([key, value]) => Array.isArray(value) && key in maybe);
    return { ...outputs, ...Object.fromEntries(lists) };
  } catch (error) {
    if (context.errors.isGone(error)) return outputs;
    throw wrapError(doing, error, secrets);
  }
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
 * After a delete without a response: is the object gone? Where the id is an input the object itself stays, and what the
 * state has of it is gone when it is not like that any more.
 */
async function isDeleted<S>(resource: Resource<S>, id: string, olds: Values, context: Context<S>): Promise<boolean> {
  try {
    const live = await readExisting(resource, id, olds, context);
    return resource.identity === "chosen" && mismatches(resource, olds, live).length > 0;
  } catch (error) {
    return context.errors.isGone(error);
  }
}

/** As late as possible: what starts to use the object between this check and the delete cannot be seen. */
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
