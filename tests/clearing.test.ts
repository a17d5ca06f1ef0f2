/**
 * Which value clears a reference or detaches a number is not published, nor how the other one is refused: with every status
 * and through every adapter it is done; where nothing does it, the error says what Plivo said to both.
 */
import { expect, test } from "@jest/globals";
import type { Behaviour } from "pulumi-plivo/simulator";
import { checked, openAdapters, up, withWorld } from "./support/adapters/adapter";
import { seed } from "./support/adapters/life-cases";

const NUMBER = "14155550100";
const STATUSES = [400, 403, 404, 409, 422, 500, 503];
const inbound = { name: "pbx", trunkDirection: "inbound", primaryUriUuid: "uri-1", fallbackUriUuid: "uri-2" };

const adapters = Object.entries(openAdapters).map(([adapter, open]) => ({ adapter, open }));
const working = (["null", "empty", "both", "reject-null"] as const).flatMap((way) =>
  STATUSES.map((status) => ({ way, status })),
);
const table = adapters.flatMap((row) => working.map((how) => ({ ...row, ...how })));
const behaviourOf = (way: Behaviour["clearWith"], status: number) => ({
  clearWith: way,
  detachWith: way,
  rejectedClearingStatus: status,
});

test.each(table)(
  "$adapter: a reference is cleared where $way does it, and the rest gets a $status",
  ({ open, way, status }) =>
    withWorld(open, { seed, behaviour: behaviourOf(way, status) }, async ({ adapter, simulator }) => {
      const state = await up(adapter, "Trunk", inbound);
      const news = await checked(adapter, "Trunk", { ...inbound, fallbackUriUuid: undefined }, state.inputs);
      const { outputs } = await adapter.update("Trunk", state, news);
      expect(outputs).toMatchObject({ fallbackUriUuid: null, primaryUriUuid: "uri-1" });
      expect(simulator.store.trunks.get(state.id)).toMatchObject({ fallback_uri_uuid: null });
    }),
);

test.each(table)(
  "$adapter: a number is detached where $way does it, and the rest gets a $status",
  ({ open, way, status }) =>
    withWorld(open, { seed, behaviour: behaviourOf(way, status) }, async ({ adapter, nextRun, simulator }) => {
      const state = await up(adapter, "PhoneNumberAttachment", { number: NUMBER, trunkId: "100" });
      await nextRun().delete("PhoneNumberAttachment", state);
      expect(simulator.store.numbers.get(NUMBER)).toMatchObject({ application: null });
    }),
);

const failing = adapters.flatMap((row) => STATUSES.map((status) => ({ ...row, status })));

test.each(failing)(
  "$adapter: where both values get a $status, the error says so, and nothing else is claimed",
  ({ open, status }) =>
    withWorld(open, { seed, behaviour: behaviourOf("neither", status) }, async ({ adapter, nextRun, simulator }) => {
      const state = await up(adapter, "PhoneNumberAttachment", { number: NUMBER, trunkId: "100" });
      const message = `still routed to trunk 100 after app_id null \\(${status} .*\\) and "" \\(${status} .*\\)`;
      await expect(nextRun().delete("PhoneNumberAttachment", state)).rejects.toThrow(new RegExp(message));
      expect(simulator.store.numbersOf("100")).toHaveLength(1);
    }),
);

test.each(adapters)("$adapter: where both values are ignored, the error says that neither did it", ({ open }) =>
  withWorld(open, { seed, behaviour: behaviourOf("ignored", 400) }, async ({ adapter, nextRun }) => {
    const state = await up(adapter, "PhoneNumberAttachment", { number: NUMBER, trunkId: "100" });
    const message = 'still routed to trunk 100 after app_id null and ""';
    await expect(nextRun().delete("PhoneNumberAttachment", state)).rejects.toThrow(message);
  }),
);
