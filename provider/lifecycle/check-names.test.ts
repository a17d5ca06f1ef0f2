/** The other half of check: generated names, and that checking twice is checking once. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { check } from "./check";
import { unknown, type Values } from "./definition/values";
import { RunLedger } from "./state/run-ledger";
import { asking, full, lamp, without } from "./testing/fake-resource";

const nameless = without(full, "name");

test.each<{ what: string; news: Values; olds: Values | undefined; autoName: string | undefined; name: string }>([
  { what: "the program's", news: { ...full, name: "mine" }, olds: full, autoName: "desk-1234567", name: "mine" },
  { what: "the old one", news: nameless, olds: { ...full, name: "old" }, autoName: "desk-1234567", name: "old" },
  { what: "the candidate", news: nameless, olds: undefined, autoName: "desk-1234567", name: "desk-1234567" },
  {
    what: "the candidate",
    news: nameless,
    olds: { ...full, name: null },
    autoName: "desk-1234567",
    name: "desk-1234567",
  },
])("the name is $what", ({ news, olds, autoName, name }) => {
  expect(check(lamp, asking(news, { olds, autoName }), new RunLedger()).inputs.name).toBe(name);
});

test("a required name that is not set is a failure", () => {
  const { failures } = check(lamp, asking(nameless, { autoName: undefined }), new RunLedger());
  expect(failures).toEqual([
    { property: "name", reason: expect.stringMatching(/^is required, because no name is generated/) },
  ]);
});

test("only a generated name is recorded as generated", () => {
  const ledger = new RunLedger();
  check(lamp, asking({ ...full, name: "mine" }, { autoName: "desk-1234567" }), ledger);
  check(lamp, asking(nameless, { olds: { ...full, name: "kept" }, autoName: "desk-1234567" }), ledger);
  expect(["mine", "kept", "desk-1234567"].map((name) => ledger.wasGenerated("Lamp", name))).toEqual([
    false,
    false,
    false,
  ]);
  check(lamp, asking(nameless, { autoName: "desk-1234567" }), ledger);
  expect(ledger.wasGenerated("Lamp", "desk-1234567")).toBe(true);
});

test("a replacement gets another generated name than the object it replaces", () => {
  const ledger = new RunLedger();
  check(lamp, asking(nameless, { olds: { ...full, name: "desk-1234567" }, autoName: "desk-1234567" }), ledger);
  const { name } = check(lamp, asking(nameless, { autoName: "desk-1234567" }), ledger).inputs;
  expect(name).toMatch(/^desk-[0-9a-f]{7}$/);
  expect(name).not.toBe("desk-1234567");
});

const value = fc.oneof(
  fc.constantFrom(unknown, null, undefined, true, "", "wall", "ceiling", "#ABC", "1234!", "Hall", 7),
  fc.array(fc.constantFrom("Hall", "study", "5", unknown), { maxLength: 3 }),
);
const anything = fc.record(Object.fromEntries([...Object.keys(full), "serial", "stray"].map((key) => [key, value])), {
  requiredKeys: [],
});
const correct = fc.record(
  {
    name: fc.constantFrom("desk", null),
    colour: fc.constantFrom("#ABC", "#abc", unknown),
    mount: fc.constantFrom("wall", unknown),
    rooms: fc.uniqueArray(fc.constantFrom("hall", "Study", "ATTIC"), { minLength: 1 }),
    pin: fc.constantFrom("1234", unknown),
    dimmed: fc.constantFrom(true, undefined),
  },
  { requiredKeys: ["colour", "mount", "rooms", "pin"] },
);

test("checking checked inputs changes nothing, whatever the program sets", () => {
  fc.assert(
    fc.property(fc.oneof(anything, correct), (news) => {
      const once = check(lamp, asking(news), new RunLedger()).inputs;
      expect(check(lamp, asking(once), new RunLedger()).inputs).toEqual(once);
    }),
  );
});

test("what passes a check passes it again", () => {
  fc.assert(
    fc.property(correct, (news) => {
      const once = check(lamp, asking(news), new RunLedger());
      expect(once.failures).toEqual([]);
      expect(check(lamp, asking(once.inputs), new RunLedger())).toEqual(once);
    }),
  );
});
