/** What an operation gets from its adapter. */
import { redactor } from "../text/redact";
import { visible } from "../text/visible";
import { isInput, secretKeys } from "./definition/property";
import type { Resource } from "./definition/resource";
import { containsUnknown, getOwn, isNullish, type Values } from "./definition/values";
import { messageOf, OperationError } from "./errors";
import type { RunLedger } from "./state/run-ledger";

export interface Clock {
  /** Milliseconds. */
  now(): number;
  /** Rejects when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The decisions that the kernel takes on an error of the services, asked instead of matched on text. */
export interface ErrorClassifier {
  /** The API returned that there is no such object. */
  isGone(error: unknown): boolean;
  /** The id cannot be that of any object: the API was not asked. */
  isInvalidId(error: unknown): boolean;
  /** The request may have had its effect although it got no usable response. */
  mayHaveActed(error: unknown): boolean;
  /** The API returned that something does not exist: the object, or what a request refers to. */
  isAbsent(error: unknown): boolean;
  /** The API rejected what the request asked for: nothing of it was done, and the same request is rejected again. */
  isRejected(error: unknown): boolean;
}

export interface Context<Services> {
  readonly services: Services;
  /** The same, whose writes run this check again before they are sent late: after a wait, or as a retry. */
  servicesAfter(check: () => Promise<void>): Services;
  readonly errors: ErrorClassifier;
  /** Whether the operation has changed something at the API so far, or may have. */
  hasWritten(): boolean;
  readonly clock: Clock;
  /** Point on the clock after which nothing is waited for. */
  readonly deadline: number;
  readonly ledger: RunLedger;
  /** Identifies the resource, where the engine tells it. */
  readonly key?: string;
  /** How often a request may be retried; a create counts each attempt whose outcome had to be checked for. */
  readonly maxRetries: number;
  /** A line for the user. */
  log(severity: "info" | "warning", text: string): void;
  /** Whether the engine compares old outputs with new inputs; else it compares inputs, and only a refresh shows drift. */
  readonly comparesOutputs: boolean;
  /**
   * How the user puts an object that exists already under this resource, in the adapter that they use.
   *
   * @param isInState The state has an entry of this resource, which is in the way.
   */
  adoption(token: string, id: string, how: { readonly isInState: boolean }): string;
  /** Stops waits, never a write. */
  readonly signal?: AbortSignal;
}

/** The services for one operation. They may refuse because the configuration is incomplete: an error of the operation too. */
export function servicesFor<S>(context: Context<S>, doing: string, secrets: readonly string[]): S {
  try {
    return { ...context.services };
  } catch (error) {
    throw wrapError(doing, error, secrets);
  }
}

/**
 * Inputs that a check has not seen: without a value that is required, an update would blank it. No engine asks like that,
 * and it is refused all the same.
 */
export function refuseIncomplete(resource: Resource<never>, inputs: Values, doing: string): void {
  for (const [key, property] of Object.entries(resource.properties)) {
    const value = getOwn(inputs, key);
    const isMissing = isInput(property) && property.facts.required && isNullish(value);
    if (isMissing || containsUnknown(value)) throw new OperationError(`${doing}: refused, ${key} has no value`);
  }
}

/** What an error calls the object: its noun, and its name, or else its id. */
export function nameOf(resource: Resource<never>, values: Values, id?: string): string {
  const name = getOwn(values, "name");
  if (typeof name === "string") return visible(`${resource.noun} "${name}"`);
  const known = id ?? getOwn(values, resource.id);
  return typeof known === "string" ? visible(`${resource.noun} ${known}`) : resource.noun;
}

/** Adds what was being done to an error of the services. */
export function wrapError(doing: string, error: unknown, secrets: readonly string[]): OperationError {
  return new OperationError(withoutSecrets(`${doing}: ${messageOf(error)}`, secrets), { cause: error });
}

/** The secret values among these: whatever Plivo echoes in an error, they are not shown. */
export function secretsIn(resource: Resource<never>, ...from: readonly Values[]): readonly string[] {
  const keys = [...secretKeys(resource.properties)];
  const values = from.flatMap((values) => keys.map((key) => getOwn(values, key)));
  return values.filter((value): value is string => typeof value === "string" && value !== "");
}

export function withoutSecrets(message: string, secrets: readonly string[]): string {
  return redactor(secrets, "[secret]")(message);
}
