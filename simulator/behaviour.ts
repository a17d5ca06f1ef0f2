import type { Kind } from "./rows";

/** How a reference or a routing is taken away: by `null`, by `""`, or by either. */
export type Clearing = "null" | "empty" | "both" | "refuse-null";

/**
 * Switches for what nobody published (marked [?] in the README). They may be changed while the simulator runs;
 * the next request sees the change.
 */
export interface Behaviour {
  /**
   * What clears a reference of a trunk. `"null"`: `null` does, `""` is refused. `"empty"`: `""` does, and `null` is
   * silently ignored (only a read-back shows it). `"refuse-null"`: `""` does, `null` is refused with 400.
   * @default "null"
   */
  clearWith: Clearing;
  /**
   * What detaches a phone number, as in `clearWith`, except that an ignored `null` counts as "no app_id": the
   * account's default application is assigned.
   * @default "null"
   */
  detachWith: Clearing;
  /** Whether a single GET answers `{api_id, object: {...}}`. @default true for trunks, false for the rest */
  wrapSingle: boolean | Partial<Record<Kind, boolean>>;
  /** The form of `Retry-After` in a 429 of the rate limit. @default "seconds" */
  retryAfter: "seconds" | "date" | "none";
  /** @default 201 */
  createStatus: 200 | 201;
  /** @default 202 */
  updateStatus: 200 | 202;
  /** Answer every row whatever filter was asked for. @default false */
  ignoreFilters: boolean;
  /** Keep the order in which the addresses of a list were sent; else they are sorted. @default true */
  keepAddressOrder: boolean;
  /** Rewrite IPv6 addresses to their shortest lower-case spelling. @default false */
  canonicalAddresses: boolean;
  /** @default "oldest-first" */
  listOrder: "oldest-first" | "newest-first";
  /** Refuse (400) a name that another object of the same kind has. @default false */
  uniqueNames: boolean;
  /** The form of `error` in an error's body. @default "string" */
  errorShape: "string" | "object" | "absent";
  /** How long a new object stays invisible to reads, by the simulator's clock. @default 0 */
  visibilityDelayMs: number;
  /** What a trunk shows of a credential or address list that was deleted under it. @default "dangles" */
  deletedReference: "dangles" | "null";
  /** The answer to a number attached to an application or trunk that does not exist. @default 400 */
  unknownAppStatus: 400 | 404;
}

/** A fresh copy of the defaults, with what the caller wants otherwise. */
export function behaviourWith(given: Partial<Behaviour> = {}): Behaviour {
  return {
    clearWith: "null",
    detachWith: "null",
    wrapSingle: { trunks: true },
    retryAfter: "seconds",
    createStatus: 201,
    updateStatus: 202,
    ignoreFilters: false,
    keepAddressOrder: true,
    canonicalAddresses: false,
    listOrder: "oldest-first",
    uniqueNames: false,
    errorShape: "string",
    visibilityDelayMs: 0,
    deletedReference: "dangles",
    unknownAppStatus: 400,
    ...given,
  };
}

/** Whether a single GET of this kind answers `{object: {...}}`. */
export function wraps(behaviour: Behaviour, kind: Kind): boolean {
  const { wrapSingle } = behaviour;
  return typeof wrapSingle === "boolean" ? wrapSingle : (wrapSingle[kind] ?? kind === "trunks");
}

/** What a value sent for a reference asks for, in the dialect that the server speaks. */
export function readClearing(clearing: Clearing, value: string | null): "clear" | "ignore" | "refuse" | "set" {
  if (value === null) {
    if (clearing === "refuse-null") return "refuse";
    return clearing === "empty" ? "ignore" : "clear";
  }
  if (value === "") return clearing === "null" ? "refuse" : "clear";
  return "set";
}
