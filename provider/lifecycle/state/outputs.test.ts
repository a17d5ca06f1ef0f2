import { expect, test } from "@jest/globals";
import type { Values } from "../definition/values";
import { full, fullOutputs, lamp, without } from "../testing/fake-resource";
import { completeInputs, inputsOf, mismatches, outputsOf } from "./outputs";

const live = { ...without(full, "pin", "forceDestroy"), serial: "serial-1" };

test("outputs are every declared property, null where there is no value", () => {
  const nothing = Object.fromEntries(Object.keys(fullOutputs).map((key) => [key, null]));
  expect(outputsOf(lamp, "1", {}, {})).toEqual({ ...nothing, lampId: "1", dimmed: null, forceDestroy: false });
  expect(JSON.stringify(outputsOf(lamp, "1", {}, {}))).toBe(
    JSON.stringify({ ...nothing, forceDestroy: false, lampId: "1", serial: null }),
  );
});

test.each<{ what: string; known: Values; live: Values; outputs: Values }>([
  { what: "the API's value", known: {}, live, outputs: { colour: "#abc", serial: "serial-1" } },
  { what: "the API's value over the known one", known: { colour: "#000" }, live, outputs: { colour: "#abc" } },
  { what: "the known spelling of an equal value", known: { colour: "#ABC" }, live, outputs: { colour: "#ABC" } },
  {
    what: "the known value of what is never returned",
    known: { pin: "77" },
    live: { pin: "88" },
    outputs: { pin: "77" },
  },
  { what: "the id, not what is called so", known: { lampId: "8" }, live: { lampId: "9" }, outputs: { lampId: "1" } },
  { what: "nothing that is not declared", known: { stray: 1 }, live: { stray: 2 }, outputs: {} },
])("an output is $what", ({ known, live, outputs }) => {
  const found = outputsOf(lamp, "1", known, live);
  expect(found).toMatchObject(outputs);
  expect(Object.keys(found)).toEqual(Object.keys(lamp.properties));
});

test("inputs are what a program could have set: no outputs, nothing absent", () => {
  expect(inputsOf(lamp, { ...fullOutputs, note: null })).toEqual(without(full, "note"));
});

test("a blank value that an object has is an input of its own: a program may keep it", () => {
  expect(inputsOf(lamp, { ...fullOutputs, name: "" })).toEqual({ ...full, name: "" });
});

test("inputs for a method are complete: the default, else null", () => {
  const nothing = Object.fromEntries(Object.keys(full).map((key) => [key, null]));
  expect(completeInputs(lamp, { colour: "#abc", serial: "stray" })).toEqual({
    ...nothing,
    colour: "#abc",
    dimmed: false,
    forceDestroy: false,
  });
});

test.each<{ what: string; asked: Values; live: Values; wrong: readonly string[] }>([
  { what: "nothing", asked: full, live, wrong: [] },
  { what: "another order", asked: full, live: { ...live, rooms: ["STUDY", "hall"] }, wrong: [] },
  {
    what: "a value and a missing one",
    asked: full,
    live: { ...live, note: null, colour: "#000" },
    wrong: ["colour", "note"],
  },
  {
    what: "a value that was not requested",
    asked: { ...full, note: null },
    live: { ...live, note: "x" },
    wrong: ["note"],
  },
  { what: "nothing that cannot be compared", asked: { ...full, pin: "1", forceDestroy: true }, live, wrong: [] },
])("verification finds $what", ({ asked, live, wrong }) => {
  expect(mismatches(lamp, asked, live)).toEqual(wrong);
});
