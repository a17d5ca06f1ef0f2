/** Lists under change: what may happen while 45 trunks are read, page by page. Data, for `faults.test.ts` and the docs. */
import type { Behaviour, FaultRule, Seed, Simulator, Store } from "pulumi-plivo/simulator";

import { at, lying, trunksOf } from "./lists";

export interface PageCell {
  readonly title: string;
  readonly behaviour?: Partial<Behaviour>;
  faults?(simulator: Simulator): readonly FaultRule[];
  readonly asking?: Readonly<Record<string, unknown>>;
  /** How many of the 45 are returned, each once; or the message of the error. */
  readonly finds: number | RegExp;
  /** The pages that are read, by their offsets: in a list of this length each begins with the last row of the one before. */
  readonly offsets: string;
}

const TRUNKS = 45;
const nameOf = (index: number) => `trunk ${String(index).padStart(2, "0")}`;

export const pagesSeed: Seed = {
  originationUris: [{ uri_uuid: "uri-1", uri: "a.example.com" }],
  trunks: Array.from({ length: TRUNKS }, (_, index) => ({
    trunk_id: String(2_000 + index),
    name: nameOf(index),
    trunk_direction: "inbound" as const,
    primary_uri_uuid: "uri-1",
    secure: index % 9 === 0,
  })),
};

const meanwhile = (change: (store: Store) => void): FaultRule => ({ ...at(0), do: { kind: "meanwhile", change } });

const inserted = meanwhile((store) => {
  store.addTrunk({ trunk_id: "3000", name: "new", trunk_direction: "inbound", primary_uri_uuid: "uri-1" });
});
const removed = (index: number) => meanwhile((store) => store.trunks.delete(String(2_000 + index)));

export const pageCells: readonly PageCell[] = [
  { title: "nothing happens", finds: TRUNKS, offsets: "0 19 38" },
  {
    title: "a page in the middle fails once",
    faults: () => [{ ...at(19), do: { kind: "html", status: 502 } }],
    finds: TRUNKS,
    offsets: "0 19 19 38",
  },
  {
    title: "a page in the middle is cut once",
    faults: () => [{ ...at(19), do: { kind: "cut" } }],
    finds: TRUNKS,
    offsets: "0 19 19 38",
  },
  {
    title: "a page in the middle fails for good",
    faults: () => [{ ...at(19), times: 99, do: { kind: "status", status: 503 } }],
    finds: /GET Zentrunk\/Trunk\/ -> 503/,
    offsets: "0 19 19 19 19 19 19",
  },
  {
    title: "a trunk is created while the list is read, in front of it",
    behaviour: { listOrder: "newest-first" },
    faults: () => [inserted],
    finds: TRUNKS + 1,
    offsets: "0 19 38 0 19 38",
  },
  {
    title: "a trunk is created while the list is read, at its end",
    faults: () => [inserted],
    finds: TRUNKS + 1,
    offsets: "0 19 38 0 19 38",
  },
  {
    title: "a trunk that was read already is deleted, so that the rest moves up",
    faults: () => [removed(3)],
    finds: TRUNKS - 1,
    offsets: "0 19 38 0 19 38",
  },
  {
    title: "one is deleted and another created: the total stays",
    behaviour: { listOrder: "newest-first" },
    faults: () => [removed(44), inserted],
    finds: TRUNKS,
    offsets: "0 19 38",
  },
  {
    title: "the total is too small",
    faults: (simulator) => lying(trunksOf(simulator), () => ({ total_count: 3, limit: 20 })),
    finds: TRUNKS,
    offsets: "0 19 38",
  },
  {
    title: "the total is too large",
    faults: (simulator) => lying(trunksOf(simulator), () => ({ total_count: 9_999, limit: 20 })),
    finds: TRUNKS,
    // A list of that length would end there.
    offsets: "0 9979 19 38 44",
  },
  {
    title: "the total changes from page to page",
    faults: (simulator) => lying(trunksOf(simulator), (offset) => ({ total_count: 45 + offset })),
    finds: TRUNKS,
    offsets: "0 19 38 44 0 19 38 44 0 19 38 44",
  },
  {
    title: "there is no `meta`",
    faults: (simulator) => lying(trunksOf(simulator), () => undefined),
    finds: TRUNKS,
    offsets: "0 19 38",
  },
  {
    title: "the offset is ignored",
    faults: (simulator) =>
      lying(
        trunksOf(simulator),
        () => ({ total_count: 45 }),
        () => 0,
      ),
    finds: /repeats rows of earlier pages/,
    offsets: "0 19",
  },
  {
    title: "a filter is ignored",
    behaviour: { ignoreFilters: true },
    asking: { secure: true },
    finds: 5,
    offsets: "0 19 38",
  },
];
