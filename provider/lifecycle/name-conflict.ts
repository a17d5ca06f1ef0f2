/**
 * Names that Plivo wants unique. A replacement under a fixed name meets the object that it replaces: that one is renamed,
 * stays in service under the other name, and is deleted by the engine once the new one is in its place.
 *
 * Where a kind is known to have unique names it is renamed first, so that no create is ever sent under a name that the old
 * object has. Of the other kinds it is not known: there a rejection leads to it. No rejection says reliably that it is about
 * the name; a list shows who has the name.
 */

import { createHash } from "node:crypto";
import { type Context, refuseIncomplete, withoutSecrets, wrapError } from "./context";
import { LONGEST_TEXT } from "./definition/property";
import type { Resource } from "./definition/resource";
import { getOwn, type Values } from "./definition/values";
import { messageOf, OperationError } from "./errors";
import { runFactsOf } from "./state/claims";
import { completeInputs, outputsOf } from "./state/outputs";
import { refuseBlanking } from "./state/write-only";
import { readExisting, readWhenVisible } from "./verify-write";

/** A create or update that Plivo rejected. */
interface Write {
  /** What the error says was being done: `creating trunk "eu"`. */
  readonly doing: string;
  readonly inputs: Values;
  /** What no error may show. */
  readonly secrets: readonly string[];
}

/** An object that was renamed to make room for its replacement. */
export interface MovedAside {
  readonly id: string;
  readonly olds: Values;
  readonly to: string;
}

/** The id of the object that has the name of a rejected write, if the rejection may be about it and Plivo shows one. */
export async function holderOf<S>(
  resource: Resource<S>,
  inputs: Values,
  error: unknown,
  context: Context<S>,
): Promise<string | undefined> {
  const name = getOwn(inputs, "name");
  if (!context.errors.isRejected(error) || typeof name !== "string") return undefined;
  // The rejection is the error to report, whatever becomes of a query that only explains it.
  const rows = (await resource.list?.(context.services).catch(() => undefined)) ?? [];
  return rows.find(({ live }) => getOwn(live, "name") === name)?.id;
}

/** Renames the object that the create replaces, if it still has the name; it may be gone, or have been renamed by others. */
export async function moveAside<S>(
  resource: Resource<S>,
  { doing, inputs, secrets }: Write,
  replaced: string,
  context: Context<S>,
): Promise<MovedAside | undefined> {
  const name = String(getOwn(inputs, "name"));
  const olds = context.ledger.outputsOf(resource.token, replaced) ?? {};
  const moved = { id: replaced, olds, to: asideName(name, replaced) };
  const what = `${resource.noun} ${replaced}, which it replaces, has that name`;
  const isNew = context.ledger.isUnseen(resource.token, replaced);
  try {
    const live = await (isNew ? readWhenVisible : readExisting)(resource, replaced, olds, context);
    if (getOwn(live, "name") !== name) return undefined;
    await rename(resource, moved, moved.to, context);
  } catch (error) {
    if (context.errors.isGone(error) && !context.hasWritten()) return undefined;
    // It may have been renamed, and only the response to that, or the read after it, was none.
    const isRestored = !context.hasWritten() || (await isRenamed(resource, moved, name, context));
    const next = "set the resource option deleteBeforeReplace, or choose another name";
    const left = isRestored ? "" : `; it may be called "${moved.to}" now, which \`pulumi refresh\` shows`;
    throw wrapError(`${doing}: ${what} and cannot be renamed first (${next}${left})`, error, secrets);
  }
  context.log("info", `${doing}: ${what}; until it is deleted, it is called "${moved.to}"`);
  return moved;
}

/** Within the length that a name may have. */
function asideName(name: string, id: string): string {
  const suffix = `-replaced-${createHash("sha256").update(id).digest("hex").slice(0, 7)}`;
  return `${[...name].slice(0, LONGEST_TEXT - suffix.length).join("")}${suffix}`;
}

/** Undoes the renaming when the create has failed for good. Returns the error of the create. */
export async function putNameBack<S>(
  resource: Resource<S>,
  { inputs, secrets, moved, error }: Write & { readonly moved: MovedAside; readonly error: Error },
  context: Context<S>,
): Promise<Error> {
  try {
    await rename(resource, moved, String(getOwn(inputs, "name")), context);
    return error;
  } catch (failure) {
    const left = `${resource.noun} ${moved.id}, which it replaces, is called "${moved.to}" for now`;
    const why = withoutSecrets(messageOf(failure), secrets);
    const next = "`pulumi up` goes on from there, `pulumi refresh` shows it";
    const text = `${error.message}. ${left}, because its name could not be restored (${why}); ${next}`;
    return new OperationError(text, { cause: error });
  }
}

/** The error for a rejected write whose name another object has. */
export function nameTaken<S>(
  resource: Resource<S>,
  { doing, inputs, secrets, error, isNew }: Write & { readonly error: unknown; readonly isNew: boolean },
  holder: string,
  context: Context<S>,
): Error {
  const name = String(getOwn(inputs, "name"));
  const why = withoutSecrets(messageOf(error), secrets);
  const holds = `${resource.noun} ${holder} has the name "${name}"`;
  // Of the other kinds it is not known whether that is the reason.
  const next = wayOut(resource, { name, holder, isNew }, context);
  const text = resource.uniqueNames
    ? `${holds}, and Plivo wants it unique: ${next} (${why})`
    : `${why}; if that is about the name: ${holds}: ${next}`;
  return new OperationError(`${doing}: ${text}`, { cause: error });
}

function wayOut<S>(
  resource: Resource<S>,
  { name, holder, isNew }: { readonly name: string; readonly holder: string; readonly isNew: boolean },
  context: Context<S>,
): string {
  const newName = context.ledger.planOf(resource.token, holder)?.newName;
  if (newName === name) return "another resource of the stack has it; give one of them another name";
  if (newName !== undefined)
    return "another resource of the stack gives it up in this run; run `pulumi up` again, or where the two swap their names, give one of them a third name first";
  const goes = "if a resource of this stack has it and is removed or renamed, do that in a run of its own first";
  if (!isNew) return `choose another name; ${goes}`;
  const adopt = context.adoption(resource.token, holder, { isInState: false });
  const same = "if this resource was renamed or moved in the program, give it an alias";
  const replaced = "if it replaces that one, set the resource option deleteBeforeReplace";
  return `choose another name, or ${adopt}; ${same}; ${goes}; ${replaced}`;
}

async function isRenamed<S>(resource: Resource<S>, moved: MovedAside, name: string, context: Context<S>) {
  return rename(resource, moved, name, context).then(
    () => true,
    () => false,
  );
}

async function rename<S>(resource: Resource<S>, { id, olds }: MovedAside, name: string, context: Context<S>) {
  const inputs = completeInputs(resource, { ...olds, name });
  const doing = `renaming ${resource.noun} ${id}`;
  refuseBlanking(resource, olds, inputs, doing);
  refuseIncomplete(resource, inputs, doing);
  const changes = { name };
  const run = runFactsOf(resource, context);
  const request = { id, inputs, changes, cleared: [], olds: outputsOf(resource, id, olds, olds), run };
  await resource.update({ ...context.services, ...request });
}
