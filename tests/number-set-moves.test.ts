/** Numbers between the resources of a program, where a run fails in the middle and the next one does something else. */
import { expect, test } from "@jest/globals";
import { adapters, ONE, range, SET, type SetWorld, seedOf, withSet } from "./support/virtual/set-world";

const [a = "", b = "", c = ""] = range(3);
const set = (name: string, numbers: readonly string[], trunkId = "100") =>
  ({ name, token: SET, args: { trunkId, numbers } }) as const;
type Program = Parameters<SetWorld["engine"]["up"]>[1];

function failing(world: SetWorld, method: string, path: string): void {
  world.simulator.faults.add({ method, path, times: 99, do: { kind: "status", status: 500 } });
}

/** One run of the engine, in which faults end; with so many failures. */
async function up(world: SetWorld, program: Program, failures = 0): Promise<void> {
  world.nextRun();
  expect(await world.engine.up(world.run.adapter, program)).toHaveLength(failures);
  world.simulator.faults.clear();
}

const lost = (world: SetWorld) => world.lines.filter((line) => line.includes("cannot know"));

test.each(adapters)(
  "$adapter: a removed set names the route of a number that a refresh has shown to be elsewhere",
  ({ open }) =>
    withSet(open, { seed: seedOf(3, "900") }, async (world) => {
      await up(world, [set("one", [a, b])]);
      // Another resource fails, so that the engine deletes nothing in this run.
      failing(world, "POST", `Number/${c}/`);
      const moved = [
        set("two", [b], "101"),
        { name: "hotline", token: ONE, args: { number: c, trunkId: "101" } },
      ] as const;
      await up(world, moved, 1);
      world.nextRun();
      await world.engine.refresh(world.run.adapter);
      await up(world, moved);
      expect(lost(world)).toEqual([
        expect.stringContaining(`routed to before: ${b} (900); set restoreApplication there`),
      ]);
    }),
);

test.each(adapters)(
  "$adapter: what only the set knows that gives a number up is not known to the one that has it",
  ({ open }) =>
    withSet(open, { seed: seedOf(3, "900") }, async (world) => {
      await up(world, [set("one", [a, b])]);
      // The engine comes to the one that gets the number before it has compared the other.
      const moved = [set("two", [b], "101"), set("one", [a, c])];
      world.engine.aroundUpdate = () => Promise.reject(new Error("killed"));
      await up(world, moved, 1);
      world.engine.aroundUpdate = (_, __, go) => go();
      expect(lost(world)).toEqual([]);
      await up(world, moved);
      expect(lost(world)).toEqual([
        expect.stringContaining(`routed to before: ${b} (900); set restoreApplication there`),
      ]);
    }),
);

const orders = adapters.flatMap((row) =>
  [true, false].flatMap((comparesFirst) => [true, false].map((isFirst) => ({ ...row, comparesFirst, isFirst }))),
);

/** The set that keeps a number before or after the one that gives it up. */
const ordered = (program: Program, isFirst: boolean): Program => (isFirst ? program : [...program].reverse());

test.each(orders)(
  "$adapter: a move that failed in the middle and is taken back ends as declared ($comparesFirst, $isFirst)",
  ({ open, comparesFirst, isFirst }) =>
    withSet(open, { seed: seedOf(3, "900") }, async (world) => {
      world.engine.comparesFirst = comparesFirst;
      const before = ordered([set("one", [a]), set("two", [b], "101")], isFirst);
      await up(world, before);
      failing(world, "POST", `Number/${c}/`);
      await up(
        world,
        [set("two", [a, b], "101"), { name: "hotline", token: ONE, args: { number: c, trunkId: "101" } }],
        1,
      );
      expect(world.routes()).toMatchObject({ [a]: "101" });
      await up(world, before);
      expect(world.routes()).toEqual({ [a]: "100", [b]: "101", [c]: "900" });
      world.nextRun();
      await world.engine.destroy(world.run.adapter);
      expect(world.routes()).toEqual({ [a]: "900", [b]: "900", [c]: "900" });
    }),
);

test.each(orders)(
  "$adapter: a removed set gives a number back to the one that has it in the state ($comparesFirst, $isFirst)",
  ({ open, comparesFirst }) =>
    withSet(open, { seed: seedOf(3, "900") }, async (world) => {
      world.engine.comparesFirst = comparesFirst;
      await up(world, [set("one", [a])]);
      failing(world, "POST", `Number/${c}/`);
      await up(
        world,
        [set("two", [a, b], "101"), { name: "hotline", token: ONE, args: { number: c, trunkId: "101" } }],
        1,
      );
      await up(world, [set("one", [a])]);
      expect(world.routes()).toEqual({ [a]: "100", [b]: "900", [c]: "900" });
    }),
);

test.each(orders)(
  "$adapter: a set takes no number that it once gave up from a set that has its trunk now ($comparesFirst, $isFirst)",
  ({ open, comparesFirst, isFirst }) =>
    withSet(open, { seed: seedOf(4, "900") }, async (world) => {
      const [, , , d = ""] = range(4);
      world.engine.comparesFirst = true;
      await up(world, [set("one", [a, b])]);
      await up(world, [set("one", [a]), set("two", [b, c], "101")]);
      await up(world, [set("one", [a]), set("two", [b, c])]);
      world.engine.comparesFirst = comparesFirst;
      await up(world, ordered([set("two", [b, c]), set("one", [a, d])], isFirst));
      expect(world.routes()).toEqual({ [a]: "100", [b]: "100", [c]: "100", [d]: "100" });
    }),
);

