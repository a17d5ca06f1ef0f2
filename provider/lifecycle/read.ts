/** read: what the object is now. Only the API's own "no such object" means gone; any other failure is an error. */
import { type Context, explain, nameOf, secretsIn } from "./context";
import { inputsOf, outputsOf } from "./outputs";
import type { Resource } from "./resource";
import type { Values } from "./values";

export interface ReadResult {
  readonly outputs: Values;
  readonly inputs: Values;
}

/** `olds` is what the state holds; empty for `get` and import, which know the id alone. `undefined` means gone. */
export async function read<S>(
  resource: Resource<S>,
  id: string,
  olds: Values,
  context: Context<S>,
): Promise<ReadResult | undefined> {
  context.memory.noteInState(id);
  try {
    const live = await resource.read({ ...context.services, id });
    const outputs = outputsOf(resource, id, olds, live);
    return { outputs, inputs: inputsOf(resource, outputs) };
  } catch (error) {
    if (context.judge.isGone(error)) return undefined;
    throw explain(`reading ${nameOf(resource, olds, id)}`, error, secretsIn(resource, olds));
  }
}
