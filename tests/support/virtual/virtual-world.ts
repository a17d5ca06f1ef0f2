/** A simulator, an engine with its state, and one run of a provider after the other, all on one virtual clock. */
import { setTimeout as delay } from "node:timers/promises";
import type { Simulator, SimulatorOptions } from "pulumi-plivo/simulator";
import { accountOf } from "../../../provider/client/http/account";
import type { TraceLine } from "../../../provider/client/http/trace";
import { Account } from "../../../provider/resources/index";
import type { OpenRun, Run } from "../adapters/adapter";
import { dynamicRun } from "../adapters/dynamic-adapter";
import { MiniEngine } from "../adapters/mini-engine";
import { pluginRun } from "../adapters/plugin-adapter";
import { VirtualClock } from "./virtual-clock";
import { startVirtually } from "./virtual-simulator";

export const openRuns: Readonly<Record<string, OpenRun>> = { dynamic: dynamicRun, plugin: pluginRun };

export class VirtualWorld {
  readonly engine = new MiniEngine();
  /** What users get besides errors. */
  readonly lines: string[] = [];
  /** What `PLIVO_TRACE` would contain. */
  readonly traced: TraceLine[] = [];
  run: Run;
  /** A proxied way to the simulator. */
  protected via: { readonly baseUrl: string; readonly ca: string } | undefined;

  constructor(
    readonly simulator: Simulator,
    readonly clock: VirtualClock,
    private readonly open: OpenRun,
  ) {
    this.run = this.nextRun();
  }

  static async start<World>(
    this: new (
      simulator: Simulator,
      clock: VirtualClock,
      open: OpenRun,
    ) => World,
    open: OpenRun,
    options: SimulatorOptions,
    clock = new VirtualClock(),
  ): Promise<World> {
    return new this(await startVirtually(clock, options), clock, open);
  }

  /** A process of the provider with nothing in memory. */
  nextRun(): Run {
    const { authId, authToken, url } = this.simulator;
    const trace = (line: TraceLine) => this.onTrace(line);
    const { baseUrl = url, ca } = this.via ?? {};
    const dependencies = { clock: this.clock, random: () => 0.5, trace, ca };
    const account = new Account({ authId, authToken, baseUrl }, dependencies);
    this.run = this.open(account, (line) => this.lines.push(line));
    return this.run;
  }

  /** As after most of the 300 requests in 5 s: near the limit, reads share list requests as far as possible. */
  approachRateLimit(): void {
    const { limiter } = accountOf(this.simulator.url, this.simulator.authId);
    while (!limiter.isNearLimit(this.clock.now())) limiter.start(limiter.enter(), this.clock.now());
  }

  /** The next requests but so many have to wait for the window to move. */
  exhaustRateLimit(left: number): void {
    const { limiter } = accountOf(this.simulator.url, this.simulator.authId);
    for (let n = 0; n < 300 - left; n++) limiter.start(limiter.enter(), this.clock.now());
  }

  protected onTrace(line: TraceLine): void {
    this.traced.push(line);
  }
}

/** Fails what does not end within 30 s of real time. */
export async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  const over = new AbortController();
  const late = delay(30_000, undefined, { signal: over.signal }).then(() => {
    throw new Error("it hangs");
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}