test.each(adapters)(
  "$adapter: what is no number in an edited state stops neither an update nor a destroy",
  ({ open }) =>
    withSet(open, { seed: seedOf(3, "900") }, async (world) => {
      await up(world, [set("one", [a, b])]);
      const edited = { 900: [a, "no number", 5, null, { a }], "": ["../x"], 901: "abc" };
      Object.assign(world.engine.entry("one")?.outputs ?? {}, { previousApplications: edited });
      await up(world, [set("one", [a, c])]);
      expect(world.routes()).toEqual({ [a]: "100", [c]: "100" });
      Object.assign(world.engine.entry("one")?.outputs ?? {}, { previousApplications: edited });
      world.nextRun();
      expect(await world.engine.destroy(world.run.adapter)).toEqual([]);
      expect(world.routes()).toEqual({ [a]: "900" });
    }),
);

test.each(adapters)("$adapter: an attachment that gets another number names the route of its old one", ({ open }) =>
  withSet(open, { seed: seedOf(3, "900") }, async (world) => {
    const hotline = (number: string) => ({ name: "hotline", token: ONE, args: { number, trunkId: "100" } }) as const;
    await up(world, [set("one", [a]), hotline(b)]);
    // The set is written before the attachment is compared.
    await up(world, [set("one", [a, b]), hotline(c)]);
    expect(world.lines).toContainEqual(
      expect.stringContaining('previousApplication was "900", which the resource that'),
    );
  }),
);

test.each(adapters)(
  "$adapter: the set that remembers a number tells the one that has it where it goes back to",
  ({ open }) =>
    withSet(open, { seed: seedOf(4, "900") }, async (world) => {
      const [, , , d = ""] = range(4);
      await up(world, [set("zero", [d]), set("one", [a, b])]);
      const moved = [set("zero", [d]), set("two", [b], "101"), set("one", [a])];
      failing(world, "POST", `Number/${b}/`);
      await up(world, moved, 1);
      // The engine comes to the one that gets the number first.
      await up(world, moved);
      expect(world.engine.entry("two")?.outputs.previousApplications).toBeNull();
      world.nextRun();
      await world.engine.destroy(world.run.adapter);
      expect(world.routes()).toEqual({ [a]: "900", [b]: "900", [c]: "900", [d]: "900" });
    }),
);

test.each(adapters)(
  "$adapter: a replaced set that is still to be deleted names routes that the new one lacks",
  ({ open }) =>
    withSet(open, { seed: seedOf(3, "900") }, async (world) => {
      await up(world, [set("one", [a, b])]);
      failing(world, "POST", `Number/${c}/`);
      const program = [
        set("one", [a, b]),
        { name: "hotline", token: ONE, args: { number: c, trunkId: "101" } },
      ] as const;
      world.nextRun();
      expect(await world.engine.up(world.run.adapter, program, (name) => name === "one")).toHaveLength(1);
      world.simulator.faults.clear();
      expect([world.engine.entry("one")?.outputs.previousApplications, lost(world)]).toEqual([null, []]);
      await up(world, program);
      expect(lost(world)).toEqual([expect.stringContaining(`${a} (900), ${b} (900); set restoreApplication there`)]);
    }),
);

test.each(adapters)("$adapter: a removed set names the route that a set of the same trunk did not learn", ({ open }) =>
  withSet(open, { seed: seedOf(3, "900") }, async (world) => {
    await up(world, [set("one", [a])]);
    failing(world, "POST", `Number/${c}/`);
    const moved = [set("two", [a]), { name: "hotline", token: ONE, args: { number: c, trunkId: "101" } }] as const;
    await up(world, moved, 1);
    await up(world, moved);
    expect(lost(world)).toEqual([expect.stringContaining(`${a} (900); set restoreApplication there`)]);
  }),
);

const one = (name: string, number: string) => ({ name, token: ONE, args: { number, trunkId: "101" } }) as const;

test.each(orders)(
  "$adapter: a number that an attachment has taken goes back to its set when that is taken back ($comparesFirst, $isFirst)",
  ({ open, comparesFirst, isFirst }) =>
    withSet(open, { seed: seedOf(3, "900") }, async (world) => {
      world.engine.comparesFirst = comparesFirst;
      await up(world, [set("one", [a, b])]);
      // Another resource fails, so that the engine does not delete the set in this run.
      failing(world, "POST", `Number/${c}/`);
      await up(world, ordered([one("hotline", a), one("spare", c)], isFirst), 1);
      await up(world, [set("one", [a, b])]);
      expect(world.routes()).toMatchObject({ [a]: "100", [b]: "100" });
    }),
);

test.each(adapters)(
  "$adapter: an attachment that is deleted a run after its number moved names the route that the set lacks",
  ({ open }) =>
    withSet(open, { seed: seedOf(3, "900") }, async (world) => {
      await up(world, [one("hotline", a)]);
      // Another resource fails, so that the engine does not delete the attachment in this run.
      failing(world, "POST", `Number/${c}/`);
      const moved = [set("one", [a]), one("spare", c)];
      await up(world, moved, 1);
      expect(world.routes()).toMatchObject({ [a]: "100" });
      await up(world, moved);
      expect(world.lines).toContainEqual(
        expect.stringContaining('previousApplication was "900", which the resource that'),
      );
    }),
);

test.each(adapters)("$adapter: a number does not go back to a set whose trunk is outbound by now", ({ open }) =>
  withSet(open, { seed: seedOf(3, "900") }, async (world) => {
    await up(world, [set("one", [a])]);
    failing(world, "POST", `Number/${c}/`);
    await up(world, [one("hotline", a), one("spare", c)], 1);
    Object.assign(world.simulator.store.trunks.get("100") ?? {}, { trunk_direction: "outbound" });
    await up(world, [set("one", [a])]);
    expect(world.routes()).toMatchObject({ [a]: "101" });
  }),
);
