/** Reading an object right after it was written: it may appear late, and what it holds is compared with what was asked. */
import { type Context, withoutSecrets } from "./context";
import { sameValue } from "./diff";
import { InitFailedError, messageOf } from "./errors";
import { mismatches, outputsOf } from "./outputs";
import type { Resource } from "./resource";
import { own, type Values } from "./values";

/** How long a new object may take to appear, in ms. */
export const APPEARS_WITHIN = 15_000;
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 2_000;

/** Reads an object that is known to be like this, as far as it is known at all. */
export function readKnown<S>(resource: Resource<S>, id: string, known: Values, context: Context<S>): Promise<Values> {
  const isKnown = Object.keys(known).length > 0;
  const isExpected = (live: Values) => !isKnown || mismatches(resource, known, live).length === 0;
  return resource.read({ ...context.services, id, isExpected });
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
      return await readKnown(resource, id, known, context);
    } catch (error) {
      const left = until - context.clock.now();
      if (!context.judge.isGone(error) || left <= 0) throw error;
      await context.clock.sleep(Math.min(pause, left), context.signal);
    }
  }
}

/**
 * Whether an object was written and has not been read since: a new one may still have to appear. The state tells by an
 * id output that is null.
 */
export function isUnseen(resource: Resource<never>, outputs: Values): boolean {
  return resource.properties[resource.id]?.role === "id" && own(outputs, resource.id) === null;
}

/**
 * What is known of an object that was written and could not be read: marked as unseen, because what it is may be what it
 * was or what was asked. The next update sends everything, whatever the program has come to by then.
 */
function unread(resource: Resource<never>, id: string, known: Values): Values {
  const mark = resource.properties[resource.id]?.role === "id" && { [resource.id]: null };
  return { ...outputsOf(resource, id, known, known), ...mark };
}

interface Written {
  /** What the error says was being done: `creating trunk "eu"`. */
  readonly doing: string;
  readonly id: string;
  /** The inputs, and what was recorded. */
  readonly asked: Values;
  /** What no error may show. */
  readonly secrets: readonly string[];
}

/** Somebody may have written the object, and the answer is lost. */
interface Doubtful extends Written {
  /** What the state holds of it, or shall hold if it cannot be read. */
  readonly known: Values;
}

/**
 * The outputs of a known object after a write without an answer: what it is now decides. Where it is not what was asked,
 * the error carries what it is, so that the state tells the truth and the next run repairs it.
 */
export async function settleDoubtful<S>(
  resource: Resource<S>,
  { doing, id, asked, known, secrets }: Doubtful,
  error: unknown,
  context: Context<S>,
): Promise<Values> {
  const why = `${doing}: ${withoutSecrets(messageOf(error), secrets)}`;
  // What Plivo never answers may be the old value or the new one: recorded as neither, it is sent again.
  const unseen = Object.entries(resource.properties)
    .filter(
      ([key, property]) => property.role === "writeOnly" && !sameValue(property, own(known, key), own(asked, key)),
    )
    .map(([key]) => key);
  const certain = { ...known, ...Object.fromEntries(unseen.map((key) => [key, null])) };
  const failed = (outputs: Values, then: string) =>
    new InitFailedError(id, outputs, [`${why} (${then})`], { cause: error });
  const live = await readKnown(resource, id, asked, context).catch(() => undefined);
  if (!live)
    throw failed(unread(resource, id, certain), `${resource.noun} ${id} may have changed; run \`pulumi up\` again`);
  if (unseen.length + mismatches(resource, asked, live).length > 0)
    throw failed(
      outputsOf(resource, id, certain, live),
      `${resource.noun} ${id} is not as asked; run \`pulumi up\` again`,
    );
  context.log("info", `${why}; yet it was done`);
  return outputsOf(resource, id, asked, live);
}

/** The outputs of an object that was written, or an error that carries its id and all that is known of it. */
export async function settle<S>(
  resource: Resource<S>,
  written: Written,
  read: () => Promise<Values>,
): Promise<Readonly<Record<string, unknown>>> {
  const { doing, id, asked, secrets } = written;
  let outputs: Readonly<Record<string, unknown>>;
  let wrong: readonly string[];
  try {
    const live = await read();
    outputs = outputsOf(resource, id, asked, live);
    wrong = mismatches(resource, asked, live);
  } catch (error) {
    const reason = withoutSecrets(messageOf(error), secrets);
    const known = unread(resource, id, asked);
    const next = `${resource.noun} ${id} is kept in the state; run \`pulumi up\` again to repair it`;
    throw new InitFailedError(id, known, [`${doing}: reading it back: ${reason} (${next})`], { cause: error });
  }
  if (wrong.length === 0) return outputs;
  const reasons = wrong.map((key) => `${doing}: Plivo accepted ${key} but did not store it; run \`pulumi up\` again`);
  throw new InitFailedError(id, outputs, reasons);
}
