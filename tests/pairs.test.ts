/** A slice of all pairs of faults; `scripts/soak --pairs` tries them all. */
import { expect, test } from "@jest/globals";
import { livePair, operations, somePairs, textOf } from "./invariants/pairs";
import { openRuns } from "./support/virtual/virtual-world";

const COUNT = Number(process.env.PLIVO_PAIRS ?? 90);

/** Under a name of the user's an object is no proof of anything: an error asks him what to do. */
const ASKS = /with a name|keeps its name|rename/;

test.each(Object.entries(openRuns))(
  "%s: after any two faults in a row nothing is lost or doubled, and one clean run is enough",
  async (_, open) => {
    const broken: string[] = [];
    let struckTwice = 0;
    for (const pair of somePairs(COUNT)) {
      const lived = await livePair(open, pair).catch((error: Error) => void broken.push(error.message));
      if (lived?.isStruckTwice) struckTwice += 1;
      if (lived && lived.rounds > 0 && !ASKS.test(pair.operation.title))
        broken.push(`${textOf(pair)}: ${lived.rounds}`);
    }
    expect(broken).toEqual([]);
    expect(struckTwice).toBeGreaterThan(COUNT / 4);
  },
  300_000,
);

test.each(Object.entries(openRuns))(
  "%s: first faults that leave the same behind count as one, whatever their accounts, ids and times are",
  async (_, open) => {
    const [operation] = operations;
    if (!operation) throw new Error("there is no operation");
    const [one, other] = [
      await livePair(open, { operation, strike: "none" }),
      await livePair(open, { operation, strike: "none" }),
    ];
    expect(other.world).toBe(one.world);
    const lost = await livePair(open, { operation, strike: { fault: 0, nth: 0, often: "lasting" } });
    expect(lost.world).not.toBe(one.world);
  },
);

test("the slice has every operation", () => {
  const titles = somePairs(COUNT).map(({ operation }) => operation.title);
  expect([...new Set(titles)].sort()).toEqual(operations.map(({ title }) => title).sort());
});
