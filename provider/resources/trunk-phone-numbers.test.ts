import { expect, test } from "@jest/globals";
import type { Behaviour, Seed } from "pulumi-plivo/simulator";
import { create, diffElements, previewUpdate, read, remove, unknown, update, type Values } from "../lifecycle/index";
import { simulatedAccount } from "./testing/simulated-account";
import { trunkPhoneNumbers } from "./trunk-phone-numbers";

const range = (count: number) => Array.from({ length: count }, (_, index) => String(14_155_550_100 + index));
const seedOf = (numbers: Seed["numbers"]): Seed => ({
  applications: [
    { app_id: "900", app_name: "ivr" },
    { app_id: "901", app_name: "queue" },
  ],
  originationUris: [{ uri_uuid: "uri-1", uri: "sip.example.com" }],
  credentials: [{ credential_uuid: "cred-1", username: "pbxlondon", password: "Secret!1" }],
  trunks: [
    { trunk_id: "100", name: "in", trunk_direction: "inbound", primary_uri_uuid: "uri-1" },
    { trunk_id: "101", name: "in too", trunk_direction: "inbound", primary_uri_uuid: "uri-1" },
    { trunk_id: "200", name: "out", trunk_direction: "outbound", credential_uuid: "cred-1" },
  ],
  ...(numbers && { numbers }),
});

async function world(numbers: Seed["numbers"] = range(5), behaviour: Partial<Behaviour> = {}) {
  const simulated = await simulatedAccount({ seed: seedOf(numbers), behaviour });
  const { store } = simulated.simulator;
  const log = (severity: string, text: string) => {
    if (severity === "warning") simulated.warnings.push(text);
  };
  const inNewRun = () => simulated.newAccount().context({ log });
  return {
    ...simulated,
    store,
    /** Of each number of the account, in order: the trunk or application. */
    routes: () => [...store.numbers.values()].map(({ application }) => application?.split("/").at(-2) ?? null),
    up: (inputs: Values) => create(trunkPhoneNumbers, inputs, inNewRun()),
    edit: (olds: Values, news: Values) => update(trunkPhoneNumbers, { id: "100", olds, news }, inNewRun()),
    refresh: (olds: Values) => read(trunkPhoneNumbers, "100", olds, inNewRun()),
    destroy: (olds: Values) => remove(trunkPhoneNumbers, "100", olds, inNewRun()),
  };
}

const [a = "", b = "", c = "", d = "", e = ""] = range(5);
const set = (...numbers: readonly string[]) => ({ trunkId: "100", numbers });
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );
const propertiesOf = (error: unknown): Values => Reflect.get(Object(error), "properties");

test("numbers are attached, and each goes back to where it was routed before", async () => {
  const { store, up, destroy, routes } = await world();
  store.route(a, "900");
  store.route(b, "101");
  store.route(d, "900");
  const { id, outputs } = await up(set(a, b, c, d));
  expect(id).toBe("100");
  expect(outputs).toEqual({
    ...set(a, b, c, d),
    exclusive: false,
    restoreApplication: null,
    previousApplications: { 101: [b], 900: [a, d] },
  });
  expect(routes()).toEqual(["100", "100", "100", "100", null]);
  await destroy(outputs);
  expect(routes()).toEqual(["900", "101", null, "900", null]);
});

test("on a small account a set costs a write for each number, and two pages", async () => {
  const { up, edit, refresh, destroy, takeRequests } = await world();
  const { outputs } = await up(set(a, b, c));
  expect(takeRequests()).toEqual([
    "GET Zentrunk/Trunk/100/",
    "GET Number/",
    ...[a, b, c].map((number) => `POST Number/${number}/`),
    "GET Number/",
  ]);
  await refresh(outputs);
  expect(takeRequests()).toEqual(["GET Number/"]);
  await edit(outputs, set(a, b, d));
  // How a number is detached is learnt from the first one; then one is left to verify.
  expect(takeRequests().sort()).toEqual([
    "GET Number/",
    `GET Number/${c}/`,
    `GET Number/${d}/`,
    "GET Zentrunk/Trunk/100/",
    `POST Number/${c}/`,
    `POST Number/${d}/`,
  ]);
  await destroy({ ...outputs, numbers: [a, b, d] });
  expect(takeRequests()).toHaveLength(1 + 3 + 1 + 1);
});

test("a number that was moved by hand is drift, and one that left the account too; the others are left alone", async () => {
  const { store, up, refresh, edit, routes } = await world();
  const { outputs } = await up(set(a, b, c, d));
  store.route(b, "900");
  store.numbers.delete(c);
  store.route(e, "100");
  const found = await refresh(outputs);
  expect(found?.outputs).toEqual({ ...outputs, numbers: [a, d] });
  expect(diffElements(trunkPhoneNumbers, found?.outputs ?? {}, { ...set(a, b, d), exclusive: false })).toEqual({
    "numbers[1]": { kind: "add", replaces: false },
  });
  await edit(found?.outputs ?? {}, set(a, b, d));
  expect(routes()).toEqual(["100", "100", "100", "100"]);
});

