/** What a killed run had begun, and what came of it. */
import { resources } from "../../../provider/resources/index";
import { keyOf, type LiveObject } from "../../inventory/inventory";
import type { PendingOperation } from "../../inventory/stack-state";
import { type Audited, type AuditedStack, digitsOfAll } from "../audited";
import { isKnownOfAccount } from "../check-stacks";

/**
 * - `abandoned`: the create has made the object, provably, and nothing knows or uses it
 * - `used`: it has made the object, and something refers to it by now
 * - `unclear`: no state knows an object of its name, and nothing proves whose it is; or the name is not known
 * - `routed`: it has routed phone numbers, and no state has these routes
 * - `nothing`: whatever the create has made is known, or is not there
 * - `unknown-account`: nothing shows that the stack is of this account, so that nothing here is compared with it
 * - `other`: no create
 */
export type Outcome = "abandoned" | "used" | "unclear" | "routed" | "nothing" | "unknown-account" | "other";

export interface Pending {
  readonly stack: AuditedStack;
  readonly operation: PendingOperation;
  readonly outcome: Outcome;
  /** Where there is one of its name that no state knows; of routes the trunk. */
  readonly object: LiveObject | undefined;
  /** Those that the create has routed. Digits. */
  readonly numbers: readonly string[];
}

type Result = Pick<Pending, "outcome" | "object"> & Partial<Pick<Pending, "numbers">>;

/** The pending operations on this account. */
export function pendingOf(audited: Audited): readonly Pending[] {
  const named = namedObjects(audited);
  const all = audited.stacks.flatMap((stack) => {
    const isKnown = isKnownOfAccount(stack, audited);
    const resultOf = (operation: PendingOperation): Result => {
      if (operation.type !== "creating") return { outcome: "other", object: undefined };
      if (!isKnown && !operation.namesAccount) return { outcome: "unknown-account", object: undefined };
      if (resources[operation.token].identity === "chosen") return whatWasRouted(operation, audited);
      return whatWasMade(operation, named);
    };
    return stack.state.pending
      .filter(({ otherAccount }) => otherAccount === undefined)
      .map((operation) => ({ stack, operation, numbers: [], ...resultOf(operation) }));
  });
  const isFree = ({ outcome, object }: Pending) => outcome === "abandoned" && object?.token === "Trunk";
  // Numbers use trunks, and trunks use the rest: a trunk that is left behind uses nothing.
  const trunks = all.map((one) => withUse(one, audited, () => false));
  const gone = new Set(trunks.filter(isFree).flatMap(({ object }) => (object ? [keyOf("Trunk", object.id)] : [])));
  return trunks.map((one) => withUse(one, audited, (user) => gone.has(keyOf(user.token, user.id))));
}

interface Named {
  /** To the states, whatever they do with it. */
  readonly unknown: readonly LiveObject[];
  /** All of the name, unconfirmed creates included. */
  readonly count: number;
}

/** `Trunk support-0a1b2c3` -> the objects of the name. */
function namedObjects({ stacks, reading }: Audited): ReadonlyMap<string, Named> {
  const entries = stacks.flatMap(({ state }) => state.entries);
  const known = new Set(entries.flatMap(({ token, id }) => (id === undefined ? [] : [keyOf(token, id)])));
  const byName = new Map<string, Named>();
  for (const [key, object] of reading.objects) {
    const name = `${object.token} ${object.live.name}`;
    const { unknown = [], count = 0 } = byName.get(name) ?? {};
    byName.set(name, { unknown: known.has(key) ? unknown : [...unknown, object], count: count + 1 });
  }
  // The next run of the stack decides what such a create has made.
  for (const { token, unconfirmed } of entries) {
    const name = `${token} ${unconfirmed}`;
    const { unknown = [], count = 0 } = byName.get(name) ?? {};
    if (unconfirmed !== undefined) byName.set(name, { unknown, count: count + 1 });
  }
  return byName;
}

/**
 * A create has made the only object of a name that the provider generated for it. A name that the program gives proves
 * nothing, nor does one that two objects have.
 */
function whatWasMade(
  { token, name, friendlyName, mayBeElsewhere }: PendingOperation,
  named: ReadonlyMap<string, Named>,
): Result {
  const { unknown = [], count = 0 } = named.get(`${token} ${friendlyName}`) ?? {};
  const [object] = unknown;
  const nothing = { outcome: mayBeElsewhere ? "unclear" : "nothing", object: undefined } as const;
  // It may be encrypted.
  if (friendlyName === undefined) return { outcome: "unclear", object: undefined };
  if (object === undefined) return nothing;
  const isProven = count === 1 && isGeneratedFor(name, friendlyName);
  return { outcome: isProven ? "abandoned" : "unclear", object };
}

/** Its numbers that are routed to its trunk, and whose routes no state has. */
function whatWasRouted({ route, mayBeElsewhere }: PendingOperation, { reading, managed, numbersOf }: Audited): Result {
  if (route === undefined) return { outcome: "unclear", object: undefined };
  const wanted = new Set(route.numbers);
  const numbers = digitsOfAll(numbersOf.get(route.trunkId) ?? []).filter(
    (digits) => wanted.has(digits) && !managed.has(keyOf("PhoneNumberAttachment", digits)),
  );
  if (numbers.length === 0) return { outcome: mayBeElsewhere ? "unclear" : "nothing", object: undefined };
  return { outcome: "routed", object: reading.objects.get(keyOf("Trunk", route.trunkId)), numbers };
}

/** `support` -> `support-0a1b2c3` */
function isGeneratedFor(logicalName: string, friendlyName: string): boolean {
  const end = friendlyName.slice(logicalName.length);
  return friendlyName.startsWith(logicalName) && /^-[0-9a-f]{7}$/.test(end);
}

function withUse(pending: Pending, { users, numbersOf }: Audited, isGone: (user: LiveObject) => boolean): Pending {
  const { object, outcome } = pending;
  if (object === undefined || (outcome !== "abandoned" && outcome !== "used")) return pending;
  const using = (users.get(keyOf(object.token, object.id)) ?? []).filter((user) => !isGone(user));
  const isUsed = using.length > 0 || (object.token === "Trunk" && numbersOf.has(object.id));
  return { ...pending, outcome: isUsed ? "used" : "abandoned" };
}
