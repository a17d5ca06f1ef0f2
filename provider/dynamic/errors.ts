/** Errors in the form that Pulumi's dynamic provider host understands. */
import { InitFailedError, messageOf } from "../lifecycle/index";
import { type FromHost, type Marks, toHost } from "./values";

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
  constructor(error: unknown, given: Marks & Partial<Pick<FromHost, "provider">>, secrets: ReadonlySet<string>) {
    super(messageOf(error));
    if (!InitFailedError.isInstance(error)) return;
    this.id = error.id;
    this.properties = { ...toHost(error.properties, secrets, given), __provider: given.provider ?? null };
    this.reasons = error.reasons;
  }
}
