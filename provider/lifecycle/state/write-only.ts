/**
 * Values that Plivo never returns, and loses when an update leaves them out. After an import, or where the program ignores
 * their changes, the state does not have them either: then the object can be kept as it is, and not be updated.
 */
import type { Checked } from "../check";
import type { Property } from "../definition/property";
import type { Resource } from "../definition/resource";
import type { Failure } from "../definition/validate";
import { containsUnknown, getOwn, isNullish, type Values } from "../definition/values";
import { diff } from "../diff";
import { OperationError } from "../errors";

const NEVER_RETURNED = "is not known: Plivo never returns it";
const IN_THE_WAY = `${NEVER_RETURNED}, and an update without it can blank it; set it in the program, and take it out of ignoreChanges`;
const TAKEN_OUT = "is left out, and an update without it can blank it; set it in the program";
const TOLERATED = `${NEVER_RETURNED}; set it in the program before anything else of the object is changed`;

/** The properties that an object has at Plivo, and that an update to these values would leave out. */
function leftOut({ properties }: Checked, before: Values, after: Values): readonly string[] {
  return Object.entries(properties)
    .filter(([key, property]) => {
      if (property.role !== "writeOnly" || !isNullish(getOwn(after, key))) return false;
      return isInUse(property, before) && isInUse(property, after);
    })
    .map(([key]) => key);
}

function isInUse({ facts: { required, onlyWith } }: Property, values: Values): boolean {
  return required || (onlyWith !== undefined && getOwn(values, onlyWith) === true);
}

/** What a check reports of such properties: a mistake where the program changes anything that is sent. */
export function judgeNotKnown(
  resource: Checked,
  { olds, news, inputs }: { readonly olds: Values | undefined; readonly news: Values; readonly inputs: Values },
): { readonly keys: readonly string[]; readonly failures: readonly Failure[]; readonly tolerated: readonly Failure[] } {
  const keys = olds ? leftOut(resource, olds, inputs).filter((key) => isNullish(getOwn(olds, key))) : [];
  if (!olds || keys.length === 0) return { keys, failures: [], tolerated: [] };
  const isAsked = (key: string) => !isNullish(getOwn(olds, key)) || !isNullish(getOwn(news, key));
  const isSent = sentFor(resource, olds, inputs).some(isAsked);
  const about = (reason: string) => keys.map((property) => ({ property, reason }));
  if (isSent) return { keys, failures: about(IN_THE_WAY), tolerated: [] };
  // Of a value that may be left out a rule warns already.
  const tolerated = about(TOLERATED).filter(({ property }) => resource.properties[property]?.facts.required);
  return { keys, failures: [], tolerated };
}

/** Refuses an update that leaves out what it may blank, before any request. */
export function refuseBlanking(resource: Resource<never>, before: Values, after: Values, doing: string): void {
  const [key] = leftOut(resource, before, after);
  if (key === undefined) return;
  const why = isNullish(getOwn(before, key)) ? IN_THE_WAY : TAKEN_OUT;
  throw new OperationError(`${doing}: refused, ${key} ${why}`);
}

/** The properties that an update would send for their own sake, for certain. */
export function sentFor(resource: Checked, before: Values, after: Values): readonly string[] {
  return Object.keys(diff(resource, before, after)).filter(
    (key) => resource.properties[key]?.role !== "local" && !containsUnknown(getOwn(after, key)),
  );
}
