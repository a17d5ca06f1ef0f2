/** A record is for others to read: it has what the API did, and nothing of the account. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import type { Behaviour, Seed } from "pulumi-plivo/simulator";
import { leakingLines } from "../../../tests/support/leaks";
import { Output } from "../../shared/output";
import { printReport, reportOf } from "../report";
import { contractWorld, KilledError, NUMBER, valuesOf } from "../testing/examined";
import { behaviourLike } from "./like";
import { recordOf } from "./record";
import { scrubber } from "./redact";
import { behaviourOf } from "./switches";

const folder = mkdtempSync(join(tmpdir(), "contract-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Everything in it is recognisable. */
const privateAccount: Seed = {
  applications: [{ app_id: "40000000000077777", app_name: "private voicemail" }],
  credentials: [
    { credential_uuid: "private-credential-id", name: "Acme", username: "acmepbx", password: "Hush#12345" },
  ],
  ipAccessControlLists: [{ ipacl_uuid: "private-list-id", name: "Acme", ip_addresses: ["203.0.113.77"] }],
  originationUris: [{ uri_uuid: "private-uri-id", name: "Acme uri", uri: "sip:private@acme.example" }],
  trunks: [
    {
      trunk_id: "70000000000000077",
      name: "Acme trunk",
      trunk_direction: "inbound",
      primary_uri_uuid: "private-uri-id",
    },
  ],
  numbers: [{ number: NUMBER, app_id: "40000000000077777", alias: "Acme front desk", carrier: "AcmeTel" }],
};
const names = ["Acme", "acme", "private", "203.0.113.77", "70000000000000077", "40000000000077777", NUMBER, "Hush#"];

async function recorded(behaviour: Partial<Behaviour> = {}) {
  const world = await contractWorld({ seed: privateAccount, behaviour });
  const { authId, authToken } = world.simulator;
  const seen = await world.run({ number: NUMBER });
  const scrub = scrubber({ authId, authToken, number: NUMBER, route: seen.route }, seen.exchanges);
  const passwords = seen.exchanges
    .map(({ request }) => request.body?.password)
    .filter((one) => typeof one === "string");
  const secrets = [authId, authToken, ...passwords.filter((one) => one.length > 4), ...names];
  return { ...world, seen, scrub, secrets, record: recordOf(seen.findings, seen.exchanges, scrub) };
}

/** One run for all that only read it. */
let run: ReturnType<typeof recorded> | undefined;
const once = () => {
  run ??= recorded();
  return run;
};

test("a record has every exchange, and no secret, ID, name or number of the account", async () => {
  const { record, seen, secrets } = await once();
  expect(record.exchanges).toHaveLength(seen.requests);
  expect(secrets.length).toBeGreaterThan(20);
  expect(leakingLines(JSON.stringify(record, null, 1), secrets)).toEqual([]);
});

test("neither has the table, nor the JSON", async () => {
  const { seen, scrub, secrets } = await once();
  const report = reportOf(seen, scrub);
  const parts = [JSON.stringify(report, null, 1)];
  printReport(report, new Output({ write: (part) => parts.push(part) }, {}));
  expect(parts.join("")).toContain("Nothing is left on the account.");
  expect(leakingLines(parts.join(""), secrets)).toEqual([]);
});

test("rows of others are kept as the names and types of their fields, own ones as they are", async () => {
  const { record } = await once();
  const text = JSON.stringify(record.exchanges);
  expect(text.includes('"(of another object)":{"credential_uuid":"string","name":"string","username":"string"')).toBe(
    true,
  );
  expect(text.includes('"application":"application"')).toBe(true);
  expect(/"name":"pulumi-plivo-contract-[0-9a-f]{12}"/.test(text)).toBe(true);
  expect(text.includes('"path":"Number/{number}/"')).toBe(true);
  expect(text.includes('"password":"***"')).toBe(true);
});

test("an error that echoes the token, the number and the body does not bring them into the record", async () => {
  const world = await contractWorld({ seed: privateAccount });
  const { authId, authToken, faults } = world.simulator;
  faults.add({
    method: "POST",
    times: 20,
    do: {
      kind: "respond",
      acts: false,
      respond: ({ body }) => ({ status: 400, body: { error: `${authToken} ${authId} ${NUMBER}`, echo: body } }),
    },
  });
  const seen = await world.run();
  const scrub = scrubber({ authId, authToken, number: NUMBER }, seen.exchanges);
  const record = JSON.stringify(recordOf(seen.findings, seen.exchanges, scrub), null, 1);
  expect(record).toContain("[hidden]");
  expect(leakingLines(record, [authToken, authId, NUMBER])).toEqual([]);
});

