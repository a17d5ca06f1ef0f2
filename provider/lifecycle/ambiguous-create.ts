/**
 * A create whose answer was lost may have made an object. Making it again could make a second one, giving up could
 * leave one behind that nobody knows: so we look.
 *
 * An object is adopted only when it cannot be anybody else's: its name was made up by this run, it equals what was
 * asked in every field, it is the only one, and its id is not in the state. In every other unclear case the state
 * remembers that there may be something, and the next run looks before it makes anything.
 */
import { type Context, withoutSecrets } from "./context";
import { InitFailedError, messageOf, OperationError } from "./errors";
import { mismatches, outputsOf } from "./outputs";
import { pendingId } from "./pending";
import type { Resource } from "./resource";
import { getOwn, type Values } from "./values";
import { APPEARS_WITHIN } from "./verify-write";

/** When to look, in ms: a new object may take a while to appear. */
const LOOKS_AFTER: readonly number[] = [0, 1_000, 5_000, APPEARS_WITHIN];

export interface AmbiguousCreate {
  readonly doing: string;
  readonly asked: Values;
  readonly secrets: readonly string[];
  /** Why nobody knows the id. */
  readonly why: string;
}

/** The id of the object, or `undefined` when there is none after all looks. Throws where it cannot be known. */
export async function recoverThisRun<S>(
  resource: Resource<S>,
  lost: AmbiguousCreate,
  context: Context<S>,
): Promise<string | undefined> {
  const found = await look(resource, lost, context);
  if (found.length === 0) return undefined;
  const only = onlyOurs(lost, found, context);
  if (only?.isEqual) return only.id;
  throw unproven(resource, lost, found, context);
}

/**
 * What an earlier run may have made, if it was left unsure. It may differ from what is asked now, because the program
 * was changed in the meantime; its made-up name says whose it is.
 */
export async function recoverEarlierRun<S>(
  resource: Resource<S>,
  lost: AmbiguousCreate,
  context: Context<S>,
): Promise<Candidate | undefined> {
  const name = getOwn(lost.asked, "name");
  if (typeof name !== "string" || !context.memory.isUnsure(name)) return undefined;
  const found = await look(resource, lost, context);
  if (found.length === 0) return undefined;
  const only = onlyOurs(lost, found, context);
  if (only) return only;
  throw unproven(resource, lost, found, context);
}

function onlyOurs<S>(
  { asked }: AmbiguousCreate,
  found: readonly Candidate[],
  { memory }: Context<S>,
): Candidate | undefined {
  return found.length === 1 && memory.wasGenerated(String(getOwn(asked, "name"))) ? found[0] : undefined;
}

function unproven<S>(
  resource: Resource<S>,
  lost: AmbiguousCreate,
  found: readonly Candidate[],
  context: Context<S>,
): Error {
  return unconfirmed(resource, lost, `${describe(resource, found)}; ${wayOut(resource, found, context)}`, context);
}

export interface Candidate {
  readonly id: string;
  readonly live: Values;
  /** It is what was asked for, in every field. */
  readonly isEqual: boolean;
}

/**
 * The objects of that name that are not in the state. None only after looking for a while, in the next run too: it may
 * follow at once.
 */
export async function candidates<S>(resource: Resource<S>, asked: Values, context: Context<S>): Promise<Candidate[]> {
  const start = context.clock.now();
  for (const after of LOOKS_AFTER) {
    const wait = start + after - context.clock.now();
    if (context.clock.now() + wait > context.deadline) throw new OperationError("there was no time to wait for it");
    if (wait > 0) await context.clock.sleep(wait, context.signal);
    const rows = (await resource.list?.(context.services)) ?? [];
    const found = rows.filter(
      ({ id, live }) => getOwn(live, "name") === getOwn(asked, "name") && !context.memory.isInState(id),
    );
    if (found.length > 0)
      return found.map(({ id, live }) => ({ id, live, isEqual: mismatches(resource, asked, live).length === 0 }));
  }
  return [];
}

async function look<S>(resource: Resource<S>, lost: AmbiguousCreate, context: Context<S>): Promise<Candidate[]> {
  try {
    return await candidates(resource, lost.asked, context);
  } catch (error) {
    const why = withoutSecrets(messageOf(error), lost.secrets);
    const then = `checking for it failed too: ${why}; run \`pulumi up\` again, which checks first`;
    throw unconfirmed(resource, lost, then, context);
  }
}

/** Names the candidates as an error does. */
export function describe(resource: Resource<never>, found: readonly Candidate[]): string {
  const ids = found.map(({ id, isEqual }) => `${id}${isEqual ? "" : " (which differs from what was asked)"}`);
  return `Plivo has ${resource.noun} ${ids.join(" and ")} of that name, which may or may not be it`;
}

function wayOut<S>(resource: Resource<S>, found: readonly Candidate[], context: Context<S>): string {
  const adopt = context.adoption(resource.token, found[0]?.id ?? "", { isInState: true });
  return `resolve this before the next \`pulumi up\`: ${adopt}, or delete it at Plivo`;
}

/** The state must know that there may be something, whatever else is unknown. */
export function unconfirmed<S>(
  resource: Resource<S>,
  { doing, asked, why }: AmbiguousCreate,
  then: string,
  context: Context<S>,
): InitFailedError {
  const name = String(getOwn(asked, "name"));
  const besides = context.memory.replacedUnder(resource.token, name);
  const id = pendingId({ name, isOurs: context.memory.wasGenerated(name), besides });
  return new InitFailedError(id, outputsOf(resource, id, asked, asked), [`${doing}: ${why}; ${then}`]);
}
