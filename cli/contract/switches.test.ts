/** Whatever the API does where nothing is published, a run finds it out, and nothing is left on the account. */
import { expect, test } from "@jest/globals";
import type { Behaviour, Kind } from "pulumi-plivo/simulator";
import { experiments } from "./facts/index";
import { behaviourOf } from "./record/switches";
import { type ContractWorld, contractWorld, factsOf, NUMBER, snapshot } from "./testing/examined";

const clearings = ["null", "empty", "both", "reject-null", "neither", "ignored"] as const;
const objectKinds = ["trunks", "credentials", "ipAccessControlLists", "originationUris"] as const;

/** Every switch and its values; those of `clearWith` and `detachWith` meet in every pair. */
const values = {
  rejectedClearingStatus: [400, 403, 404, 409, 422, 500, 503],
  retryAfter: ["seconds", "date", "none"],
  createStatus: [200, 201],
  updateStatus: [200, 202],
  ignoreFilters: [false, true],
  keepAddressOrder: [true, false],
  canonicalAddresses: [false, true],
  listOrder: ["oldest-first", "newest-first"],
  duplicateNameStatus: [400, 409, 422],
  errorShape: ["string", "object", "absent"],
  // Seldom: until an object is visible, it is read again and again.
  visibilityDelayMs: [0, 0, 0, 0, 700, 0, 0, 2_500],
  deletedReference: ["dangles", "null"],
  strictCredentials: [false, true],
  trunkDomainRegion: ["", "sin1"],
  unroutedAs: ["null", "empty"],
  unknownPath: ["as-seen", "explained"],
  unknownAppStatus: [400, 404],
} as const;

/** 40 combinations, the same in every run. */
const combinations = Array.from({ length: 40 }, (_, n) => ({ n, behaviour: combination(n) }));

function combination(n: number): Behaviour {
  // Steps that have no divisor in common with the number of values: no two switches go in step.
  const picked = Object.entries(values).map(([key, all], index) => [key, all[draw(n, index) % all.length]]);
  const perKind = (salt: number, kinds: readonly Kind[]) =>
    Object.fromEntries(kinds.map((kind, index) => [kind, draw(n, salt + index) % 2 === 1]));
  return {
    ...Object.fromEntries(picked),
    clearWith: clearings[n % 6],
    detachWith: clearings[Math.floor(n / 6) % 6],
    wrapSingle: perKind(40, [...objectKinds, "numbers"]),
    uniqueNames: perKind(50, objectKinds),
  };
}

/** The limit is met with the last ones alone: it takes as many requests as all else. */
function asksForLimit({ n }: { readonly n: number }): boolean {
  return n >= 36;
}

/** A small hash: random enough, and the same everywhere. */
function draw(n: number, salt: number): number {
  const mixed = Math.imul((n + 1) * 0x9e3779b1, salt * 2 + 0x85ebca6b);
  return (Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) ^ (mixed >>> 13)) >>> 8;
}

/** What cannot be seen where nothing is rejected, or where no 429 was asked for. */
function decidable(behaviour: Behaviour, askedForLimit: boolean): Partial<Behaviour> {
  const { clearWith, detachWith, uniqueNames, visibilityDelayMs: _, ...rest } = behaviour;
  const rejects = (clearing: string) => !["empty", "both", "ignored"].includes(clearing);
  const { rejectedClearingStatus, duplicateNameStatus, retryAfter, ...others } = rest;
  return {
    ...others,
    clearWith,
    detachWith,
    uniqueNames,
    ...((rejects(clearWith) || rejects(detachWith)) && { rejectedClearingStatus }),
    ...(Object.values(uniqueNames).some(Boolean) && { duplicateNameStatus }),
    ...(askedForLimit && { retryAfter }),
  };
}

test("the combinations have every value of every switch of the simulator", async () => {
  const { simulator } = await contractWorld();
  expect(Object.keys(combination(0)).sort()).toEqual(Object.keys(simulator.behaviour).sort());
  for (const [key, all] of Object.entries(values)) {
    const met = new Set(combinations.map(({ behaviour }) => Reflect.get(behaviour, key)));
    expect([key, met]).toEqual([key, new Set<unknown>(all)]);
  }
  const pairs = new Set(combinations.map(({ behaviour }) => `${behaviour.clearWith} ${behaviour.detachWith}`));
  expect(pairs.size).toBe(36);
  const asked = combinations.filter(asksForLimit).map(({ behaviour }) => behaviour.retryAfter);
  expect(new Set(asked)).toEqual(new Set(values.retryAfter));
});

async function expectFound(world: ContractWorld, behaviour: Behaviour, askedForLimit: boolean): Promise<number> {
  const before = snapshot(world.simulator);
  const seen = await world.run({ number: NUMBER, rateLimit: askedForLimit });
  expect(seen.findings.filter(({ value }) => value === null)).toEqual([]);
  const { visibilityDelayMs: lag = -1, ...found } = behaviourOf(factsOf(seen));
  expect(found).toMatchObject(decidable(behaviour, askedForLimit));
  expect(lag).toBeGreaterThanOrEqual(behaviour.visibilityDelayMs);
  expect(lag).toBeLessThanOrEqual(behaviour.visibilityDelayMs * 2);
  expect(seen.left).toEqual([]);
  expect(snapshot(world.simulator)).toEqual(before);
  return seen.findings.length;
}

test.each(combinations)("every fact is found out in combination $n, and nothing is left", async ({ n, behaviour }) => {
  const rateLimit = asksForLimit({ n });
  const world = await contractWorld({ behaviour, rateLimit });
  const facts = await expectFound(world, behaviour, rateLimit);
  const wanted = experiments.filter(({ needs }) => rateLimit || needs !== "rateLimit");
  expect(facts).toBe(wanted.flatMap((one) => one.facts).length);
});
