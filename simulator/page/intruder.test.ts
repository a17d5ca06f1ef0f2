import { expect, test } from "@jest/globals";
import type { RequestLogEntry, Seed } from "../index";
import { intrude, pageOf, tokenOf } from "../testing/page";
import { setup } from "../testing/setup";

const seed: Seed = {
  applications: [{ app_id: "7", app_name: "voicemail" }],
  originationUris: [{ uri_uuid: "uri", uri: "pbx.example.com" }],
  ipAccessControlLists: [{ ipacl_uuid: "acl", ip_addresses: ["192.0.2.1"] }],
  trunks: [
    { trunk_id: "1", trunk_direction: "inbound", primary_uri_uuid: "uri" },
    { trunk_id: "2", trunk_direction: "inbound", primary_uri_uuid: "uri" },
  ],
  numbers: [{ number: "14155550100", app_id: "1" }],
};
const number = "numbers/14155550100";

test("the intruder disables and enables a trunk", async () => {
  const { simulator } = await setup({ seed });
  await intrude(simulator, "trunks/1", { action: "disable" });
  expect(simulator.store.trunks.get("1")?.trunk_status).toBe("disabled");
  await intrude(simulator, "trunks/1", { action: "enable" });
  expect(simulator.store.trunks.get("1")?.trunk_status).toBe("enabled");
});

test("the intruder moves a number to a trunk or an application, and detaches it whatever detaches in the API", async () => {
  const { simulator } = await setup({ seed, behaviour: { detachWith: "neither" } });
  const target = () => simulator.store.numbers.get("14155550100")?.application;
  await intrude(simulator, number, { action: "move", to: "2" });
  expect(target()).toContain("/Zentrunk/Trunk/2/");
  await intrude(simulator, number, { action: "move", to: "7" });
  expect(target()).toContain("/Application/7/");
  await intrude(simulator, number, { action: "detach" });
  expect(target()).toBeNull();
});

test("the intruder changes an address list, also to ranges on one line", async () => {
  const { simulator } = await setup({ seed });
  await intrude(simulator, "ipAccessControlLists/acl", {
    action: "addresses",
    addresses: "192.0.2.7\r\n198.51.100.0/24, 2001:db8::1",
  });
  expect(simulator.store.ipAccessControlLists.get("acl")?.ip_addresses).toEqual([
    "192.0.2.7",
    "198.51.100.0/24",
    "2001:db8::1",
  ]);
});

test("the intruder deletes as Plivo does: the trunks go with their URI, and their numbers are detached", async () => {
  const { simulator } = await setup({ seed });
  await intrude(simulator, "originationUris/uri", { action: "delete" });
  expect([simulator.store.trunks.size, simulator.store.originationUris.size]).toEqual([0, 0]);
  expect(simulator.store.numbers.get("14155550100")?.application).toBeNull();
});

test("what the intruder does is logged as the request that has this effect, and as the intruder's", async () => {
  const entries: RequestLogEntry[] = [];
  const { simulator, request } = await setup({ seed, onRequest: (entry) => entries.push(entry) });
  await intrude(simulator, number, { action: "move", to: "2" });
  await intrude(simulator, "trunks/2", { action: "delete" });
  await request("GET", "Number/");
  expect(simulator.requests).toMatchObject([
    { method: "POST", path: "Number/14155550100/", body: { app_id: "2" }, status: 202, by: "intruder" },
    { method: "DELETE", path: "Zentrunk/Trunk/2/", body: undefined, status: 204, by: "intruder" },
    { method: "GET", path: "Number/" },
  ]);
  expect(simulator.requests[2]).not.toHaveProperty("by");
  expect(entries).toEqual(simulator.requests);
  expect(await pageOf(simulator)).toContain("Last change: DELETE Zentrunk/Trunk/2/ by the intruder.");
});

test("the intruder uses up neither a fault nor the rate limit", async () => {
  const { simulator, request } = await setup({ seed, rateLimit: { requests: 1, windowMs: 5000 } });
  const fault = simulator.faults.add({ do: { kind: "empty" } });
  await intrude(simulator, "trunks/1", { action: "disable" });
  expect([fault.hits, simulator.store.trunks.get("1")?.trunk_status]).toEqual([0, "disabled"]);
  expect((await request("GET", "Number/")).text).toBe("");
});

