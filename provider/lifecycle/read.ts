/**
 * read: what the object is now. Only the API's own "no such object" means gone; any other failure is an error. By the id
 * alone (`get`, import, `exists`), an id that no object can have is the id of none.
 */

import { readUnconfirmed } from "./ambiguous-create";
import { type Context, nameOf, secretsIn, wrapError } from "./context";
import { isReadable } from "./definition/property";
import type { Resource } from "./definition/resource";
import { getOwn, isNullish, type Values } from "./definition/values";
import { inputsOf, outputsOf } from "./state/outputs";
import { possibleValues, readState, type UnconfirmedCreate } from "./state/state";
import { readExisting, readWhenVisible } from "./verify-write";

export interface ReadResult {
  /** The id that was asked for, in its normal form; or the real one of an object that was kept under its name. */
  readonly id: string;
  readonly outputs: Values;
  readonly inputs: Values;
}

/** `stored` is what the state holds; empty for `get` and import, which know the id alone. `undefined` means gone. */
export async function read<S>(
  resource: Resource<S>,
  asked: string,
  stored: Values,
  context: Context<S>,
): Promise<ReadResult | undefined> {
  const state = readState(resource, asked, stored);
  const { identity, outputs: olds } = state;
  const isByIdAlone = Object.keys(olds).length === 0;
  if (identity.kind === "unconfirmed")
    return isByIdAlone ? undefined : readAmbiguous(resource, identity, olds, context);
  const id = normalId(resource, asked);
  context.ledger.recordInState(resource.token, id);
  if (!isByIdAlone) {
    context.ledger.recordOutputs(resource.token, id, olds);
    context.ledger.claims.recordStored(resource.claims, { token: resource.token, id, key: context.key }, olds);
  }
  try {
    const known = possibleValues(state);
    let live = await (identity.kind === "unseen" ? readWhenVisible : readExisting)(resource, id, known, context);
    // A list may show the number as it was before another run attached it.
    if (isByIdAlone && !isComplete(resource, live))
      live = await resource.read({ ...context.services, id, consistency: "strong", known });
    if (isByIdAlone && !isComplete(resource, live)) return undefined;
    return readResult(resource, id, olds, live);
  } catch (error) {
    if (context.errors.isGone(error)) return undefined;
    // An impossible id in the state is an error: taking it for gone would create a second object.
    if (isByIdAlone && context.errors.isInvalidId(error)) return undefined;
    throw wrapError(`reading ${nameOf(resource, olds, id)}`, error, secretsIn(resource, olds));
  }
}

function readResult(resource: Resource<never>, id: string, known: Values, live: Values): ReadResult {
  const outputs = outputsOf(resource, id, known, live);
  return { id, outputs, inputs: inputsOf(resource, outputs) };
}

/** A number that is routed to no trunk is no attachment: by its id alone there is nothing to import. */
function isComplete(resource: Resource<never>, live: Values): boolean {
  return Object.entries(resource.properties).every(
    ([key, property]) => !property.facts.required || !isReadable(property) || !isNullish(getOwn(live, key)),
  );
}

/** Where the id is an input it may be imported as people write it: `+14155550100`. */
export function normalId(resource: Resource<never>, id: string): string {
  const property = resource.properties[resource.id];
  const parsed = property?.role === "input" ? property.facts.schema.safeParse(id) : undefined;
  return typeof parsed?.data === "string" ? parsed.data : id;
}

async function readAmbiguous<S>(
  resource: Resource<S>,
  identity: UnconfirmedCreate,
  olds: Values,
  context: Context<S>,
): Promise<ReadResult | undefined> {
  if (resource.identity === "chosen") return undefined;
  try {
    const found = await readUnconfirmed(resource, identity, olds, context);
    if (!found) return undefined;
    // Found in a list, which may leave out what a GET returns.
    const live = await readExisting(resource, found.id, found.live, context);
    // What Plivo never returns is what was sent, if this is what was made then: not certain enough to keep.
    return readResult(resource, found.id, withoutWriteOnly(resource, olds), live);
  } catch (error) {
    throw wrapError(`reading ${nameOf(resource, olds)}`, error, secretsIn(resource, olds));
  }
}

function withoutWriteOnly(resource: Resource<never>, values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([key]) => resource.properties[key]?.role !== "writeOnly"));
}