test("numbers that are on the trunk already need no write; those that the set does not name are left alone, and told", async () => {
  const { store, up, destroy, routes, takeRequests, warnings } = await world();
  for (const number of [a, b, d, e]) store.route(number, "100");
  const { outputs } = await up(set(a, b, c));
  expect(takeRequests().filter((request) => request.startsWith("POST"))).toEqual([`POST Number/${c}/`]);
  expect(warnings).toEqual([
    `trunk 100 has other phone numbers, which the set does not name and leaves alone: ${d}, ${e}`,
  ]);
  await destroy(outputs);
  expect(routes()).toEqual([null, null, null, "100", "100"]);
});

test("other numbers on the trunk are drift of an exclusive set, which detaches them", async () => {
  const { store, up, refresh, edit, routes } = await world();
  const { outputs } = await up({ ...set(a, b), exclusive: true });
  store.route(e, "100");
  const found = await refresh(outputs);
  expect(found?.outputs.numbers).toEqual([a, b, e]);
  await edit(found?.outputs ?? {}, { ...set(a, b), exclusive: true });
  expect(routes()).toEqual(["100", "100", null, null, null]);
});

test("an import takes every number of the trunk, and a trunk without numbers has nothing to import", async () => {
  const { store, refresh } = await world();
  expect(await refresh({})).toBeUndefined();
  for (const number of [c, a]) store.route(number, "100");
  expect(await refresh({})).toMatchObject({ id: "100", inputs: set(a, c) });
});

test.each([
  { trunkId: "200", message: 'trunk 200 ("out") is outbound, and a number attached to it would stop answering' },
  { trunkId: "999", message: "trunk 999 does not exist" },
])("attaching to trunk $trunkId is rejected before any number is touched", async ({ trunkId, message }) => {
  const { up, takeRequests } = await world();
  await expect(up({ ...set(a, b), trunkId })).rejects.toThrow(message);
  expect(takeRequests()).toEqual([`GET Zentrunk/Trunk/${trunkId}/`]);
});

test.each([400, 500])(
  "a %p for one number leaves the others alone, and the next update does the rest",
  async (status) => {
    const { simulator, store, up, edit, destroy, routes } = await world();
    for (const number of [a, b, c]) store.route(number, "900");
    simulator.faults.add({ method: "POST", path: `Number/${b}/`, times: 99, do: { kind: "status", status } });
    const error = await failureOf(up(set(a, b, c)));
    expect(String(error)).toMatch(`creating phone number set 100: attaching ${b}: POST Number/${b}/ -> ${status}`);
    expect(propertiesOf(error)).toMatchObject({ numbers: [a, c], previousApplications: { 900: [a, c] } });
    expect(routes()).toEqual(["100", "900", "100", null, null]);
    simulator.faults.clear();
    const repaired = await edit(propertiesOf(error), set(a, b, c));
    expect(repaired).toMatchObject({ ...set(a, b, c), previousApplications: { 900: [a, b, c] } });
    await destroy(repaired);
    expect(routes()).toEqual(["900", "900", "900", null, null]);
  },
);

test("a number that the account does not have is named, and the others are attached", async () => {
  const { up, routes } = await world(range(2));
  const error = await failureOf(up(set(a, b, c)));
  expect(String(error)).toMatch(`attaching ${c}: GET Number/${c}/ -> 404`);
  expect(propertiesOf(error)).toMatchObject({ numbers: [a, b] });
  expect(routes()).toEqual(["100", "100"]);
});

test.each(["drop-after", "drop-before"] as const)(
  "what became of writes without a response (%s), and without a read-back, is found by the next update and by a delete",
  async (kind) => {
    const { simulator, store, up, edit, destroy, routes } = await world(range(3));
    for (const number of [a, b]) store.route(number, "900");
    const strike = async () => {
      simulator.faults.add({ method: "POST", times: 99, do: { kind } });
      simulator.faults.add({
        method: "GET",
        path: /^Number/,
        after: 1,
        times: 99,
        do: { kind: "status", status: 500 },
      });
      const error = await failureOf(up(set(a, b)));
      simulator.faults.clear();
      return propertiesOf(error);
    };
    const state = await strike();
    expect(state).toMatchObject({ numbers: [], __maybe: { numbers: [a, b] }, previousApplications: { 900: [a, b] } });
    const outputs = await edit(state, set(a, b));
    expect(outputs).toMatchObject({ ...set(a, b), previousApplications: { 900: [a, b] } });
    expect(routes()).toEqual(["100", "100", null]);
    await destroy(outputs);
    expect(routes()).toEqual(["900", "900", null]);
    await destroy(await strike());
    expect(routes()).toEqual(["900", "900", null]);
  },
);

