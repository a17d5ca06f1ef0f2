/** Cases that a review found by reading: each was wrong once. */
import { expect, test } from "@jest/globals";
import type { Fault } from "pulumi-plivo/simulator";
import type { Adapter } from "./support/adapters/adapter";
import { seed } from "./support/adapters/life-cases";
import type { Declared } from "./support/adapters/mini-engine";
import { inTime, openRuns, VirtualWorld } from "./support/virtual/virtual-world";

const adapters = Object.entries(openRuns).map(([adapter, open]) => ({ adapter, open }));
const MANY = { times: Number.POSITIVE_INFINITY };
const LATER = { "retry-after": "60" };
const [N1, N2] = ["14155550100", "14155550101"];

const trunk = (name: string, args: object = {}): Declared => ({
  name,
  token: "Trunk",
  args: { trunkDirection: "inbound", primaryUriUuid: "uri-1", ...args },
});
const attach = (name: string, number: string, to: string): Declared => ({
  name,
  token: "PhoneNumberAttachment",
  args: { number },
  references: { trunkId: to },
});

class World extends VirtualWorld {
  up(program: readonly Declared[], change = (adapter: Adapter) => adapter) {
    const run = this.nextRun();
    return inTime(this.engine.up((name) => change(run.adapter(name)), [...program]));
  }

  destroy() {
    const run = this.nextRun();
    return inTime(this.engine.destroy((name) => run.adapter(name)));
  }

  /** The names of trunks that were made from the logical name. */
  made(name: string): readonly string[] {
    return [...this.simulator.store.trunks.values()].map((row) => row.name).filter((it) => it.startsWith(`${name}-`));
  }
}

type Open = (typeof adapters)[number]["open"];

async function within(open: Open, more: object, work: (world: World) => Promise<void>): Promise<void> {
  const world = await World.start(open, { seed, ...more });
  try {
    await work(world);
  } finally {
    await world.simulator.close();
  }
}

const late: readonly { readonly what: string; readonly fault: Fault }[] = [
  { what: "a 429 that asks to wait", fault: { kind: "status", status: 429, headers: LATER } },
  { what: "a 503 that asks to wait", fault: { kind: "status", status: 503, headers: LATER } },
  { what: "no response", fault: { kind: "hang", acts: false } },
];

test.each(adapters.flatMap((adapter) => late.map((row) => ({ ...adapter, ...row }))))(
  "$adapter: after $what the delete of a URI checks again, and spares a trunk that uses it by now",
  ({ open, fault }) => {
    const originationUris = [...(seed.originationUris ?? []), { uri_uuid: "free", uri: "c.example.com" }];
    return within(open, { seed: { ...seed, originationUris } }, async ({ simulator, clock, run }) => {
      simulator.faults.add({ method: "DELETE", path: "Zentrunk/URI/free/", do: fault });
      const inputs = { uri: "c.example.com", name: "free" };
      const deleting = run.adapter("free").delete("OriginationUri", { id: "free", inputs, outputs: inputs });
      const isRefused = expect(deleting).rejects.toThrow(
        /^deleting origination URI "free": refused, still used by trunk 777/,
      );
      await clock.sleep(20_000);
      simulator.store.addTrunk({ trunk_id: "777", trunk_direction: "inbound", primary_uri_uuid: "free" });
      await inTime(isRefused);
      expect(simulator.store.trunks.has("777")).toBe(true);
    });
  },
);

test.each(adapters)(
  "$adapter: a replacement of an unconfirmed trunk that is cut off before its create loses nothing",
  ({ open }) =>
    within(open, {}, async (world) => {
      world.simulator.faults.add({ method: "POST", path: "Zentrunk/Trunk/", do: { kind: "drop-after" } });
      world.simulator.faults.add({
        method: "GET",
        path: "Zentrunk/Trunk/",
        ...MANY,
        do: { kind: "status", status: 503 },
      });
      expect(await world.up([trunk("eu")])).toHaveLength(1);
      world.simulator.faults.clear();
      const canceled = () => Promise.reject(new Error("update canceled"));
      expect(
        await world.up([trunk("eu")], (adapter) => Object.assign(Object.create(adapter), { create: canceled })),
      ).toHaveLength(1);
      expect(await world.destroy()).toEqual([]);
      expect(world.made("eu")).toEqual([]);
    }),
);

