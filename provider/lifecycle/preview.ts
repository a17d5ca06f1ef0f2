/** What create and update will answer, as far as it is known before they run. No call is made. */
import { isInput } from "./property";
import type { Resource } from "./resource";
import { own, unknown, type Values } from "./values";

/** The outputs of an object that does not exist yet: what was asked for; the rest is unknown. */
export function previewCreate(resource: Resource<never>, inputs: Values): Values {
  const entries = Object.entries(resource.properties).map(([key, { role, facts }]) => {
    const madeByPlivo = role === "output" || role === "recorded" || role === "id";
    return [key, madeByPlivo ? unknown : (own(inputs, key) ?? facts.default ?? null)] as const;
  });
  return Object.fromEntries(entries);
}

/** The outputs after an update: what was asked for; what Plivo made up stays as it is. */
export function previewUpdate(resource: Resource<never>, id: string, olds: Values, news: Values): Values {
  const entries = Object.entries(resource.properties).map(([key, property]) => {
    if (property.role === "id") return [key, id] as const;
    const kept = !isInput(property);
    return [key, (kept ? own(olds, key) : (own(news, key) ?? property.facts.default)) ?? null] as const;
  });
  return Object.fromEntries(entries);
}
