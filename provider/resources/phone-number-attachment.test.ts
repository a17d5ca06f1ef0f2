import { expect, test } from "@jest/globals";
import type { Behaviour, Seed } from "pulumi-plivo/simulator";
import { create, diff, RunLedger, read, remove, update, type Values } from "../lifecycle/index";
import { phoneNumberAttachment } from "./phone-number-attachment";
import { simulatedAccount } from "./testing/simulated-account";

const number = "14155550100";
/** What was read before is too old to decide anything by. */
const LATER = 31_000;
const seed: Seed = {
  applications: [{ app_id: "900", app_name: "ivr" }],
  originationUris: [{ uri_uuid: "uri-1", uri: "sip.example.com" }],
  credentials: [{ credential_uuid: "cred-1", username: "pbxlondon", password: "Secret!1" }],
  trunks: [
    { trunk_id: "100", name: "in", trunk_direction: "inbound", primary_uri_uuid: "uri-1" },
    { trunk_id: "101", name: "in too", trunk_direction: "inbound", primary_uri_uuid: "uri-1" },
    { trunk_id: "200", name: "out", trunk_direction: "outbound", credential_uuid: "cred-1" },
  ],
  numbers: [number],
};

async function world(behaviour: Partial<Behaviour> = {}) {
  const simulated = await simulatedAccount({ seed, behaviour });
  const { store } = simulated.simulator;
  return {
    ...simulated,
    store,
    routedTo: () => store.numbers.get(number)?.application?.split("/").at(-2) ?? null,
    attach: (trunkId: string) => create(phoneNumberAttachment, { number, trunkId }, simulated.context()),
    move: (olds: Values, trunkId: string) =>
      update(phoneNumberAttachment, { id: number, olds, news: { number, trunkId } }, simulated.context()),
    read: (olds: Values) => read(phoneNumberAttachment, number, olds, simulated.context()),
    // In a later run, which has not seen it in the program.
    detach: async (olds: Values) => {
      await simulated.clock.sleep(LATER);
      return remove(phoneNumberAttachment, number, olds, { ...simulated.context(), ledger: new RunLedger() });
    },
  };
}

const attached = (trunkId: string, previousApplication: string | null) => ({
  number,
  trunkId,
  restoreApplication: null,
  previousApplication,
});

test("an attachment costs four requests: the trunk, the number, the route, the read-back", async () => {
  const { attach, takeRequests, routedTo } = await world();
  await expect(attach("100")).resolves.toEqual({ id: number, outputs: attached("100", null) });
  expect(takeRequests()).toEqual([
    "GET Zentrunk/Trunk/100/",
    `GET Number/${number}/`,
    `POST Number/${number}/`,
    `GET Number/${number}/`,
  ]);
  expect(routedTo()).toBe("100");
});

test("by its id alone a number is read itself before it counts as not attached: a page may be older", async () => {
  const numbers = ["14155550100", "14155550101", "14155550102"];
  const simulated = await simulatedAccount({ seed: { ...seed, numbers } });
  const byId = (id: string) => read(phoneNumberAttachment, id, {}, simulated.context());
  for (const id of numbers.slice(0, 2)) expect(await byId(id)).toBeUndefined();
  const { store } = simulated.simulator;
  store.edit("numbers", "14155550102", { application: store.applicationPath("100") ?? null });
  expect(await byId("14155550102")).toMatchObject({ outputs: { trunkId: "100" } });
});

test.each([
  { before: "900", what: "an application" },
  { before: "101", what: "another trunk" },
])("what the number was routed to before ($what) is recorded, kept through updates, and put back", async (row) => {
  const { store, attach, move, detach, routedTo } = await world();
  store.route(number, row.before);
  const { outputs } = await attach("100");
  expect(outputs).toEqual(attached("100", row.before));
  const moved = await move(outputs, "101");
  expect(moved).toEqual(attached("101", row.before));
  await detach(moved);
  expect(routedTo()).toBe(row.before);
});

test("a number that was on this trunk already has no other place to go back to", async () => {
  const { store, attach, detach, routedTo } = await world();
  store.route(number, "100");
  const { outputs } = await attach("100");
  expect(outputs).toEqual(attached("100", null));
  await detach(outputs);
  expect(routedTo()).toBeNull();
});

