import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { VirtualClock } from "../../../tests/support/virtual/virtual-clock";
import { acquire, RateLimiter } from "./rate-limit";

test("no 5 s hold more than 300 starts, however the callers come", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 8 }), async (bursts) => {
      const limiter = new RateLimiter();
      const clock = new VirtualClock();
      const starts: number[] = [];
      const one = async () => {
        const turn = await acquire(limiter, {
          clock,
          deadline: Number.POSITIVE_INFINITY,
          signal: undefined,
          onWait: () => {},
        });
        expect(turn).toEqual({ kind: "go" });
        starts.push(clock.now());
      };
      for (const burst of bursts) {
        await Promise.all(Array.from({ length: burst }, one));
        await clock.sleep(700);
      }
      const gaps = starts.slice(300).map((later, n) => later - (starts[n] ?? 0));
      expect(gaps.filter((gap) => gap <= 5_000)).toEqual([]);
      compared += gaps.length;
      expect(starts.length).toBe(bursts.reduce((sum, burst) => sum + burst, 0));
    }),
    { numRuns: 20 },
  );
  expect(compared).toBeGreaterThan(0);
});

test("callers are served in the order of their arrival", () => {
  const limiter = new RateLimiter(2, 1_000);
  const [first, second, third, fourth, fifth] = [
    limiter.enter(),
    limiter.enter(),
    limiter.enter(),
    limiter.enter(),
    limiter.enter(),
  ];
  expect([first, second, third, fourth, fifth].map((reservation) => limiter.startOf(reservation, 0))).toEqual([
    0, 0, 1_000, 1_000, 2_000,
  ]);
  limiter.start(first, 0);
  limiter.leave(second);
  expect(limiter.startOf(third, 0)).toBe(0);
  expect(limiter.startOf(fifth, 0)).toBe(1_000);
});

test("a pause holds everyone, is never shortened, and keeps to the window afterwards", () => {
  const limiter = new RateLimiter(2, 1_000);
  limiter.pause(5_000, 0);
  limiter.pause(3_000, 0);
  const reservations = [limiter.enter(), limiter.enter(), limiter.enter()];
  expect(reservations.map((reservation) => limiter.startOf(reservation, 0))).toEqual([5_000, 5_000, 6_000]);
});

test("a pause that begins while callers wait makes them wait longer", async () => {
  const limiter = new RateLimiter(1, 1_000);
  const clock = new VirtualClock();
  const began = clock.now();
  const waiting = { clock, deadline: began + 60_000, signal: undefined, onWait: () => {} };
  await acquire(limiter, waiting);
  const second = acquire(limiter, waiting);
  limiter.pause(began + 8_000, began);
  expect(await second).toEqual({ kind: "go" });
  expect(clock.now()).toBe(began + 8_000);
});

test("no server can pause the process for more than an hour", () => {
  const limiter = new RateLimiter();
  limiter.pause(Number.POSITIVE_INFINITY, 0);
  expect(limiter.startOf(limiter.enter(), 0)).toBe(3_600_000);
});

test("a turn that would come at the deadline or later is not waited for, and its place goes to others", async () => {
  const limiter = new RateLimiter(1, 1_000);
  const clock = new VirtualClock();
  const waiting = { clock, deadline: clock.now() + 1_000, signal: undefined, onWait: () => {} };
  expect(await acquire(limiter, waiting)).toEqual({ kind: "go" });
  expect(await acquire(limiter, waiting)).toEqual({ kind: "deadline-exceeded", waitMs: 1_000 });
  expect(limiter.startOf(limiter.enter(), clock.now())).toBe(clock.now() + 1_000);
});

test("an aborted signal ends the wait", async () => {
  const limiter = new RateLimiter(1, 1_000);
  const clock = new VirtualClock();
  const abort = new AbortController();
  const waiting = { clock, deadline: clock.now() + 60_000, signal: abort.signal, onWait: () => abort.abort() };
  await acquire(limiter, waiting);
  expect(await acquire(limiter, waiting)).toEqual({ kind: "cancelled" });
});

test("the account is near its limit while half of the 300 requests in the window are used", async () => {
  const limiter = new RateLimiter();
  const clock = new VirtualClock();
  const began = clock.now();
  for (let nth = 0; nth < 149; nth++) limiter.start(limiter.enter(), clock.now());
  await clock.sleep(1_000);
  expect(limiter.isNearLimit(clock.now())).toBe(false);
  limiter.start(limiter.enter(), clock.now());
  expect(limiter.isNearLimit(clock.now())).toBe(true);
  await clock.sleep(began + 5_099 - clock.now());
  expect(limiter.isNearLimit(clock.now())).toBe(true);
  await clock.sleep(1);
  expect(limiter.isNearLimit(clock.now())).toBe(false);
});
