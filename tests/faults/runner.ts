/** Runs one cell of the matrix through one adapter, in virtual time. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Simulator } from "pulumi-plivo/simulator";
import type { TraceLine } from "../../provider/client/http/trace";
import type { OpenRun } from "../support/adapters/adapter";
import type { Entry, Failure } from "../support/adapters/mini-engine";
import type { Host, Manner, TestProxy } from "../support/test-proxy";
import { TEST_HOSTS } from "../support/test-proxy";
import { inTime, VirtualWorld } from "../support/virtual/virtual-world";
import { faults, type Injection } from "./faults";
import type { Cell, Strike } from "./matrix";
import { type Left, matrixSeed, type Operation, operations, ours, type Scene } from "./operations";
import { type PageCell, pagesSeed } from "./pages";

/** What there was to see. */
export interface Seen extends Left {
  readonly failures: readonly Failure[];
  /** In short forms, repetitions counted: `POST LIST*4 POST GET`. */
  readonly requests: string;
  /** What was logged besides errors. */
  readonly lines: readonly string[];
  /** Virtual milliseconds that it took. */
  readonly took: number;
  /** What the next run, without faults, ends with: failures, then the writes of the run after it. */
  readonly next: { readonly failures: readonly Failure[]; readonly isDone: boolean; readonly laterWrites: string };
}

class FaultyWorld extends VirtualWorld implements Scene {
  #host: Host | undefined;
  #hear: (failure: string | null) => void = () => undefined;

  /** Until `mend`, or once. */
  async inject(operation: Operation, { on, fault, often }: Strike): Promise<void> {
    const injection: Injection = faults[fault].injection;
    const once = often === "once";
    if (injection === "refused") return this.#goAway(once);
    if (isOfProxy(injection)) return this.#misbehave(injection.manner, once);
    const [method = "", path = ""] = (operation.requests[on] ?? "").split(" ");
    const id = this.engine.entry("it")?.id;
    // An object that is still to be created; those of the seed have short ids.
    const toBeMade = new RegExp(`^${path.replace("{id}", "[^/]{9,}")}$`);
    const place = { method, path: id === undefined ? toBeMade : path.replace("{id}", id) };
    if (injection !== "hidden") {
      this.simulator.faults.add({ ...place, times: once ? 1 : Number.POSITIVE_INFINITY, do: injection });
    } else if (operation.hide) {
      operation.hide(this, once ? { reads: 1 } : { ms: 600_000 });
    } else {
      this.simulator.faults.add({ ...place, do: { kind: "hide-new", ms: once ? 8_000 : 600_000 } });
    }
  }

  /** From now on all requests go through a proxy, which is honest at first. */
  async goThrough(proxy: TestProxy): Promise<void> {
    const host = await proxy.host(Number(new URL(this.simulator.url).port));
    host.onSilent = () => this.clock.noteStuck();
    this.#host = host;
    this.via = { baseUrl: host.url, ca: host.identity.cert };
    this.nextRun();
  }

  async #misbehave(manner: Manner, once: boolean): Promise<void> {
    const host = this.#host;
    if (!host) throw new Error("there is no proxy on the way");
    await host.drop();
    host.manner = manner;
    if (once) host.times = 1;
    else
      this.#mending = async () => {
        host.manner = "honest";
      };
  }

  async #goAway(once: boolean): Promise<void> {
    await this.simulator.goAway();
    // Until the client has noticed that its idle connections are gone: turns of the event loop, not time.
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    let back: Promise<void> | undefined;
    this.#hear = (failure) => {
      if (!once || back || failure !== "ECONNREFUSED") return;
      const come = this.clock.limit(1, () => undefined);
      back = this.simulator.comeBack().then(come);
    };
    if (!once) this.#mending = () => this.simulator.comeBack();
  }

  protected override onTrace(line: TraceLine): void {
    super.onTrace(line);
    this.#hear(line.failure);
  }

  #mending: () => Promise<void> = async () => undefined;

  /** All is well from now on, and a while has passed. */
  async mend(): Promise<void> {
    this.simulator.faults.clear();
    await this.#mending();
    await this.clock.sleep(1_200_000);
    this.nextRun();
  }
}

function isOfProxy(injection: Injection): injection is Extract<Injection, { kind: "proxy" }> {
  return typeof injection === "object" && injection.kind === "proxy";
}

