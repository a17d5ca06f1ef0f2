/** One generated history from its first run to its end, and what must hold then, whatever happened on the way. */
import type { Simulator } from "pulumi-plivo/simulator";
import { resources } from "../../provider/resources/index";
import type { OpenRun, Props } from "../support/adapters/adapter";
import type { Declared, Entry, Failure, MiniEngine } from "../support/adapters/mini-engine";
import type { VirtualClock } from "../support/virtual/virtual-clock";
import { inTime, VirtualWorld } from "../support/virtual/virtual-world";
import { injectFaults } from "./faults";
import { ATTACHED, NUMBERS, PASSWORDS, SET_NUMBERS, type Step } from "./program";
import { tamper, watchUpdates } from "./tampering";
import { KINDS, rowsOf, UnmanagedObjects } from "./unmanaged";

const seed = {
  applications: [{ app_id: "900", app_name: "ivr" }],
  originationUris: [
    { uri_uuid: "uri-1", uri: "x.example.com" },
    { uri_uuid: "uri-2", uri: "y.example.com" },
  ],
  credentials: [
    { credential_uuid: "cred-1", username: "theirs", password: "Secret!0" },
    { credential_uuid: "cred-2", username: "pbxlondon", password: "Secret!0" },
  ],
  ipAccessControlLists: [{ ipacl_uuid: "acl-1", ip_addresses: ["192.0.2.1"] }],
  trunks: [
    { trunk_id: "100", name: "theirs", trunk_direction: "inbound" as const, primary_uri_uuid: "uri-1" },
    { trunk_id: "101", name: "to import", trunk_direction: "inbound" as const, primary_uri_uuid: "uri-2" },
  ],
  numbers: [
    { number: NUMBERS[0], app_id: "900" },
    NUMBERS[1],
    { number: ATTACHED, app_id: "100" },
    { number: SET_NUMBERS[0], app_id: "900" },
    SET_NUMBERS[1],
  ],
};

export interface Tally {
  failures: number;
  rounds: number;
  requests: number;
}

/** What a step of a history came to. */
export interface Left {
  /** Whether a fault struck in it. */
  readonly isStruck: boolean;
  /** The state and the account, whatever their ids and times: the next run sees nothing else. */
  readonly world: string;
}

/** There is not what there should be. */
export class WrongObjects extends Error {
  constructor(
    readonly lost: readonly string[],
    readonly doubled: readonly string[],
  ) {
    super(`objects at Plivo: lost ${lost.join(", ") || "none"}; too many ${doubled.join(", ") || "none"}`);
  }
}

/** Throws where an invariant is broken. One world after the other may share port and clock. */
export async function live(
  open: OpenRun,
  history: readonly Step[],
  { port = 0, clock }: { readonly port?: number; readonly clock?: VirtualClock } = {},
): Promise<Tally & { readonly left: readonly Left[] }> {
  const world = await VirtualWorld.start(open, { seed, port }, clock);
  try {
    const life = new Life(world);
    return { ...(await life.run(history)), left: life.left };
  } finally {
    await world.simulator.close();
  }
}

class Life {
  readonly #engine: MiniEngine;
  readonly #simulator: Simulator;
  readonly #unmanaged: UnmanagedObjects;
  /** What updates did that no preview showed. */
  readonly #broken: readonly string[];
  readonly #tally: Tally = { failures: 0, rounds: 0, requests: 0 };
  readonly left: Left[] = [];
  /** A warning has said which numbers of a set do not go back to where they were, and where that was. */
  #isRouteUnknown = false;

  constructor(private readonly world: VirtualWorld) {
    this.#engine = world.engine;
    this.#simulator = world.simulator;
    this.#unmanaged = new UnmanagedObjects(world.simulator);
    this.#broken = watchUpdates(this.#engine, this.#simulator);
  }

