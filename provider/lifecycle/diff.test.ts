import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { unknown, type Values } from "./definition/values";
import { diff, sameValue } from "./diff";
import { outputsOf } from "./state/outputs";
import { full, fullOutputs, lamp, without } from "./testing/fake-resource";

const update = { kind: "update", replaces: false };

test("what the state holds against what made it is no change", () => {
  expect(diff(lamp, fullOutputs, full)).toEqual({});
});

test.each<{ what: string; olds?: Values; news: Values; differences: object }>([
  { what: "a changed value", news: { ...full, colour: "#fff" }, differences: { colour: update } },
  {
    what: "a value that is taken away",
    news: without(full, "note"),
    differences: { note: { kind: "delete", replaces: false } },
  },
  {
    what: "a value that is new",
    olds: { ...fullOutputs, note: null },
    news: full,
    differences: { note: { kind: "add", replaces: false } },
  },
  {
    what: "a replacing fact",
    news: { ...full, mount: "ceiling" },
    differences: { mount: { kind: "update", replaces: true } },
  },
  { what: "an added element", news: { ...full, rooms: ["hall", "study", "attic"] }, differences: { rooms: update } },
  { what: "a swapped element", news: { ...full, rooms: ["hall", "attic"] }, differences: { rooms: update } },
  { what: "a write-only value", news: { ...full, pin: "4321" }, differences: { pin: update } },
  { what: "a local value", news: { ...full, forceDestroy: true }, differences: { forceDestroy: update } },
  { what: "false for true", olds: { ...fullOutputs, dimmed: true }, news: full, differences: { dimmed: update } },
  {
    what: "an unknown value",
    news: { ...full, mount: unknown },
    differences: { mount: { kind: "update", replaces: true } },
  },
  { what: "an unknown element", news: { ...full, rooms: ["hall", unknown] }, differences: { rooms: update } },
  {
    what: "several at once",
    news: { ...without(full, "note"), colour: "#fff", mount: "ceiling" },
    differences: {
      colour: update,
      mount: { kind: "update", replaces: true },
      note: { kind: "delete", replaces: false },
    },
  },
])("$what is a change of exactly that", ({ olds = fullOutputs, news, differences }) => {
  expect(diff(lamp, olds, news)).toEqual(differences);
});

test.each<{ what: string; olds: Values; news: Values }>([
  { what: "another order of a list", olds: fullOutputs, news: { ...full, rooms: ["study", "hall"] } },
  { what: "another spelling in the state", olds: { ...fullOutputs, colour: "#ABC" }, news: full },
  { what: "another spelling of elements", olds: { ...fullOutputs, rooms: ["STUDY", "Hall"] }, news: full },
  { what: "null for nothing", olds: { ...fullOutputs, note: null }, news: without(full, "note") },
  { what: "nothing for null", olds: without(fullOutputs, "note"), news: { ...full, note: null } },
  { what: "a changed output", olds: { ...fullOutputs, serial: "other", madeBy: "other", lampId: "9" }, news: full },
  { what: "an output among the inputs", olds: fullOutputs, news: { ...full, serial: "other" } },
  { what: "a new property at its default", olds: without(fullOutputs, "dimmed", "forceDestroy"), news: full },
])("$what is no change", ({ olds, news }) => {
  expect(diff(lamp, olds, news)).toEqual({});
});

test("a new property that is not at its default is a change for an old state", () => {
  expect(diff(lamp, without(fullOutputs, "dimmed"), { ...full, dimmed: true })).toEqual({ dimmed: update });
});

test("drift shows: old outputs are compared, not old inputs", () => {
  expect(diff(lamp, { ...fullOutputs, colour: "#000", note: "drifted" }, full)).toEqual({
    colour: update,
    note: update,
  });
});

test("a duplicate is not hidden by comparing as a set", () => {
  const rooms = lamp.properties.rooms;
  expect(sameValue(rooms, ["hall", "hall", "study"], ["hall", "study", "study"])).toBe(false);
});

const inputs = fc.record(
  {
    name: fc.string({ minLength: 1 }),
    colour: fc.stringMatching(/^#[0-9a-fA-F]{3}$/),
    mount: fc.constantFrom("wall", "ceiling"),
    rooms: fc.uniqueArray(fc.stringMatching(/^[a-zA-Z]{1,6}$/), {
      minLength: 1,
      selector: (room) => room.toLowerCase(),
    }),
    dimmed: fc.boolean(),
    note: fc.option(fc.string({ maxLength: 20 })),
    pin: fc.stringMatching(/^[\d!]{4,8}$/),
    forceDestroy: fc.boolean(),
  },
  { requiredKeys: ["name", "colour", "mount", "rooms", "dimmed", "pin", "forceDestroy"] },
);

test("there is never a difference between inputs and the outputs that were made from them", () => {
  fc.assert(
    fc.property(inputs, (news) => {
      expect(diff(lamp, outputsOf(lamp, "1", news, { ...news, serial: "s" }), news)).toEqual({});
    }),
  );
});

test("whatever differs shows, on exactly that property", () => {
  fc.assert(
    fc.property(inputs, inputs, (olds, news) => {
      const changed = Object.keys(diff(lamp, outputsOf(lamp, "1", olds, olds), news));
      const expected = Object.keys(lamp.properties).filter((key) => {
        const forms = [olds, news].map((values: Values) => comparable(values[key]));
        return forms[0] !== forms[1];
      });
      expect(changed).toEqual(expected);
    }),
  );
});

/** This test's own reading of "the same": the fields of these inputs ignore case only where they hold no free text. */
function comparable(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify(value.map((each: unknown) => String(each).toLowerCase()).sort());
  return typeof value === "string" && /^#[0-9a-f]{3}$/i.test(value) ? value.toLowerCase() : String(value ?? null);
}
