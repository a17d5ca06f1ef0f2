import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { type CheckRequest, type CheckResult, check } from "./check";
import { unknown, type Values } from "./definition/values";
import { RunLedger } from "./state/run-ledger";
import { asking, full, lamp, without } from "./testing/fake-resource";

function checked(news: Values, more: Partial<CheckRequest> = {}): CheckResult {
  return check(lamp, asking(news, more), new RunLedger());
}

const paths = (result: CheckResult) => result.failures.map(({ property }) => property);

test("a correct program passes and keeps its values", () => {
  expect(checked(full)).toEqual({ inputs: full, failures: [], warnings: [], tolerated: [] });
});

test("every mistake is reported at once, each on the user's own path", () => {
  const wrong = { ...full, colour: "red", mount: "floor", rooms: ["hall", "no. 5", "hall"], dimmed: "yes", note: 7 };
  expect(paths(checked(wrong))).toEqual(["colour", "mount", "rooms[1]", "rooms[2]", "dimmed", "note"]);
});

test.each<{ what: string; news: Values; property: string; reason: string }>([
  { what: "missing", news: without(full, "colour"), property: "colour", reason: "is required: Colour of the light." },
  { what: "null", news: { ...full, colour: null }, property: "colour", reason: "is required: Colour of the light." },
  { what: "of the wrong type", news: { ...full, colour: 7 }, property: "colour", reason: "must be a string" },
  {
    what: "not in the set",
    news: { ...full, mount: "x" },
    property: "mount",
    reason: 'must be one of "wall", "ceiling"',
  },
  {
    what: "an empty list",
    news: { ...full, rooms: [] },
    property: "rooms",
    reason: "must not be empty: The rooms that it lights.",
  },
  { what: "no list", news: { ...full, rooms: "hall" }, property: "rooms", reason: "must be a list of strings" },
  { what: "a bad element", news: { ...full, rooms: ["hall", ""] }, property: "rooms[1]", reason: "must be letters" },
  { what: "a null element", news: { ...full, rooms: [null] }, property: "rooms[0]", reason: "must be a string" },
  { what: "an empty name", news: { ...full, name: "" }, property: "name", reason: "must not be empty" },
  { what: "the text true", news: { ...full, dimmed: "true" }, property: "dimmed", reason: "must be true or false" },
])("a value that is $what fails on $property", ({ news, property, reason }) => {
  expect(checked(news).failures).toEqual([{ property, reason }]);
});

test("a duplicate is found in normal form and points at the first", () => {
  const { failures } = checked({ ...full, rooms: ["Hall", "study", "HALL"] });
  expect(failures).toEqual([{ property: "rooms[2]", reason: "is the same as rooms[0]: give each only once" }]);
});

test("a rule across properties fails on the property it names", () => {
  const { failures } = checked({ ...full, mount: "ceiling" });
  expect(failures).toEqual([{ property: "note", reason: "a note on a ceiling lamp cannot be read" }]);
});

test("a rule does not judge by a value that is wrong on its own", () => {
  expect(paths(checked({ ...full, mount: "ceiling?" }))).toEqual(["mount"]);
});

test("a warning is no failure", () => {
  const warnings = [{ property: "dimmed", reason: "wastes energy" }];
  expect(checked({ ...full, dimmed: true })).toMatchObject({ failures: [], warnings });
});

test.each(Object.keys(full))("an unknown %s never fails and stays unknown", (key) => {
  const result = checked({ ...full, [key]: unknown });
  expect(result.failures).toEqual([]);
  expect(result.inputs[key]).toBe(unknown);
});

test("unknown values never fail, whichever they are", () => {
  const keys = fc.subarray(Object.keys(full));
  fc.assert(
    fc.property(keys, fc.constantFrom("wall", "ceiling"), (unknowns, mount) => {
      const news = { ...without(full, "note"), mount, ...Object.fromEntries(unknowns.map((key) => [key, unknown])) };
      expect(checked(news).failures).toEqual([]);
    }),
  );
});

test("unknown elements of a list neither fail nor count as duplicates, and the known ones are still checked", () => {
  const { inputs, failures } = checked({ ...full, rooms: [unknown, "Hall", unknown, "5"] });
  expect(failures).toEqual([{ property: "rooms[3]", reason: "must be letters" }]);
  expect(inputs.rooms).toEqual([unknown, "hall", unknown, "5"]);
});

test.each<{ what: string; news: Values; secrets?: string[]; property: string }>([
  { what: "declared", news: { ...full, pin: "hunter2" }, property: "pin.value" },
  { what: "declared and missing", news: without(full, "pin"), property: "pin.value" },
  {
    what: "declared and named by a rule",
    news: { ...full, mount: "ceiling", note: null, pin: "0000" },
    property: "pin.value",
  },
  {
    what: "marked by the program",
    news: { ...full, colour: "hunter2" },
    secrets: ["colour"],
    property: "colour.value",
  },
  { what: "marked and no list", news: { ...full, rooms: "hunter2" }, secrets: ["rooms"], property: "rooms.value" },
  { what: "under an unknown key", news: { ...full, passwort: "hunter2" }, property: "passwort.value" },
  { what: "an output", news: { ...full, serial: "hunter2" }, property: "serial.value" },
  { what: "an address with a password", news: { ...full, colour: "sip:user:hunter2@host" }, property: "colour.value" },
])("a failing secret ($what) is never under its plain key, whose value the engine would print", (row) => {
  const { failures } = checked(row.news, { secrets: new Set(row.secrets) });
  expect(failures.map(({ property }) => property)).toEqual([row.property]);
});

test("a bad element of a secret list is under the element's path, which the engine cannot print", () => {
  const { failures } = checked({ ...full, rooms: ["hall", "5"] }, { secrets: new Set(["rooms"]) });
  expect(failures).toEqual([{ property: "rooms[1]", reason: "must be letters" }]);
});

test("no reason ever contains a value", () => {
  const secret = fc.stringMatching(/^hunter2-[0-9a-f]{8,12}$/);
  const keys = [...Object.keys(full), "serial", "passwort"];
  fc.assert(
    fc.property(secret, fc.constantFrom(...keys), fc.boolean(), (value, key, listed) => {
      const { failures } = checked({ ...full, [key]: listed ? [value, value] : value });
      expect(JSON.stringify(failures)).not.toContain(value);
    }),
  );
});

test("an unknown key is rejected with the keys there are", () => {
  const [failure] = checked({ ...full, collor: "#fff" }).failures;
  const accepted = "name, colour, mount, rooms, dimmed, note, pin, forceDestroy";
  expect(failure).toEqual({ property: "collor.value", reason: `Lamp has no argument "collor"; it takes ${accepted}` });
});

test.each(["constructor", "toString", "hasOwnProperty"])("the key %s is as unknown as any other", (key) => {
  expect(paths(checked({ ...full, [key]: "x" }))).toEqual([`${key}.value`]);
});

test("an unknown key without a value is nothing", () => {
  expect(checked({ ...full, lampId: undefined, serial: null }).failures).toEqual([]);
});

test("defaults are filled in, and nothing else is invented", () => {
  const { inputs } = checked({ name: "desk", colour: "#abc", mount: "wall", rooms: ["hall"], pin: "1234" });
  const given = { name: "desk", colour: "#abc", mount: "wall", rooms: ["hall"], pin: "1234" };
  expect(inputs).toEqual({ ...given, dimmed: false, forceDestroy: false });
});

test("values are brought into their normal form", () => {
  expect(checked({ ...full, colour: "#ABC", rooms: ["Hall", "STUDY"] }).inputs).toEqual(full);
});
