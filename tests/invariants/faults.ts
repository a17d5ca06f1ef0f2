/** Random faults. None of them is a lie that cannot be detected: no 404 for an object that exists. */
import type { FaultHandle, FaultRule, Simulator, Store } from "pulumi-plivo/simulator";
import type { FaultLevel } from "./program";

const PROBABILITY = { none: 0, some: 0.05, much: 0.2, storm: 0.5 };

const writes = { method: "POST" };
/** Not routes: a 400 to one means that the application is unknown, and then the number is detached instead. */
const creates = { method: "POST", path: /^Zentrunk\/[A-Za-z]+\/$/ };

/** Unmanaged objects come and go while a list is read. */
let churned = 0;
function churn(store: Store): void {
  const gone = [...store.trunks.values()].find(({ name }) => name === "churn");
  if (gone) store.trunks.delete(gone.trunk_id);
  else
    store.addTrunk({ trunk_id: `7${churned++}`, name: "churn", trunk_direction: "inbound", primary_uri_uuid: "uri-1" });
}

export const faults: readonly Omit<FaultRule, "probability">[] = [
  { do: { kind: "status", status: 503 } },
  { do: { kind: "status", status: 429 } },
  { do: { kind: "status", status: 429, headers: { "retry-after": "3" } } },
  { do: { kind: "html", status: 502 } },
  { do: { kind: "drop-before" } },
  { do: { kind: "drop-after" } },
  { do: { kind: "cut" } },
  { do: { kind: "empty" } },
  { do: { kind: "html", status: 200 } },
  { do: { kind: "body", status: 200, body: [1] } },
  { do: { kind: "hang", acts: true } },
  { do: { kind: "hang", acts: false } },
  { do: { kind: "status", status: 401 } },
  { ...writes, do: { kind: "status-after", status: 500 } },
  { ...writes, do: { kind: "drop-after" } },
  { ...writes, do: { kind: "html", status: 502, acts: true } },
  { ...creates, do: { kind: "status", status: 400 } },
  { ...creates, do: { kind: "hide-new", ms: 9_000 } },
  { method: "GET", path: /^Zentrunk\/Trunk\/$/, do: { kind: "meanwhile", change: churn } },
];

/** Replaces the faults that were there. */
export function injectFaults(simulator: Simulator, level: FaultLevel, seed: number): readonly FaultHandle[] {
  simulator.faults.clear();
  simulator.faults.seed(seed);
  if (level === "none") return [];
  if (typeof level === "object") {
    const { fault, nth, often } = level;
    const kind = faults[fault];
    if (!kind) throw new Error(`there is no fault ${fault}`);
    return [simulator.faults.add({ ...kind, after: nth, times: often === "once" ? 1 : Number.POSITIVE_INFINITY })];
  }
  const wanted = typeof level === "number" ? level : PROBABILITY[level];
  // Most kinds strike some requests only: about half of them are up at a time.
  return faults.map((kind) => simulator.faults.add({ ...kind, probability: wanted / (faults.length / 2) }));
}
