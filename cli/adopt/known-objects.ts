/** The objects that a stack manages already, from what `pulumi stack export` prints. */
import { type ResourceToken, resources } from "../../provider/resources/index";
import { parseExportedStack } from "../shared/exported-stack";
import { keyOf } from "./read-account";

export interface KnownObjects {
  /** Object -> its logical name in the stack. By `keyOf`. */
  readonly names: ReadonlyMap<string, string>;
  /** The logical names of Plivo's resources. */
  readonly taken: ReadonlySet<string>;
  /** Those of all resources: in YAML no two resources of a program have the same. */
  readonly everyName: ReadonlySet<string>;
  /** Creates without a usable response, by `keyOf` with the friendly name for the id: it may be an object of this name. */
  readonly unconfirmed: ReadonlySet<string>;
}

/** Without --update. */
export const nothingKnown: KnownObjects = {
  names: new Map(),
  taken: new Set(),
  everyName: new Set(),
  unconfirmed: new Set(),
};

/** Of a state, before the name. */
const NO_ID = "unconfirmed:";

const TYPE = /^(?:plivo:index:|pulumi-nodejs:dynamic\/plivo:)(\w+)$/;

export function knownObjects(exported: string, what: string): KnownObjects {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const everyName = new Set<string>();
  const unconfirmed = new Set<string>();
  for (const { type, urn, id, external, delete: isLeaving } of parseExportedStack(exported, what).deployment
    .resources ?? []) {
    const name = urn.split("::").slice(3).join("::");
    everyName.add(name);
    const token = TYPE.exec(type)?.[1];
    if (token === undefined || !isToken(token)) continue;
    taken.add(name);
    if (typeof id === "string" && id.startsWith(NO_ID)) {
      unconfirmed.add(keyOf(token, id.slice(NO_ID.length)));
      continue;
    }
    // What `get` reads, and what waits for its deletion, is not managed.
    if (typeof id === "string" && external !== true && isLeaving !== true) names.set(keyOf(token, id), name);
  }
  return { names, taken, everyName, unconfirmed };
}

function isToken(token: string): token is ResourceToken {
  return Object.hasOwn(resources, token);
}