test.each<{ trunkId: string; message: string }>([
  { trunkId: "200", message: 'trunk 200 ("out") is outbound, and a number attached to it would stop answering' },
  { trunkId: "999", message: "trunk 999 does not exist" },
])("attaching to trunk $trunkId is rejected before the number is touched, on create and on update", async (row) => {
  const { clock, attach, move, takeRequests } = await world();
  const { outputs } = await attach("100");
  takeRequests();
  await clock.sleep(LATER);
  await expect(attach(row.trunkId)).rejects.toThrow(row.message);
  await clock.sleep(LATER);
  await expect(move(outputs, row.trunkId)).rejects.toThrow(row.message);
  expect(takeRequests()).toEqual([`GET Zentrunk/Trunk/${row.trunkId}/`, `GET Zentrunk/Trunk/${row.trunkId}/`]);
});

test("a trunk that cannot be read is no inbound trunk", async () => {
  const { simulator, attach, takeRequests } = await world();
  simulator.faults.add({ path: /Trunk/, times: 9, do: { kind: "status", status: 503 } });
  await expect(attach("100")).rejects.toThrow("503");
  expect(takeRequests().filter((request) => request.startsWith("POST"))).toEqual([]);
});

test.each([
  { what: "nowhere", to: null, trunkId: null },
  { what: "to an application", to: "900", trunkId: null },
  { what: "to another trunk", to: "101", trunkId: "101" },
])("a number that is routed $what by hand is drift on trunkId and not gone, and an update repairs it", async (row) => {
  const { store, attach, read: refresh, move, routedTo } = await world();
  const { outputs } = await attach("100");
  store.route(number, row.to);
  const found = await refresh(outputs);
  expect(found?.outputs).toEqual({ ...outputs, trunkId: row.trunkId });
  const program = { number, trunkId: "100" };
  expect(Object.keys(diff(phoneNumberAttachment, found?.outputs ?? {}, program))).toEqual(["trunkId"]);
  await move(found?.outputs ?? {}, "100");
  expect(routedTo()).toBe("100");
});

test("a number that the account does not have any more is gone, and its delete done", async () => {
  const { store, attach, read: refresh, detach } = await world();
  const { outputs } = await attach("100");
  store.numbers.delete(number);
  await expect(refresh(outputs)).resolves.toBeUndefined();
  await expect(detach(outputs)).resolves.toBeUndefined();
});

test("an import needs the number alone", async () => {
  const { store, read: refresh } = await world();
  store.route(number, "100");
  const outputs = attached("100", null);
  await expect(refresh({})).resolves.toEqual({ id: number, outputs, inputs: { number, trunkId: "100" } });
});

test.each(["101", "900", null])("a delete leaves a number alone that was routed to %p by hand", async (elsewhere) => {
  const { store, attach, detach, takeRequests, routedTo } = await world();
  const { outputs } = await attach("100");
  store.route(number, elsewhere);
  takeRequests();
  await detach(outputs);
  expect(takeRequests()).toEqual([`GET Number/${number}/`]);
  expect(routedTo()).toBe(elsewhere);
});

test.each(["null", "empty", "reject-null", "both"] as const)(
  "a number is detached where %s does it",
  async (detachWith) => {
    const { attach, detach, routedTo } = await world({ detachWith });
    const { outputs } = await attach("100");
    await detach(outputs);
    expect(routedTo()).toBeNull();
  },
);

test.each([400, 404] as const)(
  "a former application that is gone (%p) is a warning, and the number is detached",
  async (status) => {
    const { store, attach, detach, routedTo, warnings } = await world({ unknownAppStatus: status });
    store.route(number, "900");
    const { outputs } = await attach("100");
    store.applications.delete("900");
    await detach(outputs);
    expect(routedTo()).toBeNull();
    expect(warnings).toEqual([`phone number ${number}: application 900, the previous route, is gone; it is detached`]);
  },
);

test("a route back that Plivo takes and does not store is a warning too", async () => {
  const { simulator, store, attach, detach, routedTo, warnings } = await world();
  store.route(number, "900");
  const { outputs } = await attach("100");
  simulator.faults.add({
    method: "POST",
    do: { kind: "body", status: 202, body: { message: "changed" }, acts: false },
  });
  await detach(outputs);
  expect(routedTo()).toBeNull();
  expect(warnings).toHaveLength(1);
});

test("a delete never gives the number up", async () => {
  const { store, attach, detach, takeRequests } = await world();
  const { outputs } = await attach("100");
  await detach(outputs);
  expect(takeRequests().filter((request) => request.startsWith("DELETE"))).toEqual([]);
  expect(store.numbers.has(number)).toBe(true);
});

