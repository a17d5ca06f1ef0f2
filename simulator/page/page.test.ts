import { createHash } from "node:crypto";
import { expect, test } from "@jest/globals";
import type { Seed } from "../index";
import { pageOf } from "../testing/page";
import { setup } from "../testing/setup";

const seed: Seed = {
  originationUris: [
    { uri_uuid: "fra", name: "pbx-fra", uri: "fra.example.com" },
    { uri_uuid: "lon", name: "pbx-lon", uri: "lon.example.com" },
    { uri_uuid: "old", name: "pbx-old", uri: "old.example.com" },
  ],
  credentials: [{ credential_uuid: "cred", name: "asterisk", username: "asterisk1", password: "secret#1" }],
  ipAccessControlLists: [{ ipacl_uuid: "acl", name: "offices", ip_addresses: ["192.0.2.0/24"] }],
  trunks: [
    { trunk_id: "1", name: "eu-in", trunk_direction: "inbound", primary_uri_uuid: "fra", fallback_uri_uuid: "lon" },
    { trunk_id: "2", name: "uk-in", trunk_direction: "inbound", primary_uri_uuid: "lon" },
    { trunk_id: "3", name: "out", trunk_direction: "outbound", credential_uuid: "cred", ipacl_uuid: "acl" },
    { trunk_id: "4", name: "bare-out", trunk_direction: "outbound", ipacl_uuid: "acl" },
  ],
  numbers: [
    { number: "14155550100", app_id: "1", alias: "front desk" },
    { number: "14155550101", app_id: "2" },
    { number: "14155550102", app_id: "2" },
    "14155550103",
  ],
};

