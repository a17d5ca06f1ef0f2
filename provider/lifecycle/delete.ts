/** delete: refuses while it would hurt somebody else; done when the object is gone, whoever deleted it. */
import { type Context, explain, nameOf, secretsIn } from "./context";
import { messageOf, OperationError } from "./errors";
import { outputsOf } from "./outputs";
import type { Properties } from "./property";
import type { Guard, Resource } from "./resource";
import { own, type Values } from "./values";

export async function remove<S>(resource: Resource<S>, id: string, olds: Values, context: Context<S>): Promise<void> {
  context.memory.noteInState(id);
  const doing = `deleting ${nameOf(resource, olds, id)}`;
  const request = { ...context.services, id, olds: outputsOf(resource, id, olds, olds) };
  if (resource.guard && own(olds, "forceDestroy") !== true) await refuseWhileUsed(doing, resource.guard, request);
  try {
    await resource.delete(request);
  } catch (error) {
    if (!context.judge.isGone(error)) throw explain(doing, error, secretsIn(resource, olds));
  }
}

/** Looks as late as possible: what starts to use the object between this look and the delete cannot be seen. */
async function refuseWhileUsed<S>(
  doing: string,
  guard: Guard<Properties, S>,
  request: Parameters<Guard<Properties, S>["dependents"]>[0],
): Promise<void> {
  const wayOut = "set forceDestroy: true and run `pulumi up` before the delete";
  const dependents = await guard.dependents(request).catch((error: unknown) => {
    const why = `cannot see what still uses it: ${messageOf(error)}`;
    throw new OperationError(`${doing}: refused, ${why}. Try again, or ${wayOut}`, { cause: error });
  });
  if (dependents.length === 0) return;
  const used = `still used by ${dependents.join(", ")}; Plivo would ${guard.consequence}`;
  throw new OperationError(`${doing}: refused, ${used}. Remove that use first, or ${wayOut}`);
}
