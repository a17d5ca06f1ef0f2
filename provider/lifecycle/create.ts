/** create: makes the object, then reads it back. The id, once known, is never lost. */
import { type Context, explain, nameOf, secretsIn, withoutSecrets } from "./context";
import { messageOf } from "./errors";
import { findLost, type Lost, unsure } from "./lost-answer";
import { completeInputs } from "./outputs";
import { readWhenVisible, settle } from "./read-back";
import type { Resource } from "./resource";
import { own, type Values } from "./values";

export interface Created {
  readonly id: string;
  readonly outputs: Values;
}

interface Made {
  readonly id: string;
  readonly recorded?: Values;
}

export async function create<S>(resource: Resource<S>, inputs: Values, context: Context<S>): Promise<Created> {
  const doing = `creating ${nameOf(resource, inputs)}`;
  const asked = completeInputs(resource, inputs);
  const secrets = secretsIn(resource, asked);
  const { id, recorded } = await make(resource, { doing, asked, secrets, why: "" }, context);
  context.memory.noteInState(id);
  const written = { doing, id, asked: { ...asked, ...recorded }, secrets };
  return { id, outputs: await settle(resource, written, () => readWhenVisible(resource, id, context)) };
}

/** Sends the create, at most twice, and the second time only when the first has made nothing. */
async function make<S>(resource: Resource<S>, attempt: Lost, context: Context<S>): Promise<Made> {
  const left = await leftByEarlierRun(resource, attempt, context);
  if (left !== undefined) return { id: left };
  const first = await send(resource, attempt, context);
  if ("id" in first) return first;
  context.log("info", `${attempt.doing}: ${first.why}; looking whether Plivo has made it`);
  const found = await findLost(resource, first, context);
  if (found !== undefined) return { id: found };
  const second = await send(resource, attempt, context);
  if ("id" in second) return second;
  const late = await findLost(resource, second, context);
  if (late !== undefined) return { id: late };
  throw unsure(resource, second, "it has not appeared; run `pulumi up` again, which looks first", context);
}

/** Where an earlier run was left unsure, it is settled before anything is sent. One look: time enough has passed. */
async function leftByEarlierRun<S>(
  resource: Resource<S>,
  attempt: Lost,
  context: Context<S>,
): Promise<string | undefined> {
  const name = own(attempt.asked, "name");
  if (typeof name !== "string" || !context.memory.isUnsure(name)) return undefined;
  const why = "an earlier run sent this already and got no answer";
  return findLost(resource, { ...attempt, why }, context, [0]);
}

async function send<S>(resource: Resource<S>, attempt: Lost, context: Context<S>): Promise<Made | Lost> {
  try {
    return await resource.create({ ...context.services, inputs: attempt.asked });
  } catch (error) {
    const lost = resource.list !== undefined && context.judge.mayHaveActed(error);
    if (!lost) throw explain(attempt.doing, error, attempt.secrets);
    return { ...attempt, why: `the answer was lost (${withoutSecrets(messageOf(error), attempt.secrets)})` };
  }
}
