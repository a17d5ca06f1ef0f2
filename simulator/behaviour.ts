import type { Kind } from "./account/rows";

/** How a reference or a routing is taken away: by `null`, by `""`, by either, or not at all. */
export type Clearing = "null" | "empty" | "both" | "reject-null" | "neither" | "ignored";

/** A switch that can be set for all kinds at once, or kind by kind; a kind that is left out keeps its default. */
export type PerKind = boolean | Partial<Record<Kind, boolean>>;

/**
 * Switches for what is not documented (marked [?] in the README). They may be changed while the simulator runs, and
 * take effect with the next request.
 */
export interface Behaviour {
  /**
   * What clears a reference of a trunk. `"null"`: `null` does, `""` is rejected. `"empty"`: `""` does, and `null` is
   * silently ignored (only a read-back shows it). `"both"`: either does. `"reject-null"`: `""` does, `null` is
   * rejected. `"neither"`: both are rejected. `"ignored"`: both are silently ignored.
   * @default "null"
   */
  clearWith: Clearing;
  /**
   * What detaches a phone number, as in `clearWith`, except that an ignored value counts as "no app_id": the
   * account's default application is assigned.
   * @default "null"
   */
  detachWith: Clearing;
  /** The status returned for a value that does not clear or detach: 400, 403, 404, 409, 422, 500, 503. @default 400 */
  rejectedClearingStatus: number;
  /** Whether a single GET returns `{api_id, object: {...}}`. @default true for trunks, false for the rest */
  wrapSingle: PerKind;
  /** The form of `Retry-After` in a 429 of the rate limit. @default "seconds" */
  retryAfter: "seconds" | "date" | "none";
  /** @default 201 */
  createStatus: 200 | 201;
  /** @default 202 */
  updateStatus: 200 | 202;
  /** Return every row, whatever the filter. @default false */
  ignoreFilters: boolean;
  /** Keep the order in which the addresses of a list were sent; else they are sorted. @default true */
  keepAddressOrder: boolean;
  /** Rewrite IPv6 addresses to their shortest lower-case spelling. @default false */
  canonicalAddresses: boolean;
  /** @default "oldest-first" */
  listOrder: "oldest-first" | "newest-first";
  /**
   * Reject a name that another object of the same kind has, compared exactly. Trunks without a name never collide.
   * @default true for trunks, false for the rest
   */
  uniqueNames: PerKind;
  /** The status returned for a name in use: 400, 409, 422. @default 400 */
  duplicateNameStatus: number;
  /** The form of `error` in an error's body. @default "string" */
  errorShape: "string" | "object" | "absent";
  /** How long a new object stays invisible to reads, by the simulator's clock. @default 0 */
  visibilityDelayMs: number;
  /** What a trunk shows of a credential or address list that was deleted under it. @default "dangles" */
  deletedReference: "dangles" | "null";
  /**
   * Take only what LiveKit's guide and the CLI's texts allow: usernames of letters and digits, passwords of letters,
   * digits and `~!@#$%^&*()_+` with at least one of these signs. Else only their length of 5-20 is checked, because
   * Plivo's own pages use others.
   * @default false
   */
  strictCredentials: boolean;
  /** The region in the domain of a new trunk, `<trunk_id>.<region>.zt.plivo.com`; blank for none. @default "" */
  trunkDomainRegion: string;
  /** What a number that is not routed shows as its `application`: `null` or `""`. @default "null" */
  unroutedAs: "null" | "empty";
  /**
   * The response to a path that is not served. `"explained"`: 501 and the list of what is served. `"as-seen"`: 503 for
   * an unknown collection below `Zentrunk/`, 404 for any other path, as Plivo itself.
   * @default "explained"
   */
  unknownPath: "explained" | "as-seen";
  /** The status returned when a number is attached to an application or trunk that does not exist. @default 400 */
  unknownAppStatus: 400 | 404;
}

/** A new copy of the defaults, with the given switches changed. */
export function behaviourWith(given: Partial<Behaviour> = {}): Behaviour {
  return {
    clearWith: "null",
    detachWith: "null",
    rejectedClearingStatus: 400,
    wrapSingle: { trunks: true },
    retryAfter: "seconds",
    createStatus: 201,
    updateStatus: 202,
    ignoreFilters: false,
    keepAddressOrder: true,
    canonicalAddresses: false,
    listOrder: "oldest-first",
    uniqueNames: { trunks: true },
    duplicateNameStatus: 400,
    errorShape: "string",
    visibilityDelayMs: 0,
    deletedReference: "dangles",
    strictCredentials: false,
    trunkDomainRegion: "",
    unroutedAs: "null",
    unknownPath: "explained",
    unknownAppStatus: 400,
    ...given,
  };
}

/** What was observed of trunks is the default for them alone: how the other kinds behave is not known. */
export function isOnFor(setting: PerKind, kind: Kind): boolean {
  return typeof setting === "boolean" ? setting : (setting[kind] ?? kind === "trunks");
}

type ClearingEffect = "clear" | "ignore" | "reject";

const clearingEffects: Readonly<Record<Clearing, { onNull: ClearingEffect; onEmpty: ClearingEffect }>> = {
  null: { onNull: "clear", onEmpty: "reject" },
  empty: { onNull: "ignore", onEmpty: "clear" },
  both: { onNull: "clear", onEmpty: "clear" },
  "reject-null": { onNull: "reject", onEmpty: "clear" },
  neither: { onNull: "reject", onEmpty: "reject" },
  ignored: { onNull: "ignore", onEmpty: "ignore" },
};

/** What a value sent for a reference does, under the configured way of clearing. */
export function clearingEffect(clearing: Clearing, value: string | null): ClearingEffect | "set" {
  if (value === null) return clearingEffects[clearing].onNull;
  return value === "" ? clearingEffects[clearing].onEmpty : "set";
}
