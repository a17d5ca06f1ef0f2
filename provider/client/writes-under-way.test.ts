import { expect, test } from "@jest/globals";
import { WritesUnderWay } from "./writes-under-way";

/** Keeps how long it was asked to sleep, and never ends a sleep by itself. */
function setup({ isScarce = false } = {}) {
  const slept: number[] = [];
  const ends: (() => void)[] = [];
  let now = 0;
  const sleep = (ms: number, signal?: AbortSignal) => {
    slept.push(ms);
    return new Promise<void>((resolve, reject) => {
      ends.push(() => {
        if (signal?.aborted) return reject(signal.reason);
        now += ms;
        resolve();
      });
    });
  };
  const writes = new WritesUnderWay({ now: () => now, sleep }, () => isScarce);
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

test("where calls are scarce, those who have not begun yet are waited for until nobody begins any more", async () => {
  const { writes, write, slept, wake } = setup({ isScarce: true });
  let over = false;
  const waiting = writes.end(0).then(() => (over = true));
  for (let round = 0; round < 2; round++) {
    const begun = write();
    wake();
    begun.end();
    await begun.done;
    await new Promise((resolve) => setImmediate(resolve));
    expect(over).toBe(false);
  }
  wake();
  await waiting;
  expect(slept.filter((ms) => ms === 20)).toHaveLength(3);
});

test("where calls are scarce and somebody begins all the time, the wait ends all the same", async () => {
  let now = 0;
  const sleep = async (ms: number) => {
    now += ms;
    await writes.during(async () => {});
  };
  const writes = new WritesUnderWay({ now: () => now, sleep }, () => true);
  await writes.end(0);
  expect(now).toBe(250);
});
