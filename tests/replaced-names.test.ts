/**
 * A replacement under a fixed name, which Plivo wants unique: every fault at each of its requests, once and for good,
 * through every adapter. Whatever happens, there is one object in the end, and nothing of what was replaced.
 */
import { expect, test } from "@jest/globals";
import type { Simulator } from "pulumi-plivo/simulator";
import type { ResourceToken } from "../provider/resources/index";
import { type FaultName, faultNames, faults } from "./faults/faults";
import { checked, openAdapters, type Props, up, withWorld } from "./support/adapters/adapter";
import { seed } from "./support/adapters/life-cases";
import type { Declared, Failure } from "./support/adapters/mini-engine";
import { inTime, openRuns, VirtualWorld } from "./support/virtual/virtual-world";

const inbound: Declared = {
  name: "it",
  token: "Trunk",
  args: { name: "pbx", trunkDirection: "inbound", primaryUriUuid: "uri-1" },
};
const outbound: Declared = {
  name: "it",
  token: "Trunk",
  args: { name: "pbx", trunkDirection: "outbound", credentialUuid: "cred-1" },
};

interface Target {
  /** @default any */
  readonly method?: string;
  /** `{old}` is the trunk that is replaced. */
  readonly path: string;
  /** How many requests of this kind pass before it. @default 0 */
  readonly after?: number;
}

/** The requests of a replacement, in their order. */
const TARGETS: Readonly<Record<string, Target>> = {
  "the renaming of the old one": { method: "POST", path: "Zentrunk/Trunk/{old}/" },
  "the read-back of the renaming": { method: "GET", path: "Zentrunk/Trunk/{old}/" },
  "the create": { method: "POST", path: "Zentrunk/Trunk/" },
  "the list that shows what a create has made": { method: "GET", path: "Zentrunk/Trunk/" },
  "each write to a trunk": { method: "POST", path: "Zentrunk/Trunk/({old}/)?" },
  "each request about trunks": { path: "Zentrunk/Trunk/.*" },
  "the read-back of the create": { method: "GET", path: "Zentrunk/Trunk/{new}/" },
  "the query of the guard": { method: "GET", path: "Number/" },
  "the delete of the old one": { method: "DELETE", path: "Zentrunk/Trunk/{old}/" },
};

const seeded = new Set(seed.trunks?.map(({ trunk_id }) => trunk_id));
const ours = ({ store }: Simulator) => [...store.trunks.values()].filter(({ trunk_id }) => !seeded.has(trunk_id));

class ReplacingWorld extends VirtualWorld {
  /** An inbound trunk that is there, and the old one's id. */
  async begin(): Promise<string> {
    await this.engine.up(this.run.adapter, [inbound]);
    this.nextRun();
    this.simulator.clearRequests();
    return this.engine.entry("it")?.id ?? "";
  }

  up(program: readonly Declared[] = [outbound]): Promise<readonly Failure[]> {
    return inTime(this.engine.up(this.run.adapter, program));
  }

  inject({ method, path, after = 0 }: Target, old: string, fault: FaultName, times: number): void {
    const { injection } = faults[fault];
    if (typeof injection === "string" || injection.kind === "proxy")
      throw new Error(`${fault} is no fault of one request`);
    const pattern = path.replace("{old}", old).replace("{new}", `(?!${old})[^/]{9,}`);
    this.simulator.faults.add({
      ...(method && { method }),
      path: new RegExp(`^${pattern}$`),
      after,
      times,
      do: injection,
    });
  }

  /** Without faults one more run ends clean; only where an object was made that its error names, the user deletes that. */
  async settle(): Promise<void> {
    this.simulator.faults.clear();
    await this.#nextRun();
    let failures = await this.up();
    if (failures.length > 0 && this.#deleteUnconfirmed(failures)) {
      await this.#nextRun();
      failures = await this.up();
    }
    expect(failures.map(({ error }) => String(error))).toEqual([]);
  }

