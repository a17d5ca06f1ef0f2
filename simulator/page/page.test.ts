import { expect, test } from "@jest/globals";
import { setup } from "../testing/setup";

test("the page shows what hangs on what, the numbers and the last requests, newest first", async () => {
  const { simulator, request } = await setup({ seed: { numbers: ["14155550100"] } });
  const { store } = simulator;
  const { uri_uuid } = store.addOriginationUri({ name: "pbx-fra", uri: "pbx.example.com" });
  const trunk = store.addTrunk({ name: "eu-in", trunk_direction: "inbound", primary_uri_uuid: uri_uuid });
  store.route("14155550100", trunk.trunk_id);
  for (let i = 1; i <= 25; i++) await request("GET", `Number/${i}/`);
  const response = await fetch(new URL("/", simulator.url));
  const page = await response.text();
  expect(response.headers.get("content-type")).toContain("text/html");
  for (const text of ["eu-in", "inbound", trunk.trunk_domain, "pbx-fra", "pbx.example.com", "+14155550100"]) {
    expect(page).toContain(text);
  }
  expect(page.indexOf("Number/25/")).toBeLessThan(page.indexOf("Number/6/"));
  expect(page).not.toContain("Number/5/");
});

test("the page escapes everything it shows, and its own requests are not logged", async () => {
  const { simulator } = await setup();
  const attack = `<script>alert("x")</script>'&`;
  simulator.store.addTrunk({ name: attack, trunk_direction: "outbound" });
  simulator.store.addOriginationUri({ name: attack, uri: attack });
  const page = await (await fetch(new URL("/", simulator.url))).text();
  expect(page).not.toContain("<script>");
  expect(page).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;");
  expect(simulator.requests).toEqual([]);
});

test("the page warns of blanked passwords, deleted references and silent numbers, and shows no secret", async () => {
  const { simulator } = await setup({ seed: { numbers: ["14155550100"] } });
  const { store } = simulator;
  const blanked = store.addCredential({ password: "" });
  const trunk = store.addTrunk({ trunk_direction: "outbound", credential_uuid: blanked.credential_uuid });
  store.addTrunk({ trunk_direction: "inbound", primary_uri_uuid: "gone" });
  store.addCredential({ password: "secret#1" });
  store.route("14155550100", trunk.trunk_id);
  const page = await (await fetch(new URL("/", simulator.url))).text();
  for (const text of ["no password", "deleted", "do not answer"]) expect(page).toContain(text);
  expect(page).not.toContain("secret#1");
  expect(page).not.toContain(simulator.authToken);
});
