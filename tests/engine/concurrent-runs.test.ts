/**
 * Two concurrent runs on one account, one through each adapter. The simulator enforces the limit of 300 requests in 5 s;
 * the two know nothing of each other.
 */
import { expect, test } from "@jest/globals";
import type { UpOptions } from "@pulumi/pulumi/automation";
import { type Simulator, startSimulator } from "pulumi-plivo/simulator";
import { type Sdk, sdks } from "./support/programs/sdks";
import { type World, withStack } from "./support/stack/engine";
import { isCreate, nameIn } from "./support/stack/objects";
import { until } from "./support/stack/until";

/** Of each: the creates alone are more than the limit takes at once, not counting what reads them back. */
const TRUNKS = 160;

const seed = { originationUris: [{ uri_uuid: "uri-1", uri: "sip.example.com" }] };

function program(sdk: Sdk, prefix: string) {
  return async () => {
    for (let index = 0; index < TRUNKS; index++)
      new sdk.Trunk(`${prefix}-${index}`, { trunkDirection: "inbound", primaryUriUuid: "uri-1" });
  };
}

/** The statuses of the creates of a run so far. */
function statusesOf({ requests }: Simulator, prefix: string): readonly number[] {
  const creates = requests.filter((request) => isCreate(request) && nameIn(request.body).startsWith(`${prefix}-`));
  return creates.map(({ status }) => status);
}

/** Both to their ends, also when one of them fails: what they write to is taken away then. */
async function up(worlds: readonly World[], options: UpOptions): Promise<void> {
  const ends = await Promise.allSettled(worlds.map(({ stack }) => stack.up(options)));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

/** Until both got a 429: two runs alone exceed the limit on a fast machine only. */
async function slowDown({ faults }: Simulator, areRateLimited: () => boolean, runs: Promise<unknown>): Promise<void> {
  const rateLimited = { kind: "status", status: 429, headers: { "retry-after": "1" } } as const;
  const fault = faults.add({ method: "POST", times: Number.MAX_SAFE_INTEGER, do: rateLimited });
  await until(areRateLimited, runs).finally(() => fault.remove());
}

function trunkIds({ state }: World): readonly string[] {
  const trunks = state().resources.filter(({ type }) => /:Trunk$/.test(type));
  return trunks.map(({ id }) => String(id));
}

async function live(simulator: Simulator, office: World, factory: World): Promise<void> {
  office.run(program(sdks.dynamic, "office"));
  factory.run(program(sdks.plugin, "factory"));
  const runs = up([office, factory], { parallel: 50 });
  const soFar = () => ["office", "factory"].map((prefix) => statusesOf(simulator, prefix));
  await until(() => soFar().every(({ length }) => length > 0), runs);
  await slowDown(simulator, () => soFar().every((statuses) => statuses.includes(429)), runs);
  await runs;

  const known = [trunkIds(office), trunkIds(factory)];
  expect(known.map(({ length }) => length)).toEqual([TRUNKS, TRUNKS]);
  expect(known.flat().sort()).toEqual([...simulator.store.trunks.keys()].sort());
  await up([office, factory], { expectNoChanges: true });
}

test("concurrent runs of two stacks both end well, although Plivo asks both to slow down in the middle", async () => {
  const simulator = await startSimulator({ seed, rateLimit: true });
  try {
    await withStack(simulator, { stackName: "office" }, (office) =>
      withStack(simulator, { stackName: "factory" }, (factory) => live(simulator, office, factory)),
    );
  } finally {
    await simulator.close();
  }
}, 120_000);
