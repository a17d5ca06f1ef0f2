/** From what was asked and what Plivo returned to what the state holds. */
import type { Checked } from "../check";
import { isInput, isReadable } from "../definition/property";
import type { Resource } from "../definition/resource";
import { getOwn, isNullish, type Values } from "../definition/values";
import { lackingIn, sameValue } from "../diff";
import type { StoredObject } from "./state";

type Possible = Pick<StoredObject, "outputs" | "maybe">;

/**
 * Every declared property, `null` where it has no value (one that is left out shows as unknown in each preview).
 * Where Plivo spells a value differently from `known`, the known spelling is kept: it is not a change.
 */
export function outputsOf(
  resource: Resource<never>,
  id: string,
  known: Values,
  live: Values,
): Readonly<Record<string, unknown>> {
  const outputs: Record<string, unknown> = {};
  for (const [key, property] of Object.entries(resource.properties)) {
    const before = getOwn(known, key);
    const now = getOwn(live, key);
    if (property.role === "id") outputs[key] = id;
    else if (!isReadable(property)) outputs[key] = before ?? property.facts.default ?? null;
    else outputs[key] = sameValue(property, before, now) ? (before ?? null) : (now ?? null);
  }
  return outputs;
}

/**
 * What a read shows, without the elements of sets that none of these values has. They are others' until a refresh has put
 * them into the state: no preview has shown that a write would remove them.
 */
export function withoutOthers(resource: Resource<never>, live: Values, ...known: readonly Values[]): Values {
  const entries = Object.entries(live).map(([key, value]): [string, unknown] => {
    const property = resource.properties[key];
    if (!property?.facts.elementVerbs || !Array.isArray(value)) return [key, value];
    const elements = known.flatMap((values) => {
      const list = getOwn(values, key);
      return Array.isArray(list) ? list : [];
    });
    const others = new Set(lackingIn(elements, value, property));
    return [key, value.filter((_, index) => !others.has(index))];
  });
  return Object.fromEntries(entries);
}

/**
 * The outputs that an update starts from: with the elements that the last write may have added to a set and that the
 * program does not want any more. Else they would stay, and their place in the state would be forgotten.
 */
export function withUnwanted(resource: Resource<never>, { outputs, maybe = {} }: Possible, news: Values): Values {
  const entries = Object.entries(maybe).flatMap(([key, possible]): readonly [string, unknown][] => {
    const property = resource.properties[key];
    if (!property?.facts.elementVerbs || !Array.isArray(possible)) return [];
    const [has, wanted] = [getOwn(outputs, key), getOwn(news, key)].map((list) => (Array.isArray(list) ? list : []));
    const known = [...(has ?? []), ...(wanted ?? [])];
    return [[key, [...(has ?? []), ...lackingIn(known, possible, property).map((index) => possible[index])]]];
  });
  return { ...outputs, ...Object.fromEntries(entries) };
}

/** The part of the outputs that a program could have asked for: what `read` returns as inputs. */
export function inputsOf(resource: Resource<never>, outputs: Values): Values {
  const entries = Object.entries(resource.properties)
    .filter(([key, property]) => isInput(property) && !isNullish(getOwn(outputs, key)))
    .map(([key]): [string, unknown] => [key, outputs[key]]);
  return Object.fromEntries(entries);
}

/** The inputs with `null` for what was not asked for: the form in which methods receive them. */
export function completeInputs(resource: Checked, inputs: Values): Values {
  const entries = Object.entries(resource.properties)
    .filter(([, property]) => isInput(property))
    .map(([key, property]): [string, unknown] => [key, getOwn(inputs, key) ?? property.facts.default ?? null]);
  return Object.fromEntries(entries);
}

/** The properties whose value at Plivo differs from what was asked. */
export function mismatches(resource: Resource<never>, asked: Values, live: Values): readonly string[] {
  return Object.entries(resource.properties)
    .filter(
      ([key, property]) => property.role === "input" && !sameValue(property, getOwn(asked, key), getOwn(live, key)),
    )
    .map(([key]) => key);
}
