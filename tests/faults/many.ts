/**
 * Many at once, which share what is read: 60 trunks refreshed, 40 made, or 16 deleted, 8 at a time, while their list
 * misbehaves. Data, for `faults.test.ts` and the docs.
 */
import type { Behaviour, FaultRule, Seed, Simulator, Store } from "pulumi-plivo/simulator";
import { at, lying, trunksOf } from "./lists";

export interface ManyCell {
  readonly title: string;
  readonly act: "refresh" | "create" | "delete";
  readonly behaviour?: Partial<Behaviour>;
  plant?(simulator: Simulator): readonly FaultRule[];
  /** How many end well. @default all */
  readonly done?: number;
  /** What the errors of the others say. */
  readonly said?: RegExp;
  /** Calls at most: two runs differ in who comes first. */
  readonly calls: number;
}

export const COUNTS = { refresh: 60, create: 40, delete: 16 } as const;

const trunkOf = (index: number) => ({
  trunk_id: String(2_000 + index),
  name: `trunk ${index}`,
  trunk_direction: "inbound" as const,
  primary_uri_uuid: "uri-1",
});

/** Three pages of trunks and two of numbers, all of them somebody's already. */
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

/** The list as it was when the fault was planted, whatever has happened since. */
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

/** Somebody else makes trunks, in front of ours or behind them. */
const crowd: readonly FaultRule[] = Array.from({ length: 3 }, () =>
  meanwhile((store) => {
    for (let nth = 0; nth < 10; nth++) store.addTrunk({ trunk_direction: "inbound", primary_uri_uuid: "uri-1" });
  }),
);

const refresh: readonly Omit<ManyCell, "act">[] = [
  { title: "nothing happens", calls: 6 },
  { title: "the list is newest first", behaviour: { listOrder: "newest-first" }, calls: 7 },
  {
    title: "a page in the middle fails once",
    plant: () => [{ ...at(20), do: { kind: "html", status: 502 } }],
    calls: 7,
  },
  { title: "a page in the middle is cut once", plant: () => [{ ...at(20), do: { kind: "cut" } }], calls: 7 },
  { title: "the list fails for good", plant: () => [failing], calls: 62 },
  {
    title: "a trunk that was listed already is deleted, so that the rest moves up",
    plant: () => [meanwhile((store) => store.trunks.delete("2003"))],
    calls: 7,
  },
  {
    title: "trunks are made in front of ours",
    behaviour: { listOrder: "newest-first" },
    plant: () => crowd,
    calls: 10,
  },
  { title: "the total is said to be smaller", plant: smaller, calls: 44 },
  { title: "the total is said to be larger", plant: larger, calls: 6 },
  { title: "the total is said to be a million millions", plant: absurd, calls: 6 },
  { title: "there is no `meta`", plant: silent, calls: 44 },
  { title: "the offset is ignored", plant: stuck, calls: 46 },
  { title: "the list leaves the domain out", plant: without("trunk_domain"), calls: 63 },
  { title: "the list leaves the URI out", plant: without("primary_uri_uuid"), calls: 64 },
];

const create: readonly Omit<ManyCell, "act">[] = [
  { title: "nothing happens", calls: 48 },
  { title: "the list is newest first", behaviour: { listOrder: "newest-first" }, calls: 48 },
  { title: "a page fails once", plant: () => [{ ...LIST, do: { kind: "html", status: 502 } }], calls: 56 },
  { title: "the list fails for good", plant: () => [failing], calls: 83 },
  { title: "others make trunks too", plant: () => crowd, calls: 50 },
  { title: "the total is said to be smaller", plant: smaller, calls: 86 },
  { title: "the total is said to be larger", plant: larger, calls: 86 },
  { title: "there is no `meta`", plant: silent, calls: 86 },
  { title: "the offset is ignored", plant: stuck, calls: 86 },
  { title: "the list leaves the domain out", plant: without("trunk_domain"), calls: 86 },
  { title: "the list leaves the URI out", plant: without("primary_uri_uuid"), calls: 88 },
  { title: "the list lags behind", plant: stale, calls: 86 },
  { title: "trunks appear late", behaviour: { visibilityDelayMs: 2_000 }, calls: 250 },
];

const attached = (store: Store) => store.route("14155550100", "2003");
const remove: readonly Omit<ManyCell, "act">[] = [
  { title: "nothing happens", calls: 22 },
  { title: "a page fails once", plant: () => [{ ...NUMBERS, do: { kind: "html", status: 502 } }], calls: 24 },
  {
    title: "a number is attached before the look",
    plant: ({ store }) => {
      attached(store);
      return [];
    },
    done: 15,
    said: /refused, still used by phone number 14155550100/,
    calls: 22,
  },
  {
    title: "the list fails for good",
    plant: () => [{ ...NUMBERS, ...FOR_GOOD, do: { kind: "status", status: 503 } }],
    done: 0,
    said: /refused, cannot see what still uses it: GET Number\/ -> 503/,
    calls: 18,
  },
];

export const manyCells: readonly ManyCell[] = [
  ...refresh.map((cell) => ({ ...cell, act: "refresh" as const })),
  ...create.map((cell) => ({ ...cell, act: "create" as const })),
  ...remove.map((cell) => ({ ...cell, act: "delete" as const })),
];