test.each(adapters)(
  "$adapter: a write that did not take is not forgotten because nothing but forceDestroy changes next",
  ({ open }) =>
    within(open, {}, async (world) => {
      const office = (args: Declared["args"]): Declared => ({ name: "office", token: "IpAccessControlList", args });
      const addresses = ["198.51.100.7"];
      expect(await world.up([office({ ipAddresses: ["203.0.113.9"] })])).toEqual([]);
      const id = world.engine.entry("office")?.id ?? "";
      const path = `Zentrunk/IPAccessControlList/${id}/`;
      const changed: Fault = { kind: "body", status: 202, body: { message: "changed" }, acts: false };
      world.simulator.faults.add({ method: "POST", path, do: changed });
      world.simulator.faults.add({ method: "GET", path, ...MANY, do: { kind: "status", status: 503 } });
      expect(await world.up([office({ ipAddresses: addresses })])).toHaveLength(1);
      world.simulator.faults.clear();
      expect(await world.up([office({ ipAddresses: addresses, forceDestroy: true })])).toEqual([]);
      expect(world.simulator.store.ipAccessControlLists.get(id)?.ip_addresses).toEqual(addresses);
    }),
);

test.each(adapters)(
  "$adapter: attachments that have swapped their numbers can be destroyed with their trunks",
  ({ open }) =>
    within(open, {}, async (world) => {
      const trunks = [trunk("a"), trunk("b")];
      expect(await world.up([...trunks, attach("na", N1, "a"), attach("nb", N2, "b")])).toEqual([]);
      expect(await world.up([...trunks, attach("na", N2, "a"), attach("nb", N1, "b")])).toEqual([]);
      expect(await world.destroy()).toEqual([]);
      expect([N1, N2].map((number) => world.simulator.store.numbers.get(number)?.application)).toEqual([null, null]);
    }),
);

test.each(adapters)(
  "$adapter: an indeterminate create is not forgotten because the second one is rejected",
  ({ open }) =>
    within(open, { behaviour: { visibilityDelayMs: 20_000 } }, async (world) => {
      const path = "Zentrunk/Trunk/";
      world.simulator.faults.add({ method: "POST", path, do: { kind: "drop-after" } });
      world.simulator.faults.add({ method: "POST", path, after: 1, do: { kind: "status", status: 401 } });
      expect(await world.up([trunk("eu")])).toHaveLength(1);
      expect(world.engine.entry("eu")?.id).toMatch(/^unconfirmed:/);
      // Each new one appears later than it is waited for.
      for (let runs = 0; runs < 2; runs++) {
        await world.clock.sleep(60_000);
        await world.up([trunk("eu")]);
      }
      expect(await world.up([trunk("eu")])).toEqual([]);
      expect(world.made("eu")).toHaveLength(1);
    }),
);

test.each(adapters)("$adapter: a guard does not believe rows of a list that leave the URI out", ({ open }) =>
  within(open, {}, async ({ simulator, run }) => {
    const { trunk_id: id } = simulator.store.addTrunk({ trunk_direction: "inbound", primary_uri_uuid: "uri-2" });
    const rows = () => [...simulator.store.trunks.values()].map(({ primary_uri_uuid: _, ...row }) => row);
    const respond = () => ({ status: 200, body: { objects: rows(), meta: { total_count: rows().length } } });
    simulator.faults.add({ method: "GET", path: "Zentrunk/Trunk/", ...MANY, do: { kind: "respond", respond } });
    const inputs = { uri: "b.example.com", name: "b" };
    const deleting = run.adapter("b").delete("OriginationUri", { id: "uri-2", inputs, outputs: inputs });
    await expect(deleting).rejects.toThrow(`still used by trunk ${id}`);
  }),
);
