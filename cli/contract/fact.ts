/** A question about the API, with the values that it can have, and how an experiment reports one. */
import type { PlivoClient } from "../../provider/client/client";
import type { Api, SeenExchange } from "./account/api";
import type { PhoneNumber, Route } from "./account/number-route";
import type { OwnObjects } from "./account/own-objects";

/**
 * Where the expectation comes from: `documented` by Plivo, `observed` on the wire by others. `unpublished`: none is
 * expected, and the provider copes with every value.
 */
export type Source = "documented" | "observed" | "unpublished";

export interface Fact<Value extends string = string> {
  readonly id: string;
  readonly question: string;
  readonly values: readonly Value[];
  readonly expected: Value | null;
  readonly source: Source;
}

/** What one run has found out. */
export type Finding =
  | { readonly fact: Fact; readonly value: string; readonly detail?: string }
  | { readonly fact: Fact; readonly value: null; readonly reason: string };

/** A question whose value is documented or was observed. */
export function expects<const Value extends string>(
  id: string,
  question: string,
  values: readonly Value[],
  [source, expected]: readonly ["documented" | "observed", NoInfer<Value>],
): Fact<Value> {
  return { id, question, values, expected, source };
}

/** A question that nothing published has a reply to. */
export function asks<const Value extends string>(id: string, question: string, values: readonly Value[]): Fact<Value> {
  return { id, question, values, expected: null, source: "unpublished" };
}

/** What an experiment works with. */
export interface Lab {
  readonly api: Api;
  readonly own: OwnObjects;
  readonly clock: PlivoClient["clock"];
  /** 12 hexadecimal digits. */
  random(): string;
  /** All exchanges so far. */
  readonly exchanges: readonly SeenExchange[];
  /** That of `--number`, and its route before. */
  readonly number: { readonly phone: PhoneNumber; readonly route: Route } | undefined;
  found<Value extends string>(fact: Fact<Value>, value: NoInfer<Value>, detail?: string): void;
  unknown(fact: Fact, reason: string): void;
}

/** A few requests that find out some facts. */
export interface Experiment {
  readonly title: string;
  readonly facts: readonly Fact[];
  /** What it makes, for the plan: `2 trunks, 1 credential`. */
  readonly makes: string;
  /** The option without which it is left out. */
  readonly needs?: "number" | "rateLimit";
  run(lab: Lab): Promise<void>;
}
