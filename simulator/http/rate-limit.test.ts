import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { RateLimit } from "./rate-limit";

test("no window, wherever it begins, holds more requests than the limit, and a request that waits as told is let in", () => {
  const gaps = fc.array(fc.nat({ max: 40 }), { maxLength: 60 });
  fc.assert(
    fc.property(gaps, fc.integer({ min: 1, max: 5 }), (pauses, requests) => {
      const limit = new RateLimit({ requests, windowMs: 100 });
      const taken: number[] = [];
      let now = 0;
      for (const pause of pauses) {
        now += pause;
        const waitMs = limit.take(now);
        if (waitMs > 0) {
          now += waitMs;
          expect(limit.take(now)).toBe(0);
        }
        taken.push(now);
      }
      for (const start of taken) {
        expect(taken.filter((at) => at >= start && at < start + 100).length).toBeLessThanOrEqual(requests);
      }
    }),
  );
});
