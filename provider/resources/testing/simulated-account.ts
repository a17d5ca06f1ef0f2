/** For tests: an account on a simulator of its own, over real HTTP, with a clock that costs no time. */
import { afterEach } from "@jest/globals";
import type { Simulator, SimulatorOptions } from "pulumi-plivo/simulator";
import { VirtualClock } from "../../../tests/support/virtual/virtual-clock";
import { startVirtually } from "../../../tests/support/virtual/virtual-simulator";
import type { Context } from "../../lifecycle/index";
import { Account, type Services } from "../index";

const running: Simulator[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

export interface SimulatedAccount {
  readonly simulator: Simulator;
  readonly account: Account;
  /** As the next run of the engine has it: with nothing in memory. */
  newAccount(): Account;
  readonly clock: VirtualClock;
  /** A fresh one for each operation, as an adapter makes them. */
  context(): Context<Services>;
  readonly warnings: string[];
  /** The requests since the last time: `GET Number/1/`. */
  takeRequests(): string[];
}

/** Closed by itself when the test has ended. */
export async function simulatedAccount(options: SimulatorOptions = {}): Promise<SimulatedAccount> {
  const clock = new VirtualClock();
  const simulator = await startVirtually(clock, options);
  running.push(simulator);
  const { url, authId, authToken } = simulator;
  const newAccount = () =>
    new Account({ authId, authToken, baseUrl: url, maxRetries: 2 }, { clock, random: () => 0.5 });
  const account = newAccount();
  const warnings: string[] = [];
  const log = (severity: string, text: string) => {
    if (severity === "warning") warnings.push(text);
  };
  const takeRequests = () => {
    const made = simulator.requests.map(({ method, path }) => `${method} ${path}`);
    simulator.clearRequests();
    return made;
  };
  return { simulator, account, newAccount, clock, context: () => account.context({ log }), warnings, takeRequests };
}
