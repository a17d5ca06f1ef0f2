/** Every operation under every fault, through every adapter: its outcome, request by request. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { faultNames, faults } from "./faults/faults";
import { COUNTS, manyCells } from "./faults/many";
import { many } from "./faults/many-runner";
import { type Cell, cells, combinedCells } from "./faults/matrix";
import { operationNames, operations } from "./faults/operations";
import { type Outcome, outcomes } from "./faults/outcomes";
import { pageCells } from "./faults/pages";
import { listed, requestsOf, type Seen, seen } from "./faults/runner";
import { TestProxy } from "./support/test-proxy";
import { openRuns } from "./support/virtual/virtual-world";

const proxy = new TestProxy();
beforeAll(async () => {
  await proxy.start();
  process.env.HTTPS_PROXY = proxy.url;
});
afterAll(() => proxy.stop());

const table = operationNames.flatMap((operation) =>
  Object.entries(openRuns).map(([adapter, open]) => ({ adapter, open, operation })),
);

const nameOf = ({ operation, strikes }: Cell) =>
  `${operation}: ${strikes.map(({ on, fault, often }) => `${on} ${fault} ${often}`).join(", ")}`;

function expectationOf(cell: Cell, importsItself: boolean) {
  const outcome: Outcome = outcomes[cell.outcome];
  const { left = operations[cell.operation].success, leftByPlugin = left } = outcome;
  const { state, store } = importsItself ? left : leftByPlugin;
  return { cell: nameOf(cell), requests: requestsOf(cell, importsItself), fails: outcome.fails, state, store };
}

const shown = ({ failures }: Seen) => failures.map(({ error }) => (error instanceof Error ? error.message : error));

function observationOf(cell: Cell, { requests, failures, state, store }: Seen) {
  return { cell: nameOf(cell), requests, fails: failures.length > 0, state, store };
}

/** What holds for every outcome. */
function expectSound(cell: Cell, result: Seen): void {
  const about = nameOf(cell);
  const notErrors = result.failures.filter(({ error }) => !(error instanceof Error));
  expect([about, notErrors]).toEqual([about, []]);
  const lines = shown(result).filter((text) => /\n/.test(String(text)));
  expect([about, lines]).toEqual([about, []]);
  expect([about, result.took <= 121_000]).toEqual([about, true]);
  const outcome: Outcome = outcomes[cell.outcome];
  if (outcome.lie) return;
  const messages = result.next.failures.map(({ error }) => String(error));
  expect([about, { ...result.next, failures: messages }]).toEqual([
    about,
    { failures: [], isDone: true, laterWrites: "" },
  ]);
}

/** What a write refers to, or what an import reads. */
function isMissing({ operation, strikes: [strike] }: Cell): boolean {
  if (strike?.fault === "late") return /^attach/.test(operation) || operations[operation].reads !== undefined;
  return strike?.fault === "404" && operation === "import-read";
}

/** An error says which fault it was, even after several attempts. */
function expectMessages(cell: Cell, result: Seen): void {
  const [strike] = cell.strikes;
  if (result.failures.length === 0 || !strike || cell.strikes.length > 1) return;
  const message = isMissing(cell)
    ? /does not exist|this account has no (trunk|credential)/
    : faults[strike.fault].message;
  for (const text of shown(result)) expect(text).toMatch(message);
}

async function expectCells(open: (typeof table)[number]["open"], chosen: readonly Cell[]): Promise<void> {
  const results = await Promise.all(chosen.map((cell) => seen(open, cell, proxy)));
  const found = results.map((result, index) => observationOf(chosen[index] as Cell, result));
  const importsItself = open === openRuns.dynamic;
  expect(found).toEqual(chosen.map((cell) => expectationOf(cell, importsItself)));
  for (const [index, result] of results.entries()) {
    expectSound(chosen[index] as Cell, result);
    expectMessages(chosen[index] as Cell, result);
  }
}

test.each(table)(
  "$adapter: $operation ends under every fault as the matrix says",
  async ({ open, operation }) => {
    const own = cells.filter((cell) => cell.operation === operation);
    expect(own).toHaveLength(2 * faultNames.length);
    // Some at a time: each has a server of its own.
    for (let next = 0; next < own.length; next += 9) await expectCells(open, own.slice(next, next + 9));
  },
  120_000,
);

test.each(Object.entries(openRuns))(
  "%s: several faults at once, and faults of other requests, end as the matrix says",
  (_, open) => expectCells(open, combinedCells),
  300_000,
);

const pageTable = Object.entries(openRuns).flatMap(([adapter, open]) =>
  pageCells.map((cell) => ({ adapter, open, ...cell })),
);

test.each(pageTable)("$adapter: a list while $title", async ({ open, ...cell }) => {
  const { names, error, offsets } = await listed(open, cell);
  expect(offsets).toBe(cell.offsets);
  if (typeof cell.finds !== "number") return expect(error).toMatch(cell.finds);
  expect(error).toBe("");
  expect([new Set(names).size, names.length]).toEqual([cell.finds, cell.finds]);
});

const manyTable = Object.entries(openRuns).flatMap(([adapter, open]) =>
  manyCells.map((cell) => ({ adapter, open, ...cell })),
);

test.each(manyTable)("$adapter: many at once, $act, while $title", async ({ open, ...cell }) => {
  const { done, errors, requests, wrong } = await many(open, cell);
  expect(wrong).toEqual([]);
  expect({ done, errors }).toMatchObject({ done: cell.done ?? COUNTS[cell.act] });
  for (const text of errors) expect(text).toMatch(cell.message ?? "no error at all");
  expect(requests).toBeLessThanOrEqual(cell.requests);
});
