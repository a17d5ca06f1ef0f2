import { expect, test } from "@jest/globals";
import { WritesUnderWay } from "./writes-under-way";

/** Keeps how long it was asked to sleep, and never ends a sleep by itself. */
function setup() {
  const slept: number[] = [];
  const ends: (() => void)[] = [];
  const sleep = (ms: number) => {
    slept.push(ms);
    return new Promise<void>((resolve) => ends.push(resolve));
  };
  const writes = new WritesUnderWay({ now: () => 0, sleep });
  /** A write that lasts until it is told to end. */
  const write = () => {
    let end = () => {};
    const done = writes.during(() => new Promise<void>((resolve) => (end = resolve)));
    return { end: () => end(), done };
  };
  const wake = () => {
    for (const end of ends.splice(0)) end();
  };
  return { writes, write, slept, wake };
}

test("where no write is under way there is nobody to wait for", async () => {
  const { writes, slept } = setup();
  await writes.end(1_000);
  expect(slept).toEqual([]);
});

test("the last write under way ends the wait, also when it fails", async () => {
  const { writes, write } = setup();
  const [first, second] = [write(), write()];
  let over = false;
  const waiting = writes.end(1_000).then(() => (over = true));
  first.end();
  await first.done;
  expect(over).toBe(false);
  second.end();
  await second.done;
  await waiting;
  await expect(writes.during(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await writes.end(1_000);
});

test.each([
  [0, 10],
  [100, 25],
  [60_000, 250],
])("after a question that took %d ms, others are waited for %d ms at most", async (tookMs, expected) => {
  const { writes, write, slept, wake } = setup();
  write();
  const waiting = writes.end(tookMs);
  expect(slept).toEqual([expected]);
  wake();
  await waiting;
});
