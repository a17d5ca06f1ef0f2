/**
 * What a preview knows: the diff as an adapter asks for it, with the id, because an unconfirmed create is replaced whatever
 * changed; and what create and update will return, as far as it is known before they run. No request is sent.
 */
import { planUnconfirmed } from "./ambiguous-create";
import { nameOf } from "./context";
import { isInput } from "./definition/property";
import type { Resource } from "./definition/resource";
import { getOwn, unknown, type Values } from "./definition/values";
import { type Differences, diffElements } from "./diff";
import { withoutTaken } from "./state/claims";
import { withUnwanted } from "./state/outputs";
import type { PlannedObject, RunLedger } from "./state/run-ledger";
import { readState } from "./state/state";
import { refuseBlanking, sentFor } from "./state/write-only";
import { targetOf, type UpdateRequest } from "./update";

export interface Plan extends PlannedObject {
  readonly differences: Differences;
  /** What an update starts from. The engine does not know its elements in doubt: the differences leave them out. */
  readonly base: Values;
  /** The old object goes first: the delete finds out whether there is one. */
  readonly deleteBeforeReplace: boolean;
  /** This run has taken something from the object, which the program asks for as before. */
  readonly isTakenFrom: boolean;
}

export interface PlanRequest {
  readonly id: string;
  readonly olds: Values;
  readonly news: Values;
}

/** A verdict; the adapter records it in the ledger of the run. */
export function plan(resource: Resource<never>, { id, olds, news }: PlanRequest, { claims }: RunLedger): Plan {
  const state = readState(resource, id, olds);
  const { identity } = state;
  const outputs = withoutTaken(resource, state.outputs, claims);
  const changed = diffElements(resource, outputs, news);
  const isUnconfirmed = identity.kind === "unconfirmed";
  const differences = isUnconfirmed ? planUnconfirmed(changed) : changed;
  const isReplaced = Object.values(differences).some(({ replaces }) => replaces);
  const base = withUnwanted(resource, { ...state, outputs }, news);
  return {
    identity,
    outputs: state.outputs,
    base,
    news,
    differences,
    isReplaced,
    deleteBeforeReplace: isUnconfirmed,
    isTakenFrom: outputs !== state.outputs,
  };
}

/** The outputs of an object that does not exist yet: what was asked for; the rest is unknown. */
export function previewCreate(resource: Resource<never>, inputs: Values): Values {
  const entries = Object.entries(resource.properties).map(([key, { role, facts }]) => {
    const madeByPlivo = role === "output" || role === "recorded" || role === "id";
    return [key, madeByPlivo ? unknown : (getOwn(inputs, key) ?? facts.default ?? null)] as const;
  });
  return Object.fromEntries(entries);
}

/** The outputs after an update: what it sends; everything else stays as it is. Fails where the update is certain to. */
export function previewUpdate(resource: Resource<never>, request: UpdateRequest): Values {
  const { id, news } = request;
  const { outputs: olds } = readState(resource, id, request.olds);
  const target = targetOf(resource, { ...request, olds }, olds);
  const isSent = sentFor(resource, olds, target).length > 0;
  if (isSent) refuseBlanking(resource, olds, target, `updating ${nameOf(resource, news, id)}`);
  const entries = Object.entries(resource.properties).map(([key, property]) => {
    if (property.role === "id") return [key, id] as const;
    if (isSent && property.facts.changesOnUpdate) return [key, unknown] as const;
    return [key, getOwn(isInput(property) ? target : olds, key) ?? null] as const;
  });
  return Object.fromEntries(entries);
}
