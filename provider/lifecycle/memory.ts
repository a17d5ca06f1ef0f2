/**
 * What one process remembers about one account, from the first check to the last delete of a run.
 *
 * The engine runs check, diff and create of a resource in one process, so what one of them learnt is there when another
 * needs it. Nothing of this is in the state: a hidden value that survived check would show up in every diff.
 */
import { createHash } from "node:crypto";
import type { Pending } from "./pending";

export class Memory {
  readonly #generated = new Set<string>();
  readonly #inState = new Set<string>();
  readonly #kept = new Set<string>();
  /** What identifies a resource in the program -> the name that its object has in the state. */
  readonly #nameOf = new Map<string, string>();
  /** Name -> whether it was made up by us. */
  readonly #unsure = new Map<string, boolean>();

  /** The state holds an object of this name (or id): it is not free to be taken or made again. */
  noteInState(nameOrId: string): void {
    this.#inState.add(nameOrId);
  }

  isInState(nameOrId: string): boolean {
    return this.#inState.has(nameOrId);
  }

  /** The program has an object of this id, and it stays. */
  noteKept(id: string): void {
    this.#inState.add(id);
    this.#kept.add(id);
  }

  isKept(id: string): boolean {
    return this.#kept.has(id);
  }

  /** The resource that `key` identifies has an object of this name. */
  noteName(key: string, name: string): void {
    this.#nameOf.set(key, name);
    this.#inState.add(name);
  }

  /** An object of this name may exist although nobody knows its id; it is about to be looked for. */
  noteUnsure({ name, isOurs }: Pending): void {
    this.#unsure.set(name, isOurs);
  }

  isUnsure(name: string): boolean {
    return this.#unsure.has(name);
  }

  /** Whether this run made the name up: then nobody else uses it. */
  wasGenerated(name: string): boolean {
    return this.#generated.has(name);
  }

  /**
   * The name for a new object. Normally the candidate. Two exceptions, when the engine checks a second time without old
   * values, for a replacement: where the old object may exist and has to be found first, its name; where it does exist,
   * another suffix, because both exist side by side for a moment. Derived and not random, to be the same in preview and
   * up.
   */
  generateName(candidate: string, key = candidate): string {
    const old = this.#nameOf.get(key);
    const isLeft = old !== undefined && this.#unsure.has(old);
    const name = isLeft ? old : this.#freeName(candidate, old);
    // A user's own name stays one, also when the program does not give it any more.
    if (!isLeft || this.#unsure.get(old)) this.#generated.add(name);
    return name;
  }

  /**
   * The names of one resource, replacement after replacement, follow from each other and begin with the candidate. The
   * new one comes behind the old one and not just anywhere: an object before that may still wait for its delete, and we
   * are not told of it.
   */
  #freeName(candidate: string, old: string | undefined): string {
    let name = candidate;
    for (let nth = 0; old !== undefined && name !== old && nth < MOST_REPLACEMENTS; nth++) name = nextName(name);
    if (name !== old) name = candidate;
    while (this.#inState.has(name)) name = nextName(name);
    return name;
  }
}

/** Of one resource, in its life; beyond that the names begin anew. */
const MOST_REPLACEMENTS = 100;

function nextName(name: string): string {
  return `${stemOf(name)}-${suffix(name)}`;
}

function stemOf(name: string): string {
  return name.replace(/-[0-9a-f]{7}$/, "");
}

function suffix(of: string): string {
  return createHash("sha256").update(of).digest("hex").slice(0, 7);
}
