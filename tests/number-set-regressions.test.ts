/** Sets of phone numbers in cases that were wrong once: half-done changes, and numbers that others have on the trunk. */
import { expect, test } from "@jest/globals";
import { adapters, ONE, range, SET, seedOf, withSet } from "./support/virtual/set-world";

const [a = "", b = "", c = ""] = range(3);
const set = (name: string, numbers: readonly string[], more: object = {}) =>
  ({ name, token: SET, args: { trunkId: "100", numbers, ...more } }) as const;

test.each(adapters)("$adapter: each number that is not rented is named, and the reason once", ({ open }) =>
  withSet(open, { seed: seedOf(25) }, async (world) => {
    const missing = Array.from({ length: 15 }, (_, index) => String(14_155_559_900 + index));
    const [failure] = await world.engine.up(world.run.adapter, [set("lines", [a, b, ...missing])]);
    const text = String(failure?.error);
    for (const number of missing) expect(text).toContain(number);
    expect(text.match(/not found/g)).toHaveLength(1);
  }),
);

test.each(adapters)("$adapter: a number whose route back Plivo accepts and drops is routed back again", ({ open }) =>
  withSet(open, { seed: seedOf(3, "900") }, async (world) => {
    await world.engine.up(world.run.adapter, [set("lines", [a, b])]);
    const drop = { kind: "meanwhile", change: (store: typeof world.simulator.store) => store.route(a, null) } as const;
    world.simulator.faults.add({ method: "POST", path: `Number/${a}/`, do: drop });
    world.nextRun();
    expect(await world.engine.destroy(world.run.adapter)).toEqual([]);
    expect(world.routes()).toEqual({ [a]: "900", [b]: "900", [c]: "900" });
  }),
);

test.each(adapters)(
  "$adapter: a number that is moved right after it was routed back is reported and left alone",
  ({ open }) =>
    withSet(open, { seed: seedOf(3, "900") }, async (world) => {
      await world.engine.up(world.run.adapter, [set("lines", [a, b])]);
      const move = {
        kind: "meanwhile",
        change: (store: typeof world.simulator.store) => store.route(a, "101"),
      } as const;
      world.simulator.faults.add({ method: "POST", path: `Number/${a}/`, do: move });
      world.nextRun();
      expect(await world.engine.destroy(world.run.adapter)).toEqual([]);
      expect(world.routes()).toEqual({ [a]: "101", [b]: "900", [c]: "900" });
      expect(world.lines).toContainEqual(
        expect.stringContaining(`phone number ${a} was to go back to 900, and is routed to trunk 101 now`),
      );
    }),
);

test.each(adapters)(
  "$adapter: the repair of an exclusive set detaches no number that no preview has shown",
  ({ open }) =>
    withSet(open, { seed: seedOf(2) }, async (world) => {
      world.simulator.store.route(b, "100");
      const exclusive = (...numbers: string[]) => [set("lines", numbers, { exclusive: true })];
      expect(await world.engine.up(world.run.adapter, exclusive(a, "14155559999"))).toHaveLength(1);
      expect(world.lines).toContainEqual(expect.stringContaining(`after a refresh, \`pulumi up\` detaches them: ${b}`));
      world.nextRun();
      // The program has now what the state has.
      expect(await world.engine.up(world.run.adapter, exclusive(a))).toEqual([]);
      expect(world.routes()).toEqual({ [a]: "100", [b]: "100" });
      world.nextRun();
      await world.engine.refresh(world.run.adapter);
      expect(world.engine.entry("lines")?.outputs.numbers).toEqual([a, b]);
      expect(await world.engine.up(world.run.adapter, exclusive(a))).toEqual([]);
      expect(world.routes()).toEqual({ [a]: "100" });
    }),
);

test.each(adapters)("$adapter: the delete of an exclusive set that is in doubt detaches no other number", ({ open }) =>
  withSet(open, { seed: seedOf(3) }, async (world) => {
    world.simulator.store.route(c, "100");
    world.simulator.faults.add({ method: "POST", path: `Number/${a}/`, times: 99, do: { kind: "drop-after" } });
    // Reads of the trunk and of the numbers, then none that would tell what became of the writes.
    world.simulator.faults.add({ method: "GET", after: 2, times: 999, do: { kind: "status", status: 500 } });
    expect(await world.engine.up(world.run.adapter, [set("lines", [a, b], { exclusive: true })])).toHaveLength(1);
    expect(world.engine.entry("lines")?.outputs).toHaveProperty("__maybe");
    world.simulator.faults.clear();
    world.nextRun();
    expect(await world.engine.destroy(world.run.adapter)).toEqual([]);
    expect(world.routes()).toEqual({ [c]: "100" });
  }),
);

