/** Which numbers are on a trunk. */
import { NotFoundError } from "../../client/http/errors";
import type { Plivo } from "../../client/index";
import { isOnTrunk } from "./release";

/** Fewer numbers that a list does not show on the trunk are read one by one. */
const FEW = 20;

export async function numbersOn(plivo: Plivo, trunkId: string): Promise<readonly string[]> {
  const on = (await plivo.numbers.list()).filter((row) => isOnTrunk(row, trunkId));
  return on.map(({ number }) => number).sort();
}

/** Those that are on the trunk. That a number is not rests on more than a page that may lag behind. */
export async function attachedAmong(
  plivo: Plivo,
  trunkId: string,
  numbers: readonly string[],
  consistency: "eventual" | "strong",
): Promise<readonly string[]> {
  const rows = await plivo.numbers.getMany(numbers);
  const on = new Set<string>();
  for (const [number, row] of rows) {
    if (!(row instanceof Error)) {
      if (isOnTrunk(row, trunkId)) on.add(number);
    } else if (!NotFoundError.isInstance(row)) throw row;
  }
  const others = numbers.filter((number) => !on.has(number) && !(rows.get(number) instanceof Error));
  if (consistency === "strong") for (const number of await readAgain(plivo, trunkId, others)) on.add(number);
  return numbers.filter((number) => on.has(number));
}

async function readAgain(plivo: Plivo, trunkId: string, numbers: readonly string[]): Promise<readonly string[]> {
  const on: string[] = [];
  if (numbers.length <= FEW) {
    const rows = await Promise.all(numbers.map((number) => plivo.numbers.get(number, "strong")));
    return numbers.filter((_, index) => rows[index] !== undefined && isOnTrunk(rows[index], trunkId));
  }
  await plivo.numbers.visit(numbers, {
    shouldStop: () => false,
    each: async ({ id, row, error }) => {
      if (row === undefined && !NotFoundError.isInstance(error)) throw error;
      if (row !== undefined && isOnTrunk(row, trunkId)) on.push(id);
    },
  });
  return on;
}
