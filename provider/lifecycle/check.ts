/**
 * check: is what the program asks for something that can exist? All mistakes at once, each on the user's own property,
 * without a single request. Fills in defaults and brings values into their normal form; doing so twice changes nothing.
 */
import { type Warning, warningsOf } from "../warnings/warning-rule";
import { isInput, type Properties, type Property } from "./definition/property";
import type { Claims, ProposedOf, Resource } from "./definition/resource";
import { type Failure, type Validation, validate } from "./definition/validate";
import { getOwn, isNullish, mayHoldPassword, type Unknown, unknown, type Values } from "./definition/values";
import { claimFailures, recordClaims } from "./state/claims";
import type { RunLedger } from "./state/run-ledger";
import { judgeNotKnown } from "./state/write-only";

/**
 * `generated`: by us, in this run, with digits that no other name has. `proposed`: by the user's own naming rules, which
 * may give the same name again. `enforced`: by such rules too, and it is taken as it is, also where it is in use.
 */
export type Naming = "generated" | "proposed" | "enforced";

export interface CheckRequest {
  readonly news: Values;
  /** Inputs of the last run; `undefined` for a new object, and for the replacement of an old one. */
  readonly olds: Values | undefined;
  /** The properties that the program marked as secret. */
  readonly secrets: ReadonlySet<string>;
  /** The name to use when the program gives none; unknown where it is generated later. */
  readonly autoName: string | Unknown | undefined;
  /** Identifies the resource in the program, the same in each check of it. @default the auto-name, if known */
  readonly key?: string;
  /** Where the auto-name comes from. @default "generated" */
  readonly naming?: Naming;
}

export interface CheckResult {
  readonly inputs: Values;
  readonly failures: readonly Failure[];
  /** Values that are allowed, and that a rule warns of. */
  readonly warnings: readonly Warning[];
  /** What would be a failure if the object did not have it already. */
  readonly tolerated: readonly Warning[];
}

/** The part of a definition that a check needs; functions have it too. */
export type Checked = Pick<Resource<never>, "token" | "properties" | "rules"> & {
  readonly id?: string;
  readonly claims?: Claims<Properties>;
};

export function check(resource: Checked, request: CheckRequest, ledger: RunLedger): CheckResult {
  const { news, olds } = request;
  const oldName = getOwn(olds ?? {}, "name");
  if (typeof oldName === "string") ledger.recordHeldName(resource.token, oldName, keyOf(request));
  const inputs: Record<string, unknown> = {};
  const validations = validateAll(resource, olds, (key, property) => {
    return givenValue(property, key, request) ?? fallback(resource.token, key, property, { request, ledger });
  });
  for (const [key, { value }] of validations) if (!isNullish(value)) inputs[key] = value;
  if (typeof inputs.name === "string" && resource.properties.name?.facts.autoName)
    ledger.recordWantedName(resource.token, inputs.name, keyOf(request));
  const id = resource.id === undefined ? undefined : inputs[resource.id];
  if (typeof id === "string") ledger.recordDeclared(resource.token, id);
  recordClaims(resource, inputs, request.key, ledger.claims);
  const proposed = proposedOf(validations);
  const broken = brokenRules(resource, olds, proposed);
  const hidden = judgeNotKnown(resource, { olds, news, inputs });
  const seen = [...validations].filter(([key]) => !hidden.keys.includes(key)).map(([, validation]) => validation);
  const all = [...seen, broken];
  const failures = [
    unknownKeys(resource, news),
    ...all.map((validation) => validation.failures),
    hidden.failures,
    claimFailures(resource, inputs, request.key, ledger.claims),
    takenOut(resource, olds ?? {}, inputs),
  ].flat();
  const warnings = Object.entries(resource.properties).flatMap(([key, { facts }]) =>
    warningsOf(key, facts.warnings, proposed),
  );
  return {
    inputs: withoutUnused(resource, inputs, proposed),
    failures: failures.map((failure) => hideSecret(failure, resource, request)),
    warnings,
    tolerated: [...all.flatMap((validation) => validation.tolerated).map(toleratedText), ...hidden.tolerated],
  };
}

type Validations = ReadonlyMap<string, Validation>;

function validateAll(
  resource: Checked,
  olds: Values | undefined,
  given: (key: string, property: Property) => unknown,
): Validations {
  const entries = Object.entries(resource.properties).filter(([, property]) => isInput(property));
  return new Map(
    entries.map(([key, property]) => [key, validate(property, key, given(key, property), getOwn(olds ?? {}, key))]),
  );
}

/** The values as rules see them: `unknown` where one is wrong on its own, `null` where there is none. */
function proposedOf(validations: Validations): Values {
  const entries = [...validations].map(([key, { value, failures }]) => {
    return [key, failures.length > 0 ? unknown : (value ?? null)] as const;
  });
  return Object.fromEntries(entries);
}