const worldsBefore = adapters.flatMap(({ adapter, open }) => [
  { adapter, open, before: "an application", app: "900" },
  // Then both entries of the state are the same.
  { adapter, open, before: "nothing", app: undefined },
]);

test.each(worldsBefore)(
  "$adapter: what a forced replacement left to be deleted takes no number from what replaced it, that was routed to $before",
  ({ open, app }) =>
    withSet(open, { seed: seedOf(4, app) }, async (world) => {
      const [, , , d = ""] = range(4);
      const lines = set("lines", [a, b]);
      const hotline = { name: "hotline", token: ONE, args: { number: c, trunkId: "100" } } as const;
      await world.engine.up(world.run.adapter, [lines, hotline]);
      // Another resource fails, so that the engine deletes nothing in this run.
      world.simulator.faults.add({ method: "POST", path: `Number/${d}/`, do: { kind: "status", status: 400 } });
      world.nextRun();
      const program = [lines, hotline, set("more", [d])];
      const isReplaced = (name: string) => name !== "more";
      expect(await world.engine.up(world.run.adapter, program, isReplaced)).toHaveLength(1);
      expect(world.engine.state.filter(({ pendingDelete }) => pendingDelete)).toHaveLength(2);
      world.nextRun();
      expect(await world.engine.up(world.run.adapter, program)).toEqual([]);
      expect(world.engine.state.filter(({ pendingDelete }) => pendingDelete)).toEqual([]);
      expect(world.routes()).toEqual({ [a]: "100", [b]: "100", [c]: "100", [d]: "100" });
    }),
);

test.each(adapters)(
  "$adapter: a number that may have been attached, and that the program drops, goes back",
  ({ open }) =>
    withSet(open, { seed: seedOf(4, "900") }, async (world) => {
      const [, , , d = ""] = range(4);
      await world.engine.up(world.run.adapter, [set("lines", [b])]);
      for (const number of [a, d])
        world.simulator.faults.add({
          method: "POST",
          path: `Number/${number}/`,
          times: 99,
          do: { kind: "drop-after" },
        });
      world.simulator.faults.add({ method: "GET", after: 2, times: 999, do: { kind: "status", status: 500 } });
      world.nextRun();
      expect(await world.engine.up(world.run.adapter, [set("lines", [a, b, d])])).toHaveLength(1);
      world.simulator.faults.clear();
      world.nextRun();
      expect(await world.engine.up(world.run.adapter, [set("lines", [b, c, d])])).toEqual([]);
      expect(world.routes()).toEqual({ [a]: "900", [b]: "100", [c]: "100", [d]: "100" });
      world.nextRun();
      expect(await world.engine.destroy(world.run.adapter)).toEqual([]);
      expect(world.routes()).toEqual({ [a]: "900", [b]: "900", [c]: "900", [d]: "900" });
    }),
);

test.each(adapters)("$adapter: it goes back also where the program then asks for what the state has", ({ open }) =>
  withSet(open, { seed: seedOf(2, "900") }, async (world) => {
    await world.engine.up(world.run.adapter, [set("lines", [b])]);
    world.simulator.faults.add({ method: "POST", path: `Number/${a}/`, times: 99, do: { kind: "drop-after" } });
    world.simulator.faults.add({ method: "GET", after: 2, times: 999, do: { kind: "status", status: 500 } });
    world.nextRun();
    expect(await world.engine.up(world.run.adapter, [set("lines", [a, b])])).toHaveLength(1);
    world.simulator.faults.clear();
    world.nextRun();
    expect(await world.engine.up(world.run.adapter, [set("lines", [b])])).toEqual([]);
    expect(world.lines).toContainEqual(expect.stringContaining(`puts back or detaches 1 (${a})`));
    expect(world.routes()).toEqual({ [a]: "900", [b]: "100" });
  }),
);

test.each(adapters)(
  "$adapter: a number that is moved while its attach waits goes back to where it was moved",
  ({ open }) =>
    withSet(open, { seed: seedOf(40, "900") }, async (world) => {
      const last = range(20).at(-1) ?? "";
      world.exhaustRateLimit(12);
      const moved = world.clock.sleep(2_000).then(() => world.simulator.store.route(last, "101"));
      const state = await world.up({ trunkId: "100", numbers: range(20) });
      await moved;
      expect(state.outputs.previousApplications).toEqual({ 101: [last], 900: range(19) });
    }),
);

