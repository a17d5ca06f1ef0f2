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
