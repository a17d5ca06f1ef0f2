/** Things that belong to one resource of the program each, such as phone numbers, whatever kinds of resources have them. */
import { logicalName } from "../../text/urn";
import type { Checked } from "../check";
import type { Context } from "../context";
import type { Properties } from "../definition/property";
import type { Claims, Keeper, Resource, RunFacts } from "../definition/resource";
import type { Failure } from "../definition/validate";
import { getOwn, type Values } from "../definition/values";
import type { Claim, ClaimLedger } from "./claim-ledger";

/** Records what a resource of the program claims. */
export function recordClaims(checked: Checked, inputs: Values, key: string | undefined, ledger: ClaimLedger): void {
  const { claims } = checked;
  const claim = claimOf(checked, inputs, key);
  if (claims && claim) ledger.recordClaim(claims.noun, listOf(getOwn(inputs, claims.property)).filter(isText), claim);
}

/** What another resource of the program claims already, or wants for itself alone, is a mistake. */
export function claimFailures(
  checked: Checked,
  inputs: Values,
  key: string | undefined,
  ledger: ClaimLedger,
): readonly Failure[] {
  const { claims } = checked;
  const claim = claimOf(checked, inputs, key);
  if (!claims || !claim) return [];
  const { noun, property } = claims;
  const value = getOwn(inputs, property);
  const taken = listOf(value).flatMap((thing, index): readonly Failure[] => {
    const other = isText(thing) ? ledger.claimOf(noun, thing) : undefined;
    if (!other || other.key === key) return [];
    const reason = `is in ${nameOf(other)} of this program already: a ${noun} belongs to one resource; remove it from one of the two`;
    return [{ property: Array.isArray(value) ? `${property}[${index}]` : property, reason }];
  });
  return [...taken, ...targetFailures(claims, claim, ledger)];
}

function claimOf({ token, claims }: Checked, inputs: Values, key: string | undefined): Claim | undefined {
  // Without a key it could not be told from another resource.
  if (!claims || key === undefined) return undefined;
  const { target, exclusive } = claims;
  const on = getOwn(inputs, target);
  const isExclusive = exclusive !== undefined && getOwn(inputs, exclusive) === true;
  return { key, token, target: isText(on) ? on : undefined, exclusive: isExclusive ? exclusive : undefined };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** One resource wants the trunk for itself: it would detach what another one of the same program has attached. */
function targetFailures({ noun, target }: Claims<Properties>, claim: Claim, ledger: ClaimLedger): readonly Failure[] {
  const rival = ledger.rivalOf(claim);
  if (!rival) return [];
  const named = nameOf(rival);
  if (claim.exclusive !== undefined)
    return [{ property: claim.exclusive, reason: `cannot be true: ${named} of this program has the same ${target}` }];
  const way = `put the ${noun} into that one, or take \`${rival.exclusive}\` out there`;
  return [{ property: target, reason: `is that of ${named} of this program, which is exclusive; ${way}` }];
}

function nameOf({ token, key }: Claim): string {
  return `${token} "${logicalName(key) || key}"`;
}

/** The outputs without what this run has taken from the object since the state was written: the next update puts it back. */
export function withoutTaken(
  { claims }: Pick<Resource<never>, "claims">,
  outputs: Values,
  ledger: ClaimLedger,
): Values {
  if (!claims) return outputs;
  const { noun, property, target } = claims;
  const value = getOwn(outputs, property);
  const isTaken = (thing: unknown) => isText(thing) && ledger.isTaken(noun, thing);
  if (!Array.isArray(value)) return isTaken(value) ? { ...outputs, [target]: null } : outputs;
  return value.some(isTaken) ? { ...outputs, [property]: value.filter((thing) => !isTaken(thing)) } : outputs;
}

/**
 * Where a thing that leaves this target has to go: the resource that keeps it has it in the state on another one, and so
 * will not write. A move was taken back. `undefined`: it stays where it is.
 */
export function handOverTarget({ stage, target }: Keeper, from: unknown): string | undefined {
  return stage === "stored" && target !== from ? target : undefined;
}

/** @param id of the object; none where it is to be made */
export function runFactsOf<S>({ token, claims }: Resource<S>, { ledger, key }: Context<S>, id = ""): RunFacts {
  const holder = { token, id, key };
  return {
    keeperOf: (thing) => claims && ledger.claims.keeperOf(claims.noun, thing, holder),
    recorded: (thing) => claims && ledger.claims.recordedOf(claims.noun, thing),
    lastRecorded: (thing) => claims && ledger.claims.lastRecordedOf(claims.noun, thing),
    recordTaken: (thing) => claims && ledger.claims.recordTaken(claims.noun, thing),
    isInState: (id) => ledger.isInState(id),
  };
}
