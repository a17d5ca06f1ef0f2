import { expect, test } from "@jest/globals";
import { Batcher, waitWithin } from "./batcher";

const clock = { now: () => 1_000, sleep: async () => {} };
const log = () => {};
const never = new Promise<never>(() => {});

test("what others read is waited for, also when it fails", async () => {
  const operation = { deadline: 60_000, log };
  expect(await waitWithin(Promise.resolve(), operation, clock)).toBe(true);
  expect(await waitWithin(Promise.reject(new Error("theirs")), operation, clock)).toBe(true);
});

test("a batch whose preparation fails does not hold those who come next", async () => {
  let isReady = false;
  const batcher = new Batcher<number, readonly number[]>(async () => {
    if (!isReady) throw new Error("not ready");
  });
  const wait = (shared: Promise<unknown>) =>
    shared.then(
      () => true,
      () => true,
    );
  await expect(batcher.load(1, wait, async (items) => items)).rejects.toThrow("not ready");
  isReady = true;
  expect(await batcher.load(2, wait, async (items) => items)).toEqual([2]);
});

test("no operation waits for others until its own deadline", async () => {
  expect(await waitWithin(never, { deadline: 1_005, log }, clock)).toBe(false);
  expect(await waitWithin(never, { deadline: 0, log }, clock)).toBe(false);
});

test("a cancelled operation does not wait", async () => {
  const cancel = new AbortController();
  const waiting = waitWithin(never, { deadline: 60_000, log, signal: cancel.signal }, clock);
  cancel.abort();
  expect(await waiting).toBe(false);
  expect(await waitWithin(never, { deadline: 60_000, log, signal: cancel.signal }, clock)).toBe(false);
});
