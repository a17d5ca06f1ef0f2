/**
 * check: is what the program asks for something that can exist? All mistakes at once, each on the user's own property,
 * without a single call. Fills in defaults and brings values into their normal form; doing so twice changes nothing.
 */
import type * as z from "zod";
import type { Memory } from "./memory";
import { isInput, type Property } from "./property";
import type { ProposedOf, Resource } from "./resource";
import { containsUnknown, isAbsent, mayHoldPassword, own, unknown, type Values } from "./values";

/**
 * `made up`: by us, in this run, with digits that no other name has. `proposed`: by the user's own naming rules, which
 * may give the same name again. `exact`: by such rules too, and it is taken as it is, also where it is in use.
 */
export type Naming = "made up" | "proposed" | "exact";

export interface CheckRequest {
  readonly news: Values;
  /** Inputs of the last run; `undefined` for a new object, and for the replacement of an old one. */
  readonly olds: Values | undefined;
  /** The properties that the program marked as secret. */
  readonly secrets: ReadonlySet<string>;
  /** The name to use when the program gives none. */
  readonly autoName: string | undefined;
  /** Identifies the resource in the program, the same in each check of it. @default the auto-name */
  readonly key?: string;
  /** Where the auto-name comes from. @default "made up" */
  readonly naming?: Naming;
}

export interface Failure {
  /** Path of the property: `ipAddresses[1]`. */
  readonly property: string;
  readonly reason: string;
}

export interface CheckResult {
  readonly inputs: Values;
  readonly failures: readonly Failure[];
  readonly warnings: readonly string[];
}

/** The part of a definition that a check needs; functions have it too. */
export type Checked = Pick<Resource<never>, "token" | "properties" | "rules" | "warnings"> & {
  readonly id?: string;
};

export function check(resource: Checked, request: CheckRequest, memory: Memory): CheckResult {
  const oldName = own(request.olds ?? {}, "name");
  if (typeof oldName === "string") memory.noteName(keyOf(request), oldName);
  const failures = unknownKeys(resource, request.news);
  const inputs: Record<string, unknown> = {};
  const proposed: Record<string, unknown> = {};
  for (const [key, property] of Object.entries(resource.properties)) {
    if (!isInput(property)) continue;
    const given = own(request.news, key) ?? fallback(property, key, request, memory);
    const verdict = judge(property, key, given);
    failures.push(...verdict.failures.map((failure) => hideSecret(failure, key, property, request)));
    if (!isAbsent(verdict.value)) inputs[key] = verdict.value;
    proposed[key] = verdict.failures.length > 0 ? unknown : (verdict.value ?? null);
  }
  if (typeof inputs.name === "string" && resource.properties.name?.facts.autoName)
    memory.noteWanted(resource.token, inputs.name, keyOf(request));
  const id = resource.id === undefined ? undefined : inputs[resource.id];
  if (typeof id === "string") memory.noteInProgram(id);
  // The cast states what the loop did: each input has its checked value, `unknown` or null.
  const asProposed = proposed as ProposedOf<(typeof resource)["properties"]>;
  resource.rules?.(asProposed, (key, reason) => {
    // What is not known yet may turn out to be right, or to be nothing at all.
    if (proposed[key] === unknown) return;
    const property = resource.properties[key];
    const failure = { property: key, reason };
    failures.push(property ? hideSecret(failure, key, property, request) : failure);
  });
  return { inputs, failures, warnings: resource.warnings?.(asProposed) ?? [] };
}

function fallback(property: Property, key: string, request: CheckRequest, memory: Memory): unknown {
  if (!property.facts.autoName) return property.facts.default;
  const kept = request.olds && own(request.olds, key);
  // Plivo may hold an object without a name.
  if (!isAbsent(kept) && kept !== "") return kept;
  const { autoName, naming = "made up" } = request;
  if (autoName === undefined || naming === "exact") return autoName;
  return memory.newName(autoName, { key: keyOf(request), isMadeUp: naming === "made up" });
}

function keyOf(request: CheckRequest): string {
  return request.key ?? request.autoName ?? "";
}

interface Verdict {
  readonly value: unknown;
  readonly failures: readonly Failure[];
}

function judge(property: Property, key: string, given: unknown): Verdict {
  if (isAbsent(given)) return { value: undefined, failures: isMissing(property) ? [missing(property, key)] : [] };
  if (property.facts.type === "list") return judgeList(property, key, given);
  if (given === unknown) return { value: given, failures: [] };
  return parse(property.facts.schema, given, key);
}

function isMissing(property: Property): boolean {
  return property.facts.required || property.facts.autoName;
}

function missing(property: Property, key: string): Failure {
  return { property: key, reason: property.facts.missing ?? `is required: ${property.facts.describe}` };
}

function judgeList(property: Property, key: string, given: unknown): Verdict {
  if (given === unknown) return { value: given, failures: [] };
  if (!Array.isArray(given))
    return { value: given, failures: [{ property: key, reason: "must be a list of strings" }] };
  if (given.length === 0) return { value: given, failures: [missing(property, key)] };
  const verdicts = given.map((element: unknown, index) =>
    containsUnknown(element)
      ? { value: element, failures: [] }
      : parse(property.facts.schema, element, `${key}[${index}]`),
  );
  const value = verdicts.map((verdict) => verdict.value);
  return { value, failures: [...verdicts.flatMap((verdict) => verdict.failures), ...duplicates(value, key)] };
}

function duplicates(values: readonly unknown[], key: string): readonly Failure[] {
  return values.flatMap((value, index) => {
    const first = values.indexOf(value);
    if (value === unknown || first === index) return [];
    return [{ property: `${key}[${index}]`, reason: `is the same as ${key}[${first}]: give each only once` }];
  });
}

function parse(schema: z.ZodType, given: unknown, path: string): Verdict {
  const parsed = schema.safeParse(given);
  if (parsed.success) return { value: parsed.data, failures: [] };
  return { value: given, failures: parsed.error.issues.map(({ message }) => ({ property: path, reason: message })) };
}

/**
 * The engine prints the value of a failing property. Under a path that is no plain key it has nothing to print, and the
 * rule is still said on the user's property.
 */
function hideSecret(failure: Failure, key: string, property: Property, request: CheckRequest): Failure {
  const mayBeShown = !mayHoldPassword(own(request.news, key));
  if (mayBeShown && !property.facts.secret && !request.secrets.has(key)) return failure;
  return failure.property === key ? { ...failure, property: `${key}.value` } : failure;
}

/** A key that we don't know is a typing error, or a secret in the wrong place: its value is not shown either. */
function unknownKeys(resource: Checked, news: Values): Failure[] {
  const accepted = Object.keys(resource.properties).filter((key) => isInputKey(resource, key));
  return Object.keys(news)
    .filter((key) => !accepted.includes(key) && !isAbsent(news[key]))
    .map((key) => ({
      property: `${key}.value`,
      reason: `${resource.token} has no argument "${key}"; it takes ${accepted.join(", ")}`,
    }));
}

function isInputKey(resource: Checked, key: string): boolean {
  const property = resource.properties[key];
  return property !== undefined && isInput(property);
}
