/** Runs a cell of many at once through one adapter, in virtual time, 8 at a time as the engine does. */
import type { Store } from "pulumi-plivo/simulator";
import type { OpenRun, State } from "../support/adapters/adapter";
import { inTime, VirtualWorld } from "../support/virtual/virtual-world";
import { COUNTS, type ManyCell, manySeed } from "./many";

const AT_ONCE = 8;

export interface SeenMany {
  readonly done: number;
  readonly errors: readonly string[];
  readonly requests: number;
  /** What differs from Plivo. */
  readonly wrong: readonly string[];
}

/** What the engine's state has of it; the text in front only with the dynamic adapter, which needs it. */
const stateOf = (index: number) => ({
  __provider: 'exports.handler=()=>require("pulumi-plivo/provider").trunk;',
  ...{ name: `trunk ${index}`, trunkDirection: "inbound", trunkStatus: "enabled", secure: false },
  ...{ primaryUriUuid: "uri-1", forceDestroy: false },
});

const idOf = (index: number) => String(2_000 + index);

/** Does one of the many, and returns what is wrong with the result. */
type Work = (world: VirtualWorld, index: number) => Promise<string | undefined>;

const works: Readonly<Record<ManyCell["act"], Work>> = {
  async refresh({ run, simulator }, index) {
    const id = idOf(index);
    const found = await run
      .adapter(`trunk-${index}`)
      .read("Trunk", { id, inputs: stateOf(index), outputs: stateOf(index) });
    // Deleted while it was listed: seen or gone, both are true.
    if (!simulator.store.trunks.has(id)) return undefined;
    return found ? difference(found, simulator.store) : `${id} is treated as deleted`;
  },
  async create({ run, simulator }, index) {
    const adapter = run.adapter(`new-${index}`);
    const { inputs } = await adapter.check("Trunk", { trunkDirection: "inbound", primaryUriUuid: "uri-1" });
    return difference(await adapter.create("Trunk", inputs), simulator.store);
  },
  async delete({ run, simulator }, index) {
    const id = idOf(index);
    await run.adapter(`trunk-${index}`).delete("Trunk", { id, inputs: stateOf(index), outputs: stateOf(index) });
    return simulator.store.trunks.has(id) ? `${id} is still there` : undefined;
  },
};

function difference({ id, outputs }: State, { trunks }: Store): string | undefined {
  const row = trunks.get(id);
  const found = [outputs.name, outputs.trunkDomain, outputs.primaryUriUuid];
  const wanted = [row?.name, row?.trunk_domain, row?.primary_uri_uuid];
  return JSON.stringify(found) === JSON.stringify(wanted) ? undefined : `${id}: ${found} instead of ${wanted}`;
}

export async function many(open: OpenRun, { act, behaviour = {}, faults }: ManyCell): Promise<SeenMany> {
  const world = await VirtualWorld.start(open, { seed: manySeed, behaviour });
  const { simulator } = world;
  try {
    for (const rule of faults?.(simulator) ?? []) simulator.faults.add(rule);
    world.approachRateLimit();
    const errors: string[] = [];
    const wrong: string[] = [];
    const queue = Array.from({ length: COUNTS[act] }, (_, index) => index);
    const worker = async () => {
      for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
        const found = await works[act](world, index).catch((error: Error) => void errors.push(error.message));
        if (found) wrong.push(found);
      }
    };
    await inTime(Promise.all(Array.from({ length: AT_ONCE }, worker)));
    return { done: COUNTS[act] - errors.length, errors, requests: simulator.requests.length, wrong };
  } finally {
    await simulator.close();
  }
}
