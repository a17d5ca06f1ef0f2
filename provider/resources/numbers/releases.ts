/** Where the numbers that leave a set go: back to where they were routed before, or to another resource of the program. */
import type { Plivo } from "../../client/index";
import { type Groups, handOverTarget, type RunFacts } from "../../lifecycle/index";
import type { Services } from "../services";
import { listed } from "./failure-texts";
import { type PreviousRoutes, previousRoutes } from "./previous-routes";
import { notPutBack, type Release } from "./release";
import { isOutbound } from "./trunk-direction";

/** Numbers that leave a set, and what the state has of it. */
export interface Leaving {
  readonly trunkId: string | null;
  readonly numbers: readonly string[] | null;
  readonly restoreApplication: string | null;
  readonly previousApplications: Groups | null;
}

/** Without those that another resource of the program has, or is to take: they stay where they are. */
export async function releasesOf(
  { plivo, warn }: Pick<Services, "plivo" | "warn">,
  leaving: Leaving,
  run: RunFacts,
): Promise<ReadonlyMap<string, Release>> {
  const { trunkId, numbers, restoreApplication } = leaving;
  const previous = previousRoutes(leaving.previousApplications);
  const forgotten = forgottenRoutes(leaving, previous, run);
  if (forgotten.length > 0)
    warn(
      `another resource of the program has phone numbers of this set now, and cannot know what they were routed to before: ${listed(forgotten)}; set restoreApplication there`,
    );
  const free = (numbers ?? []).filter((number) => !run.keeperOf(number));
  const named = { back: restoreApplication, isNamed: true };
  const isSilent = restoreApplication !== null && free.length > 0 && (await isOutbound(plivo, restoreApplication));
  if (isSilent) warn(`${notPutBack(named, true)}; the numbers are detached`);
  const releaseOf = (number: string) => {
    if (restoreApplication !== null) return isSilent ? { back: null, isNamed: false } : named;
    // A set that was written before another one was compared has not learnt what that one remembers.
    const last = run.lastRecorded(number);
    return { back: previous.get(number) || (last !== trunkId && last) || null, isNamed: false };
  };
  return new Map([
    ...free.map((number) => [number, releaseOf(number)] as const),
    ...(await handedOver(plivo, leaving, run)),
  ]);
}

/** What the set knows of numbers, and the resource that has them now could not learn. */
function forgottenRoutes({ trunkId, numbers }: Leaving, previous: PreviousRoutes, run: RunFacts): readonly string[] {
  const leaving = new Set(numbers);
  return [...new Set([...leaving, ...previous.keys()])].flatMap((number) => {
    const keeper = run.keeperOf(number);
    const route = previous.get(number) || null;
    if (!keeper || keeper.recorded === route) return [];
    // A newer route than that of a number that left in an earlier run is no loss; to know none, or this trunk, is.
    const knowsLess = keeper.recorded === null || keeper.recorded === trunkId;
    const isLost = route !== null && keeper.stage !== "declared" && knowsLess;
    return leaving.has(number) || isLost ? [`${number} (${route ?? "nothing"})`] : [];
  });
}

/** What another resource has in the state, on another trunk, that one does not route again: a move was taken back. */
async function handedOver(
  plivo: Plivo,
  { trunkId, numbers }: Leaving,
  run: RunFacts,
): Promise<readonly (readonly [string, Release])[]> {
  const stored = (numbers ?? []).flatMap((number) => {
    const keeper = run.keeperOf(number);
    const target = keeper && handOverTarget(keeper, trunkId);
    return target === undefined ? [] : [[number, target] as const];
  });
  const targets = [...new Set(stored.map(([, target]) => target))];
  const isSilent = await Promise.all(targets.map((target) => isOutbound(plivo, target)));
  const inbound = new Set(targets.filter((_, index) => !isSilent[index]));
  return stored.flatMap(([number, back]) =>
    inbound.has(back) ? [[number, { back, isNamed: true, isOfAnother: true }] as const] : [],
  );
}
