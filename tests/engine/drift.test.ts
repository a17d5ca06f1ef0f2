import { expect } from "@jest/globals";
import * as plivo from "pulumi-plivo";
import type { Kind, Rows, Store } from "pulumi-plivo/simulator";
import { testInWorld, type World } from "./support/stack/engine";
import { failureOf } from "./support/stack/failure";
import { addUnmanaged, foundation, idOf, inboundTrunk, outboundTrunk } from "./support/stack/fleet";
import { changesOf } from "./support/stack/steps";

type Unmanaged = ReturnType<typeof addUnmanaged>;

/** A change of one object by hand, and the one property on which it must show. */
interface Tampering {
  readonly on: Kind;
  /** Logical name of the object, also where no other tampering may be. */
  readonly name: string;
  change(unmanaged: Unmanaged): object;
  readonly shows: string;
}

const inbound: Tampering[] = [
  { on: "trunks", name: "in-name", change: () => ({ name: "renamed" }), shows: "name" },
  { on: "trunks", name: "in-status", change: () => ({ trunk_status: "disabled" }), shows: "trunkStatus" },
  { on: "trunks", name: "in-secure", change: () => ({ secure: true }), shows: "secure" },
  // Plivo takes no direction without what it needs.
  {
    on: "trunks",
    name: "in-direction",
    change: ({ credential }) => ({ trunk_direction: "outbound", credential_uuid: credential }),
    shows: "credentialUuid, trunkDirection",
  },
  { on: "trunks", name: "in-primary", change: ({ uri }) => ({ primary_uri_uuid: uri }), shows: "primaryUriUuid" },
  { on: "trunks", name: "in-fallback", change: ({ uri }) => ({ fallback_uri_uuid: uri }), shows: "fallbackUriUuid" },
  { on: "trunks", name: "in-no-fallback", change: () => ({ fallback_uri_uuid: null }), shows: "fallbackUriUuid" },
  { on: "trunks", name: "in-acl", change: ({ addresses }) => ({ ipacl_uuid: addresses }), shows: "ipaclUuid" },
];

const outbound: Tampering[] = [
  {
    on: "trunks",
    name: "out-pbx",
    change: ({ credential }) => ({ credential_uuid: credential }),
    shows: "credentialUuid",
  },
  { on: "trunks", name: "out-no-pbx", change: () => ({ credential_uuid: null }), shows: "credentialUuid" },
  { on: "trunks", name: "out-acl", change: ({ addresses }) => ({ ipacl_uuid: addresses }), shows: "ipaclUuid" },
  { on: "trunks", name: "out-uri", change: ({ uri }) => ({ primary_uri_uuid: uri }), shows: "primaryUriUuid" },
];

const others: Tampering[] = [
  // The other password cannot be seen; but every repair sends all three to Plivo.
  { on: "credentials", name: "pbx-name", change: () => ({ name: "renamed", password: "0ther_one" }), shows: "name" },
  { on: "credentials", name: "pbx-user", change: () => ({ username: "somebodyelse" }), shows: "username" },
  { on: "ipAccessControlLists", name: "acl-name", change: () => ({ name: "renamed" }), shows: "name" },
  {
    on: "ipAccessControlLists",
    name: "acl-more",
    change: () => ({ ip_addresses: ["192.0.2.1", "192.0.2.9"] }),
    shows: "ipAddresses",
  },
  { on: "originationUris", name: "uri-name", change: () => ({ name: "renamed" }), shows: "name" },
  { on: "originationUris", name: "uri-uri", change: () => ({ uri: "elsewhere.example.com" }), shows: "uri" },
  // Plivo forgets the username with the need for it.
  {
    on: "originationUris",
    name: "uri-no-auth",
    change: () => ({ authentication_needed: false, username: null }),
    shows: "authenticationNeeded, username",
  },
  {
    on: "originationUris",
    name: "uri-auth",
    change: () => ({ authentication_needed: true }),
    shows: "authenticationNeeded",
  },
  { on: "originationUris", name: "uri-user", change: () => ({ username: "somebodyelse" }), shows: "username" },
  { on: "originationUris", name: "uri-no-user", change: () => ({ username: null }), shows: "username" },
];

const numbers = ["14155550100", "14155550101", "14155550102"];

/** One resource per tampering, and a number for each way of being routed elsewhere. */
async function fleet(): Promise<void> {
  const parts = foundation();
  for (const { name } of inbound) inboundTrunk(name, parts);
  for (const { name } of outbound) outboundTrunk(name, parts);
  for (const { on, name } of others) {
    const login = { name, username: "pbxlondon", password: "s3cret_s3cret!" };
    if (on === "credentials") new plivo.Credential(name, login);
    if (on === "ipAccessControlLists") new plivo.IpAccessControlList(name, { name, ipAddresses: ["192.0.2.1"] });
    const uri = { name, uri: "sip.example.com" };
    if (name === "uri-auth") new plivo.OriginationUri(name, uri);
    else if (on === "originationUris") new plivo.OriginationUri(name, { ...login, ...uri, authenticationNeeded: true });
  }
  const { trunkId } = inboundTrunk("in-numbers", parts);
  for (const number of numbers) new plivo.PhoneNumberAttachment(number, { number, trunkId });
}

