/** What create and update will return, as far as it is known before they run. No request is sent. */
import { isInput } from "./property";
import type { Resource } from "./resource";
import { targetOf, type UpdateRequest } from "./update";
import { own, unknown, type Values } from "./values";

/** The outputs of an object that does not exist yet: what was asked for; the rest is unknown. */
export function previewCreate(resource: Resource<never>, inputs: Values): Values {
  const entries = Object.entries(resource.properties).map(([key, { role, facts }]) => {
    const madeByPlivo = role === "output" || role === "recorded" || role === "id";
    return [key, madeByPlivo ? unknown : (own(inputs, key) ?? facts.default ?? null)] as const;
  });
  return Object.fromEntries(entries);
}

/** The outputs after an update: what it sends; everything else stays as it is. */
export function previewUpdate(resource: Resource<never>, request: UpdateRequest): Values {
  const target = targetOf(resource, request, request.olds);
  const entries = Object.entries(resource.properties).map(([key, property]) => {
    if (property.role === "id") return [key, request.id] as const;
    return [key, own(isInput(property) ? target : request.olds, key) ?? null] as const;
  });
  return Object.fromEntries(entries);
}
