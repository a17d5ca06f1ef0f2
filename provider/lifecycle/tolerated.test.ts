/** What an object has already is never refused; what is new to it is. */
import { expect, test } from "@jest/globals";
import { check } from "./check";
import type { Values } from "./definition/values";
import { diffElements } from "./diff";
import { RunLedger } from "./state/run-ledger";
import { asking, full, lamp, without } from "./testing/fake-resource";

function checked(news: Values, olds: Values | undefined) {
  const { failures, tolerated, inputs } = check(lamp, asking(news, { olds }), new RunLedger());
  const paths = (list: readonly { property: string }[]) => list.map(({ property }) => property);
  return {
    refused: paths(failures),
    tolerated: paths(tolerated),
    inputs,
    reasons: tolerated.map(({ reason }) => reason),
  };
}

test.each<{ what: string; had: Values; tolerated: string[] }>([
  { what: "a text of another form", had: { colour: "red" }, tolerated: ["colour"] },
  { what: "a value that is not in the set", had: { mount: "floor" }, tolerated: ["mount"] },
  { what: "a text that is too long", had: { name: "x".repeat(1_001) }, tolerated: ["name"] },
  { what: "a secret", had: { pin: "hunter2" }, tolerated: ["pin"] },
  { what: "an element of a list", had: { rooms: ["hall", "no. 5"] }, tolerated: ["rooms[1]"] },
  { what: "the same element twice", had: { rooms: ["hall", "HALL"] }, tolerated: ["rooms[1]"] },
  { what: "the same wrong element twice", had: { rooms: ["5", "5"] }, tolerated: ["rooms[0]", "rooms[1]", "rooms[1]"] },
  { what: "an empty list", had: { rooms: [] }, tolerated: ["rooms"] },
  { what: "what breaks a rule across properties", had: { mount: "ceiling" }, tolerated: ["note"] },
])("$what passes where the object has it already, and is rejected for a new object", ({ had, tolerated }) => {
  const values = { ...full, ...had };
  const again = checked(values, values);
  expect([again.refused, again.tolerated]).toEqual([[], tolerated]);
  for (const reason of again.reasons) expect(reason).toMatch(/; accepted, because the object has it already$/);
  expect(checked(again.inputs, values).inputs).toEqual(again.inputs);
  const fresh = checked(values, undefined);
  expect(fresh.refused.map((path) => path.replace(".value", ""))).toEqual(tolerated);
  expect(fresh.tolerated).toEqual([]);
  // No difference that stays for ever.
  expect(diffElements(lamp, values, again.inputs)).toEqual({});
});

test.each<{ what: string; olds: Values; news: Values; refused: string[]; tolerated: string[] }>([
  {
    what: "another wrong value",
    olds: { colour: "red" },
    news: { colour: "blue" },
    refused: ["colour"],
    tolerated: [],
  },
  {
    what: "a wrong element beside an old one, wherever it stands",
    olds: { rooms: ["no. 5"] },
    news: { rooms: ["no. 6", "no. 5"] },
    refused: ["rooms[0]"],
    tolerated: ["rooms[1]"],
  },
  {
    what: "an element once more than before",
    olds: { rooms: ["hall", "hall"] },
    news: { rooms: ["hall", "hall", "HALL"] },
    refused: ["rooms[2]"],
    tolerated: ["rooms[1]"],
  },
  {
    what: "a list without its last element",
    olds: { rooms: ["hall"] },
    news: { rooms: [] },
    refused: ["rooms"],
    tolerated: [],
  },
  {
    what: "a rule that another value of the same property breaks",
    olds: { mount: "ceiling", note: "a" },
    news: { mount: "ceiling", note: "b" },
    refused: ["note"],
    tolerated: [],
  },
  {
    what: "a rule that only a change of another property breaks",
    olds: { mount: "wall" },
    news: { mount: "ceiling" },
    refused: ["note"],
    tolerated: [],
  },
])("$what is rejected although the object has something like it", ({ olds, news, refused, tolerated }) => {
  const found = checked({ ...full, ...news }, { ...full, ...olds });
  expect([found.refused, found.tolerated]).toEqual([refused, tolerated]);
});

test("a missing value is rejected also where the last run had none: Plivo would return it", () => {
  const values = without(full, "colour");
  expect(checked(values, values).refused).toEqual(["colour"]);
});

test("a hundred thousand elements are checked, twice as many mistakes found, and old ones tolerated, in one pass", () => {
  // Compared in pairs these would be 10,000,000,000 comparisons.
  const rooms = Array.from({ length: 100_000 }, (_, index) => `room ${index % 50_000}`);
  expect(checked({ ...full, rooms }, undefined).refused).toHaveLength(150_000);
  expect(checked({ ...full, rooms }, { ...full, rooms }).tolerated).toHaveLength(150_000);
});
