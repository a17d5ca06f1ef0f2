/** What one run knows of things that belong to one resource of the program each, whatever its kind: phone numbers. */
import type { Properties } from "../definition/property";
import type { Claims } from "../definition/resource";
import { getOwn, type Values } from "../definition/values";

/** Which resource of the program claims a thing. */
export interface Claim {
  /** Identifies the resource. */
  readonly key: string;
  readonly token: string;
  /** The id of what it puts things on: `undefined` where it is not known yet. */
  readonly target: string | undefined;
}

/** An object of the state, or one that is to be made. */
export interface Holder {
  readonly token: string;
  readonly id: string;
  /** Of the resource of the program, where the engine tells it. */
  readonly key: string | undefined;
}

/** A resource of the program that puts things on a target: numbers on a trunk. */
interface TargetUse extends Claim {
  readonly target: string;
  readonly isExclusive: boolean;
}

/** What the state has recorded of a thing. */
export interface Recorded {
  readonly value: string | null;
  /** By the resource that has it; else by one that has given it up, or that was to get it. */
  readonly isHeld: boolean;
}

interface RecordedBy extends Recorded {
  readonly by: Holder;
}

export class ClaimLedger {
  /** By noun and thing. */
  readonly #claims = new Map<string, Claim>();
  /** By the key of the claim: a resource is checked again for its replacement. */
  readonly #claimed = new Map<string, readonly string[]>();
  /** By noun and thing: what a resource that this run has written has recorded of it. */
  readonly #held = new Map<string, string | null>();
  /** By the id of a target: who puts things on it. */
  readonly #users = new Map<string, Map<string, TargetUse>>();
  /** By noun and thing: what this run has taken off its target while no resource was known to keep it. */
  readonly #givenUp = new Set<string>();
  /** By noun and thing: the last value that any object of the state has recorded, also one that is being deleted. */
  readonly #remembered = new Map<string, string>();
  /** By noun and thing: what the state has recorded of it, and in which objects; the one that was compared last is last. */
  readonly #recorded = new Map<string, readonly RecordedBy[]>();

