import { NotFoundError } from "../client/http/errors";
import type { Plivo } from "../client/index";
import {
  boolean,
  computedOnWrite,
  type Groups,
  PartialWriteError,
  type RunFacts,
  string,
  stringSet,
} from "../lifecycle/index";
import { OURS } from "../warnings/index";
import { E164, PHONE_NUMBER, phoneNumber, plivoId } from "./formats";
import { failureTexts, listed } from "./numbers/failure-texts";
import { grouped, NOWHERE, type PreviousRoutes, previousRoutes } from "./numbers/previous-routes";
import { isOnTrunk, notPutBack, type Release } from "./numbers/release";
import { type Changed, changeRoutes } from "./numbers/route-changes";
import { isOutbound, refuseOutbound } from "./numbers/trunk-direction";
import { defineResource, type Services } from "./services";

/** Fewer numbers that a list does not show on the trunk are read one by one. */
const FEW = 20;
/** For each number, in ms, beside what any operation has: three times what the rate limit takes. */
const TIME_PER_NUMBER = 60;

/** Many numbers as one resource. https://www.plivo.com/docs/sip-trunking/api/phone-numbers */
export const trunkPhoneNumbers = defineResource({
  token: "TrunkPhoneNumbers",
  noun: "phone number set",
  docs: "https://www.plivo.com/docs/numbers/api/account-phone-number",
  describe:
    "Routes many phone numbers that you rent to one inbound trunk, as one resource: for hundreds or thousands of numbers. A number that leaves the set, and each number of a set that is deleted, goes back to what it was routed to before; the numbers themselves are never given up.",
  example: `new plivo.TrunkPhoneNumbers("support-lines", {
    trunkId: trunk.trunkId,
    numbers: ["+1 415 555 0100", "+1 415 555 0101", "+1 415 555 0102"],
});`,
  properties: {
    trunkId: string(
      plivoId,
      "The inbound trunk that receives the calls. An outbound one is refused: the numbers would stop answering. A change replaces the set.",
    )
      .replaceOnChange()
      .refersTo("Trunk"),
    numbers: stringSet(
      phoneNumber,
      "The numbers with their country codes: `+1 415 555 0100` or `14155550100`. Their order means nothing. A number belongs to one set or one `PhoneNumberAttachment` of the program.",
    )
      .changing({ added: "attaches", removed: "detaches" })
      .refuses("empty; the same number twice, in whatever spelling", OURS)
      .refuses("a number that another set or attachment of the program has", OURS)
      .refuses("a number without a country code; shorter than the numbers of its country, or with an extension", E164)
      .refuses("blanks or signs in a number, unless it exists in the numbering plan of its country", OURS),
    exclusive: boolean(
      "Whether other numbers on the trunk are drift. After a refresh they are in `numbers`, and the next `pulumi up` detaches them; `pulumi up --refresh` does both. Without a refresh nothing happens to them. Changing only this sends no API request.",
    )
      .local()
      .default(false)
      .refuses("true, where another resource of the program puts numbers on the same trunk", OURS),
    restoreApplication: string(
      plivoId,
      "Id of the application or inbound trunk that numbers are routed to when they leave the set, in place of `previousApplications`. Apply it with `pulumi up` before numbers leave. Changing only this sends no API request.",
    )
      .local()
      .optional()
      .refuses("other signs than letters, digits, hyphens and underscores", OURS),
    previousApplications: computedOnWrite(
      "The numbers by the id of the application or trunk that they were routed to before, to which they go back. A number that was routed to nothing is in none, or, until the rest of a failed update is done, behind an empty id. One that another resource of the program gets may stay here until the next update.",
    ),
  },
  id: "trunkId",
  identity: "chosen",
  claims: {
    noun: PHONE_NUMBER,
    property: "numbers",
    target: "trunkId",
    exclusive: "exclusive",
    recorded: ({ numbers, previousApplications }) => {
      const routes = previousRoutes(previousApplications);
      const all = new Set([...(Array.isArray(numbers) ? numbers : []), ...routes.keys()]);
      return [...all].map((number) => [number, routes.get(number) || null] as const);
    },
  },
  extraTime: ({ numbers }) => TIME_PER_NUMBER * (Array.isArray(numbers) ? numbers.length : 0),

  rules({ trunkId, restoreApplication }, fail) {
    if (typeof restoreApplication === "string" && restoreApplication === trunkId)
      fail("restoreApplication", "is the trunk of this set: the numbers would stay attached to it");
  },

  async create({ plivo, inputs: { trunkId, numbers, exclusive }, run, ...services }) {
    await refuseOutbound(plivo, trunkId);
    const wanted = { trunkId, attach: new Set(numbers), release: new Map<string, Release>() };
    const changed = await changeRoutes({ plivo, ...services }, wanted, run);
    // Those that the program has elsewhere need no mention.
    const others = [...changed.others].filter((number) => !run.isKept(number)).sort();
    const fate = exclusive ? "; after a refresh, `pulumi up` detaches them" : " and leaves alone";
    if (others.length > 0)
      services.warn(`trunk ${trunkId} has other phone numbers, which the set does not name${fate}: ${listed(others)}`);
    return {
      id: trunkId,
      written: writtenOf({ trunkId, numbers, had: [], before: new Map(), moving: [] }, changed, run),
    };
  },
  async read({ plivo, id, consistency, known: { numbers, exclusive } }) {
    const wanted = Array.isArray(numbers) ? numbers.map(String) : undefined;
    const others = wanted === undefined || exclusive === true ? await numbersOn(plivo, id) : [];
    const found = new Set([...(await attachedAmong(plivo, id, wanted ?? [], consistency)), ...others]);
    // By its id alone: where no number is attached there is nothing to import.
    return { trunkId: id, numbers: wanted === undefined && found.size === 0 ? null : [...found] };
  },
  async update({ plivo, inputs, olds, run, ...services }) {
    const { trunkId, numbers } = inputs;
    const had = olds.numbers ?? [];
    const [isWanted, isThere] = [new Set(numbers), new Set(had)];
    const attach = new Set(numbers.filter((number) => !isThere.has(number)));
    if (attach.size > 0) await refuseOutbound(plivo, trunkId);
    const unwanted = [...had, ...onceIn(olds)].filter((number) => !isWanted.has(number));
    const moving = unwanted.filter((number) => isMoving(number, trunkId, run));
    const left = await attachedAmong(
      plivo,
      trunkId,
      unwanted.filter((number) => !isThere.has(number) && !run.isKept(number)),
      "eventual",
    );
    const leaving = [...had.filter((number) => !isWanted.has(number)), ...left];
    const release = await releases({ plivo, ...services }, { ...olds, numbers: leaving }, run);
    const changed = await changeRoutes({ plivo, ...services }, { trunkId, attach, release }, run);
    const before = previousRoutes(olds.previousApplications);
    const has = had.filter((number) => isWanted.has(number) || release.has(number));
    return writtenOf({ trunkId, numbers, had: has, before, moving }, changed, run);
  },
  async delete({ plivo, id, olds, run, ...services }) {
    const left = await attachedAmong(plivo, id, onceIn(olds), "eventual");
    const release = await releases(
      { plivo, ...services },
      { ...olds, numbers: [...(olds.numbers ?? []), ...left] },
      run,
    );
    const changed = await changeRoutes({ plivo, ...services }, { trunkId: id, attach: new Set(), release }, run);
    const reasons = failureTexts(changed.failures);
    if (reasons.length > 0) throw new PartialWriteError({}, undefined, reasons);
  },
});

