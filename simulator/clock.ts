import { performance } from "node:perf_hooks";

/** The time for the rate limit, visibility delays and timestamps; a test can pass its own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

// Taken when the module loads: a test's fake timers must not stop the simulator's own clock.
const sinceOrigin = performance.now.bind(performance);

/** The real time, from a clock that only goes forward: a system clock that is set back must not stop anything. */
export const realClock: Clock = { now: () => Math.floor(performance.timeOrigin + sinceOrigin()) };
