/**
 * Checks the arguments of a component before its first resource is registered: a mistake is reported under the name that
 * the program uses. What becomes known later is left to the provider, which refuses it under the argument of the
 * resource: an error in `apply` would end a program of the Automation API as if it had declared nothing more.
 */
import * as pulumi from "@pulumi/pulumi";
import type { Format } from "../../provider/warnings/formats";

/** A mistake in the arguments of a component. Nothing has been registered below it. */
export class ComponentArgsError extends pulumi.ResourceError {
  constructor(component: pulumi.Resource, problems: readonly string[]) {
    // The stack is that of this file.
    super(problems.join("\n"), component, true);
  }
}

/** What an argument is; `list` is one of strings. `required` ends a program without it. */
export interface ArgSpec {
  readonly is: "string" | "list" | "boolean";
  readonly required?: true;
  /** Of the string, or of each in the list. */
  readonly format?: Format;
}

type Specs<Args> = { readonly [Key in keyof Required<Args>]: ArgSpec };

/** @returns the arguments; `null` counts as left out. */
export function checkedArgs<Args extends object>(
  component: pulumi.Resource,
  args: Args,
  specs: Specs<Args>,
): Readonly<Args> {
  const table = new Map<string, ArgSpec>(Object.entries(specs));
  const names = [...table.keys()].join(", ");
  if (isGiven(args) && !isObject(args))
    throw new ComponentArgsError(component, [`the arguments must be an object with ${names}`]);
  const given = new Map<string, unknown>(Object.entries(args ?? {}).filter(([, value]) => isGiven(value)));
  const unknown = [...given.keys()].filter((key) => !table.has(key));
  const problems = [
    ...unknown.map((key) => `there is no argument ${key}: use ${names}`),
    ...[...table].flatMap(([key, spec]) => problemsOf(key, given.get(key), spec)),
  ];
  if (problems.length > 0) throw new ComponentArgsError(component, problems);
  return Object.fromEntries(given) as Readonly<Args>;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** What becomes known later has no arguments to see, and would count as one that has none. */
function isObject(args: object): boolean {
  return typeof args === "object" && !Array.isArray(args) && !isLater(args);
}

function isLater(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Of what stands in the program as a plain value. */
function problemsOf(key: string, value: unknown, spec: ArgSpec): readonly string[] {
  if (isLater(value)) return [];
  if (!isGiven(value)) return spec.required ? [`${key} is required`] : [];
  if (spec.is === "boolean") return typeof value === "boolean" ? [] : [`${key} must be true or false`];
  if (spec.is === "string") return stringProblem(key, value, spec.format);
  if (!Array.isArray(value)) return [`${key} must be a list of strings`];
  if (value.length === 0) return [`${key} must not be empty: leave it out instead`];
  return value.flatMap((element, index) => stringProblem(`${key}[${index}]`, element, spec.format));
}

/** Never with the value: it may be a password. */
function stringProblem(path: string, value: unknown, format: Format | undefined): readonly string[] {
  if (isLater(value)) return [];
  if (typeof value !== "string") return [`${path} must be a string`];
  const problem = format?.(value);
  return problem === undefined ? [] : [`${path} ${problem}`];
}
