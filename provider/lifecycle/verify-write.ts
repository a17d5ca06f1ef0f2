/** Reading an object right after it was written: it may appear late, and what it holds is compared with what was asked. */
import { type Context, withoutSecrets } from "./context";
import type { Resource } from "./definition/resource";
import { getOwn, isNullish, type Values } from "./definition/values";
import { sameValue } from "./diff";
import { InitFailedError, messageOf, OperationError, type PartialWriteError } from "./errors";
import { mismatches, outputsOf } from "./state/outputs";
import { markMaybe, markUnseen } from "./state/state";

/** How long a new object may take to appear, in ms. */
export const APPEARS_WITHIN = 15_000;
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 2_000;

/**
 * Reads an object that is known to be like this, as far as it is known at all. What differs will be taken for drift, or
 * for a write that failed: it is read again strongly before that.
 */
export async function readExisting<S>(
  resource: Resource<S>,
  id: string,
  known: Values,
  context: Context<S>,
): Promise<Values> {
  const live = await resource.read({ ...context.services, id, consistency: "eventual", known });
  if (Object.keys(known).length === 0 || mismatches(resource, known, live).length === 0) return live;
  return resource.read({ ...context.services, id, consistency: "strong", known });
}

/** Reads, and waits while the API says that an object which it just made does not exist. */
export async function readWhenVisible<S>(
  resource: Resource<S>,
  id: string,
  known: Values,
  context: Context<S>,
): Promise<Values> {
  const until = Math.min(context.clock.now() + APPEARS_WITHIN, context.deadline);
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      return await readExisting(resource, id, known, context);
    } catch (error) {
      const left = until - context.clock.now();
      if (!context.errors.isGone(error) || left <= 0) throw error;
      await context.clock.sleep(Math.min(pause, left), context.signal);
    }
  }
}

/** A write of an object, and what is known of the object beside it. */
export interface Written {
  /** What the error says was being done: `creating trunk "eu"`. */
  readonly doing: string;
  readonly id: string;
  /** What the object is if the write took effect: the inputs, and what was recorded. */
  readonly asked: Values;
  /** The properties that the write carried: the only ones that it can be held to. */
  readonly sent: readonly string[];
  /** What the state has, or shall have, of an object that the write did not change. */
  readonly before: Values;
  /** No read has seen the object yet. */
  readonly isNew: boolean;
  /** What no error may show. */
  readonly secrets: readonly string[];
}

/**
 * What is known of an object that was written and could not be read. A new one is marked as unseen: it may still have to
 * appear, and the next update reads it first. Of any other, what was sent is either what it was or what was asked: it is
 * recorded as neither, so that the next preview shows it and the next update sends it again. What a user chose the id of is
 * recorded as both: a delete must know it in either form.
 */
function unread(resource: Resource<never>, { id, asked, before, sent, isNew }: Written, isDone: boolean): Values {
  const outputs = outputsOf(resource, id, before, before);
  const certain = isDone ? outputsOf(resource, id, asked, asked) : outputs;
  if (resource.identity === "chosen")
    return isDone || isNew
      ? certain
      : markMaybe(certain, Object.fromEntries(sent.map((key) => [key, getOwn(asked, key)])));
  if (isNew) return markUnseen(certain);
  const uncertain = sent.filter((key) => !isNullish(getOwn(asked, key)));
  const local = Object.entries(resource.properties).filter(([, { role }]) => isDone && role === "local");
  return {
    ...outputs,
    ...Object.fromEntries(local.map(([key]) => [key, getOwn(asked, key) ?? null])),
    ...Object.fromEntries(uncertain.map((key) => [key, null])),
  };
}

/**
 * The outputs of a known object after a write without a response: what it is now decides. Where it is not what was asked,
 * the error carries what it is, so that the state tells the truth and the next run repairs it.
 */
