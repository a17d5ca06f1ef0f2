/** What the generated files share: which properties, functions and types there are, and how names are spelled. */
import { type FunctionResult, functions, type RowType } from "../functions/index";
import { type Enumeration, isInput, type Properties, type Property } from "../lifecycle/index";
import { resources } from "../resources/index";

/** The arguments among properties. */
export function inputsOf(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, property]) => isInput(property)));
}

export function isRequired({ facts }: Property): boolean {
  return facts.required;
}

/** Whether an output always has a value: one that is required, generated or has a default. */
export function isCertain({ role, facts }: Property): boolean {
  if (role === "output" || role === "recorded") return false;
  return facts.required || facts.autoName || facts.default !== undefined;
}

export function enumerations(): readonly Enumeration[] {
  const all = Object.values(resources).flatMap(({ properties }) => Object.values(properties));
  return [...new Set(all.flatMap(({ facts }) => facts.enumeration ?? []))];
}

/** The type of the objects that a function returns. */
export function rowOf(result: FunctionResult): RowType {
  return "one" in result ? result.one : result.many;
}

/** Each once, also where several functions return it. */
export function rowTypes(): readonly RowType[] {
  return [...new Set(Object.values(functions).map(({ result }) => rowOf(result)))];
}

/** `IpAccessControlList` -> `ip-access-control-list` */
export function kebab(token: string): string {
  return token.replace(/(?<=.)([A-Z])/g, "-$1").toLowerCase();
}

export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function article(noun: string): string {
  return `${/^[aeio]/i.test(noun) ? "an" : "a"} ${noun}`;
}
