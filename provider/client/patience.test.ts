import { expect, test } from "@jest/globals";
import { waitFor } from "./patience";

const clock = { now: () => 1_000, sleep: async () => {} };
const log = () => {};
const never = new Promise<never>(() => {});

test("what others read is waited for, also when it fails", async () => {
  const operation = { deadline: 60_000, log };
  expect(await waitFor(Promise.resolve(), operation, clock)).toBe(true);
  expect(await waitFor(Promise.reject(new Error("theirs")), operation, clock)).toBe(true);
});

test("nobody waits for others until the own deadline", async () => {
  expect(await waitFor(never, { deadline: 1_005, log }, clock)).toBe(false);
  expect(await waitFor(never, { deadline: 0, log }, clock)).toBe(false);
});

test("a cancelled operation waits for nobody", async () => {
  const cancel = new AbortController();
  const waiting = waitFor(never, { deadline: 60_000, log, signal: cancel.signal }, clock);
  cancel.abort();
  expect(await waiting).toBe(false);
  expect(await waitFor(never, { deadline: 60_000, log, signal: cancel.signal }, clock)).toBe(false);
});
