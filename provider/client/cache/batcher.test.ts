import { expect, test } from "@jest/globals";
import { waitWithin } from "./batcher";

const clock = { now: () => 1_000, sleep: async () => {} };
const log = () => {};
const never = new Promise<never>(() => {});

test("what others read is waited for, also when it fails", async () => {
  const operation = { deadline: 60_000, log };
  expect(await waitWithin(Promise.resolve(), operation, clock)).toBe(true);
  expect(await waitWithin(Promise.reject(new Error("theirs")), operation, clock)).toBe(true);
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
