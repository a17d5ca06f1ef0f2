import { expect, test } from "@jest/globals";
import type { TerminalFault } from "./index";
import { type ClientResponse, networkError, setup } from "./testing/setup";

const collection = "Zentrunk/URI/";
const body = { name: "a", uri: "pbx.example.com" };

/** Creates a URI under a fault: what the client received, and whether the simulator carried it out. */
async function createUnder(fault: TerminalFault) {
  const { simulator, request } = await setup();
  simulator.faults.add({ method: "POST", path: collection, do: fault });
  let response: ClientResponse | undefined;
  const error = await networkError(request("POST", collection, body).then((received) => (response = received)));
  return { response, error, wasDone: simulator.store.originationUris.size === 1, entry: simulator.requests[0] };
}

test.each<{ fault: TerminalFault; status: number; text: string | RegExp; wasDone: boolean }>([
  { fault: { kind: "status", status: 503 }, status: 503, text: /"error":"simulated 503"/, wasDone: false },
  { fault: { kind: "status", status: 409, body: { e: 1 } }, status: 409, text: '{"e":1}', wasDone: false },
  { fault: { kind: "status", status: 500, acts: true }, status: 500, text: /500/, wasDone: true },
  { fault: { kind: "status-after", status: 500 }, status: 500, text: /500/, wasDone: true },
  { fault: { kind: "html", status: 502 }, status: 502, text: /^<html>/, wasDone: false },
  { fault: { kind: "html", status: 200 }, status: 200, text: /^<html>/, wasDone: true },
  { fault: { kind: "empty" }, status: 200, text: "", wasDone: true },
  { fault: { kind: "empty", status: 500 }, status: 500, text: "", wasDone: false },
  { fault: { kind: "body", status: 201, body: { uri_uuid: 7 } }, status: 201, text: '{"uri_uuid":7}', wasDone: true },
  { fault: { kind: "raw", status: 200, text: "[[[" }, status: 200, text: "[[[", wasDone: true },
  { fault: { kind: "redirect", location: "http://x.example/" }, status: 302, text: "", wasDone: false },
  { fault: { kind: "drip", everyMs: 1 }, status: 201, text: /^\{"api_id".*\}$/, wasDone: true },
  { fault: { kind: "flood", bytes: 1e6 }, status: 200, text: /^.{1000012}$/, wasDone: true },
  {
    fault: { kind: "respond", respond: (it) => ({ status: 418, body: it.body }) },
    status: 418,
    text: /pbx/,
    wasDone: true,
  },
])("fault $fault", async ({ fault, status, text, wasDone }) => {
  const outcome = await createUnder(fault);
  expect(outcome.response?.status).toBe(status);
  if (typeof text === "string") expect(outcome.response?.text).toBe(text);
  else expect(outcome.response?.text).toMatch(text);
  expect(outcome.wasDone).toBe(wasDone);
  expect(outcome.entry).toMatchObject({ status, fault: fault.kind });
});

test.each<{ fault: TerminalFault; wasDone: boolean; logged: number }>([
  { fault: { kind: "drop-before" }, wasDone: false, logged: 0 },
  { fault: { kind: "drop-after" }, wasDone: true, logged: 0 },
  { fault: { kind: "cut" }, wasDone: true, logged: 201 },
  { fault: { kind: "cut", acts: false }, wasDone: false, logged: 500 },
])("fault $fault ends the connection", async ({ fault, wasDone, logged }) => {
  const outcome = await createUnder(fault);
  expect(outcome.error).toMatch(/SOCKET|RESET|terminated/);
  expect(outcome.wasDone).toBe(wasDone);
  expect(outcome.entry?.status).toBe(logged);
});

test.each([true, false])("a request that hangs is carried out or not: acts %s", async (acts) => {
  const { simulator, request } = await setup();
  simulator.faults.add({ do: { kind: "hang", acts } });
  const outcome = networkError(request("POST", collection, body));
  while (simulator.requests.length === 0) await new Promise(setImmediate);
  expect(simulator.store.originationUris.size).toBe(acts ? 1 : 0);
  await simulator.close();
  expect(await outcome).toMatch(/SOCKET|RESET/);
});

test("an endless drip stops when the client cancels it", async () => {
  const { simulator } = await setup();
  simulator.faults.add({ do: { kind: "drip", everyMs: 1, endless: true } });
  const authorization = `Basic ${btoa(`${simulator.authId}:${simulator.authToken}`)}`;
  const response = await fetch(`${simulator.url}/Account/${simulator.authId}/Number/`, { headers: { authorization } });
  const reader = response.body?.getReader();
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toMatch(/^ +$/);
  await reader?.cancel();
});