export async function resolveIndeterminateWrite<S>(
  resource: Resource<S>,
  written: Written,
  error: unknown,
  context: Context<S>,
): Promise<Values> {
  const { doing, id, asked, before, secrets, sent } = written;
  const why = `${doing}: ${withoutSecrets(messageOf(error), secrets)}`;
  // What Plivo never returns may be the old value or the new one: recorded as neither, it is sent again.
  const hidden = sent.filter((key) => {
    const property = resource.properties[key];
    return property?.role === "writeOnly" && !sameValue(property, getOwn(before, key), getOwn(asked, key));
  });
  const certain = { ...before, ...Object.fromEntries(hidden.map((key) => [key, null])) };
  const failed = (outputs: Values, then: string) =>
    new InitFailedError(id, outputs, [`${why} (${then})`], { cause: error });
  const live = await readExisting(resource, id, asked, context).catch(() => undefined);
  if (!live)
    throw failed(
      unread(resource, { ...written, before: certain }, false),
      `${resource.noun} ${id} may have changed; run \`pulumi up\` again`,
    );
  if (hidden.length + notTaken(resource, written, live).length > 0)
    throw failed(
      settledOutputs(resource, { ...written, asked: certain }, live, context),
      `${resource.noun} ${id} is not as asked; run \`pulumi up\` again`,
    );
  context.log("info", `${why}; the change was applied`);
  return settledOutputs(resource, written, live, context);
}

/** What is known of an object once it was written, with what the write itself has learnt. */
export function withRecorded(resource: Resource<never>, known: Values, written: Values | undefined): Values {
  const learnt = Object.entries(written ?? {}).filter(([key]) => resource.properties[key]?.role === "recorded");
  return { ...known, ...Object.fromEntries(learnt) };
}

/** The error of a write of which some parts failed: the state gets what was done. */
export function partialFailure<S>(
  resource: Resource<S>,
  { doing, id, asked, secrets }: Pick<Written, "doing" | "id" | "asked" | "secrets">,
  { written, maybe, reasons }: PartialWriteError,
  context: Context<S>,
): OperationError {
  const told = reasons.map((reason) => `${doing}: ${withoutSecrets(reason, secrets)}`);
  if (!context.hasWritten()) return new OperationError(told.join("; "));
  const outputs = outputsOf(resource, id, withRecorded(resource, asked, written), written);
  const next = `${resource.noun} ${id} has what was done; run \`pulumi up\` again, which does the rest`;
  return new InitFailedError(id, maybe ? markMaybe(outputs, maybe) : outputs, [...told, next]);
}

/** The outputs of an object that was written, or an error that carries its id and all that is known of it. */
export async function verifyWrite<S>(
  resource: Resource<S>,
  written: Written,
  context: Context<S>,
  read: () => Promise<Values>,
): Promise<Values> {
  const { doing, id, secrets } = written;
  let outputs: Values;
  let wrong: readonly string[];
  try {
    const live = await read();
    // Whatever a read returns, even nothing: the object was written, and its id is kept.
    outputs = settledOutputs(resource, written, live, context);
    wrong = notTaken(resource, written, live);
  } catch (error) {
    const reason = withoutSecrets(messageOf(error), secrets);
    const known = unread(resource, written, true);
    const next = `${resource.noun} ${id} is kept in the state; run \`pulumi up\` again to repair it`;
    throw new InitFailedError(id, known, [`${doing}: reading it back: ${reason} (${next})`], { cause: error });
  }
  context.ledger.claims.recordWritten(resource.claims, outputs);
  if (wrong.length === 0) return outputs;
  const reasons = wrong.map((key) => `${doing}: Plivo accepted ${key} but did not store it; run \`pulumi up\` again`);
  throw new InitFailedError(id, outputs, reasons);
}

/** What was sent and is not there. */
function notTaken(resource: Resource<never>, { asked, sent }: Written, live: Values): readonly string[] {
  return mismatches(resource, asked, live).filter((key) => sent.includes(key));
}

/**
 * What a read shows after a write. A property that the write did not carry and that differs was changed by others: where
 * the engine compares outputs it belongs there, and the next preview shows it; where it compares inputs only a refresh
 * can show it, and until then the state has what it had, so that no update sends what no preview has shown.
 */
function settledOutputs<S>(
  resource: Resource<S>,
  { doing, id, asked, sent }: Written,
  live: Values,
  context: Context<S>,
) {
  const outputs = outputsOf(resource, id, asked, live);
  const others = mismatches(resource, asked, live).filter((key) => !sent.includes(key));
  if (others.length === 0) return outputs;
  const differ = others.length === 1 ? "differs" : "differ";
  const next = context.comparesOutputs
    ? "the next preview shows it"
    : "`pulumi refresh` shows it, unless the program ignores it";
  context.log("warning", `${doing}: ${others.join(", ")} ${differ} at Plivo, and the update left that alone; ${next}`);
  if (context.comparesOutputs) return outputs;
  return { ...outputs, ...Object.fromEntries(others.map((key) => [key, getOwn(asked, key) ?? null])) };
}
