import { setImmediate } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { fewAtATime } from "./few-at-a-time";

test("all are done in their order, never more than four at once", async () => {
  let running = 0;
  let most = 0;
  const results = await fewAtATime([...Array(100).keys()], async (item, index) => {
    most = Math.max(most, ++running);
    for (let turn = 0; turn < item % 3; turn++) await setImmediate();
    running--;
    return item * 2 + index;
  });
  expect(results).toEqual([...Array(100).keys()].map((item) => item * 3));
  expect(most).toBe(4);
});

test("the first that fails ends it", async () => {
  const begun: number[] = [];
  const run = async (item: number) => {
    begun.push(item);
    if (item === 3) throw new Error("three");
  };
  await expect(fewAtATime([1, 2, 3, 4, 5, 6, 7, 8, 9], run)).rejects.toThrow("three");
  await setImmediate();
  expect(begun.length).toBeLessThan(8);
});
