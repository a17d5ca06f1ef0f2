/**
 * What one run knows of one account, from its first check to its last delete: which objects the state has and what the
 * program makes of them, and which names are taken, wanted or generated.
 *
 * The engine runs check, diff and create of a resource in one process, so that what one of them has learnt is there when
 * another needs it. Nothing of this is in the state: a hidden value that survived check would show up in every diff.
 */
import { createHash } from "node:crypto";
import type { Resource } from "../definition/resource";
import { getOwn, type Values } from "../definition/values";
import { ClaimLedger } from "./claim-ledger";
import type { Identity } from "./state";

/** What the program of this run makes of an object. */
export interface ObjectPlan {
  /** The name that the object has from now on. */
  readonly newName: unknown;
  readonly isReplaced: boolean;
}

/** The import of an object, by the resource `key`. */
export interface Import {
  readonly key: string;
  readonly isDone: boolean;
}

interface ObjectEntry {
  /** In the state, or what this run has made; passwords too, which is why they never leave the process. */
  outputs?: Values;
  /** Absent: this run has not compared the object with the program, and may never do so. */
  plan?: ObjectPlan;
  /** No read has seen it yet. */
  isUnseen?: boolean;
  /** The state has the id, or will have it at the end of this run: it is not free to be adopted. */
  isInState: boolean;
  /** The program gives this id as an argument. */
  isDeclared: boolean;
  /** The resource of the program that imports it in this run. */
  import?: Import;
  /** The resources that have the object at the end of this run; `undefined` where the run itself has made it so. */
  readonly staysFor: Set<string | undefined>;
}

interface NameEntry {
  /** By this run: nothing else can have it. */
  isGenerated: boolean;
  /** The objects whose outputs have had it in this run. */
  readonly ids: Set<string>;
  /** The resources of the program whose objects have it in the state. */
  readonly heldBy: Set<string>;
  /** The resources of the program that ask for it. */
  readonly wantedBy: Set<string>;
  /** A create of this name got no response: whether the name proves whose it is, and whether it is known what it made. */
  unconfirmed?: { readonly isProven: boolean; readonly isResolved: boolean };
}

export class RunLedger {
  readonly claims = new ClaimLedger();
  /** By kind, then by id. */
  readonly #objects = new Map<string, Map<string, ObjectEntry>>();
  /** By kind and name. */
  readonly #names = new Map<string, NameEntry>();
  /** By kind and resource of the program: the name that its object has in the state. */
  readonly #heldNames = new Map<string, string>();

  // Objects.

  recordInState(token: string, id: string): void {
    this.#object(token, id).isInState = true;
  }

  recordOutputs(token: string, id: string, outputs: Values): void {
    this.#object(token, id).outputs = outputs;
    const name = getOwn(outputs, "name");
    if (typeof name === "string") this.#name(token, name).ids.add(id);
  }

  /** The object stays: for the resource `key`, or because this run has made it. */
  recordStays(token: string, id: string, key?: string): void {
    const entry = this.#object(token, id);
    entry.isInState = true;
    entry.staysFor.add(key);
  }

  recordDeleted(token: string, id: string): void {
    const entry = this.#object(token, id);
    delete entry.outputs;
    delete entry.plan;
  }

