/** An account with many phone numbers and two inbound trunks, in virtual time. */
import type { Seed } from "pulumi-plivo/simulator";
import type { OpenRun, Props, State } from "../adapters/adapter";
import { checked } from "../adapters/adapter";
import { openRuns, VirtualWorld } from "./virtual-world";

export const adapters = Object.entries(openRuns).map(([adapter, open]) => ({ adapter, open }));
export const range = (count: number) => Array.from({ length: count }, (_, index) => String(14_155_550_100 + index));
const inbound = (trunk_id: string) => {
  return { trunk_id, name: trunk_id, trunk_direction: "inbound" as const, primary_uri_uuid: "uri-1" };
};
export const seedOf = (numbers: number, app_id?: string): Seed => ({
  applications: [{ app_id: "900", app_name: "ivr" }],
  originationUris: [{ uri_uuid: "uri-1", uri: "a.example.com" }],
  trunks: [inbound("100"), inbound("101")],
  numbers: range(numbers).map((number) => ({ number, ...(app_id !== undefined && { app_id }) })),
});
export const SET = "TrunkPhoneNumbers";
export const ONE = "PhoneNumberAttachment";

export class SetWorld extends VirtualWorld {
  /** The requests that one operation in a process of its own has sent. */
  async cost(work: (adapter: ReturnType<SetWorld["adapter"]>) => Promise<unknown>): Promise<number> {
    this.nextRun();
    this.simulator.clearRequests();
    await work(this.adapter());
    return this.simulator.requests.length;
  }

  adapter(name = "it") {
    return this.run.adapter(name);
  }

  async up(args: Props, name = "it"): Promise<State> {
    return this.adapter(name).create(SET, await checked(this.adapter(name), SET, args));
  }

  /** Each number that is routed anywhere, and to what. */
  routes(): Record<string, string | undefined> {
    const routed = [...this.simulator.store.numbers.values()].filter(({ application }) => application);
    return Object.fromEntries(routed.map(({ number, application }) => [number, application?.split("/").at(-2)]));
  }

  lost(): unknown[] {
    return this.simulator.requests.filter(({ status }) => status === 429);
  }
}

export async function withSet(
  open: OpenRun,
  options: Parameters<typeof SetWorld.start>[1],
  run: (world: SetWorld) => Promise<void>,
) {
  const world = (await SetWorld.start(open, options)) as SetWorld;
  try {
    await run(world);
  } finally {
    await world.simulator.close();
  }
}
