/** The account's limit, enforced by the simulator: 300 requests in 5 s. Time is virtual, and the same for both sides. */
import { expect, jest, test } from "@jest/globals";
import { type Simulator, type SimulatorOptions, startSimulator } from "pulumi-plivo/simulator";
import type { ClientDependencies } from "../provider/client/index";
import type * as AccountModule from "../provider/resources/account";
import type { Account, Settings } from "../provider/resources/index";
import type { OpenRun, Run } from "./support/adapters/adapter";
import { dynamicRun } from "./support/adapters/dynamic-adapter";
import { pluginRun } from "./support/adapters/plugin-adapter";
import { VirtualClock } from "./support/virtual/virtual-clock";
import { openRuns } from "./support/virtual/virtual-world";

const PARALLEL = 50;

/** The account in a process of its own: the limiter is the process's, and two of them know nothing of each other. */
function inNewProcess(settings: Settings, dependencies: Partial<ClientDependencies>): Account {
  let account: Account | undefined;
  jest.isolateModules(() => {
    const accounts = require("../provider/resources/account") as typeof AccountModule;
    account = new accounts.Account(settings, dependencies);
    // The client is loaded when it is first used: here, while modules are new.
    void account.context({ log: () => undefined }).services.plivo;
  });
  if (!account) throw new Error("the module was not loaded");
  return account;
}

interface Office {
  readonly simulator: Simulator;
  readonly clock: VirtualClock;
  readonly lines: string[];
  /** A run of the engine in a process of its own. */
  run(): Run;
}

async function withOffice(
  open: OpenRun,
  options: SimulatorOptions,
  work: (office: Office) => Promise<void>,
): Promise<void> {
  const clock = new VirtualClock();
  const seed = { originationUris: [{ uri_uuid: "uri-1", uri: "a.example.com" }] };
  const simulator = await startSimulator({ clock, rateLimit: true, seed, ...options });
  const { authId, authToken, url } = simulator;
  const lines: string[] = [];
  let draws = 0;
  // Spread like chance, and the same in every run.
  const random = () => (++draws * 0.618_033_988_75) % 1;
  const dependencies: Partial<ClientDependencies> = { clock, random };
  const settings = { authId, authToken, baseUrl: url };
  const run = () => open(inNewProcess(settings, dependencies), (line) => lines.push(line));
  try {
    await work({ simulator, clock, lines, run });
  } finally {
    await simulator.close();
  }
}

/** As the engine does it with `--parallel 50`. Returns what failed. */
async function createTrunks(run: Run, prefix: string, count: number): Promise<readonly string[]> {
  const names = Array.from({ length: count }, (_, index) => `${prefix}${index}`);
  const failures: string[] = [];
  const worker = async () => {
    for (let name = names.shift(); name !== undefined; name = names.shift()) {
      const adapter = run.adapter(name);
      const args = { name, trunkDirection: "inbound", primaryUriUuid: "uri-1" };
      const { inputs } = await adapter.check("Trunk", args);
      await adapter.create("Trunk", inputs).catch((error: Error) => failures.push(error.message));
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return failures;
}

const rateLimited = ({ requests }: Simulator) => requests.filter(({ status }) => status === 429).length;
const table = Object.entries(openRuns).map(([adapter, open]) => ({ adapter, open }));

test.each(table)(
  "$adapter: 300 trunks in one run are created without an error, and at most 1 % of the requests get a 429",
  ({ open }) =>
    withOffice(open, {}, async ({ simulator, clock, lines, run }) => {
      expect(await createTrunks(run(), "t", 300)).toEqual([]);
      expect(simulator.store.trunks.size).toBe(300);
      expect(rateLimited(simulator)).toBeLessThanOrEqual(simulator.requests.length / 100);
      // 600 requests at 300 in 5 s: the second half waits for the first to be 5 s old, and no longer.
      expect(clock.elapsed).toBeLessThan(6_000);
      expect(lines.some((line) => line.includes("Plivo takes 300 requests in 5 s; waiting"))).toBe(true);
    }),
  300_000,
);

const together = [
  { adapter: "dynamic", open: dynamicRun, retryAfter: "seconds" },
  { adapter: "dynamic", open: dynamicRun, retryAfter: "date" },
  { adapter: "plugin", open: pluginRun, retryAfter: "none" },
] as const;

test.each(together)(
  "$adapter: concurrent runs on one account both end well (Retry-After: $retryAfter)",
  ({ open, retryAfter }) =>
    withOffice(open, { behaviour: { retryAfter } }, async ({ simulator, clock, run }) => {
      const failures = await Promise.all([createTrunks(run(), "a", 200), createTrunks(run(), "b", 200)]);
      expect(failures).toEqual([[], []]);
      expect(simulator.store.trunks.size).toBe(400);
      expect(rateLimited(simulator)).toBeGreaterThan(0);
      expect(clock.elapsed).toBeLessThan(120_000);
    }),
  300_000,
);
