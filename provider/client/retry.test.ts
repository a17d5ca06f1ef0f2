import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { nextStep, retryAfterMs, type Situation } from "./retry";
import { isTransient, outcomeOf, type Trouble } from "./trouble";

const status = fc.constantFrom(400, 401, 403, 404, 405, 408, 409, 422, 429, 500, 501, 502, 503, 504, 505);
const waitMs = fc.option(fc.integer({ min: 0, max: 200_000 }), { nil: null });
const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  fc.record({
    kind: fc.constant("status" as const),
    status,
    apiId: fc.constant(null),
    said: fc.constant(null),
    retryAfterMs: waitMs,
  }),
  fc.record({
    kind: fc.constant("unreadable" as const),
    status: fc.constantFrom(null, 200, 302, 404),
    apiId: fc.constant(null),
    why: fc.string(),
  }),
  fc.record({
    kind: fc.constant("network" as const),
    code: fc.constantFrom("ECONNRESET", "ECONNREFUSED", "CERT_HAS_EXPIRED"),
    said: fc.string(),
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
const situation: fc.Arbitrary<Situation> = fc
  .record({
    trouble,
    idempotent: fc.boolean(),
    expendable: fc.boolean(),
    sent: fc.integer({ min: 1, max: 200 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    maxRetries: fc.integer({ min: 0, max: 10 }),
    remainingMs: fc.integer({ min: 0, max: 120_000 }),
    random: fc.double({ min: 0, max: 0.999, noNaN: true }),
  })
  .map(({ share, ...rest }) => ({ ...rest, slowedDown: Math.floor(share * rest.sent) }));

const server503: Trouble = { kind: "status", status: 503, apiId: null, said: null, retryAfterMs: null };
const base: Situation = {
  trouble: server503,
  idempotent: true,
  expendable: false,
  sent: 1,
  slowedDown: 0,
  maxRetries: 5,
  remainingMs: 100_000,
  random: 0.5,
};

test("a create that may have happened is never repeated", () => {
  fc.assert(
    fc.property(situation, (given) => {
      fc.pre(!given.idempotent && outcomeOf(given.trouble) === "unknown");
      expect(nextStep(given)).toEqual({ kind: "stop", why: "final" });
    }),
  );
});

test("what is not transient is never repeated", () => {
  fc.assert(
    fc.property(situation, (given) => {
      fc.pre(!isTransient(given.trouble));
      expect(nextStep(given).kind).toBe("stop");
    }),
  );
});

test("no wait ever ends at or after the deadline", () => {
  fc.assert(
    fc.property(situation, (given) => {
      const step = nextStep(given);
      if (step.kind === "repeat") expect(step.afterMs).toBeLessThan(given.remainingMs);
      if (step.kind === "stop" && step.why === "no-time")
        expect(step.afterMs).toBeGreaterThanOrEqual(given.remainingMs);
    }),
  );
});

test("no failure is repeated more often than maxRetries says, 429 aside", () => {
  fc.assert(
    fc.property(situation, (given) => {
      const is429 = given.trouble.kind === "status" && given.trouble.status === 429;
      fc.pre(!is429 && given.sent - given.slowedDown > given.maxRetries);
      expect(nextStep(given).kind).toBe("stop");
    }),
  );
});

test("the server's Retry-After is obeyed to the millisecond, whatever the dice say", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_000 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (ms, random) => {
      const step = nextStep({ ...base, random, trouble: { ...server503, retryAfterMs: ms } });
      expect(step).toEqual({ kind: "repeat", afterMs: ms });
    }),
  );
});

test("our own delays double, are jittered from zero, and are capped at 20 s", () => {
  const delay = (sent: number, random: number) => nextStep({ ...base, sent, random, maxRetries: 99 });
  expect([1, 2, 3, 4, 50].map((sent) => delay(sent, 0.999))).toEqual(
    [500, 999, 1998, 3996, 19980].map((afterMs) => ({ kind: "repeat", afterMs })),
  );
  expect(delay(4, 0)).toEqual({ kind: "repeat", afterMs: 0 });
});

test("a 429 uses up no repeat, and is final only where repeats are switched off", () => {
  const slow: Trouble = { ...server503, status: 429 };
  expect(nextStep({ ...base, trouble: slow, sent: 50, slowedDown: 50 }).kind).toBe("repeat");
  expect(nextStep({ ...base, trouble: slow, maxRetries: 0 })).toEqual({ kind: "stop", why: "final" });
});

test("what can be had another way is repeated after a 429 and nothing else", () => {
  fc.assert(
    fc.property(situation, (given) => {
      const step = nextStep({ ...given, expendable: true });
      if (step.kind === "repeat") expect(given.trouble).toMatchObject({ kind: "status", status: 429 });
    }),
  );
  expect(nextStep({ ...base, expendable: true, trouble: { ...server503, status: 429 } }).kind).toBe("repeat");
});

test("a create is repeated after 429 and after a connection that never stood", () => {
  const create = { ...base, idempotent: false };
  expect(nextStep({ ...create, trouble: { ...server503, status: 429 } }).kind).toBe("repeat");
  const refused: Trouble = { kind: "network", code: "ECONNREFUSED", said: "", unsent: true };
  expect(nextStep({ ...create, trouble: refused }).kind).toBe("repeat");
  expect(nextStep({ ...create, trouble: { ...refused, code: "ECONNRESET", unsent: false } }).kind).toBe("stop");
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
