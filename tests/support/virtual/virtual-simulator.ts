/** A simulator in virtual time. */
import { type Simulator, type SimulatorOptions, startSimulator } from "pulumi-plivo/simulator";
import type { VirtualClock } from "./virtual-clock";

let started = 0;

/** The clock learns which requests will never get a response. */
export function startVirtually(clock: VirtualClock, options: SimulatorOptions = {}): Promise<Simulator> {
  started += 1;
  return startSimulator({
    clock,
    // The rate limit is kept for each account of a host, and the port of an earlier test may come back with another time.
    authId: `MASIMULATOR${String(started).padStart(9, "0")}`,
    ...options,
    onRequest(request) {
      if (request.fault === "hang" || request.fault === "drip") clock.noteStuck();
      options.onRequest?.(request);
    },
  });
}
