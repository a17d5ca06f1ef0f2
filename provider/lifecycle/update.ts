/**
 * update: sends what its preview showed and, beside that, only what the API needs with it; reads back, and names what did
 * not take. Whatever else the read-back shows to differ is not touched: the next preview shows it.
 */

import { type Context, nameOf, refuseIncomplete, secretsIn, servicesFor, wrapError } from "./context";
import type { Resource } from "./definition/resource";
import { getOwn, isNullish, type Values } from "./definition/values";
import { type Differences, diffProperties } from "./diff";
import { OperationError, PartialWriteError } from "./errors";
import { holderOf, nameTaken } from "./name-conflict";
import { runFactsOf, withoutTaken } from "./state/claims";
import { completeInputs, outputsOf, withoutOthers, withUnwanted } from "./state/outputs";
import { readState } from "./state/state";
import { refuseBlanking } from "./state/write-only";
import {
  partialFailure,
  readExisting,
  readWhenVisible,
  resolveIndeterminateWrite,
  verifyWrite,
  type Written,
  withRecorded,
} from "./verify-write";

export interface UpdateRequest {
  readonly id: string;
  readonly olds: Values;
  readonly news: Values;
  /** Whether the program ignores changes of this property path; its values are then the old ones. @default none */
  readonly isIgnored?: (path: string) => boolean;
}

export async function update<S>(resource: Resource<S>, stored: UpdateRequest, context: Context<S>): Promise<Values> {
  const { id, news } = stored;
  const state = readState(resource, id, stored.olds);
  const { identity } = state;
  const outputs = withoutTaken(resource, state.outputs, context.ledger.claims);
  const olds = withUnwanted(resource, { ...state, outputs }, news);
  const request = { ...stored, olds };
  // Its plan is always a replacement: there is no object to update.
  if (identity.kind === "unconfirmed")
    throw new OperationError(`updating ${nameOf(resource, news, id)}: refused, it is not confirmed that it exists`);
  const isNew = identity.kind === "unseen";
  context.ledger.recordStays(resource.token, id);
  const shown = diffProperties(resource, olds, news, request.isIgnored);
  const known = targetOf(resource, request, olds);
  // Nothing changed at all means that the engine repairs a failed initialisation.
  const isLocal = Object.keys(shown).length > 0 && carried(resource, shown).length === 0;
  if (isLocal && isComplete(resource, olds) && !isNew) return outputsOf(resource, id, known, known);

  const doing = `updating ${nameOf(resource, news, id)}`;
  const secrets = secretsIn(resource, completeInputs(resource, news), olds);
  if (carried(resource, shown).length > 0 && !isNew)
    return send(resource, { ...request, doing, secrets, base: olds, changes: shown, isNew }, context);

  const read = isNew ? readWhenVisible : readExisting;
  const found = await read(resource, id, known, context).catch((error: unknown) => {
    throw wrapError(doing, error, secrets);
  });
  const live = withoutOthers(resource, found, olds, known);
  const base = outputsOf(resource, id, olds, live);
  // An object that was read since it was written, and that the program leaves as the state has it, needs no write.
  const needsNoWrite = !isNew && resource.identity === "assigned";
  const changes = needsNoWrite ? {} : diffProperties(resource, base, news, request.isIgnored);
  if (carried(resource, changes).length > 0)
    return send(resource, { ...request, doing, secrets, base, changes, isNew }, context);
  return verifyWrite(
    resource,
    { doing, id, secrets, asked: known, sent: [], before: olds, isNew: false },
    context,
    async () => live,
  );
}

interface SentUpdate extends UpdateRequest {
  readonly doing: string;
  readonly secrets: readonly string[];
  /** What the object is, as far as that is known. */
  readonly base: Values;
  readonly changes: Differences;
  /** No read has seen the object before this update. */
  readonly isNew: boolean;
}

async function send<S>(resource: Resource<S>, request: SentUpdate, context: Context<S>): Promise<Values> {
  const { id, doing, secrets, base, changes, isNew } = request;
  const asked = targetOf(resource, request, base);
  const inputs = completeInputs(resource, asked);
  refuseBlanking(resource, base, asked, doing);
  refuseIncomplete(resource, inputs, doing);
  const sent = carried(resource, changes);
  const written: Written = { doing, id, asked, sent, before: base, secrets, isNew };
  const services = servicesFor(context, doing, secrets);
  let live: Values | undefined;
  try {
    live = await resource.update({
      ...services,
      id,
      inputs,
      olds: completeOutputs(resource, id, base),
      changes: Object.fromEntries(sent.map((key) => [key, inputs[key]])),
      cleared: sent.filter((key) => changes[key]?.kind === "delete"),
      run: runFactsOf(resource, context, id),
    });
  } catch (error) {
    if (PartialWriteError.isInstance(error)) throw partialFailure(resource, written, error, context);
    if (!context.hasWritten()) throw await failureOf(resource, { ...request, inputs }, error, context);
    return resolveIndeterminateWrite(resource, written, error, context);
  }
  // Only a new object is waited for: one that vanished in the meantime is not coming back.
  const read = () => (isNew ? readWhenVisible : readExisting)(resource, id, asked, context);
  const known = { ...written, asked: withRecorded(resource, asked, live) };
  return verifyWrite(resource, known, context, async () => live ?? read());
}

async function failureOf<S>(
  resource: Resource<S>,
  { id, doing, inputs, secrets, changes }: SentUpdate & { readonly inputs: Values },
  error: unknown,
  context: Context<S>,
): Promise<Error> {
  const holder = "name" in changes ? await holderOf(resource, inputs, error, context) : undefined;
  if (holder !== undefined && holder !== id)
    return nameTaken(resource, { doing, inputs, secrets, error, isNew: false }, holder, context);
  const failure = wrapError(doing, error, secrets);
  if (!context.errors.isAbsent(error)) return failure;
  return new OperationError(`${failure.message}; if it was deleted, \`pulumi up --refresh\` makes it again`, {
    cause: error,
  });
}

/** What the object is once the changes are made: what the program ignores stays as it was. */
export function targetOf(resource: Resource<never>, { olds, news, isIgnored }: UpdateRequest, base: Values): Values {
  const asked = completeInputs(resource, news);
  const changed = diffProperties(resource, base, news);
  const taken = diffProperties(resource, base, news, isIgnored);
  const ignored = Object.keys(changed).filter((key) => !(key in taken));
  return { ...olds, ...base, ...asked, ...Object.fromEntries(ignored.map((key) => [key, getOwn(base, key) ?? null])) };
}

/** The changes that reach Plivo. */
function carried(resource: Resource<never>, changes: Differences): readonly string[] {
  return Object.keys(changes).filter((key) => resource.properties[key]?.role !== "local");
}

/** What Plivo generates is missing where a create could not be read back: then there is something to repair. */
function isComplete(resource: Resource<never>, olds: Values): boolean {
  return Object.entries(resource.properties).every(
    ([key, { role }]) => role !== "output" || !isNullish(getOwn(olds, key)),
  );
}

function completeOutputs(resource: Resource<never>, id: string, olds: Values): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(resource.properties).map(([key, property]) => [
      key,
      property.role === "id" ? id : (getOwn(olds, key) ?? null),
    ]),
  );
}
