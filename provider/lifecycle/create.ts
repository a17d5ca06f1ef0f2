/** create: makes the object, then reads it back. The id, once known, is never lost. */
import { type Context, explain, nameOf, refuseIncomplete, secretsIn, servicesFor, withoutSecrets } from "./context";
import { diff } from "./diff";
import { InitFailedError, messageOf } from "./errors";
import { type Candidate, findLeft, findLost, type Lost, unsure } from "./lost-answer";
import { completeInputs, outputsOf } from "./outputs";
import { isInput } from "./property";
import { readWhenVisible, settle, settleDoubtful, type Written } from "./read-back";
import type { Resource } from "./resource";
import { update } from "./update";
import { own, type Values } from "./values";

export interface Created {
  readonly id: string;
  readonly outputs: Values;
}

interface Attempt extends Lost {
  readonly inputs: Values;
}

export async function create<S>(resource: Resource<S>, inputs: Values, context: Context<S>): Promise<Created> {
  const doing = `creating ${nameOf(resource, inputs)}`;
  const complete = completeInputs(resource, inputs);
  refuseIncomplete(resource, complete, doing);
  const secrets = secretsIn(resource, complete);
  const services = servicesFor(context, doing, secrets);
  const recorded = await resource.prepare?.({ ...services, inputs: complete }).catch((error: unknown) => {
    throw explain(doing, error, secrets);
  });
  const asked = { ...complete, ...withoutOurs(recorded, context) };
  const attempt = { doing, inputs: complete, asked, secrets, why: "" };
  const left = await findLeft(resource, { ...attempt, why: LEFT }, context);
  if (left) return takeOver(resource, attempt, left, context);
  if (!resource.list) return createKnown(resource, attempt, context);
  const id = await make(resource, attempt, context);
  return finish(resource, attempt, id, context);
}

/** What was found is recorded to be put back. What the program itself owns is nothing to put back: it may go as well. */
function withoutOurs<S>(recorded: Values | undefined, { memory }: Context<S>): Values {
  const isOurs = (value: unknown) => typeof value === "string" && memory.isInState(value);
  return Object.fromEntries(Object.entries(recorded ?? {}).map(([key, value]) => [key, isOurs(value) ? null : value]));
}

const LEFT = "an earlier run sent this already and got no answer";

async function finish<S>(resource: Resource<S>, attempt: Attempt, id: string, context: Context<S>): Promise<Created> {
  context.memory.noteKept(id);
  const outputs = await settle(resource, writtenBy(resource, attempt, id), context, () =>
    readWhenVisible(resource, id, attempt.asked, context),
  );
  return { id, outputs };
}

/** A create carries every property that reaches Plivo, and there is nothing before it. */
function writtenBy(resource: Resource<never>, { doing, asked, secrets }: Attempt, id: string): Written {
  const sent = Object.entries(resource.properties)
    .filter(([, property]) => isInput(property) && property.role !== "local")
    .map(([key]) => key);
  return { doing, id, asked, before: asked, sent, secrets, isNew: true };
}

/** Sends the create, at most twice, and the second time only when the first has made nothing. */
async function make<S>(resource: Resource<S>, attempt: Attempt, context: Context<S>): Promise<string> {
  const first = await send(resource, attempt, context);
  if (typeof first === "string") return first;
  context.log("info", `${attempt.doing}: ${first.why}; looking whether Plivo has made it`);
  const found = await findLost(resource, first, context);
  if (found !== undefined) return found;
  const second = await send(resource, attempt, context).catch((error: unknown) => {
    // However clear this answer is: the first create is as doubtful as it was.
    const why = withoutSecrets(messageOf(error), attempt.secrets);
    throw unsure(resource, first, `it was sent again, and that failed: ${why}; run \`pulumi up\` again`, context);
  });
  if (typeof second === "string") return second;
  const late = await findLost(resource, second, context);
  if (late !== undefined) return late;
  throw unsure(resource, second, "it has not appeared; run `pulumi up` again, which looks first", context);
}

async function send<S>(resource: Resource<S>, attempt: Attempt, context: Context<S>): Promise<string | Lost> {
  try {
    return (await resource.create({ ...context.services, inputs: attempt.inputs })).id;
  } catch (error) {
    if (!context.judge.mayHaveActed(error)) throw explain(attempt.doing, error, attempt.secrets);
    return { ...attempt, why: `the answer was lost (${withoutSecrets(messageOf(error), attempt.secrets)})` };
  }
}

/** Where the id is an input there is nothing to look for: what the object is now shows what a lost answer has done. */
async function createKnown<S>(resource: Resource<S>, attempt: Attempt, context: Context<S>): Promise<Created> {
  const { doing, inputs, asked, secrets } = attempt;
  try {
    const { id } = await resource.create({ ...context.services, inputs });
    return await finish(resource, attempt, id, context);
  } catch (error) {
    if (InitFailedError.isInstance(error)) throw error;
    if (!context.judge.mayHaveWritten(error)) throw explain(doing, error, secrets);
    const id = String(own(asked, resource.id));
    context.memory.noteKept(id);
    const outputs = await settleDoubtful(resource, writtenBy(resource, attempt, id), error, context);
    return { id, outputs };
  }
}

/** What an earlier run has made becomes what is asked now. Its secrets cannot be seen, so they are sent again. */
async function takeOver<S>(
  resource: Resource<S>,
  attempt: Attempt,
  { id, live }: Candidate,
  context: Context<S>,
): Promise<Created> {
  const { doing, inputs } = attempt;
  const olds = outputsOf(resource, id, {}, live);
  const differences = diff(resource, olds, inputs);
  if (Object.values(differences).some(({ replaces }) => replaces)) {
    const next = "it needs another object by now; run `pulumi up` again, which replaces it";
    throw new InitFailedError(id, olds, [`${doing}: an earlier run has made ${resource.noun} ${id}, and ${next}`]);
  }
  if (Object.keys(differences).length === 0) return finish(resource, attempt, id, context);
  context.memory.noteKept(id);
  return { id, outputs: await update(resource, { id, olds, news: inputs }, context) };
}
