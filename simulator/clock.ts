/** What time it is, for the rate limit and late visibility; a test turns its hands. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

// Taken when the module loads: a test's fake timers must not stop the simulator's own clock.
const realNow = Date.now.bind(Date);

/** The clock on the wall. */
export const wallClock: Clock = { now: () => realNow() };