  async #nextRun(): Promise<void> {
    await this.clock.sleep(600_000);
    this.nextRun();
  }

  /** What the error names and no state knows is deleted at Plivo, and the entry from the state. */
  #deleteUnconfirmed(failures: readonly Failure[]): boolean {
    const known = new Set(this.engine.state.map(({ id }) => id));
    const made = ours(this.simulator).filter(({ trunk_id }) => !known.has(trunk_id));
    const named = made.filter(({ trunk_id }) => failures.some(({ error }) => String(error).includes(trunk_id)));
    for (const { trunk_id } of named) this.simulator.store.trunks.delete(trunk_id);
    for (const entry of this.engine.state.filter(({ id }) => id.startsWith("unconfirmed:"))) this.engine.forget(entry);
    return named.length > 0;
  }
}

test.each(Object.entries(openRuns))(
  "%s: one up replaces a trunk that keeps its name, and both work until it is done",
  async (_, open) => {
    const world = await ReplacingWorld.start(open, { seed });
    try {
      const old = await world.begin();
      expect(await world.up()).toEqual([]);
      const [only, ...others] = ours(world.simulator);
      expect([only, others]).toMatchObject([{ name: "pbx", trunk_direction: "outbound" }, []]);
      const fresh = only?.trunk_id;
      expect(world.simulator.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
        `GET Zentrunk/Trunk/${old}/`,
        `POST Zentrunk/Trunk/${old}/`,
        `GET Zentrunk/Trunk/${old}/`,
        "POST Zentrunk/Trunk/",
        `GET Zentrunk/Trunk/${fresh}/`,
        "GET Number/",
        `DELETE Zentrunk/Trunk/${old}/`,
      ]);
      expect(world.simulator.requests[1]?.body).toEqual({
        name: expect.stringMatching(/^pbx-replaced-[0-9a-f]{7}$/),
        trunk_direction: "inbound",
      });
    } finally {
      await world.simulator.close();
    }
  },
);

const table = Object.entries(openRuns).flatMap(([adapter, open]) =>
  Object.entries(TARGETS).map(([title, target]) => ({ adapter, open, title, target })),
);
/** Those that strike one request; whether anything can be reached at all is another matter. */
const struck = faultNames.filter((name) => {
  const { injection } = faults[name];
  return typeof injection === "object" && injection.kind !== "proxy";
});

test.each(table)(
  "$adapter: whatever happens to $title, one trunk is left in the end",
  async ({ open, target }) => {
    // A 404 to a delete says that the trunk is gone: a lie that nothing here can see through.
    for (const fault of struck.filter(
      (name) => !/^(DELETE|undefined)$/.test(String(target.method)) || name !== "404",
    )) {
      for (const times of [1, Number.POSITIVE_INFINITY]) {
        const world = await ReplacingWorld.start(open, { seed });
        try {
          const old = await world.begin();
          world.inject(target, old, fault, times);
          await world.up();
          await world.settle();
          const state = world.engine.state.map(({ id, outputs }) => [id, outputs.name, outputs.trunkDirection]);
          const left = ours(world.simulator).map((row) => [row.trunk_id, row.name, row.trunk_direction]);
          expect([fault, times, left]).toEqual([fault, times, state]);
          expect([fault, times, left]).toEqual([fault, times, [[expect.any(String), "pbx", "outbound"]]]);
        } finally {
          await world.simulator.close();
        }
      }
    }
  },
  120_000,
);

test.each(Object.entries(openRuns))(
  "%s: two attempts without a create leave the old trunk as it was",
  async (_, open) => {
    const world = await ReplacingWorld.start(open, { seed });
    try {
      const old = await world.begin();
      world.inject({ method: "POST", path: "Zentrunk/Trunk/" }, old, "422", Number.POSITIVE_INFINITY);
      expect(await world.up()).toHaveLength(1);
      expect(ours(world.simulator)).toMatchObject([{ trunk_id: old, name: "pbx" }]);
      world.simulator.faults.clear();
      world.nextRun();
      expect(await world.up([inbound])).toEqual([]);
      expect(ours(world.simulator)).toMatchObject([{ trunk_id: old, name: "pbx" }]);
    } finally {
      await world.simulator.close();
    }
  },
);

