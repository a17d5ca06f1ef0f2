/** A slice of all pairs of faults; `scripts/soak --pairs` tries them all. */
import { expect, test } from "@jest/globals";
import { livePair, operations, somePairs, textOf } from "./invariants/pairs";
import { openRuns } from "./support/virtual-world";

const COUNT = Number(process.env.PLIVO_PAIRS ?? 110);

test.each(Object.entries(openRuns))(
  "%s: after any two faults in a row nothing is lost or doubled, and one clean run is enough",
  async (_, open) => {
    const broken: string[] = [];
    for (const pair of somePairs(COUNT)) await livePair(open, pair).catch((error: Error) => broken.push(error.message));
    expect(broken).toEqual([]);
  },
  300_000,
);

test("the slice has every operation", () => {
  const titles = somePairs(COUNT).map((pair) => textOf(pair).split(":")[0]);
  expect([...new Set(titles)].sort()).toEqual(operations.map(({ title }) => title).sort());
});
