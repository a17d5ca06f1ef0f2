/**
 * The contract between a resource and the kernel.
 *
 * A resource is one definition: its properties with their facts, and a handful of methods of three to five lines that
 * call the API. Everything that is the same for all resources (defaults, checks, diffs, read-back, verification, what
 * a 404 means, guards before a delete, partial failures) is the kernel's and is written once, in the files beside
 * this one.
 */
import type { Recorded } from "../state/claim-ledger";
import type { Properties, Property, Role } from "./property";
import type { Unknown, Values } from "./values";

/** "eventual": what a list showed a moment ago may do. "strong": what the API returned to this operation itself. */
export type Consistency = "eventual" | "strong";

type Keys<P extends Properties, R extends Role> = {
  [K in keyof P]: P[K] extends Property<unknown, infer Found> ? (Found extends R ? K : never) : never;
}[keyof P];

type ValueIn<P extends Properties, K extends keyof P> = P[K]["value"];

/** Enumerations are open on the wire: Plivo may return a value that did not exist when ours were written down. */
type Wire<Value> = Value extends string ? string : Value;

/** What the program asks for, checked, with defaults filled in; `null` where it asks for nothing. */
export type InputsOf<P extends Properties> = {
  readonly [K in Keys<P, "input" | "writeOnly" | "local">]: ValueIn<P, K>;
};

/** What Plivo returns when the object is read: every readable property, so that a forgotten one does not compile. */
export type LiveOf<P extends Properties> = { readonly [K in Keys<P, "input" | "output">]: Wire<ValueIn<P, K>> | null };

/** The inputs that the program may leave out. */
export type OptionalKeys<P extends Properties> = {
  [K in keyof InputsOf<P>]: null extends InputsOf<P>[K] ? K : never;
}[keyof InputsOf<P>] &
  string;

/** What the state holds. */
export type OutputsOf<P extends Properties> = { readonly [K in keyof P]: ValueIn<P, K> | null };

/** Inputs as a check sees them: any of them may not be known yet, or be missing. */
export type ProposedOf<P extends Properties> = { readonly [K in keyof InputsOf<P>]: InputsOf<P>[K] | Unknown | null };

export type RecordedOf<P extends Properties> = { readonly [K in Keys<P, "recorded">]: ValueIn<P, K> };

/** What a read-back shows, and what the write itself has learnt. */
export type WrittenOf<P extends Properties> = LiveOf<P> & Partial<RecordedOf<P>>;

/** The resource of the program that has a thing, or is to have it: a delete of another one leaves the thing alone. */
export interface Keeper {
  /** What that resource puts it on; `undefined` where it is not known yet. */
  readonly target: string | undefined;
  /**
   * `declared`: that resource has yet to take it. `stored`: it has it in the state, so that no write of it is to follow.
   * `written`: this run has put it there.
   */
  readonly stage: "declared" | "stored" | "written";
  /** What that resource has recorded of it, or will, where this run has seen what the state had recorded. */
  readonly recorded: string | null;
}

/** What this run knows of what the resource claims: the same things may be in the state under another resource. */
export interface RunFacts {
  keeperOf(thing: string): Keeper | undefined;
  /** The state has recorded this of it, whichever resource had it; `undefined`: this run has not seen it. */
  recorded(thing: string): Recorded | undefined;
  /** The last value that any object of the state has recorded of it, as far as this run has seen them. */
  lastRecorded(thing: string): string | undefined;
  /** The thing is taken off its target: a resource that has it in the state, and is compared after that, puts it back. */
  recordTaken(thing: string): void;
  /** The state has an object of this id, of whatever kind. */
  isInState(id: string): boolean;
}

/** Things that belong to one resource of the program each, whatever its kind: phone numbers. */
export interface Claims<P extends Properties> {
  /** What they are called, the same in each definition that claims them. */
  readonly noun: string;
  /** The property that names the thing, or the things. Where it is the id, the object is the thing itself. */
  readonly property: keyof InputsOf<P> & string;
  /** The property with the id of what they are put on: a trunk. */
  readonly target: keyof InputsOf<P> & string;
  /** The property that says, if it is true, that no other resource of the program puts any on the same target. */
  readonly exclusive?: keyof InputsOf<P> & string;
  /** What the state has recorded of each. */
  recorded(olds: OutputsOf<P>): Iterable<readonly [thing: string, value: string | null]>;
}

