/** diff as an adapter asks for it: with the id, because an object that may not exist is replaced whatever changed. */
import { type Differences, diffElements } from "./diff";
import type { Memory } from "./memory";
import { pendingOf } from "./pending";
import type { Resource } from "./resource";
import { getOwn, type Values } from "./values";

export interface Plan {
  readonly differences: Differences;
  /** The old object goes first: there may be nothing to delete, and the new one may turn out to be it. */
  readonly deleteBeforeReplace: boolean;
}

export function plan(
  resource: Resource<never>,
  request: {
    readonly id: string;
    readonly olds: Values;
    readonly news: Values;
    /** Identifies the resource, where the engine tells it. */
    readonly key?: string;
  },
  memory: Memory,
): Plan {
  const { id, olds, news } = request;
  const differences = diffElements(resource, olds, news);
  const pending = pendingOf(id);
  if (!pending) {
    const isReplaced = Object.values(differences).some(({ replaces }) => replaces);
    // A refresh compares too, with what the program was: nothing of that says what this run replaces.
    const isOfProgram = memory.isInProgramUnder(resource.token, getOwn(olds, "name"));
    memory.noteOld(resource.token, id, {
      outputs: olds,
      ...(isOfProgram && { newName: getOwn(news, "name"), isReplaced }),
    });
    // A refresh compares too, also what the program has no more.
    const isInProgram = resource.properties[resource.id]?.role === "id" || memory.isInProgram(id);
    if (isReplaced || !isInProgram) memory.noteInState(id);
    else memory.noteKept(id, request.key);
    return { differences, deleteBeforeReplace: false };
  }
  if (pending.besides !== undefined) memory.noteInState(pending.besides);
  // Under another name the create that follows would not find it: the delete before it looks then.
  if (getOwn(news, "name") === pending.name) memory.noteUnsure(pending);
  return { differences: { ...differences, name: { kind: "update", replaces: true } }, deleteBeforeReplace: true };
}