test.each(Object.entries(openRuns))("%s: an old trunk that others have deleted is no obstacle", async (_, open) => {
  const world = await ReplacingWorld.start(open, { seed });
  try {
    world.simulator.store.deleteTrunk(await world.begin());
    expect(await world.up()).toEqual([]);
    expect(ours(world.simulator)).toMatchObject([{ name: "pbx", trunk_direction: "outbound" }]);
  } finally {
    await world.simulator.close();
  }
});

test.each(Object.entries(openRuns))(
  "%s: where others have taken the name, the error names their trunk, and ours keeps the name that they gave it",
  async (_, open) => {
    const world = await ReplacingWorld.start(open, { seed });
    try {
      const old = await world.begin();
      world.simulator.store.edit("trunks", old, { name: "by hand" });
      world.simulator.store.addTrunk({ trunk_id: "777", name: "pbx", trunk_direction: "inbound" });
      const failures = await world.up();
      expect(failures.map(({ error }) => String(error))).toEqual([
        expect.stringContaining('trunk 777 has the name "pbx", and Plivo wants it unique'),
      ]);
      expect(world.simulator.store.trunks.get(old)).toMatchObject({ name: "by hand" });
    } finally {
      await world.simulator.close();
    }
  },
);

test.each(Object.entries(openRuns))("%s: a renaming of which only the read is rejected is undone", async (_, open) => {
  const world = await ReplacingWorld.start(open, { seed });
  try {
    const old = await world.begin();
    world.inject({ method: "GET", path: "Zentrunk/Trunk/{old}/", after: 1 }, old, "401", Number.POSITIVE_INFINITY);
    expect(await world.up()).toHaveLength(1);
    expect(world.simulator.store.trunks.get(old)).toMatchObject({ name: "pbx" });
  } finally {
    await world.simulator.close();
  }
});

const statuses = Object.entries(openRuns).flatMap(([adapter, open]) =>
  [400, 404, 409, 422, 500, 503].map((status) => ({ adapter, open, status })),
);

test.each(statuses)("$adapter: one up replaces it where a name in use gets a $status", async ({ open, status }) => {
  const world = await ReplacingWorld.start(open, { seed, behaviour: { duplicateNameStatus: status } });
  try {
    await world.begin();
    expect(await world.up()).toEqual([]);
    expect(ours(world.simulator)).toMatchObject([{ name: "pbx", trunk_direction: "outbound" }]);
  } finally {
    await world.simulator.close();
  }
});

/** Whether the names of the other kinds are unique is not known: they are replaced in the same way if they are. */
const others: readonly { token: ResourceToken; args: Props; to: Props }[] = [
  {
    token: "Credential",
    args: { name: "own", username: "pbxparis", password: "Secret!3" },
    to: { name: "own", username: "pbxrome", password: "Secret!4" },
  },
  {
    token: "IpAccessControlList",
    args: { name: "own", ipAddresses: ["203.0.113.10"] },
    to: { name: "own", ipAddresses: ["203.0.113.11"] },
  },
  {
    token: "OriginationUri",
    args: { name: "own", uri: "a.example.com", authenticationNeeded: true, username: "pbx", password: "hunter2" },
    to: { name: "own", uri: "b.example.com" },
  },
];
const otherTable = Object.entries(openAdapters).flatMap(([adapter, open]) =>
  others.map((row) => ({ adapter, open, ...row })),
);

test.each(otherTable)(
  "$adapter: a $token that the engine replaces under its name is renamed, and stays as it was",
  ({ open, token, args, to }) =>
    withWorld(open, { seed, behaviour: { uniqueNames: true } }, async ({ adapter, nextRun, simulator }) => {
      const state = await up(adapter, token, args);
      const row = () => simulator.store.credentials.get(state.id) ?? simulator.store.originationUris.get(state.id);
      const password = row()?.password;
      // The engine compares, decides for reasons of its own, and checks once more without the old values.
      const run = nextRun();
      await run.diff(token, state, await checked(run, token, to, state.inputs));
      const next = await run.create(token, await checked(run, token, to));
      expect(next.outputs).toMatchObject({ name: "own" });
      expect(row()?.password).toBe(password);
      await run.delete(token, state);
      await expect(run.read(token, next)).resolves.toMatchObject({ outputs: { name: "own" } });
    }),
);
