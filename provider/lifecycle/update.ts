/** update: sends what the API needs, reads back, and says which field did not take. */
import { type Context, explain, nameOf, refuseIncomplete, secretsIn, servicesFor } from "./context";
import { diff } from "./diff";
import { completeInputs, outputsOf } from "./outputs";
import { isUnseen, readKnown, readWhenVisible, settle, settleDoubtful } from "./read-back";
import type { Resource } from "./resource";
import { isAbsent, own, type Values } from "./values";

export async function update<S>(
  resource: Resource<S>,
  request: { readonly id: string; readonly olds: Values; readonly news: Values },
  context: Context<S>,
): Promise<Values> {
  const { id, olds, news } = request;
  context.memory.noteKept(id);
  const changes = diff(resource, olds, news);
  const asked = completeInputs(resource, news);
  const known = { ...olds, ...asked };
  // Nothing changed at all means that the engine repairs a failed initialisation: then everything is sent again.
  if (isLocalOnly(resource, Object.keys(changes)) && isComplete(resource, olds) && !isUnseen(resource, olds))
    return outputsOf(resource, id, known, known);

  const doing = `updating ${nameOf(resource, news, id)}`;
  refuseIncomplete(resource, asked, doing);
  const cleared = Object.keys(changes).filter((key) => changes[key]?.kind === "delete");
  const secrets = secretsIn(resource, asked, olds);
  const services = servicesFor(context, doing, secrets);
  const sent = { ...services, id, inputs: asked, olds: completeOutputs(resource, id, olds), cleared };
  const written = { doing, id, asked: known, secrets };
  let live: Values | undefined;
  try {
    live = await resource.update(sent);
  } catch (error) {
    if (!context.judge.mayHaveWritten(error)) throw explain(doing, error, secrets);
    return settleDoubtful(resource, { ...written, known: olds }, error, context);
  }
  // Only a new object is waited for: one that vanished in the meantime is not coming back.
  const isNew = isUnseen(resource, olds);
  const read = () => (isNew ? readWhenVisible : readKnown)(resource, id, asked, context);
  return settle(resource, written, async () => live ?? read());
}

function isLocalOnly(resource: Resource<never>, changed: readonly string[]): boolean {
  return changed.length > 0 && changed.every((key) => resource.properties[key]?.role === "local");
}

/** What Plivo makes up is missing where a create could not be read back: then there is something to repair. */
function isComplete(resource: Resource<never>, olds: Values): boolean {
  return Object.entries(resource.properties).every(([key, { role }]) => role !== "output" || !isAbsent(own(olds, key)));
}

function completeOutputs(resource: Resource<never>, id: string, olds: Values): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(resource.properties).map(([key, property]) => [
      key,
      property.role === "id" ? id : (own(olds, key) ?? null),
    ]),
  );
}