  /** What a diff has found. The adapter records it: a diff by itself changes nothing. */
  recordPlan(
    { token, identity: origin, claims }: Pick<Resource<never>, "token" | "identity" | "claims">,
    { identity, outputs, news, isReplaced }: PlannedObject,
    key?: string,
  ): void {
    if (identity.kind === "unconfirmed") {
      if (identity.replaces !== undefined) this.recordInState(token, identity.replaces);
      // Under another name the create that follows would not find it: the delete before it looks then.
      if (getOwn(news, "name") === identity.name)
        this.#name(token, identity.name).unconfirmed = { isProven: identity.isProven, isResolved: false };
      return;
    }
    const { id } = identity;
    this.recordOutputs(token, id, outputs);
    this.claims.recordStored(claims, { token, id, key }, outputs);
    const entry = this.#object(token, id);
    entry.isUnseen = identity.kind === "unseen";
    // A refresh compares too, with what the program was: nothing of that says what this run replaces.
    if (this.#isHeld(token, getOwn(outputs, "name"))) entry.plan = { newName: getOwn(news, "name"), isReplaced };
    // A refresh compares too, also what the program has no more.
    const isInProgram = origin === "assigned" ? this.#isHeld(token, getOwn(outputs, "name")) : entry.isDeclared;
    if (isReplaced || !isInProgram) entry.isInState = true;
    else this.recordStays(token, id, key);
  }

  /** Whether the state has an object of this id, of one kind or of any. */
  isInState(id: string, token?: string): boolean {
    const kinds = token === undefined ? [...this.#objects.keys()] : [token];
    return kinds.some((kind) => this.#known(kind, id)?.isInState === true);
  }

  /** Whether the object stays for another resource than this one, or was made by this run. */
  staysForAnother(token: string, id: string, key?: string): boolean {
    const keepers = this.#known(token, id)?.staysFor ?? [];
    return [...keepers].some((keeper) => keeper === undefined || keeper !== key);
  }

  /** The resource `key` of the program imports the object, and has not done so yet. */
  recordImport(token: string, id: string, key: string): void {
    this.#object(token, id).import ??= { key, isDone: false };
  }

  recordImported(token: string, id: string, outputs: Values): void {
    const entry = this.#object(token, id);
    if (entry.import) entry.import = { ...entry.import, isDone: true };
    this.recordStays(token, id, entry.import?.key);
    this.recordOutputs(token, id, outputs);
  }

  importOf(token: string, id: string): Import | undefined {
    return this.#known(token, id)?.import;
  }

  /** Whether a resource of the program other than this one has the object in the state. */
  isHeldByAnother(token: string, id: string, key: string): boolean {
    const keepers = this.#known(token, id)?.staysFor ?? [];
    return [...keepers].some((keeper) => keeper !== undefined && keeper !== key);
  }

  outputsOf(token: string, id: string): Values | undefined {
    return this.#known(token, id)?.outputs;
  }

  isUnseen(token: string, id: string): boolean {
    return this.#known(token, id)?.isUnseen === true;
  }

  planOf(token: string, id: string): ObjectPlan | undefined {
    return this.#known(token, id)?.plan;
  }

  /** The object of the state that has this name and gives it up in this run: to the resource that replaces it. */
  replacedUnder(token: string, name: string): string | undefined {
    const isWantedAgain = this.#isWantedByItsHolder(token, name);
    return [...(this.#names.get(`${token} ${name}`)?.ids ?? [])].find((id) => {
      const { outputs = {}, plan } = this.#object(token, id);
      if (getOwn(outputs, "name") !== name) return false;
      return plan?.isReplaced === true || (plan?.newName === name && isWantedAgain);
    });
  }

  // Names.

  /** The resource `key` of the program has an object of this name in the state. */
  recordHeldName(token: string, name: string, key: string): void {
    this.#name(token, name).heldBy.add(key);
    this.#heldNames.set(`${token} ${key}`, name);
  }

  /** The resource `key` of the program asks for this name. */
  recordWantedName(token: string, name: string, key: string): void {
    this.#name(token, name).wantedBy.add(key);
  }

  /** The resource of the program gives this id as an argument. */
  recordDeclared(token: string, id: string): void {
    this.#object(token, id).isDeclared = true;
  }

  /** It is known what became of the create of this name that got no response; or the program imports what it made. */
  recordResolved(token: string, name: string): void {
    const entry = this.#name(token, name);
    if (entry.unconfirmed) entry.unconfirmed = { ...entry.unconfirmed, isResolved: true };
  }

  isResolved(token: string, name: string): boolean {
    return this.#names.get(`${token} ${name}`)?.unconfirmed?.isResolved === true;
  }

  /** Whether an earlier run sent a create of this name that got no response. */
  isUnconfirmed(token: string, name: string): boolean {
    return this.#names.get(`${token} ${name}`)?.unconfirmed?.isResolved === false;
  }

  wasGenerated(token: string, name: string): boolean {
    return this.#names.get(`${token} ${name}`)?.isGenerated === true;
  }

  /**
   * The name for a new object. Normally the candidate. Two exceptions, when the engine checks a second time without old
   * values, for a replacement: where the old object may exist and has to be found first, its name; where the candidate is
   * in the state already, another suffix, because both exist side by side for a moment.
   *
   * @param isGenerated The candidate was generated in this run: no other object can have had it before.
   */
  newName(
    candidate: string,
    { token, key, isGenerated }: { readonly token: string; readonly key: string; readonly isGenerated: boolean },
  ): string {
    const held = this.#heldNames.get(`${token} ${key}`);
    const unconfirmed = held === undefined ? undefined : this.#name(token, held).unconfirmed;
    const name = held !== undefined && unconfirmed ? held : this.#freeName(token, candidate);
    // A user's own name stays one, also when the program does not give it any more.
    if (unconfirmed ? unconfirmed.isProven : isGenerated) this.#name(token, name).isGenerated = true;
    return name;
  }

  #freeName(token: string, candidate: string): string {
    let name = candidate;
    while (this.#isHeld(token, name)) name = withSuffix(name, createHash("sha256").update(name).digest("hex"));
    return name;
  }

  #isHeld(token: string, name: unknown): boolean {
    return typeof name === "string" && (this.#names.get(`${token} ${name}`)?.heldBy.size ?? 0) > 0;
  }

  /** Whether the only resource of the program that asks for the name is one whose object has it. */
  #isWantedByItsHolder(token: string, name: string): boolean {
    const { wantedBy, heldBy } = this.#names.get(`${token} ${name}`) ?? {};
    const [key, ...others] = wantedBy ?? [];
    return others.length === 0 && key !== undefined && key !== "" && heldBy?.has(key) === true;
  }

  #object(token: string, id: string): ObjectEntry {
    const ofKind = this.#objects.get(token) ?? new Map<string, ObjectEntry>();
    const entry = ofKind.get(id) ?? { isInState: false, isDeclared: false, staysFor: new Set() };
    this.#objects.set(token, ofKind.set(id, entry));
    return entry;
  }

  #known(token: string, id: string): ObjectEntry | undefined {
    return this.#objects.get(token)?.get(id);
  }

  #name(token: string, name: string): NameEntry {
    const key = `${token} ${name}`;
    const entry = this.#names.get(key) ?? {
      isGenerated: false,
      ids: new Set(),
      heldBy: new Set(),
      wantedBy: new Set(),
    };
    this.#names.set(key, entry);
    return entry;
  }
}

/** An object of the state, as a diff compared it with the program. */
export interface PlannedObject {
  readonly identity: Identity;
  readonly outputs: Values;
  readonly news: Values;
  readonly isReplaced: boolean;
}

/** The logical name, or a name that was made of it, with 7 hexadecimal digits behind it. */
export function withSuffix(name: string, hex: string): string {
  return `${name.replace(/-[0-9a-f]{7}$/, "")}-${hex.slice(0, 7)}`;
}
