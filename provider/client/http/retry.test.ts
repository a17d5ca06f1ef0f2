import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { isTransient, outcomeOf, type RequestFailure } from "./failure";
import { decideRetry, type RetryContext, retryAfterMs } from "./retry";

const status = fc.constantFrom(400, 401, 403, 404, 405, 408, 409, 422, 429, 500, 501, 502, 503, 504, 505);
const waitMs = fc.option(fc.integer({ min: 0, max: 200_000 }), { nil: null });
const failure: fc.Arbitrary<RequestFailure> = fc.oneof(
  fc.record({
    kind: fc.constant("status" as const),
    status,
    apiId: fc.constant(null),
    detail: fc.constant(null),
    retryAfterMs: waitMs,
  }),
  fc.record({
    kind: fc.constant("invalid-response" as const),
    status: fc.constantFrom(null, 200, 302, 404),
    apiId: fc.constant(null),
    why: fc.string(),
  }),
  fc.record({
    kind: fc.constant("network" as const),
    code: fc.constantFrom("ECONNRESET", "ECONNREFUSED", "CERT_HAS_EXPIRED"),
    detail: fc.string(),
    unsent: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("timeout" as const),
    afterMs: fc.nat(),
    last: fc.boolean(),
    unsent: fc.boolean(),
    proxy: fc.constant(null),
  }),
  fc.constant({ kind: "cancelled" as const }),
);
const context: fc.Arbitrary<RetryContext> = fc
  .record({
    failure,
    idempotent: fc.boolean(),
    bestEffort: fc.boolean(),
    sent: fc.integer({ min: 1, max: 200 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    maxRetries: fc.integer({ min: 0, max: 10 }),
    remainingMs: fc.integer({ min: 0, max: 120_000 }),
    random: fc.double({ min: 0, max: 0.999, noNaN: true }),
  })
  .map(({ share, ...rest }) => ({ ...rest, rateLimited: Math.floor(share * rest.sent) }));

const server503: RequestFailure = { kind: "status", status: 503, apiId: null, detail: null, retryAfterMs: null };
const base: RetryContext = {
  failure: server503,
  idempotent: true,
  bestEffort: false,
  sent: 1,
  rateLimited: 0,
  maxRetries: 5,
  remainingMs: 100_000,
  random: 0.5,
};

test("a create that may have acted is never retried", () => {
  fc.assert(
    fc.property(context, (given) => {
      fc.pre(!given.idempotent && outcomeOf(given.failure) === "indeterminate");
      expect(decideRetry(given)).toMatchObject({ kind: "final" });
    }),
  );
});

test("what is not transient is never retried", () => {
  fc.assert(
    fc.property(context, (given) => {
      fc.pre(!isTransient(given.failure));
      expect(decideRetry(given).kind).toBe("final");
    }),
  );
});

test("no wait ever ends at or after the deadline", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(context, (given) => {
      const decision = decideRetry(given);
      fc.pre(decision.kind !== "final");
      seen.add(decision.kind);
      expect(decision.afterMs < given.remainingMs).toBe(decision.kind === "retry");
    }),
  );
  expect(seen).toEqual(new Set(["retry", "deadline-exceeded"]));
});

test("no failure is retried more often than maxRetries says, 429 aside", () => {
  fc.assert(
    fc.property(context, (given) => {
      const is429 = given.failure.kind === "status" && given.failure.status === 429;
      fc.pre(!is429 && given.sent - given.rateLimited > given.maxRetries);
      expect(decideRetry(given).kind).toBe("final");
    }),
  );
});

test("the server's Retry-After is obeyed to the millisecond, whatever the dice say", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_000 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (ms, random) => {
      const step = decideRetry({ ...base, random, failure: { ...server503, retryAfterMs: ms } });
      expect(step).toMatchObject({ kind: "retry", afterMs: ms });
    }),
  );
});

test("our own delays double, are jittered from zero, and are capped at 20 s", () => {
  const delay = (sent: number, random: number) => decideRetry({ ...base, sent, random, maxRetries: 99 });
  expect([1, 2, 3, 4, 50].map((sent) => delay(sent, 0.999))).toEqual(
    [500, 999, 1998, 3996, 19980].map((afterMs) => ({
      kind: "retry",
      afterMs,
      isDictated: false,
      accountPauseMs: null,
    })),
  );
  expect(delay(4, 0)).toMatchObject({ kind: "retry", afterMs: 0 });
});

