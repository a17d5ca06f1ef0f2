/**
 * Many at once, which share list requests: 60 trunks refreshed, 40 created, or 16 deleted, 8 at a time, while their list
 * misbehaves. Data, for `faults.test.ts` and the docs.
 */
import type { Behaviour, FaultRule, Seed, Simulator, Store } from "pulumi-plivo/simulator";
import { at, lying, trunksOf } from "./lists";

export interface ManyCell {
  readonly title: string;
  readonly act: "refresh" | "create" | "delete";
  readonly behaviour?: Partial<Behaviour>;
  faults?(simulator: Simulator): readonly FaultRule[];
  /** How many end well. @default all */
  readonly done?: number;
  /** The message of the others' errors. */
  readonly message?: RegExp;
  /** At most: the order of concurrent operations differs between runs. */
  readonly requests: number;
}

export const COUNTS = { refresh: 60, create: 40, delete: 16 } as const;

const trunkOf = (index: number) => ({
  trunk_id: String(2_000 + index),
  name: `trunk ${index}`,
  trunk_direction: "inbound" as const,
  primary_uri_uuid: "uri-1",
});

/** Three pages of trunks and two of numbers, none of them declared. */
export const manySeed: Seed = {
  originationUris: [{ uri_uuid: "uri-1", uri: "a.example.com" }],
  trunks: Array.from({ length: COUNTS.refresh }, (_, index) => trunkOf(index)),
  numbers: Array.from({ length: 30 }, (_, index) => String(14_155_550_100 + index)),
};

const LIST = { method: "GET", path: "Zentrunk/Trunk/" };
const NUMBERS = { method: "GET", path: "Number/" };
const FOR_GOOD = { times: Number.POSITIVE_INFINITY };
const failing: FaultRule = { ...LIST, ...FOR_GOOD, do: { kind: "status", status: 503 } };
const meanwhile = (change: (store: Store) => void): FaultRule => ({ ...LIST, do: { kind: "meanwhile", change } });

/** How long the list is, in truth. */
const total = ({ store }: Simulator) => ({ total_count: store.trunks.size });

/** True rows without a field, as a list might have them. */
const without = (field: "trunk_domain" | "primary_uri_uuid") => (simulator: Simulator) => {
  const rows = () => trunksOf(simulator)().map((row) => ({ ...row, [field]: undefined }));
  return lying(rows, () => total(simulator));
};

/** The list as it was when the fault was injected, whatever has happened since. */
function stale(simulator: Simulator) {
  const rows = trunksOf(simulator)().map((row) => ({ ...row }));
  const meta = total(simulator);
  return lying(
    () => rows,
    () => meta,
  );
}

const smaller = (simulator: Simulator) => lying(trunksOf(simulator), () => ({ total_count: 3, limit: 20 }));
const larger = (simulator: Simulator) => lying(trunksOf(simulator), () => ({ total_count: 9_999, limit: 20 }));
const absurd = (simulator: Simulator) => lying(trunksOf(simulator), () => ({ total_count: 1e12, limit: 20 }));
const silent = (simulator: Simulator) => lying(trunksOf(simulator), () => undefined);
const stuck = (simulator: Simulator) =>
  lying(
    trunksOf(simulator),
    () => total(simulator),
    () => 0,
  );

/** Unmanaged trunks are created, in front of ours or behind them. */
const crowd: readonly FaultRule[] = Array.from({ length: 3 }, () =>
  meanwhile((store) => {
    for (let nth = 0; nth < 10; nth++) store.addTrunk({ trunk_direction: "inbound", primary_uri_uuid: "uri-1" });
  }),
);

const refresh: readonly Omit<ManyCell, "act">[] = [
  { title: "nothing happens", requests: 6 },
  { title: "the list is newest first", behaviour: { listOrder: "newest-first" }, requests: 7 },
  {
    title: "a page in the middle fails once",
    faults: () => [{ ...at(20), do: { kind: "html", status: 502 } }],
    requests: 7,
  },
  { title: "a page in the middle is cut once", faults: () => [{ ...at(20), do: { kind: "cut" } }], requests: 7 },
  { title: "the list fails for good", faults: () => [failing], requests: 62 },
  {
    title: "a trunk that was listed already is deleted, so that the rest moves up",
    faults: () => [meanwhile((store) => store.trunks.delete("2003"))],
    requests: 7,
  },
  {
    title: "trunks are created in front of ours",
    behaviour: { listOrder: "newest-first" },
    faults: () => crowd,
    requests: 10,
  },
  { title: "the total is too small", faults: smaller, requests: 44 },
  { title: "the total is too large", faults: larger, requests: 6 },
  { title: "the total is a million millions", faults: absurd, requests: 6 },
  { title: "there is no `meta`", faults: silent, requests: 44 },
  { title: "the offset is ignored", faults: stuck, requests: 46 },
  { title: "the list leaves the domain out", faults: without("trunk_domain"), requests: 63 },
  { title: "the list leaves the URI out", faults: without("primary_uri_uuid"), requests: 64 },
];

const create: readonly Omit<ManyCell, "act">[] = [
  { title: "nothing happens", requests: 48 },
  { title: "the list is newest first", behaviour: { listOrder: "newest-first" }, requests: 48 },
  { title: "a page fails once", faults: () => [{ ...LIST, do: { kind: "html", status: 502 } }], requests: 56 },
  { title: "the list fails for good", faults: () => [failing], requests: 83 },
  { title: "unmanaged trunks are created too", faults: () => crowd, requests: 50 },
  { title: "the total is too small", faults: smaller, requests: 86 },
  { title: "the total is too large", faults: larger, requests: 86 },
  { title: "there is no `meta`", faults: silent, requests: 86 },
  { title: "the offset is ignored", faults: stuck, requests: 86 },
  { title: "the list leaves the domain out", faults: without("trunk_domain"), requests: 86 },
  { title: "the list leaves the URI out", faults: without("primary_uri_uuid"), requests: 88 },
  { title: "the list lags behind", faults: stale, requests: 86 },
  { title: "trunks appear late", behaviour: { visibilityDelayMs: 2_000 }, requests: 250 },
];

const attached = (store: Store) => store.route("14155550100", "2003");
const remove: readonly Omit<ManyCell, "act">[] = [
  { title: "nothing happens", requests: 22 },
  { title: "a page fails once", faults: () => [{ ...NUMBERS, do: { kind: "html", status: 502 } }], requests: 24 },
  {
    title: "a number is attached before the check",
    faults: ({ store }) => {
      attached(store);
      return [];
    },
    done: 15,
    message: /refused, still used by phone number 14155550100/,
    requests: 22,
  },
  {
    title: "the list fails for good",
    faults: () => [{ ...NUMBERS, ...FOR_GOOD, do: { kind: "status", status: 503 } }],
    done: 0,
    message: /refused, cannot see what still uses it: GET Number\/ -> 503/,
    requests: 18,
  },
];

export const manyCells: readonly ManyCell[] = [
  ...refresh.map((cell) => ({ ...cell, act: "refresh" as const })),
  ...create.map((cell) => ({ ...cell, act: "create" as const })),
  ...remove.map((cell) => ({ ...cell, act: "delete" as const })),
];