export async function seen(open: OpenRun, { operation: name, strikes }: Cell, proxy: TestProxy): Promise<Seen> {
  const operation = operations[name];
  const world = await FaultyWorld.start(open, { seed: matrixSeed, hosts: TEST_HOSTS });
  const { simulator, engine, clock } = world;
  try {
    if (strikes.some(({ fault }) => isOfProxy(faults[fault].injection))) await world.goThrough(proxy);
    if (operation.before.length > 0) await engine.up(world.run.adapter, operation.before);
    world.nextRun();
    const before = { state: [...engine.state], store: contents(simulator) };
    const id = engine.entry("it")?.id ?? "";
    simulator.clearRequests();
    for (const strike of strikes) await world.inject(operation, strike);
    const began = clock.now();
    const failures = await inTime(operation.act(world));
    const took = clock.now() - began;
    const requests = shortened(operation, simulator, id);
    const state = stateOf(before.state, engine.state, failures);
    const isDone = operation.isDone(simulator.store, id);
    const store = contents(simulator) === before.store ? "as before" : isDone ? "as asked" : "something else";
    const lines = [...world.lines];
    await world.mend();
    return { failures, requests, state, store, lines, took, next: await nextOf(world, operation, id) };
  } finally {
    await simulator.close();
  }
}

/** Reads all trunks while something happens to their list. */
export async function listed(open: OpenRun, cell: PageCell) {
  const world = await VirtualWorld.start(open, { seed: pagesSeed, behaviour: cell.behaviour ?? {} });
  const { simulator, run } = world;
  try {
    for (const rule of cell.faults?.(simulator) ?? []) simulator.faults.add(rule);
    const result = await inTime(run.invoke("getTrunks", cell.asking ?? {})).catch((error: Error) => error.message);
    const trunks = typeof result === "string" || !Array.isArray(result.trunks) ? [] : result.trunks;
    const names = trunks.map((trunk: { name?: unknown }) => String(trunk.name));
    const offsets = simulator.requests.map(({ query }) => query.offset).join(" ");
    return { names, error: typeof result === "string" ? result : "", offsets };
  } finally {
    await simulator.close();
  }
}

async function nextOf(world: FaultyWorld, operation: Operation, id: string): Promise<Seen["next"]> {
  const { simulator } = world;
  const again = operation.again ?? operation.act;
  const failures = await inTime(again(world));
  const isDone = operation.isDone(simulator.store, id);
  simulator.clearRequests();
  world.nextRun();
  await inTime(again(world));
  const laterWrites = simulator.requests.filter(({ method }) => method !== "GET");
  return { failures, isDone, laterWrites: laterWrites.map(({ method, path }) => `${method} ${path}`).join() };
}

function contents({ store }: Simulator): string {
  return JSON.stringify([store.trunks, store.numbers, store.credentials].map((table) => [...table]));
}

function stateOf(before: readonly Entry[], after: readonly Entry[], failures: readonly Failure[]): Seen["state"] {
  const [entry] = after;
  if (JSON.stringify(before) === JSON.stringify(after)) return failures.length > 0 ? "as before" : "as asked";
  if (!entry) return failures.length === 0 ? "gone" : "something else";
  if (entry.id.startsWith("unconfirmed:")) return "unconfirmed";
  if (entry.initErrors.length > 0) return "incomplete";
  if (failures.length === 0) return "as asked";
  return before.length === 0 ? "imported" : "something else";
}

/** `POST Zentrunk/Trunk/` -> `POST`, `LIST*4` for four in a row, `(LIST GET)*4` for four pairs; what an operation has no name for stays. */
function shortened({ requests }: Operation, { requests: made, store }: Simulator, id: string): string {
  const ids = [id, ...ours(store).map(({ trunk_id }) => trunk_id)].filter((known) => known !== "");
  const names = Object.entries(requests).flatMap(([name, request]) =>
    request.includes("{id}") ? ids.map((known) => [request.replace("{id}", known), name]) : [[request, name]],
  );
  const nameOf = new Map(names.map(([request, name]) => [request, name]));
  const words = made.map(({ method, path }) => nameOf.get(`${method} ${path}`) ?? `${method} ${path}`);
  return paired(counted(words)).join(" ");
}

/** The requests of a cell as one adapter sends them: `READ WRITE` is `GET*2 WRITE` or `GET WRITE`. */
export function requestsOf({ operation, requests }: Cell, importsItself: boolean): string {
  const { reads } = operations[operation];
  if (reads === undefined) return requests;
  const read = importsItself ? [reads, reads] : [reads];
  const words = requests.split(" ").flatMap((word) => (word === "READ" ? read : [word]));
  return counted(words).join(" ");
}

function counted(words: readonly string[]): string[] {
  const groups: { word: string; times: number }[] = [];
  for (const word of words) {
    const last = groups.at(-1);
    if (last?.word === word) last.times += 1;
    else groups.push({ word, times: 1 });
  }
  return groups.map(({ word, times }) => (times === 1 ? word : `${word}*${times}`));
}

/** Three of them and more: two are as easily read as they are. */
function paired(words: readonly string[]): string[] {
  const result: string[] = [];
  for (let at = 0; at < words.length; ) {
    const pair = words.slice(at, at + 2).join(" ");
    let times = 1;
    while (words.slice(at + 2 * times, at + 2 * times + 2).join(" ") === pair) times += 1;
    result.push(times > 2 ? `(${pair})*${times}` : (words[at] ?? ""));
    at += times > 2 ? 2 * times : 1;
  }
  return result;
}
