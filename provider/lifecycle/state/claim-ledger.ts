/** What one run knows of things that belong to one resource of the program each, whatever its kind: phone numbers. */
import type { Properties } from "../definition/property";
import type { Claims, Keeper } from "../definition/resource";
import { getOwn, type Values } from "../definition/values";

/** Which resource of the program claims a thing. */
export interface Claim {
  /** Identifies the resource. */
  readonly key: string;
  readonly token: string;
  /** The id of what it puts things on: `undefined` where it is not known yet. */
  readonly target: string | undefined;
  /** The property by which it wants the target for itself alone. */
  readonly exclusive: string | undefined;
}

/** An object of the state, or one that is to be made. */
export interface Holder {
  readonly token: string;
  readonly id: string;
  /** Of the resource of the program, where the engine tells it. */
  readonly key: string | undefined;
}

/** What the state has recorded of a thing. */
export interface Recorded {
  readonly value: string | null;
  /** By the resource that has it; else by one that had it, or that was to get it. */
  readonly isHeld: boolean;
}

interface RecordedBy extends Recorded {
  readonly by: Holder;
}

/** Maps are by noun and thing unless they say otherwise. */
export class ClaimLedger {
  readonly #claims = new Map<string, Claim>();
  /** By the key of the claim: a resource is checked again for its replacement. */
  readonly #claimed = new Map<string, readonly string[]>();
  /** By the id of a target, then by the key of the claim. */
  readonly #uses = new Map<string, Map<string, Claim>>();
  /** What the state has recorded, and in which objects; the one that was seen last is last. */
  readonly #recorded = new Map<string, readonly RecordedBy[]>();
  /** What a resource that this run has written has recorded. */
  readonly #written = new Map<string, string | null>();
  /** What this run has taken off its target while no resource was known to keep it. */
  readonly #taken = new Set<string>();

  /** The resource `claim.key` of the program has these things, and no others. */
  recordClaim(noun: string, things: readonly string[], claim: Claim): void {
    for (const place of this.#claimed.get(claim.key) ?? []) this.#claims.delete(place);
    for (const uses of this.#uses.values()) uses.delete(claim.key);
    const free = things.map((thing) => `${noun} ${thing}`).filter((place) => !this.#claims.has(place));
    for (const place of free) this.#claims.set(place, claim);
    this.#claimed.set(claim.key, free);
    if (claim.target === undefined) return;
    const uses = this.#uses.get(claim.target) ?? new Map<string, Claim>();
    this.#uses.set(claim.target, uses.set(claim.key, claim));
  }

  claimOf(noun: string, thing: string): Claim | undefined {
    return this.#claims.get(`${noun} ${thing}`);
  }

  /** Another resource that puts things on the same target, if one of the two wants it for itself alone. */
  rivalOf({ target = "", key, exclusive }: Claim): Claim | undefined {
    for (const use of this.#uses.get(target)?.values() ?? [])
      if (use.key !== key && (use.exclusive ?? exclusive) !== undefined) return use;
    return undefined;
  }

  /**
   * The resource that a delete leaves the thing to: another one of the program; or the one that is deleted, which then is
   * replaced, or was by an earlier run. The new object needs it where it is.
   *
   * @param holder Which gives the thing up, or gets it.
   */
  keeperOf(noun: string, thing: string, holder: Holder): Keeper | undefined {
    const place = `${noun} ${thing}`;
    const claim = this.#claims.get(place);
    if (!claim) return undefined;
    const isStored = this.#otherHolder(place, holder) !== undefined;
    const stage = this.#written.has(place) ? "written" : isStored ? "stored" : "declared";
    return { target: claim.target, stage, recorded: this.recordedByKeeper(noun, thing, holder) };
  }

  /** What has the thing already learns nothing more. Where nothing was recorded, nothing can be forgotten. */
  recordedByKeeper(noun: string, thing: string, holder: Holder): string | null {
    const place = `${noun} ${thing}`;
    const written = this.#written.get(place);
    if (written !== undefined) return written;
    return (this.#otherHolder(place, holder) ?? this.recordedOf(noun, thing))?.value ?? null;
  }

  recordTaken(noun: string, thing: string): void {
    this.#taken.add(`${noun} ${thing}`);
  }

  isTaken(noun: string, thing: string): boolean {
    return this.#taken.has(`${noun} ${thing}`);
  }

  /**
   * What an object of the state has recorded of its things.
   *
   * @param isDeleted It gives them up; what it knows of them may be what another does not.
   */
  recordStored(claims: Claims<Properties> | undefined, by: Holder, outputs: Values, isDeleted = false): void {
    if (!claims) return;
    const held = isDeleted ? new Set() : thingsIn(claims, outputs);
    for (const [thing, value] of claims.recorded(outputs)) {
      if (typeof thing !== "string") continue;
      const place = `${claims.noun} ${thing}`;
      const before = this.#recorded.get(place) ?? [];
      // The new object of a replacement, or another set of the same trunk, may look the same and has recorded less.
      const others = isDeleted ? before : before.filter((entry) => !isSame(entry.by, by));
      this.#recorded.set(place, [...others, { value, isHeld: held.has(thing), by }]);
    }
  }

  /** What an object that this run has written has recorded of its things. */
  recordWritten(claims: Claims<Properties> | undefined, outputs: Values): void {
    if (!claims) return;
    const held = thingsIn(claims, outputs);
    for (const [thing, value] of claims.recorded(outputs)) {
      if (!held.has(thing)) continue;
      this.#written.set(`${claims.noun} ${thing}`, value);
      this.#taken.delete(`${claims.noun} ${thing}`);
    }
  }

  /** The resource that has a thing knows better than one that had it; of several, one that knows of something. */
  recordedOf(noun: string, thing: string): Recorded | undefined {
    const all = this.#newestFirst(noun, thing);
    return all.find(({ isHeld, value }) => isHeld && value !== null) ?? all.find(({ isHeld }) => isHeld) ?? all[0];
  }

  /** Also by an object that is being deleted: each may know what another does not. */
  lastRecordedOf(noun: string, thing: string): string | undefined {
    return this.#newestFirst(noun, thing).find(({ value }) => value !== null)?.value ?? undefined;
  }

  #newestFirst(noun: string, thing: string): readonly RecordedBy[] {
    return [...(this.#recorded.get(`${noun} ${thing}`) ?? [])].reverse();
  }

  #otherHolder(place: string, holder: Holder): RecordedBy | undefined {
    return this.#recorded.get(place)?.find(({ isHeld, by }) => isHeld && !isSame(by, holder));
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