test("a delete leaves a number alone that was moved by hand", async () => {
  const { store, up, destroy, routes } = await world();
  const { outputs } = await up(set(a, b, c));
  store.route(a, "900");
  store.route(b, "101");
  await destroy(outputs);
  expect(routes()).toEqual(["900", "101", null, null, null]);
});

test("a delete of which a part fails is tried again, and does the rest", async () => {
  const { simulator, store, up, destroy, routes } = await world();
  for (const number of [a, b]) store.route(number, "900");
  const { outputs } = await up(set(a, b, c));
  simulator.faults.add({ method: "POST", path: `Number/${b}/`, times: 99, do: { kind: "status", status: 500 } });
  await expect(destroy(outputs)).rejects.toThrow(
    `deleting phone number set 100: detaching ${b}: POST Number/${b}/ -> 500`,
  );
  expect(routes()).toEqual(["900", "100", null, null, null]);
  simulator.faults.clear();
  await destroy(outputs);
  expect(routes()).toEqual(["900", "900", null, null, null]);
});

test.each(["null", "empty", "reject-null", "both"] as const)(
  "numbers are detached where %s does it",
  async (detachWith) => {
    const { up, destroy, routes } = await world(range(5), { detachWith });
    const { outputs } = await up(set(a, b, c));
    await destroy(outputs);
    expect(routes()).toEqual([null, null, null, null, null]);
  },
);

test.each([400, 404] as const)(
  "a former application that is gone (%p) is a warning, and its numbers are detached",
  async (status) => {
    const { store, up, destroy, routes, warnings } = await world(range(5), { unknownAppStatus: status });
    for (const number of [a, b]) store.route(number, "900");
    store.route(c, "901");
    const { outputs } = await up(set(a, b, c));
    store.applications.delete("900");
    await destroy(outputs);
    expect(routes()).toEqual([null, null, "901", null, null]);
    expect(warnings).toEqual([`application 900, the previous route, is gone; phone numbers detached: ${a}, ${b}`]);
  },
);

test.each([400, 404] as const)(
  "that an application is gone (%p) is learnt from a few numbers: the others take no request more, and one warning",
  async (status) => {
    const all = range(200);
    const { simulator, store, up, destroy, routes, warnings } = await world(all, { unknownAppStatus: status });
    for (const number of all) store.route(number, "900");
    const { outputs } = await up(set(...all));
    store.applications.delete("900");
    simulator.clearRequests();
    await destroy(outputs);
    expect(routes().every((route) => route === null)).toBe(true);
    // Two pages of 20 are worked on at a time.
    expect(simulator.requests.filter(({ method }) => method === "POST").length).toBeLessThan(all.length + 4 * 40);
    expect(warnings).toEqual([expect.stringMatching(/^application 900, the previous route, is gone; phone numbers/)]);
    expect(warnings[0]).toMatch(/ and 180 more$/);
  },
);

test("an application that takes one number is not gone, whatever Plivo says of others", async () => {
  const all = range(60);
  const { simulator, store, up, destroy, routes } = await world(all);
  for (const number of all) store.route(number, "900");
  const { outputs } = await up(set(...all));
  for (const number of all.slice(1, 30))
    simulator.faults.add({ method: "POST", path: `Number/${number}/`, times: 1, do: { kind: "status", status: 400 } });
  await destroy(outputs);
  expect(routes()).toEqual(all.map(() => "900"));
});

test("restoreApplication comes before what was recorded, and an outbound trunk there is a warning", async () => {
  const { store, up, edit, destroy, routes, warnings } = await world();
  store.route(a, "900");
  const { outputs } = await up(set(a, b));
  await destroy(await edit(outputs, { ...set(a, b), restoreApplication: "901" }));
  expect(routes().slice(0, 2)).toEqual(["901", "901"]);
  const again = await up(set(a, b));
  await destroy(await edit(again.outputs, { ...set(a, b), restoreApplication: "200" }));
  expect(routes().slice(0, 2)).toEqual([null, null]);
  expect(warnings).toEqual([
    "application 200, which restoreApplication names, is an outbound trunk, on which calls would not be answered; the numbers are detached",
  ]);
});

test("a preview of an update does not know the previous routes of what it attaches, and changes none otherwise", async () => {
  const { store, up } = await world();
  store.route(a, "900");
  const { outputs: olds } = await up(set(a, b));
  const preview = (news: Values) => previewUpdate(trunkPhoneNumbers, { id: "100", olds, news });
  expect(preview(set(a, b, c))).toMatchObject({ numbers: [a, b, c], previousApplications: unknown });
  expect(preview({ ...set(b, a), restoreApplication: "901" })).toMatchObject({ previousApplications: { 900: [a] } });
});