  async run(history: readonly Step[]): Promise<Tally> {
    for (const { token, imports } of history.flatMap(({ program }) => program))
      this.#unmanaged.rows.delete(`${KINDS[token]}/${imports}`);
    const failures: Failure[] = [];
    for (const step of history) failures.push(...(await this.#step(step)));
    // A delete that may be done all the same: its error asks for a refresh. So does what others have changed.
    if (failures.some(({ doing }) => doing === "delete") || history.some(({ tampering }) => tampering))
      await this.#quiesce(() => this.#engine.refresh(this.world.run.adapter));
    expectEqual("updates beyond their previews", this.#broken, []);
    const last = history.at(-1)?.program ?? [];
    await this.#quiesce(() => this.#engine.up(this.world.run.adapter, this.#possible(last)));
    this.#expectDeclared(last);
    await this.#expectAtRest(last);
    await this.#quiesce(() => this.#engine.destroy(this.world.run.adapter));
    this.#expectNothingLeft(history);
    this.#tally.requests = this.#simulator.requests.length;
    return this.#tally;
  }

  async #step({ program, command, faults, seed: faultSeed, ...how }: Step): Promise<readonly Failure[]> {
    const { unmanaged, tampering, comparesFirst = false } = how;
    this.#engine.comparesFirst = comparesFirst;
    if (unmanaged) this.#unmanaged.addCopies(this.#engine.state);
    if (tampering) tamper(this.#simulator.store, this.#engine.state);
    const injected = injectFaults(this.#simulator, faults, faultSeed);
    this.world.nextRun();
    const failures = await inTime(this.#command(command, program));
    this.#note(failures);
    this.left.push({ isStruck: injected.some(({ hits }) => hits > 0), world: worldOf(this.#engine, this.#simulator) });
    return failures;
  }

  #command(command: Step["command"], program: readonly Declared[]): Promise<readonly Failure[]> {
    const { adapter } = this.world.run;
    if (command === "refresh") return this.#engine.refresh(adapter);
    if (command === "destroy") return this.#engine.destroy(adapter);
    // The new attachment of a number cannot learn what the old one knows of the number's way back, nor can a new set.
    const isReplaced = (name: string) => command === "replace" && name !== "n1" && name !== "s1";
    return this.#engine.up(adapter, this.#possible(program), isReplaced);
  }

  /** What is gone cannot be imported any more: as the error asks, the user removes the option. */
  #possible(program: readonly Declared[]): readonly Declared[] {
    const { store } = this.#simulator;
    const isGone = ({ token, imports = "" }: Declared) => {
      const kind = KINDS[token];
      return kind ? !store.table(kind).has(imports) : !store.numbers.get(imports)?.application;
    };
    return program.map(({ imports, ...declared }) =>
      imports === undefined || isGone({ ...declared, imports }) ? declared : { ...declared, imports },
    );
  }

  /** Without faults; where an error asks the user for something, he does it. */
  async #quiesce(command: () => Promise<readonly Failure[]>): Promise<void> {
    this.#simulator.faults.clear();
    for (const { trunk_id, name } of [...this.#simulator.store.trunks.values()])
      if (name === "churn") this.#simulator.store.trunks.delete(trunk_id);
    let failures: readonly Failure[] = [];
    for (let round = 0; round < 5; round++) {
      await this.world.clock.sleep(60_000);
      this.world.nextRun();
      failures = await inTime(command());
      this.#note(failures);
      if (failures.length === 0) return;
      this.#tally.rounds += 1;
      this.#doWhatErrorsAsk();
      this.world.nextRun();
      this.#note(await inTime(this.#engine.refresh(this.world.run.adapter)));
    }
    throw new Error(`it never comes to rest: ${failures.map(({ error }) => String(error)).join("; ")}`);
  }

  /** An object under a user's own name: he deletes his own at Plivo, and takes the doubt out of the state. */
  #doWhatErrorsAsk(): void {
    this.#unmanaged.giveUpNames();
    for (const entry of this.#engine.state.filter(({ outputs }) => outputs.__unconfirmed === "unproven")) {
      const kind = KINDS[entry.token] ?? "trunks";
      const known = new Set(this.#engine.state.map(({ id }) => id));
      for (const [id, row] of [...this.#simulator.store.table(kind)]) {
        const isTheirs = this.#unmanaged.rows.has(`${kind}/${id}`) || known.has(id);
        if (row.name === entry.outputs.name && !isTheirs) this.#simulator.store.table(kind).delete(id);
      }
      this.#engine.forget(entry);
    }
  }

  /** Every error is an Error of one line, and nothing that a user sees or keeps beside the state shows a secret. */
  #note(failures: readonly Failure[]): void {
    this.#tally.failures += failures.length;
    for (const { error } of failures) {
      if (!(error instanceof Error)) throw new Error(`something that is no Error was thrown: ${String(error)}`);
      if (error.message.includes("\n")) throw new Error(`an error of several lines: ${error.message}`);
    }
    const shown = JSON.stringify([failures.map(({ error }) => String(error)), this.world.lines, this.world.traced]);
    const { authId, authToken } = this.#simulator;
    const basic = Buffer.from(`${authId}:${authToken}`).toString("base64");
    for (const secret of [...PASSWORDS, authToken, basic])
      if (shown.includes(secret)) throw new Error(`a secret is shown: ${shown}`);
    this.#isRouteUnknown ||= this.world.lines.some((line) => line.includes("cannot know what they were routed to"));
    this.world.lines.length = 0;
    this.world.traced.length = 0;
  }

  #expectDeclared(program: readonly Declared[]): void {
    const rows = new Map(rowsOf(this.#simulator.store));
    expectEqual("declared and in the state", names(program), names(this.#engine.state));
    for (const entry of this.#engine.state) {
      if (entry.initErrors.length > 0 || entry.pendingDelete) throw new Error(`${entry.name} is not at rest`);
      this.#expectLikeCloud(entry);
    }
    const ours = this.#engine.state.flatMap(({ token, id }) => (KINDS[token] ? [`${KINDS[token]}/${id}`] : []));
    this.#expectObjects(rows, ours);
    this.#expectUnmanagedUntouched(rows);
  }

  #expectLikeCloud({ name, token, id, inputs }: Entry): void {
    const { store } = this.#simulator;
    if (token === "PhoneNumberAttachment") {
      const path = store.applicationPath(String(inputs.trunkId));
      expectEqual(`${name}: route`, store.numbers.get(id)?.application, path);
      return;
    }
    if (token === "TrunkPhoneNumbers") {
      const path = store.applicationPath(String(inputs.trunkId));
      const numbers = Array.isArray(inputs.numbers) ? inputs.numbers.map(String) : [];
      for (const number of numbers) expectEqual(`${name}: ${number}`, store.numbers.get(number)?.application, path);
      return;
    }
    const kind = KINDS[token] ?? "trunks";
    const row: Props = { ...store.table(kind).get(id) };
    for (const [key, { role }] of Object.entries(resources[token].properties)) {
      if (role !== "input" && role !== "writeOnly") continue;
      const field = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      expectEqual(`${name}: ${key}`, row[field] ?? null, inputs[key] ?? null);
    }
  }

  #expectObjects(rows: ReadonlyMap<string, string>, ours: readonly string[]): void {
    const wanted = new Set([...this.#unmanaged.rows.keys(), ...ours]);
    const lost = [...wanted].filter((key) => !rows.has(key));
    const doubled = [...rows.keys()].filter((key) => !wanted.has(key));
    if (lost.length + doubled.length > 0) throw new WrongObjects(lost, doubled);
  }

  #expectUnmanagedUntouched(rows: ReadonlyMap<string, string>): void {
    for (const [key, row] of this.#unmanaged.rows) expectEqual(`unmanaged ${key}`, rows.get(key), row);
  }

  /** The state is what Plivo has, and one more run has nothing to do. */
  async #expectAtRest(program: readonly Declared[]): Promise<void> {
    const before = JSON.stringify(this.#engine.state);
    this.world.nextRun();
    this.#note(await inTime(this.#engine.refresh(this.world.run.adapter)));
    expectEqual("the state after a refresh", JSON.stringify(this.#engine.state), before);
    const count = this.#simulator.requests.length;
    this.world.nextRun();
    const failures = await inTime(this.#engine.up(this.world.run.adapter, this.#possible(program)));
    expectEqual("failures of one more run", failures, []);
    expectEqual("requests of one more run", this.#simulator.requests.slice(count), []);
  }

  #expectNothingLeft(history: readonly Step[]): void {
    expectEqual("the state after a destroy", this.#engine.state, []);
    const rows = new Map(rowsOf(this.#simulator.store));
    this.#expectObjects(rows, []);
    this.#expectUnmanagedUntouched(rows);
    const { store } = this.#simulator;
    const routesOf = (numbers: readonly string[]) => numbers.map((it) => store.numbers.get(it)?.application ?? null);
    const asBefore = [store.applicationPath("900") ?? null, null];
    const attached = history.flatMap(({ program }) => program.flatMap(({ args }) => args.number ?? []));
    // From one number to another and back, before the old attachment could be deleted: where it came from is forgotten.
    if (new Set(attached).size < 2) expectEqual("routes after a destroy", routesOf(NUMBERS), asBefore);
    if (!this.#isRouteUnknown)
      expectEqual("routes of the numbers of sets after a destroy", routesOf(SET_NUMBERS), asBefore);
    expectEqual("bugs of the simulator", this.#simulator.internalErrors, []);
  }
}

function worldOf({ state }: MiniEngine, { store, authId }: Simulator): string {
  const rows = rowsOf(store);
  const routes = [...store.numbers.values()].map(({ number, application }) => [number, application]);
  const entries = state.map(({ initErrors, ...entry }) => [initErrors.length > 0, entry]);
  const ids = rows.map(([key]) => key.split("/")[1] ?? "");
  const suffixes: string[] = [];
  const text = JSON.stringify([entries, rows, routes]).replace(/-[0-9a-f]{7}\b/g, (suffix) => {
    if (!suffixes.includes(suffix)) suffixes.push(suffix);
    return `-#${suffixes.indexOf(suffix)}`;
  });
  // Times are ISO 8601. Each simulator has an account of its own.
  const timeless = text.replace(/\d{4}-\d\d-\d\d[T ][\d:.]+Z?/g, "#").replaceAll(authId, "#");
  return ids.reduce((shown, id, nth) => shown.replaceAll(id, `#${nth}`), timeless);
}

function names(named: readonly { readonly name: string }[]): string[] {
  return named.map(({ name }) => name).sort();
}

function expectEqual(what: string, found: unknown, wanted: unknown): void {
  if (JSON.stringify(found) === JSON.stringify(wanted)) return;
  throw new Error(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
}