/** A rule that the old inputs break in the same way, with the same value, is tolerated: the object is like that. */
function brokenRules(resource: Checked, olds: Values | undefined, proposed: Values): Omit<Validation, "value"> {
  const failures = failuresOfRules(resource, proposed);
  if (failures.length === 0 || !olds) return { failures, tolerated: [] };
  const before = proposedOf(validateAll(resource, olds, (key, { facts }) => getOwn(olds, key) ?? facts.default));
  const failuresBefore = failuresOfRules(resource, before);
  const isTolerated = ({ property, reason }: Failure) =>
    before[property] === proposed[property] &&
    failuresBefore.some((old) => old.property === property && old.reason === reason);
  return {
    failures: failures.filter((failure) => !isTolerated(failure)),
    tolerated: failures.filter(isTolerated),
  };
}

function failuresOfRules(resource: Checked, proposed: Values): readonly Failure[] {
  const failures: Failure[] = [];
  // The cast states what proposedOf did: each input has its checked value, `unknown` or null.
  resource.rules?.(proposed as ProposedOf<(typeof resource)["properties"]>, (property, reason) => {
    // What is not known yet may turn out to be right, or to be nothing at all.
    if (proposed[property] !== unknown) failures.push({ property, reason });
  });
  return failures;
}

function toleratedText({ property, reason }: Failure): Warning {
  return { property, reason: `${reason}; accepted, because the object has it already` };
}

/**
 * A value that is taken out while it stays in use: an update could do no more than leave it out, which keeps the old one,
 * or blanks it where Plivo never returns it.
 */
function takenOut({ properties }: Checked, olds: Values, inputs: Values): readonly Failure[] {
  return Object.entries(properties).flatMap(([property, { facts }]) => {
    const { onlyWith } = facts;
    if (onlyWith === undefined || isNullish(getOwn(olds, property)) || !isNullish(getOwn(inputs, property))) return [];
    if (getOwn(olds, onlyWith) !== true || getOwn(inputs, onlyWith) !== true) return [];
    const reason = `cannot be taken out while ${onlyWith} stays true: an update without it keeps or blanks the old one; set another value, or ${onlyWith} to false`;
    return [{ property, reason }];
  });
}

/** Without the values that nothing will use. */
function withoutUnused(resource: Checked, inputs: Values, proposed: Values): Values {
  const isUsed = (key: string) => {
    const switchedBy = resource.properties[key]?.facts.onlyWith;
    return switchedBy === undefined || proposed[switchedBy] === true || proposed[switchedBy] === unknown;
  };
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => isUsed(key)));
}

/**
 * For a value that an import could not read, Pulumi prints `""` into the program: of what Plivo never returns that means
 * that it is not given.
 */
function givenValue({ role }: Property, key: string, { news, olds }: CheckRequest): unknown {
  const value = getOwn(news, key);
  const isPlaceholder = role === "writeOnly" && value === "" && olds !== undefined && isNullish(getOwn(olds, key));
  return isPlaceholder ? undefined : value;
}

function fallback(
  token: string,
  key: string,
  property: Property,
  { request, ledger }: { readonly request: CheckRequest; readonly ledger: RunLedger },
): unknown {
  if (!property.facts.autoName) return property.facts.default;
  const kept = request.olds && getOwn(request.olds, key);
  // Plivo may hold an object without a name.
  if (!isNullish(kept) && kept !== "") return kept;
  const { autoName, naming = "generated" } = request;
  if (typeof autoName !== "string" || naming === "enforced") return autoName;
  return ledger.newName(autoName, { token, key: keyOf(request), isGenerated: naming === "generated" });
}

function keyOf(request: CheckRequest): string {
  const { key, autoName } = request;
  return key ?? (typeof autoName === "string" ? autoName : "");
}

/**
 * The engine prints the value of a failing property. Under a path that is no plain key it has nothing to print, and the
 * rule is still reported on the user's property.
 */
function hideSecret(failure: Failure, resource: Checked, request: CheckRequest): Failure {
  const key = failure.property;
  const property = Object.hasOwn(resource.properties, key) ? resource.properties[key] : undefined;
  if (!property) return failure;
  const mayBeShown = !mayHoldPassword(getOwn(request.news, key));
  if (mayBeShown && !property.facts.secret && !request.secrets.has(key)) return failure;
  return { ...failure, property: `${key}.value` };
}

/** A key that we don't know is a typing error, or a secret in the wrong place: its value is not shown either. */
function unknownKeys(resource: Checked, news: Values): Failure[] {
  const accepted = Object.entries(resource.properties).flatMap(([key, property]) => (isInput(property) ? [key] : []));
  const known = new Set(accepted);
  return Object.keys(news)
    .filter((key) => !known.has(key) && !isNullish(news[key]))
    .map((key) => ({
      property: `${key}.value`,
      reason: `${resource.token} has no argument "${key}"; it takes ${accepted.join(", ")}`,
    }));
}
