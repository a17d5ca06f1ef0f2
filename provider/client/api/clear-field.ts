/**
 * How a field is emptied is not published: it may take null, it may take "", and what it does not take it may reject, with
 * whatever status, or silently ignore. So: null first, then "", and a read after each decides, never a status.
 */
import { AuthenticationError, CancelledError, DeadlineExceededError, PlivoError, RateLimitError } from "../http/errors";

export type Empty = null | "";

export interface Clearing<State> {
  /** Sends the update with this in the fields to be cleared. */
  send(empty: Empty): Promise<void>;
  readBack(): Promise<State>;
  /** Whether what had to go is gone. */
  isCleared(state: State): boolean;
  /** The error for a server that did neither. `state` is what it reads back after both, `tried` its response to each. */
  failed(state: State, tried: string): Error;
}

/** Returns the read-back, and which of the two did it: two requests when null does, as it should. */
export async function clearField<State>(
  clearing: Clearing<State>,
): Promise<{ readonly state: State; readonly by: Empty }> {
  const tried: string[] = [];
  for (let empty: Empty = null; ; empty = "") {
    const rejection: unknown = await clearing.send(empty).catch((error: unknown) => error);
    if (rejection !== undefined && !isOpen(rejection)) throw rejection;
    const state = await clearing.readBack();
    if (clearing.isCleared(state)) return { state, by: empty };
    tried.push(`${JSON.stringify(empty)}${rejection === undefined ? "" : ` (${briefly(rejection)})`}`);
    if (empty === "") throw clearing.failed(state, tried.join(" and "));
  }
}

/** Whether a read may show that it was done all the same, and the other value is worth a try. */
function isOpen(error: unknown): error is PlivoError {
  if (!PlivoError.isInstance(error) || error.outcome === "not-sent") return false;
  return ![AuthenticationError, RateLimitError, DeadlineExceededError, CancelledError].some((Final) =>
    Final.isInstance(error),
  );
}

function briefly(error: PlivoError): string {
  if (error.status === null) return "no usable response";
  return error.detail === null ? String(error.status) : `${error.status} "${error.detail}"`;
}
