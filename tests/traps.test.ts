/**
 * The traps of Plivo's API, one test each, named after the trap that it walks into. Where it can, a test first shows that
 * the trap is set (what the API does to a caller who knows nothing of it), and then that we do not fall in.
 */
import { expect, test } from "@jest/globals";
import type { Behaviour, Simulator } from "pulumi-plivo/simulator";
import { type Adapter, checked, openAdapters, type Props, up, type World, withWorld } from "./support/adapters/adapter";
import { seed } from "./support/adapters/life-cases";

const adapters = Object.entries(openAdapters).map(([adapter, open]) => ({ adapter, open }));

/** One test for each adapter. */
function trap(name: string, run: (world: World) => Promise<void>, behaviour: Partial<Behaviour> = {}): void {
  test.each(adapters)(`$adapter: ${name}`, ({ open }) => withWorld(open, { seed, behaviour }, run));
}

/** A request as the documentation alone suggests it. */
async function naively({ url, authId, authToken }: Simulator, method: string, path: string, body?: object) {
  const response = await fetch(`${url}/Account/${authId}/${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${authId}:${authToken}`).toString("base64")}`,
      "content-type": "application/json",
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : (JSON.parse(text) as Props) };
}

const inbound = { trunkDirection: "inbound", primaryUriUuid: "uri-1", fallbackUriUuid: "uri-2" };
const outbound = { trunkDirection: "outbound", credentialUuid: "cred-1" };
const account = { username: "pbxparis", password: "Secret!3" };
const authenticated = { uri: "c.example.com", authenticationNeeded: true, username: "pbx", password: "hunter2" };

async function change(adapter: Adapter, token: Parameters<Adapter["update"]>[0], from: Props, to: Props) {
  const state = await up(adapter, token, from);
  return adapter.update(token, state, await checked(adapter, token, to, state.inputs));
}

for (const [createStatus, updateStatus] of [
  [200, 200],
  [201, 202],
] as const)
  trap(
    `creates return ${createStatus} and updates ${updateStatus}: any 2xx is a success`,
    async ({ adapter }) => {
      const { outputs } = await change(adapter, "Credential", account, { ...account, username: "pbxrome" });
      expect(outputs).toMatchObject({ username: "pbxrome" });
    },
    { createStatus, updateStatus },
  );

for (const wrapSingle of [true, false])
  trap(
    `a single GET returns ${wrapSingle ? "an envelope" : "the bare object"}, of every kind`,
    async ({ adapter }) => {
      for (const [token, args] of [
        ["Trunk", inbound],
        ["Credential", account],
        ["IpAccessControlList", { ipAddresses: ["203.0.113.1"] }],
        ["OriginationUri", authenticated],
        ["PhoneNumberAttachment", { number: "14155550100", trunkId: "100" }],
      ] as const) {
        const state = await up(adapter, token, args);
        expect(await adapter.read(token, state)).toEqual(state);
      }
    },
    { wrapSingle },
  );

trap("a create does not return the trunk's domain: it comes from a read-back", async ({ adapter, simulator }) => {
  const body = { name: "x", trunk_direction: "inbound", primary_uri_uuid: "uri-1" };
  const naive = await naively(simulator, "POST", "Zentrunk/Trunk/", body);
  expect(Object.keys(naive.body ?? {}).sort()).toEqual(["api_id", "message", "trunk_id"]);
  const { id, outputs } = await up(adapter, "Trunk", inbound);
  expect(outputs).toMatchObject({ trunkDomain: `${id}.zt.plivo.com` });
});

trap("an update of a trunk is rejected without its direction, which is therefore always sent", async (world) => {
  const { adapter, simulator } = world;
  const naive = await naively(simulator, "POST", "Zentrunk/Trunk/100/", { name: "new" });
  expect(naive.status).toBe(400);
  simulator.clearRequests();
  const { outputs } = await change(adapter, "Trunk", inbound, { ...inbound, name: "new" });
  expect(outputs).toMatchObject({ name: "new", trunkDirection: "inbound" });
  const posts = simulator.requests.filter(({ method }) => method === "POST");
  const withDirection = expect.objectContaining({ trunk_direction: "inbound" });
  expect(posts.map(({ body }) => body)).toEqual([withDirection, withDirection]);
});

trap(
  "an update of a trunk leaves alone what it leaves out: a reference that goes away is cleared by name",
  async (world) => {
    const { adapter, simulator } = world;
    await naively(simulator, "POST", "Zentrunk/Trunk/100/", { trunk_direction: "inbound", fallback_uri_uuid: "uri-2" });
    await naively(simulator, "POST", "Zentrunk/Trunk/100/", { trunk_direction: "inbound" });
    expect(simulator.store.trunks.get("100")).toMatchObject({ fallback_uri_uuid: "uri-2" });
    const { id, outputs } = await change(adapter, "Trunk", inbound, { ...inbound, fallbackUriUuid: undefined });
    expect(outputs).toMatchObject({ fallbackUriUuid: null });
    expect(simulator.store.trunks.get(id)).toMatchObject({ fallback_uri_uuid: null, primary_uri_uuid: "uri-1" });
  },
);

for (const clearWith of ["null", "empty", "both", "reject-null"] as const)
  trap(
    `how a reference is cleared is not published: ${clearWith}`,
    async ({ adapter, simulator }) => {
      const { id } = await change(adapter, "Trunk", inbound, { ...inbound, fallbackUriUuid: undefined });
      expect(simulator.store.trunks.get(id)).toMatchObject({ fallback_uri_uuid: null, primary_uri_uuid: "uri-1" });
    },
    { clearWith },
  );

trap(
  "a server may ignore a filter: a trunk that does not use the URI does not count as one that does",
  async ({ adapter }) => {
    const state = await up(adapter, "OriginationUri", { uri: "c.example.com" });
    await expect(adapter.delete("OriginationUri", state)).resolves.toBeUndefined();
  },
  { ignoreFilters: true },
);

trap("deleting a trunk silently detaches its numbers: refused while there are some", async (world) => {
  const { adapter, simulator } = world;
  const { store } = simulator;
  store.route("14155550101", "100");
  await naively(simulator, "DELETE", "Zentrunk/Trunk/100/");
  expect(store.numbers.get("14155550101")).toMatchObject({ application: null });
  const state = await up(adapter, "Trunk", inbound);
  store.route("14155550101", state.id);
  await expect(adapter.delete("Trunk", state)).rejects.toThrow(/refused, still used by phone number 14155550101/);
  expect(store.trunks.has(state.id)).toBe(true);
});

for (const [given, path] of [
  [{ ...account, username: "abc" }, "username"],
  [{ ...account, username: "abcde12345abcde12345x" }, "username"],
  [{ ...account, password: "a!" }, "password.value"],
  [{ ...account, password: "abcde12345abcde12345!" }, "password.value"],
] as const)
  trap(
    `a credential has rules of its own: ${JSON.stringify(given)} fails on ${path} before any request`,
    async (world) => {
      const { failures } = await world.adapter.check("Credential", given);
      expect(failures.map(({ property }) => property)).toEqual([path]);
      expect(world.takeRequests()).toEqual([]);
    },
  );

trap(
  "an update of a credential without its password blanks it: a renamed one keeps it",
  async ({ adapter, simulator }) => {
    await naively(simulator, "POST", "Zentrunk/Credential/cred-1/", { name: "new" });
    expect(simulator.store.credentials.get("cred-1")).toMatchObject({ password: "" });
    const { id } = await change(adapter, "Credential", account, { ...account, name: "new" });
    expect(simulator.store.credentials.get(id)).toMatchObject({ name: "new", password: "Secret!3" });
  },
);

trap("a refreshed credential does not lose the password that Plivo never returns", async ({ adapter, simulator }) => {
  const state = await up(adapter, "Credential", account);
  simulator.store.edit("credentials", state.id, { name: "drifted" });
  const found = await adapter.read("Credential", state);
  expect(found?.outputs).toMatchObject({ password: "Secret!3" });
  await adapter.update("Credential", found ?? state, state.inputs);
  expect(simulator.store.credentials.get(state.id)).toMatchObject({ password: "Secret!3" });
});

trap("a password without a username is rejected: a rotated one is sent with it", async ({ adapter, simulator }) => {
  const naive = await naively(simulator, "POST", "Zentrunk/Credential/cred-1/", { password: "Secret!9" });
  expect(naive.status).toBe(400);
  const { id } = await change(adapter, "Credential", account, { ...account, password: "Secret!9" });
  expect(simulator.store.credentials.get(id)).toMatchObject({ username: "pbxparis", password: "Secret!9" });
});

trap("a range wider than /8 lets everyone call: allowed, not blocked", async ({ adapter, simulator }) => {
  const { id } = await up(adapter, "IpAccessControlList", { ipAddresses: ["0.0.0.0/0", "::/0"] });
  expect(simulator.store.ipAccessControlLists.get(id)).toMatchObject({ ip_addresses: ["0.0.0.0/0", "::/0"] });
});

trap(
  "a server may sort or respell addresses: neither is a difference",
  async ({ adapter }) => {
    const state = await up(adapter, "IpAccessControlList", {
      ipAddresses: ["203.0.113.9", "2001:DB8:0::1", "203.0.113.1"],
    });
    const found = await adapter.read("IpAccessControlList", state);
    expect(found).toEqual(state);
    expect(await adapter.diff("IpAccessControlList", found ?? state, state.inputs)).toEqual({
      changed: [],
      replaces: [],
    });
  },
  { keepAddressOrder: false, canonicalAddresses: true },
);

for (const uri of [
  "sip.example.com",
  "sip.example.com:5061",
  "SIP.example.com;transport=tcp",
  "sip.example.com:5061;transport=TLS",
  "sip:alice@sip.example.com",
  "sips:sip.example.com",
  "203.0.113.7",
  "[2001:DB8::5]:5060",
])
  trap(`a URI is sent verbatim: ${uri}`, async ({ adapter, simulator }) => {
    const { id, outputs } = await up(adapter, "OriginationUri", { uri });
    expect(outputs).toMatchObject({ uri });
    expect(simulator.store.originationUris.get(id)).toMatchObject({ uri });
  });

for (const uri of ["https://sip.example.com/x", "sip example.com", "10.0.0", "sip.example.com:0"])
  trap(`a URI that Plivo cannot call is rejected before any request: ${uri}`, async ({ adapter, takeRequests }) => {
    const { failures } = await adapter.check("OriginationUri", { uri });
    expect(failures.map(({ property }) => property)).toEqual(["uri"]);
    expect(takeRequests()).toEqual([]);
  });

trap("a new password of a URI needs the other two fields: all three are sent", async ({ adapter, simulator }) => {
  const state = await up(adapter, "OriginationUri", authenticated);
  const naive = await naively(simulator, "POST", `Zentrunk/URI/${state.id}/`, { password: "rotated" });
  expect(naive.status).toBe(422);
  const news = await checked(adapter, "OriginationUri", { ...authenticated, password: "rotated" }, state.inputs);
  await adapter.update("OriginationUri", state, news);
  const row = simulator.store.originationUris.get(state.id);
  expect(row).toMatchObject({ authentication_needed: true, username: "pbx", password: "rotated" });
});

trap(
  "deleting a URI deletes the trunks that use it: refused, whichever way they use it",
  async ({ adapter, simulator }) => {
    const { store } = simulator;
    const state = await up(adapter, "OriginationUri", { uri: "c.example.com" });
    for (const use of [{ primary_uri_uuid: state.id }, { primary_uri_uuid: "uri-2", fallback_uri_uuid: state.id }]) {
      store.edit("trunks", "100", { fallback_uri_uuid: null, ...use });
      await expect(adapter.delete("OriginationUri", state)).rejects.toThrow('refused, still used by trunk 100 ("in")');
      expect([store.trunks.has("100"), store.originationUris.has(state.id)]).toEqual([true, true]);
    }
    await naively(simulator, "DELETE", `Zentrunk/URI/${state.id}/`);
    expect(store.trunks.has("100")).toBe(false);
  },
);

trap("deleting a URI is refused when the check for its trunks fails", async ({ adapter, simulator }) => {
  const state = await up(adapter, "OriginationUri", { uri: "c.example.com" });
  simulator.faults.add({ method: "GET", path: "Zentrunk/Trunk/", times: 9, do: { kind: "empty" } });
  await expect(adapter.delete("OriginationUri", state)).rejects.toThrow("refused, cannot see what still uses it");
  expect(simulator.store.originationUris.has(state.id)).toBe(true);
});

trap("forceDestroy is the way out, once it is in the state", async ({ adapter, simulator }) => {
  const { store } = simulator;
  const args = { uri: "c.example.com" };
  const state = await change(adapter, "OriginationUri", args, { ...args, forceDestroy: true });
  store.edit("trunks", "100", { primary_uri_uuid: state.id });
  await adapter.delete("OriginationUri", state);
  expect([store.originationUris.has(state.id), store.trunks.has("100")]).toEqual([false, false]);
});

trap("a number's route is a path, to a trunk or to an application, or nothing", async ({ adapter, simulator }) => {
  const { store } = simulator;
  const state = await up(adapter, "PhoneNumberAttachment", { number: "14155550100", trunkId: "100" });
  for (const [to, trunkId] of [
    ["100", "100"],
    ["900", null],
    [null, null],
  ] as const) {
    store.route("14155550100", to);
    const found = await adapter.read("PhoneNumberAttachment", state);
    expect(found?.outputs).toMatchObject({ number: "14155550100", trunkId });
  }
});

trap("a number on an outbound trunk silently stops answering: rejected before any write", async (world) => {
  const { nextRun, simulator, takeRequests } = world;
  const trunk = await up(nextRun(), "Trunk", outbound);
  const naive = await naively(simulator, "POST", "Number/14155550101/", { app_id: trunk.id });
  expect(naive.status).toBe(202);
  takeRequests();
  const attachment = { number: "14155550100", trunkId: trunk.id };
  await expect(up(nextRun(), "PhoneNumberAttachment", attachment)).rejects.toThrow(
    /is outbound, .* would stop answering/,
  );
  expect(takeRequests()).toEqual([`GET Zentrunk/Trunk/${trunk.id}/`]);
});

trap("no filter finds the numbers of a trunk: every page is read", async ({ adapter, simulator }) => {
  const { store } = simulator;
  const state = await up(adapter, "Trunk", inbound);
  for (let i = 0; i < 41; i++) store.addNumber(`1415666${1000 + i}`);
  store.route("14156661040", state.id);
  simulator.clearRequests();
  await expect(adapter.delete("Trunk", state)).rejects.toThrow("phone number 14156661040");
  expect(simulator.requests.filter(({ path }) => path === "Number/").length).toBeGreaterThan(2);
});