test("a failing delete is an error, and the route stays", async () => {
  const { simulator, attach, detach, routedTo } = await world();
  const { outputs } = await attach("100");
  simulator.faults.add({ method: "GET", times: 9, do: { kind: "status", status: 500 } });
  await expect(detach(outputs)).rejects.toThrow(
    `deleting phone number attachment ${number}: GET Number/${number}/ -> 500`,
  );
  expect(routedTo()).toBe("100");
});

test("a resource that is renamed in the program keeps its number: the old one's delete leaves it alone", async () => {
  const { store, account, attach, routedTo } = await world();
  store.route(number, "900");
  const { outputs } = await attach("100");
  const context = account.context({ log: () => undefined });
  const renamed = { ...context, ledger: new RunLedger() };
  await create(phoneNumberAttachment, { number, trunkId: "100" }, renamed);
  await remove(phoneNumberAttachment, number, outputs, renamed);
  expect(routedTo()).toBe("100");
});

test("a route whose response is lost is seen in the number, and the former application is not forgotten", async () => {
  const { simulator, store, attach } = await world();
  store.route(number, "900");
  simulator.faults.add({ method: "POST", times: 99, do: { kind: "drop-after" } });
  await expect(attach("100")).resolves.toEqual({ id: number, outputs: attached("100", "900") });
});

test("an indeterminate route is in the state together with the former application", async () => {
  const { simulator, store, attach } = await world();
  store.route(number, "900");
  simulator.faults.add({ method: "POST", times: 99, do: { kind: "status", status: 503 } });
  await expect(attach("100")).rejects.toMatchObject({
    id: number,
    properties: { number, trunkId: null, previousApplication: "900" },
  });
});

test.each(["drop-after", "drop-before"] as const)(
  "a number whose move got no response (%s) and that cannot be read is put back by a delete, wherever it is",
  async (kind) => {
    const { simulator, store, attach, move, detach, routedTo } = await world();
    store.route(number, "900");
    const { outputs } = await attach("100");
    simulator.faults.add({ method: "POST", times: 99, do: { kind } });
    simulator.faults.add({ method: "GET", path: /^Number/, times: 99, do: { kind: "status", status: 500 } });
    const error = await move(outputs, "101").catch((failure: unknown) => failure);
    expect(error).toMatchObject({ properties: { trunkId: "100", __maybe: { trunkId: "101" } } });
    simulator.faults.clear();
    expect(routedTo()).toBe(kind === "drop-after" ? "101" : "100");
    await detach(Reflect.get(Object(error), "properties"));
    expect(routedTo()).toBe("900");
  },
);

test.each([409, 422] as const)(
  "a route back that is rejected with %p is retried later, not given up",
  async (status) => {
    const { simulator, store, attach, detach, routedTo } = await world();
    store.route(number, "900");
    const { outputs } = await attach("100");
    simulator.faults.add({ method: "POST", do: { kind: "status", status } });
    await expect(detach(outputs)).rejects.toThrow(`-> ${status}`);
    expect(routedTo()).toBe("100");
    await detach(outputs);
    expect(routedTo()).toBe("900");
  },
);

test("a 404 to a route says nothing about the number: the state keeps it", async () => {
  const { simulator, attach, detach, routedTo } = await world();
  const { outputs } = await attach("100");
  simulator.faults.add({ method: "POST", times: 9, do: { kind: "status", status: 404 } });
  await expect(detach(outputs)).rejects.toThrow(
    'still routed to trunk 100 after app_id null (404 "simulated 404") and "" (404 "simulated 404")',
  );
  expect(routedTo()).toBe("100");
});

test.each([`+${number}`, "+1 415 555 0100"])(
  "an import of %s is recorded under the normal form of its number",
  async (written) => {
    const { context, store, account, routedTo } = await world();
    store.route(number, "100");
    const imported = await read(phoneNumberAttachment, written, {}, context());
    expect(imported).toMatchObject({ id: number, inputs: { number, trunkId: "100" } });
    // Under another logical name the engine makes the new one first, and then deletes the old one.
    await create(phoneNumberAttachment, { number, trunkId: "100" }, context());
    await remove(phoneNumberAttachment, imported?.id ?? "", imported?.outputs ?? {}, context());
    expect(account.ledger.staysForAnother("PhoneNumberAttachment", number)).toBe(true);
    expect(routedTo()).toBe("100");
  },
);
