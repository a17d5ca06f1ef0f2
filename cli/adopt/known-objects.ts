/** The objects that a stack manages already, from what `pulumi stack export` prints. */
import { type ResourceToken, resources } from "../../provider/resources/index";
import { parseExportedStack } from "../shared/exported-stack";
import { keyOf } from "./read-account";

export interface KnownObjects {
  /** Object -> its logical name in the stack. By `keyOf`. */
  readonly names: ReadonlyMap<string, string>;
  /** The logical names. */
  readonly taken: ReadonlySet<string>;
}

const TYPE = /^(?:plivo:index:|pulumi-nodejs:dynamic\/plivo:)(\w+)$/;

export function knownObjects(exported: string, what: string): KnownObjects {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { type, urn, id, external, delete: isLeaving } of parseExportedStack(exported, what).deployment
    .resources ?? []) {
    const token = TYPE.exec(type)?.[1];
    if (token === undefined || !isToken(token)) continue;
    const name = urn.split("::").slice(3).join("::");
    taken.add(name);
    // What `get` reads, and what waits for its deletion, is not managed.
    if (typeof id === "string" && external !== true && isLeaving !== true) names.set(keyOf(token, id), name);
  }
  return { names, taken };
}

function isToken(token: string): token is ResourceToken {
  return Object.hasOwn(resources, token);
}