interface Before {
  readonly trunkId: string;
  /** That the program asks for. */
  readonly numbers: readonly string[];
  /** That the set had. */
  readonly had: readonly string[];
  readonly before: PreviousRoutes;
  /** That the set remembers for another resource. */
  readonly moving: readonly string[];
}

/**
 * Another resource of the program is to take the number from this trunk. Until that is in the state, only this set knows
 * that the number is on its trunk, and where it goes back to: the other write may fail, or be killed.
 */
function isMoving(number: string, trunkId: string, run: RunFacts): boolean {
  return run.isKept(number) && !run.isKeptOn(number, trunkId) && !run.hasMoved(number);
}

/** Numbers that the set remembers and has not: another resource was to take them, or they were to be attached. */
function onceIn({
  numbers,
  previousApplications,
}: Pick<Releasing, "numbers" | "previousApplications">): readonly string[] {
  const has = new Set(numbers);
  return [...previousRoutes(previousApplications).keys()].filter((number) => !has.has(number));
}

/** What the set is after its changes. @throws PartialWriteError where some of them failed */
function writtenOf({ trunkId, numbers, had, before, moving }: Before, changed: Changed, run: RunFacts) {
  const has = new Set([...had.filter((number) => !changed.released.has(number)), ...changed.attached]);
  const inOrder = (all: ReadonlySet<string>) => [...new Set([...numbers.filter((number) => all.has(number)), ...all])];
  const possible = new Set([...has, ...changed.unconfirmed]);
  const learnt = [...before, ...changed.previous].filter(([number, to]) => possible.has(number) && to !== NOWHERE);
  // The next update attaches them, and what it finds then may be what this program has made of them.
  const others = numbers.filter((number) => !has.has(number)).map((number) => [number, run.recorded(number)] as const);
  const known = others.flatMap(([number, to]) => (to === undefined ? [] : [[number, to.value ?? NOWHERE] as const]));
  const remembered = moving.map((number) => [number, before.get(number) ?? NOWHERE] as const);
  const routes = new Map([...remembered, ...known, ...learnt]);
  const written = { trunkId, numbers: inOrder(has), previousApplications: grouped(routes) };
  const reasons = failureTexts(changed.failures);
  if (reasons.length === 0) return written;
  throw new PartialWriteError(written, possible.size > has.size ? { numbers: inOrder(possible) } : undefined, reasons);
}