test("the intruder acts on the account that the page shows", async () => {
  const { simulator } = await setup({ seed, accounts: [{ authId: "MAOTHER", authToken: "t" }] });
  const other = simulator.storeOf("MAOTHER");
  other.addTrunk({ trunk_id: "1", trunk_direction: "inbound" });
  await intrude(simulator, "trunks/1", { action: "delete" }, { query: "?account=MAOTHER" });
  expect([other.trunks.size, simulator.store.trunks.size]).toEqual([0, 2]);
});

test.each([
  { why: "of another page", headers: { origin: "http://evil.example" }, status: 403 },
  { why: "of a page without an origin", headers: { origin: "null" }, status: 403 },
  { why: "of another port of this machine", headers: { origin: "http://127.0.0.1:1" }, status: 403 },
  { why: "without an Origin", headers: { origin: undefined }, status: 403 },
  { why: "without a token", fields: { token: "" }, status: 403 },
  { why: "with the token of another simulator", fields: { token: "x".repeat(24) }, status: 403 },
  { why: "of another type", headers: { "content-type": "text/plain" }, status: 400 },
])("a form $why is refused with $status and does nothing", async ({ headers, fields, status }) => {
  const { simulator } = await setup({ seed });
  const response = await intrude(simulator, "trunks/1", { action: "delete", ...fields }, { headers: headers ?? {} });
  expect(response.status).toBe(status);
  expect([simulator.store.trunks.size, simulator.requests]).toEqual([2, []]);
});

test("every simulator has a token of its own", async () => {
  const tokens = await Promise.all([1, 2].map(async () => tokenOf((await setup({ seed })).simulator, "trunks/1")));
  expect(new Set(tokens).size).toBe(2);
  for (const token of tokens) expect(token).toMatch(/^[\w-]{24}$/);
});

test.each([
  {
    object: "ipAccessControlLists/acl",
    fields: { action: "addresses", addresses: "<b>" },
    status: 400,
    text: "is not an IP address",
  },
  {
    object: "ipAccessControlLists/acl",
    fields: { action: "addresses", addresses: " " },
    status: 400,
    text: "ip_addresses",
  },
  { object: number, fields: { action: "move", to: "nowhere" }, status: 400, text: "does not exist" },
  { object: "trunks/gone", fields: { action: "delete" }, status: 404, text: "not found" },
  { object: "numbers/gone", fields: { action: "detach" }, status: 404, text: "not found" },
  { object: "trunks/1", fields: { action: "detach" }, status: 400, text: "there is no action" },
  { object: "trunks/1", fields: { action: "constructor" }, status: 400, text: "there is no action" },
  { object: "accounts/1", fields: { action: "delete" }, status: 400, text: "there is no such object" },
])(
  "$fields.action on $object is refused with $status, and the page says why",
  async ({ object, fields, status, text }) => {
    const { simulator } = await setup({ seed });
    const before = JSON.stringify([
      ...simulator.store.trunks,
      ...simulator.store.numbers,
      ...simulator.store.ipAccessControlLists,
    ]);
    const token = await tokenOf(simulator, "trunks/1");
    const response = await intrude(simulator, object, { ...fields, token } as Record<string, string>);
    expect(response.status).toBe(status);
    expect(/<p id="problem" role="alert">([^<]*)</.exec(response.text)?.[1]).toContain(text);
    expect(
      JSON.stringify([...simulator.store.trunks, ...simulator.store.numbers, ...simulator.store.ipAccessControlLists]),
    ).toBe(before);
  },
);

test("after an action the browser is sent to the view it was in, and nowhere else", async () => {
  const { simulator } = await setup({ seed });
  const query = "?select=trunks/1&find=eu&next=//evil.example&open=//evil.example";
  const { status, location } = await intrude(simulator, "trunks/1", { action: "disable" }, { query });
  expect([status, location]).toEqual([303, "/?select=trunks%2F1&find=eu&open=%2F%2Fevil.example"]);
});