test("the number and the route that a killed run has left are not in the record of the next one, without --number", async () => {
  const world = await contractWorld({ seed: privateAccount });
  const { authId, authToken } = world.simulator;
  let posts = 0;
  const killWhen = ({ method, path }: { readonly method: string; readonly path: string }) =>
    method === "POST" && path.startsWith("Number/") && ++posts > 2;
  await expect(world.run({ number: NUMBER }, { killWhen })).rejects.toThrow(KilledError);
  const seen = await world.run({}, { stopAfter: 20 });
  expect(seen.left).toEqual([]);
  const record = recordOf(seen.findings, seen.exchanges, scrubber({ authId, authToken }, seen.exchanges));
  expect(JSON.stringify(record)).toContain("-n{number}-application-{route}");
  expect(leakingLines(JSON.stringify(record, null, 1), names)).toEqual([]);
});

test.each([40, 45, 60])("neither are they where the account has cut the marker after %s characters", async (length) => {
  const whole = `pulumi-plivo-contract-0123456789ab-n${NUMBER}-application-40000000000077777-end`;
  const ipAccessControlLists = [{ ipacl_uuid: "1", name: whole.slice(0, length), ip_addresses: ["192.0.2.1"] }];
  const world = await contractWorld({ seed: { ...privateAccount, ipAccessControlLists } });
  const { authId, authToken } = world.simulator;
  const seen = await world.run({}, { stopAfter: 20 });
  const record = JSON.stringify(
    recordOf(seen.findings, seen.exchanges, scrubber({ authId, authToken }, seen.exchanges)),
  );
  expect(record).toContain('"name":"pulumi-plivo-contract-0123456789ab-n{number}');
  expect(record).not.toMatch(/-n\d|-application-\d/);
});

test("a simulator that starts from a record behaves like the account of the record", async () => {
  const behaviour: Partial<Behaviour> = {
    clearWith: "reject-null",
    detachWith: "empty",
    rejectedClearingStatus: 422,
    listOrder: "newest-first",
    uniqueNames: { trunks: false, credentials: true },
    wrapSingle: true,
    visibilityDelayMs: 500,
    trunkDomainRegion: "fra1",
    unknownPath: "as-seen",
  };
  const { record, seen } = await recorded(behaviour);
  const file = join(folder, "record.json");
  writeFileSync(file, JSON.stringify(record));
  const again = await contractWorld({ seed: privateAccount, behaviour: behaviourLike(file) });
  expect(valuesOf(await again.run({ number: NUMBER }))).toEqual(valuesOf(seen));
});

test("facts that were not found out leave the switches of the simulator alone", () => {
  const open = { id: "clear-null", seen: null };
  expect(behaviourOf([open, { id: "clear-empty", seen: "cleared" }, { id: "list-order", seen: "other" }])).toEqual({
    uniqueNames: {},
    wrapSingle: {},
  });
});

test.each([
  { what: "no JSON", text: "{" },
  { what: "another file", text: '{"format":"something else","facts":[]}' },
  { what: "facts of another form", text: '{"format":"pulumi-plivo contract 1","facts":[{"id":1}]}' },
])("$what is no record, and the error names the file", ({ text }) => {
  const file = join(folder, "other.json");
  writeFileSync(file, text);
  expect(() => behaviourLike(file)).toThrow(file);
});

const recordWith = (...facts: readonly unknown[]) =>
  `{"format":"pulumi-plivo contract 1","facts":[${facts.join(",")}]}`;

test.each([
  { id: "clear-null", seen: "constructor" },
  { id: "detach-empty", seen: "__proto__" },
  { id: "single-trunk", seen: "toString" },
])("what no fact can be is refused, and the error names the fact: $id $seen", ({ id, seen }) => {
  const file = join(folder, "crafted.json");
  // Of a pair of facts: one alone decides nothing.
  const facts = ["clear-null", "clear-empty", "detach-null", "detach-empty", "single-trunk"].map((one) => ({
    id: one,
    seen: one === id ? seen : null,
  }));
  writeFileSync(file, recordWith(...facts.map((fact) => JSON.stringify(fact))));
  expect(() => behaviourLike(file)).toThrow(`the record ${file} cannot be used: ${id} has "${seen}", and not one of `);
});

test.each([
  { text: recordWith('{"id":"clear-null","seen":["cleared"]}'), where: "facts.0.seen: " },
  { text: recordWith('{"id":"visibility","seen":"later","detail":700}'), where: "facts.0.detail: " },
  { text: recordWith('{"__proto__":{"id":"clear-null","seen":"cleared"}}'), where: "facts.0.id: " },
  { text: recordWith("null"), where: "facts.0: " },
])("a value of another type is refused, and the error says where it is: $where", ({ text, where }) => {
  const file = join(folder, "crafted.json");
  writeFileSync(file, text);
  expect(() => behaviourLike(file)).toThrow(where);
});

test("facts with the names of what every object has decide nothing", () => {
  const file = join(folder, "crafted.json");
  const facts = ["constructor", "__proto__", "toString"].map((id) => JSON.stringify({ id, seen: id }));
  writeFileSync(file, recordWith(...facts));
  expect(behaviourLike(file)).toEqual({ uniqueNames: {}, wrapSingle: {} });
});