/** The drawing of each trunk. */
const drawings = (page: string) => page.match(/<svg class="route[\s\S]*?<\/svg>\n?<\/li>/g) ?? [];

test("each trunk is drawn with what calls come from and where they go, and the table says the same", async () => {
  const { simulator } = await setup({ seed });
  const page = await pageOf(simulator);
  const table = page.slice(page.indexOf("The same as a table"), page.indexOf("</table>"));
  const rows = table.split("<tr>").slice(2);
  expect(drawings(page)).toHaveLength(4);
  for (const [index, texts] of [
    ["+14155550100", "front desk", "eu-in", "pbx-fra", "fra.example.com", "pbx-lon"],
    ["+14155550101", "+14155550102", "uk-in", "pbx-lon", "lon.example.com"],
    ["asterisk", "asterisk1", "offices", "192.0.2.0/24", "out", "telephone network"],
    ["offices", "bare-out", "telephone network"],
  ].entries()) {
    for (const text of texts) {
      expect(drawings(page)[index]).toContain(text);
      expect(rows[index]).toContain(text);
    }
  }
  for (const text of ["+14155550103", "routed nowhere", "pbx-old"]) {
    expect(page.slice(page.indexOf("Numbers on no trunk"))).toContain(text);
  }
});

test("a number that can be moved nowhere has no form for it", async () => {
  const { simulator } = await setup({ seed: { numbers: ["14155550100"] } });
  const page = await pageOf(simulator, "/?select=numbers/14155550100");
  expect([page.includes("Move it to"), page.includes("Detach the number")]).toEqual([false, true]);
});

test.each([
  {
    select: "originationUris/lon",
    words: "Plivo deletes the trunks that use it: eu-in, uk-in. 3 numbers are silently detached: calls stop.",
    marked: ["deleted too", "calls stop"],
  },
  { select: "trunks/1", words: "1 number is silently detached: calls stop.", marked: ["calls stop"] },
  { select: "credentials/cred", words: "out still accepts calls, in its other way only.", marked: ["fewer ways in"] },
  {
    select: "ipAccessControlLists/acl",
    words:
      "Outbound calls are rejected on bare-out: no other way in is left. out still accepts calls, in its other way only.",
    marked: ["locked out", "fewer ways in"],
  },
  {
    select: "numbers/14155550100",
    words:
      "It is given back to Plivo for good: calls to it never arrive again. Here only a restart of the simulator brings it back.",
    marked: [],
  },
  {
    select: "trunks/3",
    words: "Outbound calls through its domain are rejected. A new trunk has another domain.",
    marked: [],
  },
  { select: "originationUris/old", words: "Nothing depends on it.", marked: [] },
])("selecting $select says in words and marks in the drawing what would break", async ({ select, words, marked }) => {
  const { simulator } = await setup({ seed });
  const page = await pageOf(simulator, `/?select=${select}`);
  expect(page).toContain(`<p id="impact">${words}</p>`);
  const drawn = drawings(page).join("");
  for (const word of ["deleted too", "calls stop", "locked out", "fewer ways in"]) {
    expect([word, drawn.includes(`${word}</text>`)]).toEqual([word, marked.includes(word)]);
  }
  if (select !== "originationUris/old") expect(drawn).toContain('aria-current="true"');
});

test("what a trunk refers to without using it is drawn too: deleting such a URI deletes the trunk", async () => {
  const { simulator } = await setup({ seed });
  simulator.store.edit("trunks", "3", { primary_uri_uuid: "old" });
  const [drawing = ""] = drawings(await pageOf(simulator, "/?select=originationUris/old")).slice(2);
  for (const text of ["Unused: Primary URI", "pbx-old", "deleted too"]) expect(drawing).toContain(text);
});

test("when the selected object is deleted, the page says so", async () => {
  const { simulator } = await setup({ seed });
  simulator.store.deleteTrunk("1");
  expect(await pageOf(simulator, "/?select=trunks/1")).toContain("Not there any more");
});

test("the page escapes everything it shows, in what it draws and in what its address asks for", async () => {
  const attack = `"><img src=x onerror=alert(1)></svg><script>alert("x")</script>'&`;
  const { simulator } = await setup({ accounts: [{ authId: attack, authToken: "t" }] });
  const { store } = simulator;
  store.addOriginationUri({
    uri_uuid: attack,
    name: attack,
    uri: attack,
    authentication_needed: true,
    username: attack,
  });
  store.addCredential({ credential_uuid: attack, name: attack, username: attack });
  store.addIpAccessControlList({ ipacl_uuid: attack, name: attack, ip_addresses: [attack] });
  const inbound = { trunk_direction: "inbound", primary_uri_uuid: attack, fallback_uri_uuid: `gone${attack}` } as const;
  store.addTrunk({ ...inbound, trunk_id: attack, name: attack, trunk_domain: attack });
  store.addTrunk({ trunk_direction: "outbound", name: attack, credential_uuid: attack, ipacl_uuid: attack });
  store.addApplication({ app_id: "7", app_name: attack });
  for (const number of ["1", "2", "3", "4", "5", "6"]) store.addNumber(number, { alias: attack });
  for (const number of ["1", "2", "3", "4", "5"]) store.route(number, attack);
  store.route("6", "7");
  const kinds = ["trunks", "credentials", "ipAccessControlLists", "originationUris", "numbers", attack];
  const selections = kinds.map((kind) => `select=${encodeURIComponent(`${kind}/${attack}`)}`);
  for (const query of ["", "select=numbers/1", ...selections]) {
    const of = (name: string) => `${name}=${encodeURIComponent(attack)}`;
    for (const path of [`/?${query}`, `/?${query}&${of("find")}&${of("open")}&${of("account")}`]) {
      const page = await pageOf(simulator, path);
      expect([path, page.match(/<img|<script|onerror=alert\(1\)>/g)]).toEqual([path, ["<script"]]);
    }
  }
  expect(await pageOf(simulator)).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;");
  expect(simulator.requests).toEqual([]);
});

test("the page warns of blanked passwords, deleted references and silent numbers, and shows no secret", async () => {
  const { simulator } = await setup({ seed: { numbers: ["14155550100"] } });
  const { store } = simulator;
  const blanked = store.addCredential({ password: "" });
  const trunk = store.addTrunk({ trunk_direction: "outbound", credential_uuid: blanked.credential_uuid });
  store.addTrunk({ trunk_direction: "inbound", primary_uri_uuid: "gone", fallback_uri_uuid: "uri" });
  store.addCredential({ credential_uuid: "cred", password: "secret#1" });
  const login = { authentication_needed: true, username: "me", password: "secret#2" };
  store.addOriginationUri({ uri_uuid: "uri", uri: "sip:me:secret#3@pbx.example.com:5060", ...login });
  store.route("14155550100", trunk.trunk_id);
  const page = await pageOf(simulator);
  for (const text of ["no password", "deleted", "do not answer", "sip:me:***@pbx.example.com:5060"]) {
    expect(page).toContain(text);
  }
  expect(await pageOf(simulator, "/?find=secret%233")).toContain("No trunk matches.");
  for (const path of ["/", "/?select=credentials/cred", "/?select=originationUris/uri"]) {
    const shown = await pageOf(simulator, path);
    expect([path, /secret#/.test(shown), shown.includes(simulator.authToken)]).toEqual([path, false, false]);
  }
});

test.each([
  { uri: "sip:me:secret#1@pbx.example.com", shown: "sip:me:***@pbx.example.com" },
  { uri: "me:secret#1@pbx.example.com:5060", shown: "me:***@pbx.example.com:5060" },
  { uri: "sips:me:a@secret#1@pbx.example.com", shown: "sips:me:***@pbx.example.com" },
  { uri: "sip:me@pbx.example.com:5060", shown: "sip:me@pbx.example.com:5060" },
  { uri: "pbx.example.com:5060;transport=tls", shown: "pbx.example.com:5060;transport=tls" },
])("of the URI $uri the page shows $shown", async ({ uri, shown }) => {
  const { simulator } = await setup({ seed: { originationUris: [{ uri }] } });
  const page = await pageOf(simulator);
  expect(page).toContain(`>${shown}<`);
  expect(page).not.toContain("secret#1");
});

test("the page loads nothing from elsewhere, runs only its own script, and can be in no frame", async () => {
  const { simulator } = await setup({ seed });
  const response = await fetch(new URL("/?select=trunks/1", simulator.url));
  const page = await response.text();
  const policy = response.headers.get("content-security-policy") ?? "";
  for (const element of ["style", "script"]) {
    const [, text = ""] = new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(page) ?? [];
    expect(policy).toContain(`${element}-src 'sha256-${createHash("sha256").update(text).digest("base64")}'`);
  }
  for (const rule of ["default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"]) {
    expect(policy.split("; ")).toContain(rule);
  }
  expect(page).not.toMatch(/https?:\/\/|@import|url\(|javascript:| on\w+="| style="/);
});

test("the last requests are shown, newest first, those of the page not among them", async () => {
  const { simulator, request } = await setup();
  for (let i = 1; i <= 25; i++) await request("GET", `Number/${i}/`);
  await pageOf(simulator);
  const page = await pageOf(simulator);
  expect(page.indexOf("Number/25/")).toBeLessThan(page.indexOf("Number/6/"));
  expect(page).not.toContain("Number/5/");
  expect(simulator.requests).toHaveLength(25);
});

test("another account is a link away, and what is selected there is its own", async () => {
  const { simulator } = await setup({ seed, accounts: [{ authId: "MAOTHER", authToken: "t" }] });
  simulator.storeOf("MAOTHER").addTrunk({ trunk_id: "1", name: "theirs", trunk_direction: "inbound" });
  expect(await pageOf(simulator)).toContain('href="/?account=MAOTHER"');
  const other = await pageOf(simulator, "/?account=MAOTHER&select=trunks/1");
  expect(other).toContain("Inbound trunk theirs");
  expect(other).not.toContain("eu-in");
});

test("an account of 100 trunks and 5,000 numbers stays usable: a few numbers each, the others on request", async () => {
  const { simulator } = await setup();
  const { store } = simulator;
  const { uri_uuid } = store.addOriginationUri({ name: "pbx" });
  for (let t = 0; t < 100; t++) {
    const { trunk_id } = store.addTrunk({
      trunk_id: `t${t}`,
      name: `trunk ${t}`,
      trunk_direction: "inbound",
      primary_uri_uuid: uri_uuid,
    });
    const application = store.applicationPath(trunk_id) ?? null;
    for (let n = 0; n < 50; n++) store.addNumber(String(14_150_000_000 + t * 50 + n), { application });
  }
  const page = await pageOf(simulator);
  expect(page.length).toBeLessThan(700_000);
  expect(drawings(page)).toHaveLength(100);
  expect(drawings(page)[0]?.match(/class="node numbers/g)).toHaveLength(3);
  expect(drawings(page)[0]).toContain("47 more");
  const opened = await pageOf(simulator, "/?open=t0");
  for (let n = 0; n < 50; n++) expect(opened).toContain(`+${14_150_000_000 + n}<`);
  const found = await pageOf(simulator, "/?find=%2B14150000049");
  expect(found).toContain("Trunks (1 of 100)");
  expect(drawings(found)[0]).toContain("+14150000049");
  const selected = await pageOf(simulator, "/?select=numbers/14150000049");
  expect(drawings(selected)[0]).toContain("+14150000049");
});

test.each([
  { path: "/", method: "POST", allow: "GET" },
  { path: "/events", method: "POST", allow: "GET" },
  { path: "/intruder", method: "GET", allow: "POST" },
])("$method $path gets 405", async ({ path, method, allow }) => {
  const { simulator } = await setup();
  const response = await fetch(new URL(path, simulator.url), { method });
  expect([response.status, response.headers.get("allow")]).toEqual([405, allow]);
});