test("a 429 without a time to wait pauses the account for at least a second, whatever the dice say", () => {
  fc.assert(
    fc.property(context, fc.constantFrom(null, 0), (given, retryAfterMs) => {
      const { accountPauseMs } = decideRetry({ ...given, failure: { ...server503, status: 429, retryAfterMs } });
      expect(accountPauseMs).toBeGreaterThanOrEqual(1_000);
      expect(accountPauseMs).toBeLessThanOrEqual(20_000);
    }),
  );
  const slow: RequestFailure = { ...server503, status: 429 };
  const pauses = [1, 2, 3, 4, 5, 50].map((sent) => decideRetry({ ...base, failure: slow, sent, random: 0 }));
  expect(pauses.map(({ accountPauseMs }) => accountPauseMs)).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
});

test("a 429 does not count as a retry, and is final only where retries are switched off", () => {
  const slow: RequestFailure = { ...server503, status: 429 };
  expect(decideRetry({ ...base, failure: slow, sent: 50, rateLimited: 50 }).kind).toBe("retry");
  expect(decideRetry({ ...base, failure: slow, maxRetries: 0 })).toMatchObject({ kind: "final" });
});

test("after a 429, and after nothing else, the whole account pauses, also where this request gives up", () => {
  const slow: RequestFailure = { ...server503, status: 429, retryAfterMs: 3_000 };
  expect(decideRetry({ ...base, failure: slow })).toMatchObject({
    kind: "retry",
    afterMs: 3_000,
    accountPauseMs: 3_000,
  });
  const gaveUp = { final: { maxRetries: 0 }, "deadline-exceeded": { remainingMs: 1_000 } };
  for (const [kind, given] of Object.entries(gaveUp))
    expect(decideRetry({ ...base, failure: slow, ...given })).toMatchObject({ kind, accountPauseMs: 3_000 });
  fc.assert(
    fc.property(context, (given) => {
      fc.pre(given.failure.kind !== "status" || given.failure.status !== 429);
      expect(decideRetry(given).accountPauseMs).toBeNull();
    }),
  );
});

test("a best-effort request is retried after a 429 and nothing else", () => {
  fc.assert(
    fc.property(context, (given) => {
      fc.pre(given.failure.kind !== "status" || given.failure.status !== 429);
      expect(decideRetry({ ...given, bestEffort: true }).kind).toBe("final");
    }),
  );
  expect(decideRetry({ ...base, bestEffort: true, failure: { ...server503, status: 429 } }).kind).toBe("retry");
});

test("a create is retried after 429 and after a connection that was never established", () => {
  const create = { ...base, idempotent: false };
  expect(decideRetry({ ...create, failure: { ...server503, status: 429 } }).kind).toBe("retry");
  const refused: RequestFailure = { kind: "network", code: "ECONNREFUSED", detail: "", unsent: true };
  expect(decideRetry({ ...create, failure: refused }).kind).toBe("retry");
  expect(decideRetry({ ...create, failure: { ...refused, code: "ECONNRESET", unsent: false } }).kind).toBe("final");
});

const NOW = Date.parse("Wed, 21 Oct 2026 07:28:00 GMT");

test.each([
  ["3", undefined, 3_000],
  ["1.5", undefined, 1_500],
  ["0", undefined, 0],
  ["Wed, 21 Oct 2026 07:28:10 GMT", undefined, 10_000],
  ["Wed, 21 Oct 2026 07:27:00 GMT", undefined, 0],
  ["Wed, 21 Oct 2026 08:28:10 GMT", "Wed, 21 Oct 2026 08:28:00 GMT", 10_000],
  ["Wed, 21 Oct 2026 07:28:10 GMT", "nonsense", 10_000],
  [undefined, undefined, null],
  ["", undefined, null],
  ["soon", undefined, null],
  ["-5", undefined, null],
  ["Infinity", undefined, null],
])("Retry-After %j with Date %j means %j ms", (header, date, expected) => {
  expect(retryAfterMs(header, date, NOW)).toBe(expected);
});