function tamper(world: World, unmanaged: Unmanaged): void {
  const { store } = world.simulator;
  for (const { on, name, change } of [...inbound, ...outbound, ...others])
    store.edit(on, idOf(world, name), change(unmanaged) as Partial<Rows[Kind]>);
  const routes = [unmanaged.trunk, unmanaged.application, null];
  for (const [index, number] of numbers.entries()) store.route(number, routes[index] ?? null);
}

/** What the tables above promise, as `changesOf` tells it. */
function promised(): Record<string, string> {
  const rows = [...inbound, ...outbound, ...others].map(({ name, shows }) => [name, `update ${shows}`]);
  // Plivo would take a direction change as an update; the trunk is replaced all the same.
  return Object.fromEntries([...rows, ...numbers.map((number) => [number, "update trunkId"])]);
}

const seed = { numbers };

testInWorld(
  "each property that is changed by hand is drift on exactly that property, and `up --refresh` repairs it",
  async (world) => {
    const { stack, simulator, run } = world;
    run(fleet);
    await stack.up();
    const unmanaged = addUnmanaged(simulator.store);
    const before = snapshot(simulator.store);
    tamper(world, unmanaged);

    const wanted = promised();
    expect(await changesOf((listening) => stack.previewRefresh(listening))).toEqual(wanted);
    const replaced = { "in-direction": expect.stringMatching(/^delete-replaced/) };
    const previewed = await changesOf((listening) => stack.preview({ refresh: true, ...listening }));
    expect(previewed).toEqual({ ...wanted, ...replaced });
    simulator.clearRequests();
    await stack.up({ refresh: true });
    expect(snapshot(simulator.store)).toEqual(before);
    const creates = simulator.requests.filter(({ method, path }) => method === "POST" && path === "Zentrunk/Trunk/");
    expect(creates.map(({ status }) => status)).toEqual([201]);
    await stack.refresh({ expectNoChanges: true });
    await stack.preview({ expectNoChanges: true });
  },
  { simulator: { seed } },
);

/** All that the account holds, without the times, ids and domains that an update or a replacement gets anew. */
function snapshot(store: Store) {
  const rows = <T extends object>(table: ReadonlyMap<string, T>) =>
    [...table.values()].map((row) => ({ ...row, created_at: "", updated_at: "" }));
  const trunks = rows(store.trunks).map((trunk) => ({ ...trunk, trunk_id: "", trunk_domain: "" }));
  return {
    trunks: Object.fromEntries(trunks.map((trunk) => [trunk.name, trunk])),
    credentials: rows(store.credentials),
    lists: rows(store.ipAccessControlLists),
    uris: rows(store.originationUris),
    numbers: rows(store.numbers),
  };
}

testInWorld("a generated name that is changed by hand is shown once, and then kept", async (world) => {
  const { stack, simulator, run } = world;
  run(async () => void new plivo.OriginationUri("pbx", { uri: "sip.example.com" }));
  await stack.up();
  simulator.store.edit("originationUris", idOf(world, "pbx"), { name: "renamed" });
  expect(await changesOf((listening) => stack.previewRefresh(listening))).toEqual({ pbx: "update name" });
  await stack.up({ refresh: true });
  await stack.preview({ expectNoChanges: true });
  expect([...simulator.store.originationUris.values()]).toMatchObject([{ name: "renamed" }]);
});

/** What a whole account consists of: each resource once. */
async function oneOfEach(): Promise<void> {
  const parts = foundation();
  outboundTrunk("out", parts);
  new plivo.PhoneNumberAttachment("hotline", { number: "14155550100", trunkId: inboundTrunk("in", parts).trunkId });
}

testInWorld(
  "what is deleted by hand is created again, and what refers to it follows",
  async (world) => {
    const { stack, simulator, run } = world;
    run(oneOfEach);
    await stack.up();
    const { store } = simulator;
    // Plivo deletes the inbound trunk with its URI, and detaches the number.
    store.deleteOriginationUri(idOf(world, "primary"));
    store.credentials.delete(idOf(world, "pbx"));
    store.ipAccessControlLists.delete(idOf(world, "offices"));

    const drift = { primary: "delete", in: "delete", pbx: "delete", offices: "delete", hotline: "update trunkId" };
    expect(await changesOf((listening) => stack.previewRefresh(listening))).toEqual(drift);
    const healing = { primary: "create", in: "create", pbx: "create", offices: "create", hotline: "update trunkId" };
    const out = "update credentialUuid, ipaclUuid";
    expect(await changesOf((listening) => stack.up({ refresh: true, ...listening }))).toEqual({ ...healing, out });
    await stack.refresh({ expectNoChanges: true });
    expect(store.numbersOf(idOf(world, "in"))).toHaveLength(1);
    expect(store.trunks.get(idOf(world, "out"))).toMatchObject({ credential_uuid: idOf(world, "pbx") });
    expect(store.trunks.size).toBe(2);
  },
  { simulator: { seed } },
);

testInWorld(
  "a number that the account gave up is gone; attaching it again says that the account does not have it",
  async (world) => {
    const { stack, simulator, run } = world;
    run(oneOfEach);
    await stack.up();
    simulator.store.numbers.delete("14155550100");
    expect(await changesOf((listening) => stack.previewRefresh(listening))).toEqual({ hotline: "delete" });
    const message = await failureOf(stack.up({ refresh: true }));
    expect(message).toContain("creating phone number attachment 14155550100: GET Number/14155550100/ -> 404");
    expect(message).toContain('account "MASIMULATOR000000000" has no number 14155550100');
  },
  { simulator: { seed } },
);
