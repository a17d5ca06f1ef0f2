/** A simulator in virtual time. */
import { type Simulator, type SimulatorOptions, startSimulator } from "pulumi-plivo/simulator";
import type { VirtualClock } from "./virtual-clock";

/** The clock learns which requests will never get a response. */
export function startVirtually(clock: VirtualClock, options: SimulatorOptions = {}): Promise<Simulator> {
  return startSimulator({
    clock,
    ...options,
    onRequest(request) {
      if (request.fault === "hang" || request.fault === "drip") clock.noteStuck();
      options.onRequest?.(request);
    },
  });
}
