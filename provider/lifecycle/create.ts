/** create: makes the object, then reads it back. The id, once known, is never lost. */
import { type Context, explain, nameOf, secretsIn } from "./context";
import { completeInputs } from "./outputs";
import { readWhenVisible, settle } from "./read-back";
import type { Resource } from "./resource";
import type { Values } from "./values";

export interface Created {
  readonly id: string;
  readonly outputs: Values;
}

export async function create<S>(resource: Resource<S>, inputs: Values, context: Context<S>): Promise<Created> {
  const doing = `creating ${nameOf(resource, inputs)}`;
  const asked = completeInputs(resource, inputs);
  const { id, recorded } = await resource.create({ ...context.services, inputs: asked }).catch((error: unknown) => {
    throw explain(doing, error, secretsIn(resource, asked));
  });
  context.memory.noteInState(id);
  const written = { doing, id, asked: { ...asked, ...recorded } };
  return { id, outputs: await settle(resource, written, () => readWhenVisible(resource, id, context)) };
}
