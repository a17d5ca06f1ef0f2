import { boolean, computedOnWrite, PartialWriteError, type RunFacts, string, stringSet } from "../lifecycle/index";
import { OURS } from "../warnings/index";
import { E164, PHONE_NUMBER, phoneNumber, plivoId } from "./formats";
import { attachedAmong, numbersOn } from "./numbers/attached-numbers";
import { failureTexts, listed } from "./numbers/failure-texts";
import { grouped, NOWHERE, type PreviousRoutes, previousRoutes } from "./numbers/previous-routes";
import { type Leaving, releasesOf } from "./numbers/releases";
import { type Changed, changeRoutes, type Wanted } from "./numbers/route-changes";
import { refuseOutbound } from "./numbers/trunk-direction";
import { defineResource } from "./services";

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
      .changing({ added: "attaches", removed: "puts back or detaches" })
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
    const wanted: Wanted = { trunkId, attach: new Set(numbers), release: new Map() };
    const changed = await changeRoutes({ plivo, ...services }, wanted, run);
    // Those that the program has elsewhere need no mention.
    const others = [...changed.others].filter((number) => !run.keeperOf(number)).sort();
    const fate = exclusive ? "; after a refresh, `pulumi up` detaches them" : " and leaves alone";
    if (others.length > 0)
      services.warn(`trunk ${trunkId} has other phone numbers, which the set does not name${fate}: ${listed(others)}`);
    const before: Before = { trunkId, numbers, had: [], routes: new Map(), moving: [] };
    return { id: trunkId, written: writtenOf(before, changed, run) };
  },
  async read({ plivo, id, consistency, known: { numbers, exclusive } }) {
    const wanted = Array.isArray(numbers) ? numbers.map(String) : undefined;
    const others = wanted === undefined || exclusive === true ? await numbersOn(plivo, id) : [];
    const found = new Set([...(await attachedAmong(plivo, id, wanted ?? [], consistency)), ...others]);
    // By its id alone: where no number is attached there is nothing to import.
    return { trunkId: id, numbers: wanted === undefined && found.size === 0 ? null : [...found] };
  },
  async update({ plivo, inputs: { trunkId, numbers }, olds, run, ...services }) {
    const [wanted, had] = [new Set(numbers), new Set(olds.numbers)];
    const attach = new Set(numbers.filter((number) => !had.has(number)));
    if (attach.size > 0) await refuseOutbound(plivo, trunkId);
    const dropped = [...had].filter((number) => !wanted.has(number));
    const remembered = rememberedIn(olds).filter((number) => !wanted.has(number));
    const moving = [...dropped, ...remembered].filter((number) => isMoving(number, trunkId, run));
    const free = remembered.filter((number) => !run.keeperOf(number));
    const left = await attachedAmong(plivo, trunkId, free, "eventual");
    const release = await releasesOf({ plivo, ...services }, { ...olds, numbers: [...dropped, ...left] }, run);
    const changed = await changeRoutes({ plivo, ...services }, { trunkId, attach, release }, run);
    const kept = [...had].filter((number) => wanted.has(number) || release.has(number));
    const routes = previousRoutes(olds.previousApplications);
    return writtenOf({ trunkId, numbers, had: kept, routes, moving }, changed, run);
  },
  async delete({ plivo, id, olds, run, ...services }) {
    const left = await attachedAmong(plivo, id, rememberedIn(olds), "eventual");
    const numbers = [...(olds.numbers ?? []), ...left];
    const release = await releasesOf({ plivo, ...services }, { ...olds, numbers }, run);
    const changed = await changeRoutes({ plivo, ...services }, { trunkId: id, attach: new Set(), release }, run);
    const reasons = failureTexts(changed.failures);
    if (reasons.length > 0) throw new PartialWriteError({}, undefined, reasons);
  },
});

/**
 * Another resource of the program is to take the number from this trunk. Until that is in the state, only this set knows
 * that the number is on its trunk, and where it goes back to: the other write may fail, or be killed.
 */
function isMoving(number: string, trunkId: string, run: RunFacts): boolean {
  const keeper = run.keeperOf(number);
  return keeper?.stage === "declared" && keeper.target !== trunkId;
}

/** Numbers that the set remembers and has not: another resource was to take them, or they were to be attached. */
function rememberedIn({ numbers, previousApplications }: Leaving): readonly string[] {
  const has = new Set(numbers);
  return [...previousRoutes(previousApplications).keys()].filter((number) => !has.has(number));
}

/** A set before its changes. */
interface Before {
  readonly trunkId: string;
  /** What the program asks for. */
  readonly numbers: readonly string[];
  /** What the set had, and either keeps or releases. */
  readonly had: readonly string[];
  /** What the state has recorded of its numbers. */
  readonly routes: PreviousRoutes;
  /** What it remembers for another resource. */
  readonly moving: readonly string[];
}

/** What the set is after its changes. @throws PartialWriteError where some of them failed */
function writtenOf({ trunkId, numbers, had, routes, moving }: Before, changed: Changed, run: RunFacts) {
  const has = new Set([...had.filter((number) => !changed.released.has(number)), ...changed.attached]);
  const inOrder = (all: ReadonlySet<string>) => [...new Set([...numbers.filter((number) => all.has(number)), ...all])];
  const possible = new Set([...has, ...changed.unconfirmed]);
  const remembered = moving.map((number) => [number, routes.get(number) ?? NOWHERE] as const);
  // The next update attaches these, and what it finds then may be what this program has made of them.
  const missing = numbers.filter((number) => !has.has(number)).map((number) => [number, run.recorded(number)] as const);
  const known = missing.flatMap(([number, to]) => (to === undefined ? [] : [[number, to.value ?? NOWHERE] as const]));
  const own = [...routes, ...changed.previous].filter(([number, to]) => possible.has(number) && to !== NOWHERE);
  // Of one number the last entry stands: what this run has found before what the state had recorded.
  const previousApplications = grouped(new Map([...remembered, ...known, ...own]));
  const written = { trunkId, numbers: inOrder(has), previousApplications };
  const reasons = failureTexts(changed.failures);
  if (reasons.length === 0) return written;
  throw new PartialWriteError(written, possible.size > has.size ? { numbers: inOrder(possible) } : undefined, reasons);
}
