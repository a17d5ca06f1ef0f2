import { referenceTarget, type TrunkRow, trunkReferences } from "../account/rows";
import type { Store } from "../account/store";
import { keyText, type ObjectKey } from "./view";

/**
 * What Plivo does to an object when another one is deleted. `deleted`: it goes too. `detached`: calls to the number
 * stop. `locked-out`: the trunk accepts no more calls. `narrowed`: it accepts them in its other way only.
 */
export type Effect = "deleted" | "detached" | "locked-out" | "narrowed";

/** The effect on each object that would not stay as it is, by the text of its key, in the order of the cascade. */
export type Impact = ReadonlyMap<string, Effect>;

/** What would break if an object were deleted by the API. */
export function impactOf(store: Store, { kind, id }: ObjectKey): Impact {
  const impact = new Map<string, Effect>();
  const add = (key: ObjectKey, effect: Effect) => impact.set(keyText(key), effect);
  const addNumbersOf = (trunkId: string) => {
    for (const { number } of store.numbersOf(trunkId)) add({ kind: "numbers", id: number }, "detached");
  };
  if (!store.table(kind).has(id)) return impact;
  if (kind === "trunks") addNumbersOf(id);
  if (kind === "originationUris") {
    const trunks = store.trunksUsing(id);
    for (const { trunk_id } of trunks) add({ kind: "trunks", id: trunk_id }, "deleted");
    for (const { trunk_id } of trunks) addNumbersOf(trunk_id);
  }
  if (kind === "credentials" || kind === "ipAccessControlLists") {
    for (const trunk of store.trunksUsing(id)) {
      // A reference that the trunk's direction does not use has no effect.
      if (trunk.trunk_direction !== "outbound") continue;
      const effect = hasOtherWayIn(store, trunk, id) ? "narrowed" : "locked-out";
      add({ kind: "trunks", id: trunk.trunk_id }, effect);
    }
  }
  return impact;
}

/** Whether an outbound trunk has a credential or an address list beside the one with this id. */
function hasOtherWayIn(store: Store, trunk: TrunkRow, id: string): boolean {
  return trunkReferences.some((name) => {
    const target = referenceTarget[name];
    const other = trunk[name];
    return target !== "originationUris" && other !== null && other !== id && store.table(target).has(other);
  });
}
