/** Sets of phone numbers in cases that were wrong once: half-done changes, and numbers that others have on the trunk. */
import { expect, test } from "@jest/globals";
import { adapters, range, SET, seedOf, withSet } from "./support/virtual/set-world";

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