const ivr = (app_id: string) => ({ app_id, app_name: app_id });
const receivers = adapters.flatMap(({ adapter, open }) => [
  { adapter, open, receiver: "a new set", before: [], after: set("two", [c], { trunkId: "101" }) },
  {
    adapter,
    open,
    receiver: "a set of the state",
    before: [set("two", [b], { trunkId: "101" })],
    after: set("two", [b, c], { trunkId: "101" }),
  },
  {
    adapter,
    open,
    receiver: "a new attachment",
    before: [],
    after: { name: "two", token: ONE, args: { number: c, trunkId: "101" } } as const,
  },
]);

test.each(receivers)(
  "$adapter: a number that leaves a set for $receiver goes back to where it was before, also if that fails at first",
  ({ open, before, after }) =>
    withSet(open, { seed: seedOf(3, "900") }, async (world) => {
      world.engine.comparesFirst = true;
      await world.engine.up(world.run.adapter, [set("one", before.length > 0 ? [a, c] : [a, b, c]), ...before]);
      const moved = [set("one", before.length > 0 ? [a] : [a, b]), after];
      world.simulator.faults.add({
        method: "GET",
        path: "Zentrunk/Trunk/101/",
        times: 99,
        do: { kind: "status", status: 500 },
      });
      world.nextRun();
      expect(await world.engine.up(world.run.adapter, moved)).toHaveLength(1);
      world.simulator.faults.clear();
      world.nextRun();
      expect(await world.engine.up(world.run.adapter, moved)).toEqual([]);
      expect(world.routes()).toMatchObject({ [a]: "100", [c]: "101" });
      world.nextRun();
      expect(await world.engine.destroy(world.run.adapter)).toEqual([]);
      expect(world.routes()).toEqual({ [a]: "900", [b]: "900", [c]: "900" });
    }),
);

test.each(adapters)(
  "$adapter: what a set remembers of a number that it gave up gives way to a newer route, and ends with its next update",
  ({ open }) =>
    withSet(open, { seed: { ...seedOf(3, "900"), applications: [ivr("900"), ivr("901")] } }, async (world) => {
      world.engine.comparesFirst = true;
      const up = async (...program: Parameters<typeof world.engine.up>[1]) => {
        world.nextRun();
        expect(await world.engine.up(world.run.adapter, program)).toEqual([]);
      };
      const remembered = () => world.engine.entry("one")?.outputs.previousApplications;
      const two = set("two", [c], { trunkId: "101" });
      await up(set("one", [a, b, c]));
      await up(set("one", [a, b]), two);
      expect(remembered()).toEqual({ 900: [a, b, c] });
      await up(set("one", [a, b]));
      expect(world.routes()).toMatchObject({ [c]: "900" });
      world.simulator.store.route(c, "901");
      await up(set("one", [a, b]), two);
      expect(world.engine.entry("two")?.outputs.previousApplications).toEqual({ 901: [c] });
      await up(set("one", [a]), two);
      expect(remembered()).toEqual({ 900: [a] });
    }),
);

test.each(adapters)(
  "$adapter: a number that its new set did not take goes back with the set that gave it up",
  ({ open }) =>
    withSet(open, { seed: seedOf(3, "900") }, async (world) => {
      world.engine.comparesFirst = true;
      const two = set("two", [c], { trunkId: "101" });
      const failing = async () => {
        world.nextRun();
        await world.engine.up(world.run.adapter, [set("one", [a, b, c])]);
        world.simulator.faults.add({
          method: "GET",
          path: "Zentrunk/Trunk/101/",
          times: 99,
          do: { kind: "status", status: 500 },
        });
        world.nextRun();
        expect(await world.engine.up(world.run.adapter, [set("one", [a, b]), two])).toHaveLength(1);
        world.simulator.faults.clear();
        expect(world.routes()).toEqual({ [a]: "100", [b]: "100", [c]: "100" });
        world.nextRun();
      };
      await failing();
      expect(await world.engine.up(world.run.adapter, [set("one", [a])])).toEqual([]);
      expect(world.routes()).toEqual({ [a]: "100", [b]: "900", [c]: "900" });
      await failing();
      expect(await world.engine.destroy(world.run.adapter)).toEqual([]);
      expect(world.routes()).toEqual({ [a]: "900", [b]: "900", [c]: "900" });
    }),
);

test.each(adapters)("$adapter: a number that stays on its trunk is the new set's alone", ({ open }) =>
  withSet(open, { seed: seedOf(2, "900") }, async (world) => {
    world.engine.comparesFirst = true;
    await world.engine.up(world.run.adapter, [set("one", [a, b])]);
    world.nextRun();
    expect(await world.engine.up(world.run.adapter, [set("one", [a]), set("two", [b])])).toEqual([]);
    expect(world.engine.entry("one")?.outputs.previousApplications).toEqual({ 900: [a] });
    expect(world.engine.entry("two")?.outputs.previousApplications).toEqual({ 900: [b] });
  }),
);
