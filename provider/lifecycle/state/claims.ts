/** Things that belong to one resource of the program each, such as phone numbers, whatever kinds of resources have them. */
import { logicalName } from "../../text/urn";
import type { Checked } from "../check";
import type { Context } from "../context";
import type { Properties } from "../definition/property";
import type { Claims, Resource, RunFacts } from "../definition/resource";
import type { Failure } from "../definition/validate";
import { getOwn, type Values } from "../definition/values";
import type { Claim, ClaimLedger } from "./claim-ledger";
import type { RunLedger } from "./run-ledger";

/** Records what a resource of the program claims. What another one claims already is a mistake. */
export function claimFailures(
  { token, claims }: Checked,
  inputs: Values,
  key: string | undefined,
  ledger: RunLedger,
): readonly Failure[] {
  // Without a key it could not be told from another resource.
  if (!claims || key === undefined) return [];
  const { noun, property } = claims;
  const [value, on] = [getOwn(inputs, property), getOwn(inputs, claims.target)];
  const own = { key, token, target: isText(on) ? on : undefined };
  ledger.claims.record(noun, (Array.isArray(value) ? value : [value]).filter(isText), own);
  const failureOf = (thing: unknown, path: string): readonly Failure[] => {
    const claim = isText(thing) ? ledger.claims.claimOf(noun, thing) : undefined;
    if (!claim || claim.key === key) return [];
    const reason = `is in ${nameOf(claim)} of this program already: a ${noun} belongs to one resource; remove it from one of the two`;
    return [{ property: path, reason }];
  };
  const taken = Array.isArray(value)
    ? value.flatMap((thing, index) => failureOf(thing, `${property}[${index}]`))
    : failureOf(value, property);
  return [...taken, ...targetFailures(claims, inputs, own, ledger)];
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** One resource wants the trunk for itself: it would detach what another one of the same program has attached. */
function targetFailures(
  { noun, target, exclusive }: Claims<Properties>,
  inputs: Values,
  claim: Claim,
  ledger: RunLedger,
): readonly Failure[] {
  const { target: id } = claim;
  if (id === undefined) return [];
  const isExclusive = exclusive !== undefined && getOwn(inputs, exclusive) === true;
  const other = ledger.claims.recordUse({ ...claim, target: id, isExclusive });
  if (!other) return [];
  const named = nameOf(other);
  if (isExclusive && exclusive !== undefined)
    return [{ property: exclusive, reason: `cannot be true: ${named} of this program has the same ${target}` }];
  const way = `put the ${noun} into that one, or take \`exclusive\` out there`;
  return [{ property: target, reason: `is that of ${named} of this program, which is exclusive; ${way}` }];
}

function nameOf({ token, key }: Claim): string {
  return `${token} "${logicalName(key) || key}"`;
}

/** Whether a resource of the program has the object of this id now, of whatever kind, and a delete leaves it. */
export function isKept<S>({ claims, id: idKey }: Resource<S>, id: string, { ledger }: Context<S>): boolean {
  return claims?.property === idKey && ledger.claims.isKept(claims.noun, id);
}

/** The outputs without what this run has taken from the object since the state was written: the next update puts it back. */
export function withoutGivenUp(
  { claims }: Pick<Resource<never>, "claims">,
  outputs: Values,
  ledger: ClaimLedger,
): Values {
  if (!claims) return outputs;
  const { noun, property, target } = claims;
  const value = getOwn(outputs, property);
  const isGivenUp = (thing: unknown) => isText(thing) && ledger.isGivenUp(noun, thing);
  if (!Array.isArray(value)) return isGivenUp(value) ? { ...outputs, [target]: null } : outputs;
  return value.some(isGivenUp) ? { ...outputs, [property]: value.filter((thing) => !isGivenUp(thing)) } : outputs;
}

/** @param id of the object; none where it is to be made */
export function runFactsOf<S>({ token, claims }: Resource<S>, { ledger, key }: Context<S>, id = ""): RunFacts {
  const holder = { token, id, key };
  return {
    isKept: (thing) => claims !== undefined && ledger.claims.isKept(claims.noun, thing),
    isKeptOn: (thing, target) => claims !== undefined && ledger.claims.isKeptOn(claims.noun, thing, target),
    giveUp: (thing) => claims === undefined || ledger.claims.giveUp(claims.noun, thing),
    heldOn: (thing) => claims && ledger.claims.heldOn(claims.noun, thing, holder),
    isKnown: (thing, value) => claims !== undefined && ledger.claims.isKnown(claims.noun, thing, value, holder),
    recorded: (thing) => claims && ledger.claims.recordedOf(claims.noun, thing),
    remembered: (thing) => claims && ledger.claims.rememberedOf(claims.noun, thing),
    hasMoved: (thing) => claims !== undefined && ledger.claims.hasMoved(claims.noun, thing, holder),
    isInState: (id) => ledger.isInState(id),
  };
}
