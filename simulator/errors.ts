/** What the API refuses; becomes an error answer with this status. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** A mistake of the set-up or of the test, not of Plivo's API: its text is always told, whatever `errorShape` says. */
export class SetUpRefusal extends Refusal {}

/**
 * A bug of the simulator itself. It answers 599, which no test asks for, so that it is never taken for one of the
 * 500s that a test scripted.
 */
export class InternalError extends Error {
  override readonly name = "InternalError";
}

/** The status that a bug of the simulator answers. */
export const INTERNAL_ERROR_STATUS = 599;

/** What a caught value says, whatever it is. */
export function describe(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
