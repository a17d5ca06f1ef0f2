import { expect, test } from "@jest/globals";
import type { Values } from "./definition/values";
import { diff } from "./diff";
import { OperationError } from "./errors";
import { read } from "./read";
import { full, fullOutputs, GoneError, InvalidIdError, lamp, lampContext, without } from "./testing/fake-resource";

test("a read is one request and returns outputs as well as inputs", async () => {
  const context = lampContext("lamp 1");
  await expect(read(lamp, "1", fullOutputs, context)).resolves.toEqual({ id: "1", outputs: fullOutputs, inputs: full });
  expect(context.lamps.requests).toEqual(["read 1"]);
});

test("an object that the API does not have is gone, without a wait", async () => {
  const context = lampContext();
  await expect(read(lamp, "1", fullOutputs, context)).resolves.toBeUndefined();
  expect(context.clock.sleeps).toEqual([]);
});

test.each<{ what: string; thrown: unknown }>([
  { what: "an error", thrown: new Error("503 overloaded") },
  { what: "an error whose text says 404", thrown: new Error("404 not found") },
  { what: "no Error at all", thrown: "gone" },
  { what: "undefined", thrown: undefined },
])("$what never counts as deleted", async ({ thrown }) => {
  const context = lampContext("lamp 1");
  context.lamps.failures.read = [thrown];
  const error = await read(lamp, "1", fullOutputs, context).catch((caught: unknown) => caught);
  expect(OperationError.isInstance(error)).toBe(true);
  expect(error).toMatchObject({ message: expect.stringMatching(/^reading lamp "desk": ./) });
});

test("an id that no object can have is the id of none, unless it stands in the state", async () => {
  const context = lampContext();
  context.lamps.failures.read = [new InvalidIdError("a/b"), new InvalidIdError("a/b")];
  await expect(read(lamp, "a/b", {}, context)).resolves.toBeUndefined();
  await expect(read(lamp, "a/b", fullOutputs, context)).rejects.toThrow("reading lamp");
  await expect(read(lamp, "unconfirmed:desk", {}, context)).resolves.toBeUndefined();
});

test("drift is in the outputs and in the inputs", async () => {
  const context = lampContext("lamp 1");
  Object.assign(context.lamps.rows.get("1") ?? {}, { colour: "#000", note: null, rooms: ["attic"] });
  const found = await read(lamp, "1", fullOutputs, context);
  expect(found?.outputs).toEqual({ ...fullOutputs, colour: "#000", note: null, rooms: ["attic"] });
  expect(found?.inputs).toEqual({ ...without(full, "note"), colour: "#000", rooms: ["attic"] });
});

test("what the API never returns is carried over from the state", async () => {
  const olds = { ...fullOutputs, pin: "9999", forceDestroy: true, madeBy: "another factory" };
  const found = await read(lamp, "1", olds, lampContext("lamp 1"));
  expect(found?.outputs).toMatchObject({ pin: "9999", forceDestroy: true, madeBy: "another factory" });
  expect(found?.inputs).toMatchObject({ pin: "9999", forceDestroy: true });
});

test("the known spelling of a value is kept, that of a changed one is the API's", async () => {
  const context = lampContext("lamp 1");
  context.lamps.spellings = { colour: "#ABC", rooms: ["STUDY", "HALL"] };
  const found = await read(lamp, "1", fullOutputs, context);
  expect(found).toMatchObject({ outputs: { colour: "#abc", rooms: ["hall", "study"] } });
  context.lamps.spellings = { colour: "#FFF" };
  expect(await read(lamp, "1", fullOutputs, context)).toMatchObject({ outputs: { colour: "#FFF" } });
});

test("the id alone is enough: an import knows nothing else", async () => {
  const found = await read(lamp, "1", {}, lampContext("lamp 1"));
  expect(found?.outputs).toEqual({ ...fullOutputs, pin: null, madeBy: null, forceDestroy: false });
  expect(found?.inputs).toEqual(without(full, "pin"));
});

test("an imported object shows no difference to an equal program, except for what is never returned", async () => {
  const found = await read(lamp, "1", {}, lampContext("lamp 1"));
  expect(diff(lamp, found?.outputs ?? {}, full)).toEqual({ pin: { kind: "add", replaces: false } });
});

test("an old state without a newer property learns it from the API", async () => {
  const context = lampContext("lamp 1");
  Object.assign(context.lamps.rows.get("1") ?? {}, { dimmed: true });
  const found = await read(lamp, "1", without(fullOutputs, "dimmed", "forceDestroy", "serial"), context);
  expect(found?.outputs).toEqual({ ...fullOutputs, dimmed: true });
});

test("a value that this version does not know is passed on: the API may be newer", async () => {
  const context = lampContext("lamp 1");
  context.lamps.spellings = { mount: "magnetic" };
  expect(await read(lamp, "1", fullOutputs, context)).toMatchObject({ outputs: { mount: "magnetic" } });
});

test("a secret that the API echoes is not shown", async () => {
  const context = lampContext("lamp 1");
  context.lamps.failures.read = [new Error("500 for 1234!")];
  await expect(read(lamp, "1", fullOutputs, context)).rejects.toThrow('reading lamp "desk": 500 for [secret]');
});

test("an object without a known name is called by its id", async () => {
  const context = lampContext("lamp 1");
  context.lamps.failures.read = [new Error("500")];
  await expect(read(lamp, "1", {}, context)).rejects.toThrow("reading lamp 1: 500");
});

test("a read notes the id as taken, also of an object that is gone", async () => {
  const context = lampContext();
  context.lamps.failures.read = [new GoneError("gone")];
  await read(lamp, "7", {} satisfies Values, context);
  expect(context.ledger.isInState("7")).toBe(true);
});
