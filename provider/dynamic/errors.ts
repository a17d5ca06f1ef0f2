/** Errors in the form that Pulumi's dynamic provider host understands. */
import { InitFailedError, messageOf } from "../lifecycle/index";
import { type FromHost, toHost, withMarks } from "./values";

/** The host recognises an error with these three as a failed initialisation, and keeps the id. */
export class HostError extends Error {
  override readonly name = "Error";
  /** The host prints the stack, which is ours and tells a user nothing. */
  override readonly stack = "";
  readonly id?: string;
  readonly properties?: Record<string, unknown>;
  readonly reasons?: readonly string[];

  /**
   * @param given What must be in the state too: without the text that names us the resource could never be read or deleted.
   * @param secrets The properties to mark in what a failed initialisation leaves in the state.
   */
  constructor(
    error: unknown,
    given: Partial<Pick<FromHost, "provider" | "imported" | "hidden">>,
    secrets: ReadonlySet<string>,
  ) {
    super(messageOf(error));
    if (!InitFailedError.isInstance(error)) return;
    this.id = error.id;
    const properties = withMarks(toHost(error.properties, secrets), given);
    this.properties = { ...properties, __provider: given.provider ?? null };
    this.reasons = error.reasons;
  }
}
