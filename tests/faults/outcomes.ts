/** What a fault may come to, and the rows of the matrix that many operations share. */
import type { FaultName } from "./faults";
import type { Left } from "./operations";

export interface Outcome {
  /** What the documentation calls it. */
  readonly title: string;
  readonly fails: boolean;
  /** @default what a success leaves behind */
  readonly left?: Left;
  /** What the plugin leaves behind, where that differs. */
  readonly leftByPlugin?: Left;
  /** The fault is a lie that cannot be detected: the next run does not undo its effect. */
  readonly lie?: true;
}

export const outcomes = {
  done: { title: "done", fails: false },
  failed: { title: "error, nothing changed", fails: true, left: { state: "as before", store: "as before" } },
  notImported: {
    title: "error, nothing changed; the plugin has imported the object as it is",
    fails: true,
    left: { state: "as before", store: "as before" },
    leftByPlugin: { state: "imported", store: "as before" },
  },
  unconfirmed: {
    title: "error; unconfirmed in the state",
    fails: true,
    left: { state: "unconfirmed", store: "as before" },
  },
  unconfirmedDone: {
    title: "error; unconfirmed in the state",
    fails: true,
    left: { state: "unconfirmed", store: "as asked" },
  },
  incomplete: {
    title: "error; marked for repair in the state",
    fails: true,
    left: { state: "incomplete", store: "as before" },
  },
  incompleteDone: {
    title: "error; the id is in the state",
    fails: true,
    left: { state: "incomplete", store: "as asked" },
  },
  partly: {
    title: "error; the other number is attached, and in the state",
    fails: true,
    left: { state: "incomplete", store: "something else" },
  },
  undetected: {
    title: "error although it was done; the next run detects it",
    fails: true,
    left: { state: "as before", store: "as asked" },
  },
  gone: { title: "taken for gone", fails: false, left: { state: "gone", store: "as before" }, lie: true },
  detached: {
    title: "detached, with a warning, instead of put back",
    fails: false,
    left: { state: "gone", store: "something else" },
    lie: true,
  },
} as const satisfies Record<string, Outcome>;

export type OutcomeName = keyof typeof outcomes;

/** An outcome, and its requests in the short forms of the operation: `POST LIST*4 POST GET`. */
export type Expected = readonly [OutcomeName, string];

export type Row = Readonly<Record<"once" | "lasting", Expected>>;

export function rows<Name extends FaultName>(names: readonly Name[], once: Expected, lasting: Expected = once) {
  return Object.fromEntries(names.map((name) => [name, { once, lasting }])) as Record<Name, Row>;
}

/** An error of the caller's: a retry is pointless. */
export const rejected = ["400", "401", "403", "404", "409", "422"] as const;
/** Indeterminate; it was not done. */
export const indeterminate = ["408", "500", "502", "503", "504", "drop-before"] as const;
/** Indeterminate; it was done. */
export const indeterminateDone = ["500-after", "502-after", "504-after", "drop-after", "cut", "wrong", "page"] as const;
/** Indeterminate after a timeout: 30 s for each attempt, until the 120 s of the operation are over. */
export const silent = ["hang"] as const;
export const silentDone = ["hang-after", "drip"] as const;

/** The proxy makes no connection, so nothing was sent. Its rules are final; all else is retried. */
export const behindProxy = (requests: string) => ({
  ...rows(["proxy-201", "proxy-403", "proxy-404", "proxy-407", "proxy-lies"], ["failed", ""]),
  ...rows(["proxy-429", "proxy-502", "proxy-closes", "proxy-silent"], ["done", requests], ["failed", ""]),
});

/**
 * A write that an error leaves as it was before.
 *
 * @param before what is requested first
 */
export function writing(
  write: string,
  before = "",
  rejectedAs: OutcomeName = "failed",
): Omit<Record<FaultName, Row>, "late"> {
  const start = `${before}${write}`;
  return {
    ...behindProxy(`${start} GET`),
    ...rows(rejected, [rejectedAs, start]),
    ...rows(indeterminate, ["done", `${start}*2 GET`], ["incomplete", `${start}*6 GET`]),
    ...rows(indeterminateDone, ["done", `${start}*2 GET`], ["done", `${start}*6 GET`]),
    ...rows(silent, ["done", `${start}*2 GET`], ["incomplete", `${start}*4`]),
    ...rows(silentDone, ["done", `${start}*2 GET`], ["incompleteDone", `${start}*4`]),
    ...rows(["empty"], ["done", `${start} GET`]),
    ...rows(["429"], ["done", `${start}*2 GET`], [rejectedAs, `${start}*11`]),
    ...rows(["429-7"], ["done", `${start}*2 GET`], [rejectedAs, `${start}*18`]),
    ...rows(["refused"], ["done", `${start} GET`], ["failed", ""]),
  };
}
