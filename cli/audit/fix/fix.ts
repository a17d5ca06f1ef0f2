/** Carries a plan out: every delete under the guard of the provider, and the states last. */
import { type Context, messageOf, remove } from "../../../provider/lifecycle/index";
import { type Account, resources, type Services } from "../../../provider/resources/index";
import { visible } from "../../../provider/text/visible";
import { countOf, describe } from "../../inventory/describe";
import { keyOf, type LiveObject } from "../../inventory/inventory";
import { readOne } from "../../inventory/read-account";
import type { Pending } from "../rules/pending";
import type { FixPlan } from "./plan";
import { changeSince, clearPending, lastWrite, refuseWhileRunning, type StackStore, statesNow } from "./stacks";

export interface Fixing {
  readonly account: Account;
  readonly store: StackStore;
  /** A line for each step that is done. */
  report(line: string): void;
  /** @default that of the process */
  now?(): number;
}

/** A new object may take so long to appear in a list, in ms. */
const APPEARS_WITHIN = 15_000;
/** A request that the killed run had sent has ended by then. */
const SETTLED_AFTER = 120_000;

/**
 * @returns what could not be done; the operations of which that is true stay in the states
 * @throws CommandError before anything is deleted, if one of the stacks is in use
 */
export async function fix(plan: FixPlan, fixing: Fixing): Promise<readonly string[]> {
  const { store, report } = fixing;
  for (const stack of plan.clears.keys()) await refuseWhileRunning(store, stack);
  const states = plan.deletes.length > 0 ? await statesNow(store, plan.stacks) : new Map();
  const problems: string[] = [];
  const deleted = new Set<string>();
  for (const object of plan.deletes) {
    try {
      const change = changeSince(object, plan.clears, states);
      if (change !== undefined) throw new Error(`${describe(object)}: ${change}, and it is left alone`);
      await deleteObject(object, fixing);
      deleted.add(keyOf(object.token, object.id));
      report(`deleted ${describe(object)}`);
    } catch (error) {
      problems.push(visible(messageOf(error)));
    }
  }
  for (const [stack, operations] of plan.clears) {
    try {
      const settled = await settledOf(stack, operations, deleted, fixing, problems);
      if (settled.length === 0) continue;
      await clear(stack, settled, store);
      report(`removed ${countOf(settled.length, "pending create")} from the state of ${stack}`);
    } catch (error) {
      // What was deleted before is reported all the same, and the other stacks are settled.
      problems.push(visible(messageOf(error)));
    }
  }
  return problems;
}

async function clear(stack: string, settled: readonly Pending[], store: StackStore): Promise<void> {
  const other = await clearPending(store, stack, settled);
  if (other === undefined) return;
  throw new Error(
    `the state of ${stack} keeps its pending operations, because it has others, such as ${other}: all are removed, or none. Settle those first, with \`pulumi refresh\``,
  );
}

async function deleteObject(object: LiveObject, { account }: Fixing): Promise<void> {
  const { token, id, live } = object;
  const context = contextOf(account);
  const now = await readOne(token, id, context.services);
  if (now === undefined) return;
  if (now.live.name !== live.name)
    throw new Error(`${describe(object)} was renamed since it was read: it is left alone`);
  await remove(resources[token], id, { ...now.live }, contextOf(account));
}

function contextOf(account: Account): Context<Services> {
  return account.context({ log: () => {} });
}

/** Whose object is deleted, or is certain not to exist. */
async function settledOf(
  stack: string,
  operations: readonly Pending[],
  deleted: ReadonlySet<string>,
  fixing: Fixing,
  problems: string[],
): Promise<readonly Pending[]> {
  const isDeleted = ({ object }: Pending) => object !== undefined && deleted.has(keyOf(object.token, object.id));
  const absent = operations.filter(({ outcome }) => outcome === "nothing" || outcome === "routed");
  const names = await lateNames(stack, absent, fixing);
  const isLate = ({ operation: { token, friendlyName } }: Pending) => names.has(`${token} ${friendlyName}`);
  for (const { operation } of absent.filter(isLate))
    problems.push(visible(`an object of "${operation.name}" has appeared in the meantime: run \`audit --fix\` again`));
  return [...operations.filter(isDeleted), ...absent.filter((one) => !isLate(one))];
}

/** `Trunk support-0a1b2c3`: objects that appeared only now. */
async function lateNames(stack: string, absent: readonly Pending[], fixing: Fixing): Promise<ReadonlySet<string>> {
  const { account, store, report, now = Date.now } = fixing;
  // What is chosen, such as a number, does not appear.
  const tokens = new Set(
    absent.flatMap(({ operation: { token } }) => (resources[token].identity === "assigned" ? [token] : [])),
  );
  if (tokens.size === 0) return new Set();
  const written = lastWrite(await store.read(stack));
  const context = contextOf(account);
  if (written === undefined || now() - written < SETTLED_AFTER) {
    report("waiting 15 seconds for objects that appear late");
    await context.clock.sleep(APPEARS_WITHIN, context.signal);
  }
  const known = new Set(
    absent.flatMap(({ stack: { state } }) => state.entries.map(({ token, id = "" }) => keyOf(token, id))),
  );
  const lists = await Promise.all(
    [...tokens].map(async (token) => {
      const rows = (await resources[token].list?.(contextOf(account).services)) ?? [];
      return rows
        .filter(({ id }) => !known.has(keyOf(token, id)))
        .map(({ live }) => `${token} ${Reflect.get(live, "name")}`);
    }),
  );
  return new Set(lists.flat());
}
