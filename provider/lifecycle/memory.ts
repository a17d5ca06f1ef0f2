/**
 * What one process remembers about one account, from the first check to the last delete of a run.
 *
 * The engine runs check and create of a resource in one process, so what check learnt is there when create needs it.
 * Nothing of this is in the state: a hidden value that survived check would show up in every diff.
 */
import { createHash } from "node:crypto";

export class Memory {
  readonly #generated = new Set<string>();
  readonly #inState = new Set<string>();

  /** The state holds an object of this name (or id): it is not free to be taken or made again. */
  noteInState(nameOrId: string): void {
    this.#inState.add(nameOrId);
  }

  isInState(nameOrId: string): boolean {
    return this.#inState.has(nameOrId);
  }

  /** Whether this run made the name up: then nobody else uses it. */
  wasGenerated(name: string): boolean {
    return this.#generated.has(name);
  }

  /**
   * The name for a new object. Normally the candidate. A candidate that is in the state already belongs to the object
   * which this new one replaces (the engine then checks a second time, without old values): both exist side by side
   * for a moment, so the new one gets another suffix. It is derived and not random, to be the same in preview and up.
   */
  generateName(candidate: string): string {
    const name = this.#inState.has(candidate) ? `${stemOf(candidate)}-${suffix(candidate)}` : candidate;
    this.#generated.add(name);
    return name;
  }
}

function stemOf(name: string): string {
  return name.replace(/-[0-9a-f]{7}$/, "");
}

function suffix(of: string): string {
  return createHash("sha256").update(of).digest("hex").slice(0, 7);
}
