import { expect, test } from "@jest/globals";
import { setup } from "../testing/setup";

const number = { number: "14155550100" };

test.each([
  { what: "no body, as a form sends it", type: "application/x-www-form-urlencoded", body: "" },
  { what: "no body and no type", type: undefined, body: "" },
  { what: "no body that is declared as JSON", type: "application/json", body: "" },
  { what: "a form", type: "application/x-www-form-urlencoded", body: "alias=x" },
  { what: "JSON as a form sends it", type: "text/plain", body: '{"alias":"x"}' },
])("a POST with $what is rejected and does nothing", async ({ type, body }) => {
  const { simulator, request } = await setup({ seed: { numbers: [number.number] } });
  const { app_id } = simulator.store.addApplication({ default_app: true });
  const row = simulator.store.route(number.number, null);
  const headers = type === undefined ? undefined : { "content-type": type };
  const response = await request("POST", `Number/${number.number}/`, Buffer.from(body), headers);
  expect(response.status).toBe(400);
  expect(row).toMatchObject({ alias: null, application: null });
  await request("POST", `Number/${number.number}/`, {});
  expect(row.application).toBe(simulator.store.applicationPath(app_id));
});

test.each([
  { what: "arrays", body: "[".repeat(100_000) + "]".repeat(100_000) },
  { what: "objects", body: `${'{"name":'.repeat(100_000)}1${"}".repeat(100_000)}` },
  { what: "arrays without an end", body: "[".repeat(100_000) },
  { what: "33 arrays", body: "[".repeat(34) + "]".repeat(34) },
])("a body of deeply nested $what is rejected, and is no bug of the simulator", async ({ body }) => {
  const { simulator, request } = await setup();
  expect((await request("POST", "Zentrunk/URI/", body)).status).toBe(400);
  expect(simulator.internalErrors).toEqual([]);
  expect(JSON.stringify(simulator.requests)).not.toContain("[[[");
});

test("a body that is too large is rejected, and is not logged", async () => {
  const { simulator, request } = await setup();
  const response = await request("POST", "Zentrunk/URI/", { uri: "x".repeat(1024 * 1024) });
  expect(response.status).toBe(413);
  expect(JSON.stringify(simulator.requests).length).toBeLessThan(1000);
});