interface Releasing {
  readonly trunkId: string | null;
  readonly numbers: readonly string[] | null;
  readonly restoreApplication: string | null;
  readonly previousApplications: Groups | null;
}

/** Where each number goes back to. What another resource of the program has now stays where it is. */
async function releases(
  { plivo, warn }: Pick<Services, "plivo" | "warn">,
  { trunkId, numbers, restoreApplication, previousApplications }: Releasing,
  run: RunFacts,
): Promise<ReadonlyMap<string, Release>> {
  const previous = previousRoutes(previousApplications);
  const free = (numbers ?? []).filter((number) => !run.isKept(number));
  const kept = (numbers ?? []).filter((number) => run.isKept(number));
  const leaving = new Set(numbers);
  // A newer route than that of a number that left in an earlier run is no loss; to know none, or this trunk, is.
  const isLost = (number: string) => [null, trunkId].some((route) => run.isKnown(number, route));
  const once = [...previous.keys()].filter((number) => !leaving.has(number) && run.isKept(number));
  const lost = once.filter((number) => previous.get(number) && run.hasMoved(number) && isLost(number));
  const known = [...kept, ...lost].map((number) => [number, previous.get(number) || null] as const);
  const forgotten = known.flatMap(([number, application]) =>
    run.isKnown(number, application) ? [] : [`${number} (${application ?? "nothing"})`],
  );
  if (forgotten.length > 0)
    warn(
      `another resource of the program has phone numbers of this set now, and cannot know what they were routed to before: ${listed(forgotten)}; set restoreApplication there`,
    );
  const named = { back: restoreApplication, isNamed: true };
  const isSilent = restoreApplication !== null && free.length > 0 && (await isOutbound(plivo, restoreApplication));
  if (isSilent) warn(`${notPutBack(named, true)}; the numbers are detached`);
  const releaseOf = (number: string) => {
    // A set that was written before another one was compared has not learnt what that one remembers.
    const remembered = run.remembered(number);
    const back = previous.get(number) || (remembered !== trunkId && remembered) || null;
    if (restoreApplication === null) return { back, isNamed: false };
    return isSilent ? { back: null, isNamed: false } : named;
  };
  return new Map([
    ...free.map((number) => [number, releaseOf(number)] as const),
    ...(await handedOver(plivo, trunkId, kept, run)),
  ]);
}

/** What another resource has in the state, on another trunk, that one does not route again: a move was taken back. */
async function handedOver(
  plivo: Plivo,
  trunkId: string | null,
  kept: readonly string[],
  run: RunFacts,
): Promise<readonly (readonly [string, Release])[]> {
  const held = new Map(kept.map((number) => [number, run.heldOn(number)] as const));
  const targets = [...new Set(held.values())].flatMap((target) =>
    target === undefined || target === trunkId ? [] : [target],
  );
  const isSilent = await Promise.all(targets.map((target) => isOutbound(plivo, target)));
  const inbound = new Set(targets.filter((_, index) => !isSilent[index]));
  return [...held].flatMap(([number, back]) =>
    back !== undefined && inbound.has(back) ? [[number, { back, isNamed: true, isOfAnother: true }] as const] : [],
  );
}

async function numbersOn(plivo: Plivo, trunkId: string): Promise<readonly string[]> {
  const on = (await plivo.numbers.list()).filter((row) => isOnTrunk(row, trunkId));
  return on.map(({ number }) => number).sort();
}

/** Those that are on the trunk. That a number is not rests on more than a page that may lag behind. */
async function attachedAmong(
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
