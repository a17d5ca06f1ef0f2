/** What the facts of a run say about the switches of the simulator. */
import type { Behaviour, Clearing } from "../../../simulator/index";

/** As the record keeps it. */
export interface RecordedFact {
  readonly id: string;
  /** `null`: it could not be found out. */
  readonly seen: string | null;
  readonly detail?: string | undefined;
}

type Effect = "clear" | "ignore" | "reject";

const effects: Readonly<Record<string, Effect>> = {
  cleared: "clear",
  detached: "clear",
  ignored: "ignore",
  unchanged: "ignore",
  "another route": "ignore",
  rejected: "reject",
};

/** By what `null` does and what `""` does. What the simulator cannot do is the nearest that it can. */
const clearings: Readonly<Record<Effect, Readonly<Record<Effect, Clearing>>>> = {
  clear: { clear: "both", ignore: "null", reject: "null" },
  ignore: { clear: "empty", ignore: "ignored", reject: "ignored" },
  reject: { clear: "reject-null", ignore: "neither", reject: "neither" },
};

type Switches = { -readonly [Key in keyof Behaviour]?: Behaviour[Key] };

/** Only the switches that the facts decide. */
export function behaviourOf(facts: readonly RecordedFact[]): Partial<Behaviour> {
  const details = new Map(facts.map(({ id, detail }) => [id, detail]));
  const values = new Map(facts.map(({ id, seen }) => [id, seen]));
  const set: Switches = {};
  const pick = <Key extends keyof Behaviour>(key: Key, fact: string, by: Readonly<Record<string, Behaviour[Key]>>) => {
    const value = values.get(fact) ?? "";
    const chosen = Object.hasOwn(by, value) ? by[value] : undefined;
    if (chosen !== undefined) set[key] = chosen;
  };
  pick("retryAfter", "retry-after", { seconds: "seconds", "a date": "date", absent: "none" });
  pick("createStatus", "create-status", { 200: 200, 201: 201 });
  pick("updateStatus", "update-status", { 200: 200, 202: 202 });
  pick("ignoreFilters", "filters", { all: false, none: true });
  pick("keepAddressOrder", "address-order", { kept: true, changed: false });
  pick("canonicalAddresses", "address-spelling", { kept: false, shortened: true });
  pick("listOrder", "list-order", { "oldest first": "oldest-first", "newest first": "newest-first" });
  pick("duplicateNameStatus", "duplicate-status", { 400: 400, 409: 409, 422: 422 });
  pick("errorShape", "error-shape", { "a string": "string", "an object": "object", absent: "absent" });
  pick("deletedReference", "deleted-reference", { "its ID": "dangles", null: "null" });
  pick("unroutedAs", "unrouted", { null: "null", blank: "empty" });
  pick("unknownPath", "unknown-path", { 503: "as-seen", 501: "explained" });
  pick("unknownAppStatus", "unknown-app", { 400: 400, 404: 404 });
  const rejections = { 400: 400, 403: 403, 404: 404, 409: 409, 422: 422, 500: 500, 503: 503 };
  pick("rejectedClearingStatus", "detach-status", rejections);
  pick("rejectedClearingStatus", "clear-status", rejections);
  return { ...set, ...clearingIn(values), ...perKindIn(values), ...measuredIn(values, details) };
}

type Values = ReadonlyMap<string, string | null>;

function clearingIn(values: Values): Switches {
  const set: Switches = {};
  for (const [key, fact] of [
    ["clearWith", "clear"],
    ["detachWith", "detach"],
  ] as const) {
    const onNull = effects[values.get(`${fact}-null`) ?? ""];
    const onEmpty = effects[values.get(`${fact}-empty`) ?? ""];
    if (onNull && onEmpty) set[key] = clearings[onNull][onEmpty];
  }
  return set;
}

const singular = {
  trunks: "trunk",
  credentials: "credential",
  ipAccessControlLists: "list",
  originationUris: "uri",
  numbers: "number",
} as const;

function perKindIn(values: Values): Switches {
  const wrapped: Partial<Record<keyof typeof singular, boolean>> = {};
  const unique: typeof wrapped = {};
  for (const [kind, noun] of Object.entries(singular) as [keyof typeof singular, string][]) {
    const single = values.get(`single-${noun}`);
    const second = values.get(`unique-${noun}s`);
    if (single) wrapped[kind] = single === "wrapped";
    if (second) unique[kind] = second === "rejected";
  }
  return { wrapSingle: wrapped, uniqueNames: unique };
}

const REGION = /^[\w-]{1,32}$/;

function measuredIn(values: Values, details: ReadonlyMap<string, string | undefined>): Switches {
  const set: Switches = {};
  const shown = values.get("visibility");
  if (shown)
    set.visibilityDelayMs =
      shown === "at once" ? 0 : Number(/(\d{1,6}) ms/.exec(details.get("visibility") ?? "")?.[1] ?? 0);
  const domain = values.get("trunk-domain");
  const region = details.get("trunk-domain") ?? "";
  if (domain === "no region") set.trunkDomainRegion = "";
  if (domain === "a region" && REGION.test(region)) set.trunkDomainRegion = region;
  const strict = [values.get("username-underscore"), values.get("password-without-sign")];
  if (strict.every(Boolean)) set.strictCredentials = strict.includes("rejected");
  return set;
}