test("a fault applies once unless times says more, after as many requests as it skips", async () => {
  const { simulator, request } = await setup();
  const handle = simulator.faults.add({ after: 1, times: 2, do: { kind: "status", status: 500 } });
  const statuses = [];
  for (let i = 0; i < 4; i++) statuses.push((await request("GET", "Number/")).status);
  expect(statuses).toEqual([200, 500, 500, 200]);
  expect(handle.hits).toBe(2);
});

test("faults queue: the second waits until the first is used up", async () => {
  const { simulator, request } = await setup();
  simulator.faults.add({ do: { kind: "status", status: 500 } });
  simulator.faults.add({ do: { kind: "html", status: 502 } });
  const statuses = [];
  for (let i = 0; i < 3; i++) statuses.push((await request("GET", "Number/")).status);
  expect(statuses).toEqual([500, 502, 200]);
});

test("a fault applies only to what it matches: method, whole path, pattern, predicate", async () => {
  const { simulator, request } = await setup();
  const status = async (method: string, path: string, sent?: unknown) => (await request(method, path, sent)).status;
  const rule = { times: Number.POSITIVE_INFINITY, do: { kind: "status", status: 418 } } as const;
  const byPath = simulator.faults.add({ ...rule, method: "get", path: "Number/" });
  expect([await status("GET", "Number/"), await status("GET", "Number/1/")]).toEqual([418, 404]);
  expect(await status("POST", "Number/", {})).toBe(405);
  byPath.remove();
  simulator.faults.add({ ...rule, path: /^Number\/\d+\/$/g });
  expect([await status("GET", "Number/1/"), await status("GET", "Number/1/")]).toEqual([418, 418]);
  simulator.faults.clear();
  simulator.faults.add({ ...rule, when: (it) => it.query.limit === "1" });
  expect([await status("GET", "Number/?limit=1"), await status("GET", "Number/?limit=2")]).toEqual([418, 200]);
});

test("a probability picks the same requests again after the same seed", async () => {
  const { simulator, request } = await setup();
  const draw = async () => {
    simulator.faults.clear();
    simulator.faults.seed(42);
    simulator.faults.add({ probability: 0.5, do: { kind: "status", status: 500 } });
    const statuses = [];
    for (let i = 0; i < 24; i++) statuses.push((await request("GET", "Number/")).status);
    return statuses;
  };
  const first = await draw();
  expect(new Set(first)).toEqual(new Set([200, 500]));
  expect(await draw()).toEqual(first);
});

test("what is created under hide-new is invisible to so many reads, single ones and lists, but can be written", async () => {
  const { simulator, request, create } = await setup();
  simulator.faults.add({ method: "POST", do: { kind: "hide-new", reads: 2 } });
  const { uri_uuid } = await create(collection, body);
  const path = `${collection}${uri_uuid}/`;
  expect((await request("POST", path, { name: "b" })).status).toBe(202);
  expect((await request("GET", path)).status).toBe(404);
  expect((await request("GET", collection)).body.objects).toEqual([]);
  expect((await request("GET", path)).body.name).toBe("b");
});

test("modifiers apply together with a terminal fault: carried out, hidden, and without a response", async () => {
  const { simulator, request } = await setup();
  simulator.faults.add({ do: { kind: "hide-new", reads: 1 } });
  simulator.faults.add({ do: { kind: "drop-after" } });
  expect(await networkError(request("POST", collection, body))).toMatch(/SOCKET|RESET/);
  expect((await request("GET", collection)).body.objects).toEqual([]);
  expect((await request("GET", collection)).body.objects).toHaveLength(1);
});

test("a delay holds one response back", async () => {
  const { simulator, request } = await setup();
  simulator.faults.add({ do: { kind: "delay", ms: 15 } });
  await request("GET", "Number/");
  expect(simulator.requests[0]?.ms).toBeGreaterThan(13);
});

test("another client can change the account between two pages, or right before a request acts", async () => {
  const { simulator, request } = await setup({ seed: { numbers: ["1", "2", "3"] } });
  const { faults } = simulator;
  faults.add({ path: "Number/", do: { kind: "meanwhile", change: (store) => void store.numbers.delete("1") } });
  const first = (await request("GET", "Number/?limit=2")).body;
  const second = (await request("GET", "Number/?limit=2&offset=2")).body;
  expect([first.objects.length, second.objects.length]).toEqual([2, 0]);
  faults.add({ do: { kind: "meanwhile", when: "before", change: (store) => void store.numbers.clear() } });
  expect((await request("GET", "Number/")).body.objects).toEqual([]);
});

test("a request that is rejected before the faults does not use one up", async () => {
  const { simulator, request } = await setup();
  simulator.faults.add({ do: { kind: "status", status: 500 } });
  expect((await request("GET", "Number/", undefined, { authorization: "" })).status).toBe(401);
  expect((await request("GET", "Number/")).status).toBe(500);
});