  /** The resource `claim.key` of the program has these things, and no others. */
  record(noun: string, things: readonly string[], claim: Claim): void {
    for (const place of this.#claimed.get(claim.key) ?? []) this.#claims.delete(place);
    for (const users of this.#users.values()) users.delete(claim.key);
    const free = things.map((thing) => `${noun} ${thing}`).filter((place) => !this.#claims.has(place));
    for (const place of free) this.#claims.set(place, claim);
    this.#claimed.set(claim.key, free);
  }

  claimOf(noun: string, thing: string): Claim | undefined {
    return this.#claims.get(`${noun} ${thing}`);
  }

  /** @returns another resource that uses the target, if one of the two wants it for itself alone */
  recordUse(use: TargetUse): TargetUse | undefined {
    const users = this.#users.get(use.target) ?? new Map<string, TargetUse>();
    const other = [...users.values()].find(({ isExclusive }) => isExclusive || use.isExclusive);
    this.#users.set(use.target, users.set(use.key, use));
    return other;
  }

  /**
   * Whether a delete leaves the thing to the program: to another resource of it; or to the one that is deleted, which then
   * is replaced, or was by an earlier run. The new object needs it where it is.
   */
  isKept(noun: string, thing: string): boolean {
    return this.claimOf(noun, thing) !== undefined;
  }

  /**
   * The right to take the thing off its target. Not where another resource has it by now; one that has it in the state,
   * and that the engine comes to later, puts it back.
   */
  giveUp(noun: string, thing: string): boolean {
    if (this.isKept(noun, thing)) return false;
    this.#givenUp.add(`${noun} ${thing}`);
    return true;
  }

  isGivenUp(noun: string, thing: string): boolean {
    return this.#givenUp.has(`${noun} ${thing}`);
  }

  /** Where another resource of the program has it in the state already, and so will not put it. */
  heldOn(noun: string, thing: string, holder: Holder): string | undefined {
    const isWritten = this.#held.has(`${noun} ${thing}`);
    if (isWritten || !this.#otherHolder(noun, thing, holder)) return undefined;
    return this.claimOf(noun, thing)?.target;
  }

  /** Whether the resource of the program that claims the thing puts it on this target. */
  isKeptOn(noun: string, thing: string, target: string): boolean {
    return this.claimOf(noun, thing)?.target === target;
  }

  /** Of an object that is deleted, for others that have the same things: each may know what another does not. */
  recordRemembered(claims: Claims<Properties> | undefined, outputs: Values): void {
    for (const [thing, value] of claims?.recorded(outputs) ?? [])
      if (typeof thing === "string" && value !== null) this.#remembered.set(`${claims?.noun} ${thing}`, value);
  }

  rememberedOf(noun: string, thing: string): string | undefined {
    return this.#remembered.get(`${noun} ${thing}`);
  }

  /** What the state has recorded of things: the resource that has one knows better than one that had it. */
  recordKnown(claims: Claims<Properties> | undefined, by: Holder, outputs: Values): void {
    if (!claims) return;
    this.recordRemembered(claims, outputs);
    const held = thingsIn(claims, outputs);
    for (const [thing, value] of claims.recorded(outputs)) {
      if (typeof thing !== "string") continue;
      const place = `${claims.noun} ${thing}`;
      const others = (this.#recorded.get(place) ?? []).filter((entry) => !isSame(entry.by, by));
      this.#recorded.set(place, [...others, { value, isHeld: held.has(thing), by }]);
    }
  }

  /** What a resource that this run has written has recorded of its things. */
  recordHeld(claims: Claims<Properties> | undefined, outputs: Values): void {
    if (!claims) return;
    const held = thingsIn(claims, outputs);
    for (const [thing, value] of claims.recorded(outputs)) {
      if (!held.has(thing)) continue;
      this.#held.set(`${claims.noun} ${thing}`, value);
      this.#givenUp.delete(`${claims.noun} ${thing}`);
    }
  }

  /** Whether the thing is in the state under another object than this one, or in one that this run has written. */
  hasMoved(noun: string, thing: string, holder: Holder): boolean {
    return this.#held.has(`${noun} ${thing}`) || this.#otherHolder(noun, thing, holder) !== undefined;
  }

  /**
   * Whether the resource of the program that keeps a thing knows this of it: as it has recorded; or as it will, where the
   * run has seen what the state had recorded.
   *
   * @param holder Which gives the thing up.
   */
  isKnown(noun: string, thing: string, value: string | null, holder: Holder): boolean {
    const place = `${noun} ${thing}`;
    if (this.#held.has(place)) return this.#held.get(place) === value;
    // What has the thing already learns nothing more. Where nothing was recorded, nothing can be forgotten.
    const known = this.#otherHolder(noun, thing, holder) ?? this.recordedOf(noun, thing);
    return (known?.value ?? null) === value;
  }

  /** Of several objects that have the thing, one that knows of something. */
  recordedOf(noun: string, thing: string): Recorded | undefined {
    const all = [...(this.#recorded.get(`${noun} ${thing}`) ?? [])].reverse();
    return all.find(({ isHeld, value }) => isHeld && value !== null) ?? all.find(({ isHeld }) => isHeld) ?? all[0];
  }

  #otherHolder(noun: string, thing: string, holder: Holder): Recorded | undefined {
    const all = this.#recorded.get(`${noun} ${thing}`) ?? [];
    return all.find(({ isHeld, by }) => isHeld && !isSame(by, holder));
  }
}

/** Two sets of one trunk have the same id. */
function isSame(one: Holder, other: Holder): boolean {
  if (one.key !== undefined && other.key !== undefined) return one.key === other.key;
  return one.token === other.token && one.id === other.id;
}

function thingsIn({ property }: Claims<Properties>, outputs: Values): ReadonlySet<unknown> {
  const value = getOwn(outputs, property);
  return new Set(Array.isArray(value) ? value : [value]);
}
