/**
 * What one process remembers about one account, from the first check to the last delete of a run.
 *
 * The engine runs check, diff and create of a resource in one process, so what one of them learnt is there when another
 * needs it. Nothing of this is in the state: a hidden value that survived check would show up in every diff.
 */
import { createHash } from "node:crypto";
import type { Pending } from "./pending";
import { getOwn, type Values } from "./values";

/** An object of the state, as this process has seen it. */
export interface OldObject {
  /** Its outputs in the state; passwords too, which is why it never leaves the process. */
  readonly outputs: Values;
  /** The name that the program gives it now. `undefined`: this run has not compared it with the program. */
  readonly newName: unknown;
  /** The program asks for something that needs a new object. */
  readonly isReplaced: boolean;
}

export class Memory {
  readonly #old = new Map<string, OldObject>();
  /** Kind and name -> the resources of the program that want it. */
  readonly #wanted = new Map<string, Set<string>>();
  readonly #generated = new Set<string>();
  readonly #inState = new Set<string>();
  readonly #kept = new Map<string, Set<string | undefined>>();
  readonly #inProgram = new Set<string>();
  /** What identifies a resource in the program -> the name that its object has in the state. */
  readonly #nameOf = new Map<string, string>();
  /** Kind and name -> the resources of the program whose objects have it in the state. */
  readonly #hadBy = new Map<string, Set<string>>();
  /** Name -> whether it was made up by us. */
  readonly #unsure = new Map<string, boolean>();

  /** What the state has of an object, or will have at the end of this run. */
  noteOld(token: string, id: string, old: Partial<OldObject> & Pick<OldObject, "outputs">): void {
    const known = this.old(token, id);
    this.#old.set(`${token} ${id}`, { newName: known?.newName, isReplaced: known?.isReplaced === true, ...old });
  }

  old(token: string, id: string): OldObject | undefined {
    return this.#old.get(`${token} ${id}`);
  }

  /** The object of the state that has this name and gives it up in this run: to the resource that replaces it. */
  replacedUnder(token: string, name: string): string | undefined {
    const found = [...this.#old].find(([key, old]) => {
      if (!key.startsWith(`${token} `) || getOwn(old.outputs, "name") !== name) return false;
      return old.isReplaced || (old.newName === name && this.#isWantedAgain(token, name));
    });
    return found?.[0].slice(token.length + 1);
  }

  /** Whether the only resource of the program that wants the name is one whose object has it. */
  #isWantedAgain(token: string, name: string): boolean {
    const [key, ...others] = this.#wanted.get(`${token} ${name}`) ?? [];
    return (
      others.length === 0 && key !== undefined && key !== "" && this.#hadBy.get(`${token} ${name}`)?.has(key) === true
    );
  }

  /** Whether a resource of the program has been checked whose object has this name: a refresh compares without that. */
  isInProgramUnder(token: string, name: unknown): boolean {
    return typeof name === "string" && this.#hadBy.has(`${token} ${name}`);
  }

  /** It was deleted: what the state had of it counts no more. */
  forgetOld(token: string, id: string): void {
    this.#old.delete(`${token} ${id}`);
  }

  /** A resource of the program, which `key` identifies, wants this name. */
  noteWanted(token: string, name: string, key: string): void {
    const keys = this.#wanted.get(`${token} ${name}`) ?? new Set();
    this.#wanted.set(`${token} ${name}`, keys.add(key));
  }

  /** The state holds an object of this name (or id): it is not free to be taken or made again. */
  noteInState(nameOrId: string): void {
    this.#inState.add(nameOrId);
  }

  isInState(nameOrId: string): boolean {
    return this.#inState.has(nameOrId);
  }

  /** The program of this run declares an object with this id, which is one of its arguments. */
  noteInProgram(id: string): void {
    this.#inProgram.add(id);
  }

  isInProgram(id: string): boolean {
    return this.#inProgram.has(id);
  }

  /**
   * The program has an object of this id, and it stays.
   *
   * @param by What identifies the resource that has it, where an engine tells; without it, this run has made it so.
   */
  noteKept(id: string, by?: string): void {
    this.#inState.add(id);
    this.#kept.set(id, (this.#kept.get(id) ?? new Set()).add(by));
  }

  /** Whether it is to stay for another resource than this one, or was made by this run. */
  isKept(id: string, by?: string): boolean {
    return [...(this.#kept.get(id) ?? [])].some((keeper) => keeper === undefined || keeper !== by);
  }

  /** The resource that `key` identifies has an object of this name. */
  noteName(token: string, key: string, name: string): void {
    const keys = this.#hadBy.get(`${token} ${name}`) ?? new Set();
    this.#hadBy.set(`${token} ${name}`, keys.add(key));
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
   * values, for a replacement: where the old object may exist and has to be found first, its name; where the candidate
   * is in the state already, another suffix, because both exist side by side for a moment.
   *
   * @param isMadeUp The candidate was made up in this run: no other object can have had it before.
   */
  newName(candidate: string, { key, isMadeUp }: { readonly key: string; readonly isMadeUp: boolean }): string {
    const old = this.#nameOf.get(key);
    const isLeft = old !== undefined && this.#unsure.has(old);
    const name = isLeft ? old : this.#freeName(candidate);
    // A user's own name stays one, also when the program does not give it any more.
    if (isLeft ? this.#unsure.get(old) : isMadeUp) this.#generated.add(name);
    return name;
  }

  #freeName(candidate: string): string {
    let name = candidate;
    while (this.#inState.has(name)) name = withSuffix(name, createHash("sha256").update(name).digest("hex"));
    return name;
  }
}

/** The logical name, or a name that was made of it, with 7 hexadecimal digits behind it. */
export function withSuffix(name: string, hex: string): string {
  return `${name.replace(/-[0-9a-f]{7}$/, "")}-${hex.slice(0, 7)}`;
}
