/** One resource of a deployment. */
import { idOutputs } from "./id-outputs";
import { classOf, pluginType, pluginUrn } from "./urn";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** The fields that the migration needs; all others stay as they are. */
export interface StateResource extends JsonObject {
  readonly urn: string;
  readonly type: string;
}

/** Every URN in a value; encrypted values are texts like any other and stay as they are. */
export function withPluginUrns<Value extends Json | undefined>(value: Value): Value;
export function withPluginUrns(value: Json | undefined): Json | undefined {
  if (typeof value === "string") return pluginUrn(value);
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map((element) => withPluginUrns(element));
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, withPluginUrns(field)]));
}

/** `Array.isArray` does not tell a read-only list from an object. */
function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}

/** A resource of this package as the plugin would have written it; any other with its URNs rewritten. */
export function migrateResource(resource: StateResource, provider: string): StateResource {
  const className = classOf(resource.type);
  const renamed = withPluginUrns<StateResource>(resource);
  if (className === undefined) return renamed;
  const { inputs, outputs, propertyDependencies } = renamed;
  return {
    ...renamed,
    type: pluginType(className),
    provider,
    ...(isObject(inputs) && { inputs: ownFields(inputs) }),
    ...(isObject(outputs) && { outputs: { ...ownFields(outputs), ...idOutput(className, resource) } }),
    ...(isObject(propertyDependencies) && { propertyDependencies: ownFields(propertyDependencies) }),
    ...importId(inputs),
  };
}

/** In the engine's own words: that the option `import`, where it is still in the program, has had its effect. */
function importId(inputs: Json | undefined): JsonObject {
  const mark = isObject(inputs) ? inputs.__import : undefined;
  return isObject(mark) && typeof mark.id === "string" ? { importID: mark.id } : {};
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !isList(value);
}

/** What both adapters keep beside the properties: whether an object is confirmed, and the version of the format. */
export const STATE_KEYS: ReadonlySet<string> = new Set(["__unconfirmed", "__replaces", "__maybe", "__stateVersion"]);

/** Other keys with two underscores, such as `__provider`, are between the dynamic classes and their host. */
function ownFields(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !key.startsWith("__") || STATE_KEYS.has(key)));
}

function idOutput(className: string, { id }: StateResource): JsonObject {
  const name = idOutputs.get(className) ?? undefined;
  return name === undefined || id === undefined ? {} : { [name]: id };
}
