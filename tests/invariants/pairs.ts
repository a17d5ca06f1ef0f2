/**
 * All pairs of faults: an operation with a fault at one of its requests, and what comes next with a fault at one of its
 * own. The next run sees the state and the account, and what the fault leaves in force: objects that are hidden for some
 * seconds, and a pause that Plivo asked for. So of all first faults that leave the same behind one is enough.
 */
import type { OpenRun, Props } from "../support/adapters/adapter";
import type { Declared } from "../support/adapters/mini-engine";
import { faults } from "./faults";
import { type Left, live } from "./life";
import { ATTACHED, NUMBERS, PASSWORDS, SET_NUMBERS, type Step, type Strike } from "./program";

interface Operation {
  readonly title: string;
  readonly before: readonly Declared[];
  readonly after: readonly Declared[];
  /** @default "up" */
  readonly command?: Step["command"];
  /** Whether the engine compares all resources before its first step. @default false */
  readonly comparesFirst?: boolean;
}

const uri = (args: Props = {}): Declared => {
  return { name: "u1", token: "OriginationUri", args: { uri: "a.example.com", ...args } };
};
const credential = (args: Props = {}): Declared => {
  return { name: "c1", token: "Credential", args: { username: "pbxlondon", password: PASSWORDS[0], ...args } };
};
const list = (...ipAddresses: readonly string[]): Declared => {
  return { name: "a1", token: "IpAccessControlList", args: { ipAddresses } };
};
const inbound = (args: Props = {}): Declared => {
  return { name: "t1", token: "Trunk", args: { trunkDirection: "inbound", primaryUriUuid: "uri-1", ...args } };
};
const outbound = (args: Props = {}): Declared => {
  return { name: "t1", token: "Trunk", args: { trunkDirection: "outbound", credentialUuid: "cred-1", ...args } };
};
const attached = (number: string, trunkId?: string): Declared => {
  const to =
    trunkId === undefined ? { args: { number }, references: { trunkId: "t1" } } : { args: { number, trunkId } };
  return { name: "n1", token: "PhoneNumberAttachment", ...to };
};
const [first, second] = NUMBERS;
const set = (trunkId: string | undefined, ...numbers: readonly string[]): Declared => {
  const to =
    trunkId === undefined ? { args: { numbers }, references: { trunkId: "t1" } } : { args: { numbers, trunkId } };
  return { name: "s1", token: "TrunkPhoneNumbers", ...to };
};
const [third, fourth] = SET_NUMBERS;
const authenticated = { authenticationNeeded: true, username: "pbx", password: PASSWORDS[1] };

export const operations: readonly Operation[] = [
  { title: "create a trunk", before: [], after: [inbound()] },
  { title: "create a trunk with a name", before: [], after: [inbound({ name: "shared" })] },
  { title: "create a credential", before: [], after: [credential()] },
  { title: "create a list", before: [], after: [list("203.0.113.1")] },
  { title: "create a URI with a password", before: [], after: [uri(authenticated)] },
  { title: "update a trunk", before: [inbound()], after: [inbound({ secure: true })] },
  { title: "rename a trunk", before: [inbound({ name: "shared" })], after: [inbound({ name: "shared-2" })] },
  { title: "clear a reference", before: [inbound({ fallbackUriUuid: "uri-2" })], after: [inbound()] },
  { title: "change a password", before: [credential()], after: [credential({ password: PASSWORDS[1] })] },
  { title: "change a list", before: [list("203.0.113.1")], after: [list("198.51.100.0/24")] },
  { title: "take a password out", before: [uri(authenticated)], after: [uri()] },
  { title: "replace a trunk", before: [inbound()], after: [outbound()] },
  {
    title: "replace a trunk that keeps its name",
    before: [inbound({ name: "shared" })],
    after: [outbound({ name: "shared" })],
  },
  { title: "replace a trunk by command", before: [inbound()], after: [inbound()], command: "replace" },
  { title: "attach a number", before: [], after: [attached(first, "100")] },
  { title: "attach a number to a new trunk", before: [], after: [inbound(), attached(first)] },
  { title: "move a number", before: [inbound(), attached(first, "100")], after: [inbound(), attached(first)] },
  { title: "attach another number", before: [attached(first, "100")], after: [attached(second, "100")] },
  { title: "detach a number", before: [attached(first, "100")], after: [] },
  { title: "attach a set", before: [], after: [set("100", third, fourth)] },
  { title: "edit a set", before: [set("100", third)], after: [set("100", fourth)] },
  {
    title: "give a number to another set",
    before: [set("100", third, fourth)],
    after: [set("100", fourth), { ...set("101", third), name: "s2" }],
    comparesFirst: true,
  },
  { title: "detach a set", before: [set("100", third, fourth)], after: [] },
  {
    title: "move a set",
    before: [inbound(), set("100", third, fourth)],
    after: [inbound(), set(undefined, third, fourth)],
  },
  {
    title: "replace a trunk with a number",
    before: [inbound(), attached(first)],
    after: [inbound(), attached(first)],
    // Under a name of the user's it cannot work: the provider is told nothing of the object that has it.
    command: "replace",
  },
  {
    title: "delete a trunk and its URI",
    before: [uri(), { ...inbound(), references: { primaryUriUuid: "u1" } }],
    after: [],
  },
  { title: "import a trunk", before: [], after: [{ ...inbound(), imports: "101" }] },
  { title: "import a credential", before: [], after: [{ ...credential(), imports: "cred-2" }] },
  { title: "import a number", before: [], after: [{ ...attached(ATTACHED, "101"), imports: ATTACHED }] },
  { title: "refresh", before: [inbound(), attached(first)], after: [inbound(), attached(first)], command: "refresh" },
];

