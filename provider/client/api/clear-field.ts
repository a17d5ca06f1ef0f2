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
  const first = await attempt(clearing, null);
  if (first.isCleared) return { state: first.state, by: null };
  const second = await attempt(clearing, "");
  if (second.isCleared) return { state: second.state, by: "" };
  throw clearing.failed(second.state, `null${first.response} and ""${second.response}`);
}

interface Attempt<State> {
  readonly state: State;
  readonly isCleared: boolean;
  /** ` (400 "not valid")`; empty where the server took it. */
  readonly response: string;
}

async function attempt<State>({ send, readBack, isCleared }: Clearing<State>, empty: Empty): Promise<Attempt<State>> {
  const rejection = await send(empty).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (rejection !== undefined && !isOpen(rejection)) throw rejection;
  const state = await readBack();
  return { state, isCleared: isCleared(state), response: rejection === undefined ? "" : ` (${briefly(rejection)})` };
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
