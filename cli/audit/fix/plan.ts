/** What `--fix` would do: nothing but what provably came of a killed run, and what the stacks still have of it. */
import { countOf, describe } from "../../inventory/describe";
import { keyOf, type LiveObject } from "../../inventory/inventory";
import type { PendingOperation } from "../../inventory/stack-state";
import type { Audited } from "../audited";
import { type Outcome, type Pending, pendingOf } from "../rules/pending";

export interface FixPlan {
  /** In an order in which nothing uses what is deleted. */
  readonly deletes: readonly LiveObject[];
  /** The pending creates that are settled then, by stack. */
  readonly clears: ReadonlyMap<string, readonly Pending[]>;
  /** All that were given: what one of them has is left alone. */
  readonly stacks: readonly string[];
}

/** `pulumi up` takes over what was routed, as if it had done it. */
const SETTLED: ReadonlySet<Outcome> = new Set<Outcome>(["abandoned", "nothing", "routed"]);

export function planOf(audited: Audited): FixPlan {
  const pending = pendingOf(audited);
  const abandoned = pending.flatMap(({ outcome, object }) => (outcome === "abandoned" && object ? [object] : []));
  // Two operations may name one object.
  const objects = [...new Map(abandoned.map((object) => [keyOf(object.token, object.id), object])).values()];
  const clears = new Map<string, Pending[]>();
  for (const one of pending) {
    if (!SETTLED.has(one.outcome)) continue;
    const { label } = one.stack;
    clears.set(label, [...(clears.get(label) ?? []), one]);
  }
  const isTrunk = ({ token }: LiveObject) => token === "Trunk";
  const deletes = [...objects.filter(isTrunk), ...objects.filter((object) => !isTrunk(object))];
  return { deletes, clears, stacks: audited.stacks.map(({ label }) => label) };
}

export function isEmpty({ deletes, clears }: Pick<FixPlan, "deletes" | "clears">): boolean {
  return deletes.length === 0 && clears.size === 0;
}

/** A line for each step. */
export function describePlan({ deletes, clears }: Pick<FixPlan, "deletes" | "clears">): readonly string[] {
  return [
    ...deletes.map((object) => `delete ${describe(object)}`),
    ...[...clears].map(([stack, all]) => `remove ${countOf(all.length, "pending create")} from the state of ${stack}`),
  ];
}

/** The same operation, in a state that was exported later. */
export function isSame(
  one: Pick<PendingOperation, "urn" | "type" | "friendlyName">,
  other: Pick<PendingOperation, "urn" | "type" | "friendlyName">,
): boolean {
  return one.urn === other.urn && one.type === other.type && one.friendlyName === other.friendlyName;
}
