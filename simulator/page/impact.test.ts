import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import type { Store, TrunkRow } from "../index";
import { setup } from "../testing/setup";
import { impactOf } from "./impact";

const collections = {
  originationUris: "Zentrunk/URI/",
  credentials: "Zentrunk/Credential/",
  ipAccessControlLists: "Zentrunk/IPAccessControlList/",
  trunks: "Zentrunk/Trunk/",
} as const;
type Deletable = keyof typeof collections;
const kinds = Object.keys(collections) as Deletable[];
const suffixes = ["a", "b", "c"];

/** An id, different for each kind, as on Plivo. */
const idOf = (kind: Deletable) => fc.constantFrom(...suffixes.map((suffix) => `${kind}-${suffix}`));
const trunk = fc.record({
  trunk_direction: fc.constantFrom("inbound" as const, "outbound" as const),
  ipacl_uuid: fc.option(idOf("ipAccessControlLists")),
  credential_uuid: fc.option(idOf("credentials")),
  primary_uri_uuid: fc.option(idOf("originationUris")),
  fallback_uri_uuid: fc.option(idOf("originationUris")),
});
const arrangement = fc.record({
  trunks: fc.tuple(trunk, trunk, trunk),
  routes: fc.array(fc.option(idOf("trunks")), { maxLength: 5 }),
});
const selection = fc.constantFrom(...kinds).chain((kind) => fc.record({ kind: fc.constant(kind), id: idOf(kind) }));

function arrange(
  store: Store,
  { trunks, routes }: { trunks: Pick<TrunkRow, "trunk_direction">[]; routes: (string | null)[] },
) {
  for (const kind of kinds) store.table(kind).clear();
  store.numbers.clear();
  for (const suffix of suffixes) {
    store.addCredential({ credential_uuid: `credentials-${suffix}` });
    store.addIpAccessControlList({ ipacl_uuid: `ipAccessControlLists-${suffix}` });
    store.addOriginationUri({ uri_uuid: `originationUris-${suffix}` });
  }
  for (const [index, row] of trunks.entries()) store.addTrunk({ ...row, trunk_id: `trunks-${suffixes[index]}` });
  for (const [index, id] of routes.entries()) {
    store.addNumber(String(index));
    store.route(String(index), id);
  }
}

/** What works, as the effect that its end would be: objects that exist, numbers with calls, outbound trunks with a way in. */
function working(store: Store): string[] {
  const hasWayIn = ({ credential_uuid, ipacl_uuid }: TrunkRow) =>
    store.credentials.has(credential_uuid ?? "") || store.ipAccessControlLists.has(ipacl_uuid ?? "");
  const trunks = [...store.trunks.values()];
  const outbound = trunks.filter((row) => row.trunk_direction === "outbound" && hasWayIn(row));
  const numbers = [...store.numbers.values()].filter(({ application }) => application !== null);
  return [
    ...trunks.map(({ trunk_id }) => `deleted trunks/${trunk_id}`),
    ...outbound.map(({ trunk_id }) => `locked-out trunks/${trunk_id}`),
    ...numbers.map(({ number }) => `detached numbers/${number}`),
  ];
}

test("what the page says would break is what breaks when the API deletes the object, and nothing else", async () => {
  const { simulator, request } = await setup();
  const { store } = simulator;
  const property = fc.asyncProperty(arrangement, selection, async (arranged, key) => {
    arrange(store, arranged);
    const predicted = [...impactOf(store, key)].filter(([, effect]) => effect !== "narrowed");
    const before = working(store);
    expect((await request("DELETE", `${collections[key.kind]}${key.id}/`)).status).toBe(204);
    const after = new Set(working(store));
    const broken = before.filter((one) => !after.has(one));
    // A trunk that is gone accepts no calls either: that it is deleted says enough, and the object itself needs no word.
    const isGone = (one: string) => broken.includes(one.replace("locked-out", "deleted"));
    const expected = broken.filter((one) => one !== `deleted ${key.kind}/${key.id}`);
    expect(predicted.map(([text, effect]) => `${effect} ${text}`).sort()).toEqual(
      expected.filter((one) => !(one.startsWith("locked-out") && isGone(one))).sort(),
    );
  });
  await fc.assert(property, { numRuns: 300 });
});

test("a trunk that has another way in is narrowed, not locked out, unless the other way is deleted already", async () => {
  const { simulator } = await setup();
  const { store } = simulator;
  const { ipacl_uuid } = store.addIpAccessControlList();
  const { credential_uuid } = store.addCredential();
  const { trunk_id } = store.addTrunk({ trunk_direction: "outbound", ipacl_uuid, credential_uuid });
  const key = { kind: "credentials", id: credential_uuid } as const;
  expect([...impactOf(store, key)]).toEqual([[`trunks/${trunk_id}`, "narrowed"]]);
  store.ipAccessControlLists.clear();
  expect([...impactOf(store, key)]).toEqual([[`trunks/${trunk_id}`, "locked-out"]]);
});