/** Reports a mistake in the program: which property, and the rule that it breaks (never its value). */
export type Fail<P extends Properties> = (property: keyof InputsOf<P> & string, reason: string) => void;

/** What still depends on an object, and what Plivo would do to it if the object were deleted. */
export interface Guard<P extends Properties, Services> {
  /** The ones that would suffer, each named as a user would recognise it: `trunk 123 ("eu-in")`. */
  dependents(request: Services & { readonly id: string; readonly olds: OutputsOf<P> }): Promise<readonly string[]>;
  /** Completes "Plivo would ...": `delete these trunks with it`. */
  readonly consequence: string;
}

export interface Documentation {
  /** One paragraph: what it is and what it is for. */
  readonly describe: string;
  /** Page of Plivo's documentation. */
  readonly docs: string;
  /** A program that uses it, in TypeScript, without imports. */
  readonly example: string;
}

/**
 * A resource. `Services` is what the methods need to do their work (an API client, a log); the kernel hands it through
 * without knowing what is in it.
 */
export interface BaseDefinition<P extends Properties, Services> extends Documentation {
  /** Class name in every SDK: `IpAccessControlList`. */
  readonly token: string;
  /** What an error calls it: `IP access control list`. */
  readonly noun: string;
  readonly properties: P;
  /** The property that is the id: an `idOutput` where Plivo assigns it, an input where the user chooses it. */
  readonly id: keyof P & string;
  /** Whether the API rejects a second object of a name. @default not known: both are handled */
  readonly uniqueNames?: true;
  readonly claims?: Claims<P>;
  /** How many ms longer than others an operation on it may take, where the user sets no custom timeout. @default 0 */
  extraTime?(values: Values): number;

  /** Rules across properties. Values that are unknown, or wrong on their own, arrive as `unknown`. */
  rules?(inputs: ProposedOf<P>, fail: Fail<P>): void;

  /** Refuses what would do harm, and learns what the state has to remember, before anything is sent. */
  prepare?(request: Services & { readonly inputs: InputsOf<P>; readonly run: RunFacts }): Promise<RecordedOf<P>>;
  /**
   * Creates the object and returns its id at once: reading back, and keeping the id, is done by the kernel. One that
   * consists of many writes reads them back itself, and throws a PartialWriteError where some of them failed.
   */
  create(
    request: Services & { readonly inputs: InputsOf<P>; readonly run: RunFacts },
  ): Promise<{ readonly id: string; readonly written?: WrittenOf<P> }>;
  /** `known`: what it is as far as that is known; nothing by its id alone. */
  read(
    request: Services & { readonly id: string; readonly consistency: Consistency; readonly known: Values },
  ): Promise<LiveOf<P>>;
  /**
   * Sends `changes`, and beside them only what the API needs with them. `cleared` names the properties that had a value
   * and shall have none (`null` in `changes`). Returns the object if it read it back itself, else the kernel does.
   */
  update(
    request: Services & {
      readonly id: string;
      readonly inputs: InputsOf<P>;
      readonly olds: OutputsOf<P>;
      /** The inputs that differ from what the object is. */
      readonly changes: Partial<InputsOf<P>>;
      readonly cleared: readonly OptionalKeys<P>[];
      readonly run: RunFacts;
    },
  ): Promise<WrittenOf<P> | undefined>;
  delete(
    request: Services & { readonly id: string; readonly olds: OutputsOf<P>; readonly run: RunFacts },
  ): Promise<void>;

  /** Without a guard, a delete harms no other object. Needs a local `forceDestroy` property as the way out. */
  readonly guard?: Guard<P, Services>;
}

/** Plivo assigns the id, and a create whose response is lost is found by its name. */
export interface Assigned<P extends Properties, Services> {
  readonly identity: "assigned";
  /** Every object of this kind on the account, to find one whose create got no response. */
  list(services: Services): Promise<readonly { readonly id: string; readonly live: LiveOf<P> }[]>;
}

/** The user chooses the id, so that it is known before anything is created; two resources may have the same. */
export interface Chosen {
  readonly identity: "chosen";
  readonly list?: undefined;
}

export type Definition<P extends Properties, Services> = BaseDefinition<P, Services> & (Assigned<P, Services> | Chosen);

/** A resource whose property types have been forgotten: what the kernel and the adapters work with. */
export type Resource<Services> = Definition<Properties, Services>;

export type AssignedResource<Services> = BaseDefinition<Properties, Services> & Assigned<Properties, Services>;
