/** diff as an adapter asks for it: with the id, because an unconfirmed create is replaced whatever changed. */
import { planUnconfirmed } from "./ambiguous-create";
import type { Resource } from "./definition/resource";
import type { Values } from "./definition/values";
import { type Differences, diffElements } from "./diff";
import type { PlannedObject } from "./state/run-ledger";
import { readState } from "./state/state";

export interface Plan extends PlannedObject {
  readonly differences: Differences;
  /** The old object goes first: the delete finds out whether there is one. */
  readonly deleteBeforeReplace: boolean;
}

export interface PlanRequest {
  readonly id: string;
  readonly olds: Values;
  readonly news: Values;
}

/** A verdict; the adapter records it in the ledger of the run. */
export function plan(resource: Resource<never>, { id, olds, news }: PlanRequest): Plan {
  const { identity, outputs } = readState(resource, id, olds);
  const changed = diffElements(resource, outputs, news);
  const isUnconfirmed = identity.kind === "unconfirmed";
  const differences = isUnconfirmed ? planUnconfirmed(changed) : changed;
  const isReplaced = Object.values(differences).some(({ replaces }) => replaces);
  return { identity, outputs, news, differences, isReplaced, deleteBeforeReplace: isUnconfirmed };
}
