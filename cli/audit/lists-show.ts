/** Whether lists show what rules rest on: Plivo does not say whether a list has all fields. A few objects by themselves tell. */
import type { Account } from "../../provider/resources/index";
import { type LiveObject, referencesOf } from "../inventory/inventory";
import { type Reading, readOne } from "../inventory/read-account";
import type { Kind } from "./kinds";

/** One of them may have none although a list leaves out those of all. */
const NUMBERS = 5;
/** Of each direction: it is what decides which references a trunk may have. */
const TRUNKS = 3;

/** The kinds that say nothing, because a list leaves out what they rest on, or may do so. */
export async function kindsNotShown(reading: Reading, account: Account): Promise<readonly Kind[]> {
  const [showsRoutes, showsReferences] = await Promise.all([
    areRoutesListed(reading, account).catch(() => false),
    areReferencesListed(reading, account).catch(() => false),
  ]);
  return [
    ...(showsRoutes ? [] : (["unrouted-number"] as const)),
    ...(showsReferences ? [] : (["unused", "no-fallback", "wide-range", "shared-range"] as const)),
  ];
}

async function areRoutesListed({ numbers }: Reading, account: Account): Promise<boolean> {
  if (numbers.some(({ isRouted }) => isRouted)) return true;
  const { plivo } = account.context({ log: () => {} }).services;
  for (const { number } of numbers.slice(0, NUMBERS))
    if ((await plivo.numbers.get(number, "strong")).application !== null) return false;
  return true;
}

/** Every trunk has one reference and may have two: a second one that a list shows is proof enough. */
async function areReferencesListed({ objects }: Reading, account: Account): Promise<boolean> {
  const { services } = account.context({ log: () => {} });
  const trunks = [...objects.values()].filter(({ token }) => token === "Trunk");
  for (const direction of ["inbound", "outbound"]) {
    const own = trunks.filter(({ live }) => live.trunkDirection === direction);
    if (own.some((trunk) => countIn(trunk) > 1)) continue;
    for (const trunk of own.slice(0, TRUNKS)) {
      const read = await readOne(trunk.token, trunk.id, services);
      if (read && countIn(read) > countIn(trunk)) return false;
    }
  }
  return true;
}

function countIn(trunk: LiveObject): number {
  return referencesOf(trunk).length;
}
