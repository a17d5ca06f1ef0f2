/**
 * How a field is emptied is not published: it may take null, it may take "", and what it does not take it may refuse or
 * silently ignore. So: null first, then "", each verified by a read-back.
 */
import { BadRequestError } from "./errors";

export type Empty = null | "";

export interface Clearing<State> {
  /** Sends the update with this in the fields to be cleared. */
  send(empty: Empty): Promise<void>;
  readBack(): Promise<State>;
  /** Whether what had to go is gone. */
  isCleared(state: State): boolean;
  /** The error for a server that took neither. `state` is what it reads back after both. */
  failed(state: State): Error;
}

/** Returns the read-back: two calls when null does it, as it should. */
export async function clear<State>({ send, readBack, isCleared, failed }: Clearing<State>): Promise<State> {
  if (await wasTaken(send(null))) {
    const state = await readBack();
    if (isCleared(state)) return state;
  }
  // A refusal that was about another field comes again here, and is then the error that the caller sees.
  await send("");
  const state = await readBack();
  if (isCleared(state)) return state;
  throw failed(state);
}

async function wasTaken(sending: Promise<void>): Promise<boolean> {
  try {
    await sending;
    return true;
  } catch (error) {
    if (BadRequestError.isInstance(error) && (error.status === 400 || error.status === 422)) return false;
    throw error;
  }
}
