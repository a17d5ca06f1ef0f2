import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { unknown, type Values } from "./definition/values";
import { diff, diffElements } from "./diff";
import { RunLedger } from "./state/run-ledger";
import { full, fullOutputs, lamp, plan, without } from "./testing/fake-resource";

const planned = (olds: Values, news: Values, id = "1", ledger = new RunLedger()) =>
  plan(lamp, { id, olds, news }, ledger);

test("no difference is no plan", () => {
  expect(planned(fullOutputs, full)).toMatchObject({ differences: {}, isReplaced: false, deleteBeforeReplace: false });
});

test.each<{ what: string; before: unknown; after: unknown; paths: Record<string, string> }>([
  { what: "an added element", before: ["hall"], after: ["hall", "attic"], paths: { "rooms[1]": "add" } },
  { what: "one added in front", before: ["hall"], after: ["attic", "hall"], paths: { "rooms[0]": "add" } },
  { what: "a removed element", before: ["hall", "attic"], after: ["attic"], paths: { "rooms[0]": "delete" } },
  { what: "a swapped element", before: ["hall", "attic"], after: ["hall", "study"], paths: { "rooms[1]": "update" } },
  {
    what: "another spelling beside a new one",
    before: ["hall"],
    after: ["HALL", "study"],
    paths: { "rooms[1]": "add" },
  },
  { what: "an unknown element", before: ["hall"], after: ["hall", unknown], paths: { rooms: "update" } },
  { what: "an unknown list", before: ["hall"], after: unknown, paths: { rooms: "update" } },
  { what: "a list where there was none", before: null, after: ["hall"], paths: { rooms: "add" } },
  { what: "a double that is taken away", before: ["hall", "hall"], after: ["hall"], paths: { rooms: "update" } },
])("$what is shown by its path", ({ before, after, paths }) => {
  const { differences } = planned({ ...fullOutputs, rooms: before }, { ...full, rooms: after });
  expect(Object.fromEntries(Object.entries(differences).map(([path, { kind }]) => [path, kind]))).toEqual(paths);
});

test("what is no list stands in the plan as it stands in the diff", () => {
  const news = { ...without(full, "note"), colour: "#fff", mount: "ceiling" };
  expect(planned(fullOutputs, news).differences).toEqual(diff(lamp, fullOutputs, news));
});

const rooms = fc.array(fc.constantFrom("hall", "HALL", "study", "attic", "cellar"), { minLength: 1, maxLength: 5 });

test("showing elements neither invents a change nor loses one", () => {
  fc.assert(
    fc.property(rooms, rooms, (before, after) => {
      const [olds, news] = [
        { ...fullOutputs, rooms: before },
        { ...full, rooms: after },
      ];
      const changed = Object.keys(diff(lamp, olds, news)).length > 0;
      expect(Object.keys(diffElements(lamp, olds, news)).length > 0).toBe(changed);
    }),
  );
});

test("a name in the state that is no text is compared like any other value", () => {
  expect(planned({ ...fullOutputs, name: [unknown] }, full).differences).toMatchObject({ name: { kind: "update" } });
});

test("the id of an object is noted as taken, so that nothing else adopts it", () => {
  const ledger = new RunLedger();
  planned(fullOutputs, full, "1", ledger);
  expect(ledger.isInState("1")).toBe(true);
});

test.each(["proven", "unproven"])(
  "an unconfirmed create (%s) is replaced, the old one first, whatever else changed",
  (mark) => {
    const id = "unconfirmed:desk";
    const ledger = new RunLedger();
    const { differences, deleteBeforeReplace } = planned(
      { ...fullOutputs, serial: null, __unconfirmed: mark },
      full,
      id,
      ledger,
    );
    expect(differences).toEqual({ name: { kind: "update", replaces: true } });
    expect(deleteBeforeReplace).toBe(true);
    expect([ledger.isUnconfirmed("Lamp", "desk"), ledger.isInState(id)]).toEqual([true, false]);
  },
);

test("an object that stays is recorded as staying, one that is replaced is not", () => {
  const ledger = new RunLedger();
  // As the check of a program does; a refresh compares without one.
  planned(fullOutputs, { ...full, colour: "#fff" }, "0", ledger);
  ledger.recordHeldName("Lamp", String(fullOutputs.name), "it");
  planned(fullOutputs, { ...full, colour: "#fff" }, "1", ledger);
  planned(fullOutputs, { ...full, mount: "ceiling" }, "2", ledger);
  expect(ledger.staysForAnother("Lamp", "0")).toBe(false);
  expect([ledger.staysForAnother("Lamp", "1"), ledger.staysForAnother("Lamp", "2"), ledger.isInState("2")]).toEqual([
    true,
    false,
    true,
  ]);
});
