/**
 * read: what the object is now. Only the API's own "no such object" means gone; any other failure is an error. By the id
 * alone (`get`, import, `exists`), an id that no object can have is the id of none.
 */

import { candidates, describe } from "./ambiguous-create";
import { type Context, nameOf, secretsIn, wrapError } from "./context";
import { OperationError } from "./errors";
import { inputsOf, outputsOf } from "./outputs";
import { type Pending, pendingOf } from "./pending";
import { isReadable } from "./property";
import type { Resource } from "./resource";
import { getOwn, isNullish, type Values } from "./values";
import { isUnconfirmed, readExisting, readWhenVisible } from "./verify-write";

export interface ReadResult {
  /** The id that was asked for, in its normal form; or the real one of an object that was kept under its name. */
  readonly id: string;
  readonly outputs: Values;
  readonly inputs: Values;
}

/** `olds` is what the state holds; empty for `get` and import, which know the id alone. `undefined` means gone. */
export async function read<S>(
  resource: Resource<S>,
  asked: string,
  olds: Values,
  context: Context<S>,
): Promise<ReadResult | undefined> {
  const isByIdAlone = Object.keys(olds).length === 0;
  const pending = pendingOf(asked);
  // Such an id is a note in the state, which tells whose object it is; without the state it is the id of nothing.
  if (pending) return isByIdAlone ? undefined : readPending(resource, { id: asked, pending, olds }, context);
  const id = normalId(resource, asked);
  context.memory.noteInState(id);
  if (!isByIdAlone) context.memory.noteOld(resource.token, id, { outputs: olds });
  try {
    const isNew = isUnconfirmed(resource, olds);
    const live = await (isNew ? readWhenVisible : readExisting)(resource, id, olds, context);
    if (isByIdAlone && !isComplete(resource, live)) return undefined;
    const outputs = outputsOf(resource, id, olds, live);
    return { id, outputs, inputs: inputsOf(resource, outputs) };
  } catch (error) {
    if (context.errors.isGone(error)) return undefined;
    // In the state it is a damage, which must not end in a second object.
    if (isByIdAlone && context.errors.isInvalidId(error)) return undefined;
    throw wrapError(`reading ${nameOf(resource, olds, id)}`, error, secretsIn(resource, olds));
  }
}

/** A number that is routed to no trunk is no attachment: by its id alone there is nothing to take over. */
function isComplete(resource: Resource<never>, live: Values): boolean {
  return Object.entries(resource.properties).every(
    ([key, property]) => !property.facts.required || !isReadable(property) || !isNullish(getOwn(live, key)),
  );
}

/** Where the id is an input it may be imported as people write it: `+14155550100`. */
function normalId(resource: Resource<never>, id: string): string {
  const property = resource.properties[resource.id];
  const parsed = property?.role === "input" ? property.facts.schema.safeParse(id) : undefined;
  return typeof parsed?.data === "string" ? parsed.data : id;
}

/** An object whose create got no answer: the only one of our own name is it; none means gone. */
async function readPending<S>(
  resource: Resource<S>,
  { id, pending, olds }: { readonly id: string; readonly pending: Pending; readonly olds: Values },
  context: Context<S>,
): Promise<ReadResult | undefined> {
  try {
    if (pending.besides !== undefined) context.memory.noteInState(pending.besides);
    const found = await candidates(resource, olds, context);
    if (found.length === 0) return undefined;
    const only = found.length === 1 ? found[0] : undefined;
    if (!only || !pending.isOurs) throw new OperationError(describe(resource, found));
    // Found in a list, which may leave out what a GET answers.
    const live = await readExisting(resource, only.id, only.live, context);
    // What Plivo never answers is what was sent, if this is what was made then: not certain enough to keep.
    const outputs = outputsOf(resource, only.id, visible(resource, olds), live);
    return { id: only.id, outputs, inputs: inputsOf(resource, outputs) };
  } catch (error) {
    throw wrapError(`reading ${nameOf(resource, olds, id)}`, error, secretsIn(resource, olds));
  }
}

function visible(resource: Resource<never>, values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([key]) => resource.properties[key]?.role !== "writeOnly"));
}
