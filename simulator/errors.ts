/** An error that the API returns, with this status. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** A mistake in the set-up or in the test, not an error of Plivo's API: the text is sent whatever `errorShape` is. */
export class SetUpError extends ApiError {}

/**
 * A bug of the simulator itself. Its response has the status 599, which no test asks for, so that it is never mistaken
 * for a 500 that a test has scripted.
 */
export class InternalError extends Error {
  override readonly name = "InternalError";
}

/** The status returned for a bug of the simulator. */
export const INTERNAL_ERROR_STATUS = 599;

/** The text of any caught value. */
export function describeError(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
