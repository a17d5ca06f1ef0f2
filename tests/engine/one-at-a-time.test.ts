/** The rule by which test files share what only one of them may make. */
import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { oneAtATime } from "./support/run/one-at-a-time";

test("work of one name never overlaps, also after a failure, and that of another name does not wait", async () => {
  let running = 0;
  let most = 0;
  const work = (fails: boolean) => async () => {
    running += 1;
    most = Math.max(most, running);
    for (let turns = 0; turns < 5; turns++) await turn();
    running -= 1;
    if (fails) throw new Error("broken");
    return "done";
  };
  const results = await Promise.allSettled([true, false, true, false].map((fails) => oneAtATime("one", work(fails))));
  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected", "fulfilled"]);
  expect(most).toBe(1);
  const nested = () => oneAtATime("other", async () => "at once");
  expect(await oneAtATime("one", nested)).toBe("at once");
});