const QUIET = { seed: 1, unmanaged: false, tampering: false } as const;
/** What comes after a run that may have failed. */
const nexts: readonly Step["command"][] = ["up", "refresh", "destroy"];
const oftens: readonly Strike["often"][] = ["once", "lasting"];

interface Pair {
  readonly operation: Operation;
  readonly strike: Strike | "none";
  /** Left out: the run without faults that follows each history anyway. */
  readonly next?: { readonly command: Step["command"]; readonly strike: Strike };
}

function historyOf({ operation, strike, next }: Pair): readonly Step[] {
  const { before, after, command = "up", comparesFirst = false } = operation;
  const base = { ...QUIET, comparesFirst };
  const setUp: Step = { ...base, program: before, command: "up", faults: "none" };
  const struck: Step = { ...base, program: after, command, faults: strike };
  return [setUp, struck, ...(next ? [{ ...base, program: after, command: next.command, faults: next.strike }] : [])];
}

export function textOf({ operation, strike, next }: Pair): string {
  const shown = (one: Strike | "none") =>
    one === "none" ? one : `${JSON.stringify(faults[one.fault]?.do)} ${one.often} at request ${one.nth}`;
  return `${operation.title}: ${shown(strike)}${next ? `; then ${next.command}: ${shown(next.strike)}` : ""}`;
}

/** Throws where an invariant is broken, and says for which pair. */
export async function livePair(open: OpenRun, pair: Pair, place: Parameters<typeof live>[2] = {}): Promise<Lived> {
  const { left, rounds } = await live(open, historyOf(pair), place).catch((error: unknown) => {
    throw new Error(`${textOf(pair)}: ${String(error)}`, { cause: error });
  });
  // The first step sets up what the operation needs.
  const [, struck = NOTHING, next] = left;
  return { ...(next ?? struck), isStruckTwice: struck.isStruck && next?.isStruck === true, rounds };
}

const NOTHING: Left = { isStruck: false, world: "" };

/** The result of a pair: its last step, whether both faults struck, and how many clean runs it took beyond the first. */
export interface Lived extends Left {
  readonly isStruckTwice: boolean;
  readonly rounds: number;
}

/** Every fault at every request of a run, as long as it strikes. */
async function* strikes(tried: (strike: Strike) => Promise<Left | undefined>): AsyncGenerator<[Strike, Left]> {
  for (const fault of faults.keys())
    for (const often of oftens)
      for (let nth = 0; ; nth++) {
        const left = await tried({ fault, nth, often });
        // A failure is reported where it is tried; the next request may be another's.
        if (left && !left.isStruck) break;
        if (!left && nth >= MOST_REQUESTS) break;
        if (left) yield [{ fault, nth, often }, left];
      }
}

/** Of one run; only where a case failed, which then does not tell whether its fault struck. */
const MOST_REQUESTS = 40;

/**
 * All pairs of an operation, through one adapter.
 *
 * @param tried returns `undefined` where an invariant was broken
 * @param onFirst how many of the first faults are done, each with all that may follow
 */
export async function allPairs(
  operation: Operation,
  tried: (pair: Pair) => Promise<Left | undefined>,
  onFirst: (done: number, total: number) => void = () => {},
): Promise<void> {
  const worlds = new Map<string, Strike | "none">();
  const faultless = await tried({ operation, strike: "none" });
  if (faultless) worlds.set(faultless.world, "none");
  for await (const [strike, { world }] of strikes((strike) => tried({ operation, strike })))
    if (!worlds.has(world + inForce(strike))) worlds.set(world + inForce(strike), strike);
  for (const [done, strike] of [...worlds.values()].entries()) {
    onFirst(done, worlds.size);
    for (const command of nexts)
      for await (const _ of strikes((second) => tried({ operation, strike, next: { command, strike: second } })));
  }
}

/** What a fault leaves in force when its run is over. */
function inForce({ fault }: Strike): string {
  const kind = faults[fault]?.do;
  return kind?.kind === "hide-new" || (kind?.kind === "status" && kind.status === 429) ? JSON.stringify(kind) : "";
}

/** The same few of all pairs in each run, spread over them evenly. */
export function somePairs(count: number): readonly Pair[] {
  const strikesOf = oftens.flatMap((often) =>
    [...faults.keys()].flatMap((fault) => [0, 0, 1, 2].map((nth): Strike => ({ fault, nth, often }))),
  );
  const sizes = [strikesOf.length, nexts.length, strikesOf.length];
  const all = sizes.reduce((product, size) => product * size);
  return Array.from({ length: count }, (_, nth) => {
    let rest = Math.floor((nth * all) / count) + ((nth * 7_919) % Math.floor(all / count));
    const [one = 0, command = 0, two = 0] = sizes.map((size) => {
      const digit = rest % size;
      rest = Math.floor(rest / size);
      return digit;
    });
    const operation = operations[nth % operations.length];
    return pairOf(operation, strikesOf[one], nexts[command], strikesOf[two]);
  });
}

function pairOf(operation?: Operation, strike?: Strike, command?: Step["command"], second?: Strike): Pair {
  if (!operation || !strike || !command || !second) throw new Error("there is no such pair");
  return { operation, strike, next: { command, strike: second } };
}
