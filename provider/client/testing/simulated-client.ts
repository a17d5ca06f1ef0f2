/** For the client's tests: a client against a simulator of its own, with a clock whose sleeps cost nothing. */
import { afterEach } from "@jest/globals";
import type { Simulator, SimulatorOptions } from "pulumi-plivo/simulator";
import { VirtualClock } from "../../../tests/support/virtual/virtual-clock";
import { startVirtually } from "../../../tests/support/virtual/virtual-simulator";
import { PlivoClient } from "../client";
import type { Setup } from "./scripted-server";

const running: Simulator[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

let accounts = 0;

/** Closed by itself when the test has ended. */
export async function simulatedClient(simulated: SimulatorOptions = {}, given: Setup = {}) {
  const clock = new VirtualClock();
  // An Auth ID of its own, so that no test meets the rate limiter of another.
  const simulator = await startVirtually(clock, { authId: `MASIM${accounts++}`, ...simulated });
  running.push(simulator);
  const { url: baseUrl, authId, authToken, requests } = simulator;
  const dependencies = { clock, random: () => 0.5, ...given.dependencies };
  const client = new PlivoClient({ authId, authToken, baseUrl, ...given.options }, dependencies);
  const plivo = client.withContext({ deadline: clock.now() + 120_000, log: () => undefined, ...given.operation });
  return { plivo, client, clock, simulator, requests };
}
