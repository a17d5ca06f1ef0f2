/** URNs and types, in the forms of the dynamic provider and of the plugin. */

import { idOutputs } from "./id-outputs";

const DYNAMIC = "pulumi-nodejs:dynamic/plivo:";

/** The class of a resource of the dynamic provider; `undefined` for everything else. */
export function classOf(type: string): string | undefined {
  const name = type.startsWith(DYNAMIC) ? type.slice(DYNAMIC.length) : "";
  return idOutputs.has(name) ? name : undefined;
}

export function pluginType(className: string): string {
  return `plivo:index:${className}`;
}

/**
 * A text with the types of the plugin where it is a URN, else the text itself. Types stand in the third part alone:
 * `urn:pulumi:<stack>::<project>::<type of the parent>$<type>::<name>`.
 */
export function pluginUrn(text: string): string {
  if (!text.startsWith("urn:pulumi:")) return text;
  const [stack, project, types, ...name] = text.split("::");
  if (types === undefined || name.length === 0) return text;
  const renamed = types.split("$").map((type) => {
    const className = classOf(type);
    return className === undefined ? type : pluginType(className);
  });
  return [stack, project, renamed.join("$"), ...name].join("::");
}
