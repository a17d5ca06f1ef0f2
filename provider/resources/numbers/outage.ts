/** Tells failures of single numbers from those that concern all: an outage, a wrong token, the end of the time. */
import {
  AuthenticationError,
  BadRequestError,
  CancelledError,
  DeadlineExceededError,
  NotFoundError,
} from "../../client/http/errors";

/** Failures in a row, none of them about a number, that are taken for an outage. */
const MOST_IN_A_ROW = 20;

export class Outage {
  #inARow = 0;
  /** Why nothing more is worth trying. */
  cause: unknown;

  get isDown(): boolean {
    return this.cause !== undefined;
  }

  succeeded(): void {
    this.#inARow = 0;
  }

  failed(error: unknown): void {
    const is = (...kinds: readonly { isInstance(error: unknown): boolean }[]) =>
      kinds.some((kind) => kind.isInstance(error));
    this.#inARow = is(BadRequestError, NotFoundError) ? 0 : this.#inARow + 1;
    const isFinal = is(AuthenticationError, CancelledError, DeadlineExceededError);
    if (isFinal || this.#inARow >= MOST_IN_A_ROW) this.cause ??= error;
  }
}
