/**
 * What an engine asks of the resources, through one of the two ways into the provider: the dynamic adapter and the
 * plugin. What a test says of one must hold for the other, with the same requests to Plivo.
 */
import type { Simulator, SimulatorOptions } from "pulumi-plivo/simulator";
import type { FunctionToken } from "../../../provider/functions/index";
import type { Account, ResourceToken } from "../../../provider/resources/index";
import { VirtualClock } from "../virtual/virtual-clock";
import { startVirtually } from "../virtual/virtual-simulator";
import { openDynamicAdapter } from "./dynamic-adapter";
import { openPluginAdapter } from "./plugin-adapter";

export type Props = Readonly<Record<string, unknown>>;

/** What the engine's state holds of one object. */
export interface State {
  readonly id: string;
  readonly inputs: Props;
  /** Without the id under its other name. */
  readonly outputs: Props;
}

export interface Checked {
  readonly inputs: Props;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

/** A create or update that failed half-way: the engine records the state and repairs it in the next run. */
export class FailedInitialisation extends Error {
  constructor(
    readonly state: State,
    readonly reasons: readonly string[],
  ) {
    super(reasons.join("; "));
  }
}

export interface Difference {
  readonly changed: string[];
  readonly replaces: string[];
  readonly deleteBeforeReplace?: boolean;
}

export interface Adapter {
  /** It imports by itself: its check gets the option, and its create takes the object over. Else the engine reads it. */
  readonly importsItself: boolean;
  /**
   * `olds`: the inputs in the state; none for a new object and for a replacement. `imports`: the resource option `import`.
   * The logical name is "it".
   */
  check(token: ResourceToken, news: Props, olds?: Props, imports?: string): Promise<Checked>;
  /** The properties that a preview shows as changed, and those that make it a replacement. */
  diff(token: ResourceToken, state: State, news: Props): Promise<Difference>;
  /** Rejects with FailedInitialisation where there may be an object all the same; so does `update`. */
  create(token: ResourceToken, inputs: Props): Promise<State>;
  /** With a state it is a refresh, where gone is `undefined`; with the id alone it is a `get`. */
  read(token: ResourceToken, of: State | string): Promise<State | undefined>;
  update(token: ResourceToken, state: State, news: Props): Promise<State>;
  delete(token: ResourceToken, state: State): Promise<void>;
}

/** One run of the engine, in which a provider's process begins with nothing in memory. */
export interface Run {
  /** For the resource with that logical name. */
  adapter(name: string): Adapter;
  /** Invokes a function such as `getTrunks`. */
  invoke(name: FunctionToken, args: Props): Promise<Props>;
}

/** `log` gets what a user is told besides errors. */
export type OpenRun = (account: Account, log?: (line: string) => void) => Run;

/** Opens an adapter as one run of the engine does, on the simulator's account. */
export type OpenAdapter = (simulator: Simulator, clock: VirtualClock) => Adapter;

// Called and not named: these modules import this one.
export const openAdapters: Readonly<Record<string, OpenAdapter>> = {
  dynamic: (...world) => openDynamicAdapter(...world),
  plugin: (...world) => openPluginAdapter(...world),
};

export interface World {
  readonly simulator: Simulator;
  readonly adapter: Adapter;
  readonly clock: VirtualClock;
  /** An adapter as the next run of the engine opens it: with nothing in memory. */
  nextRun(): Adapter;
  /** The requests since the last time: `GET Number/1/`. */
  takeRequests(): string[];
}

/** Runs a test on a simulator of its own. */
export async function withWorld(
  open: OpenAdapter,
  options: SimulatorOptions,
  run: (world: World) => Promise<void>,
): Promise<void> {
  const clock = new VirtualClock();
  const simulator = await startVirtually(clock, options);
  const takeRequests = () => {
    const made = simulator.requests.map(({ method, path }) => `${method} ${path}`);
    simulator.clearRequests();
    return made;
  };
  try {
    const nextRun = () => open(simulator, clock);
    await run({ simulator, adapter: nextRun(), nextRun, clock, takeRequests });
  } finally {
    await simulator.close();
  }
}

/** check and create, as `pulumi up` does for a new resource. */
export async function up(adapter: Adapter, token: ResourceToken, news: Props): Promise<State> {
  return adapter.create(token, await checked(adapter, token, news));
}

/** The inputs of a program that is correct. */
export async function checked(adapter: Adapter, token: ResourceToken, news: Props, olds?: Props): Promise<Props> {
  const { inputs, failures } = await adapter.check(token, news, olds);
  if (failures.length > 0) throw new Error(`check refused: ${JSON.stringify(failures)}`);
  return inputs;
}
