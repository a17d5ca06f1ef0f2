/** A value that Plivo never returns and that is not known: nothing is sent that would blank it, and nothing else is refused. */
import { expect, test } from "@jest/globals";
import { check } from "../check";
import { unknown, type Values } from "../definition/values";
import { OperationError } from "../errors";
import { moveAside } from "../name-conflict";
import { previewUpdate } from "../plan";
import { asking, full, fullOutputs, lamp, lampContext, without } from "../testing/fake-resource";
import { update } from "../update";
import { RunLedger } from "./run-ledger";

const imported = without(full, "pin");
const importedOutputs = { ...fullOutputs, pin: null };
const NOT_KNOWN = /^is not known: Plivo never returns it, and an update without it can blank it; set it in the program/;

function checked(news: Values, olds: Values | undefined) {
  const { failures, tolerated } = check(lamp, asking(news, { olds }), new RunLedger());
  return { failures, tolerated };
}

test("what the object was imported without is not asked for while nothing else changes", () => {
  const { failures, tolerated } = checked(imported, imported);
  expect(failures).toEqual([]);
  expect(tolerated).toEqual([
    { property: "pin", reason: expect.stringMatching(/^is not known: Plivo never returns it/) },
  ]);
  const reason = expect.stringMatching(/^is required/);
  expect(checked(imported, undefined).failures).toEqual([{ property: "pin.value", reason }]);
  expect(checked(imported, full).failures).toMatchObject([{ property: "pin.value" }]);
});

test.each<{ what: string; change: Values; isRejected: boolean }>([
  { what: "another value", change: { colour: "#fff" }, isRejected: true },
  { what: "an element more", change: { rooms: ["hall", "study", "attic"] }, isRejected: true },
  { what: "a value less", change: { note: undefined }, isRejected: true },
  { what: "the same value in other words", change: { colour: "#ABC", rooms: ["study", "HALL"] }, isRejected: false },
  { what: "a value that never reaches Plivo", change: { forceDestroy: true }, isRejected: false },
  { what: "a value that may turn out to be the same", change: { colour: unknown }, isRejected: false },
  { what: "a name that is kept", change: { name: undefined }, isRejected: false },
  { what: "the missing value itself", change: { pin: "4321!", colour: "#fff" }, isRejected: false },
])("$what of such an object is rejected by a check: $isRejected", ({ change, isRejected }) => {
  const { failures } = checked({ ...imported, ...change }, imported);
  const refusal = { property: "pin.value", reason: expect.stringMatching(NOT_KNOWN) };
  expect(failures).toEqual(isRejected ? [refusal] : []);
});

test("an object that has no name either is imported, and asked for both when the name is sent", () => {
  const nameless = without(imported, "name");
  expect(checked(nameless, nameless).failures).toEqual([]);
  const request = { id: "1", olds: { ...importedOutputs, name: null }, news: { ...nameless, name: "lamp-0123456" } };
  expect(() => previewUpdate(lamp, request)).toThrow(/updating lamp "lamp-0123456": refused, pin is not known/);
});

const refusal = 'updating lamp "desk": refused, pin is not known: Plivo never returns it';

test("an update that would blank it is rejected in its preview, and before any request", async () => {
  const context = lampContext("lamp 1");
  const request = { id: "1", olds: importedOutputs, news: { ...imported, colour: "#fff" } };
  expect(() => previewUpdate(lamp, request)).toThrow(refusal);
  const error = await update(lamp, request, context).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(OperationError);
  expect(error).toMatchObject({ message: expect.stringContaining(refusal) });
  expect(context.lamps.requests).toEqual([]);
});

test("an update that sends nothing, or the value too, is sent", async () => {
  const local = { id: "1", olds: importedOutputs, news: { ...imported, forceDestroy: true } };
  const context = lampContext("lamp 1");
  expect(previewUpdate(lamp, local)).toMatchObject({ forceDestroy: true, pin: null });
  await expect(update(lamp, local, context)).resolves.toMatchObject({ forceDestroy: true, pin: null });
  expect(context.lamps.requests).toEqual([]);
  const given = { id: "1", olds: importedOutputs, news: { ...full, colour: "#fff" } };
  await expect(update(lamp, given, context)).resolves.toMatchObject({ colour: "#fff", pin: "1234!" });
});

test("a preview rejects nothing that may turn out to send nothing", () => {
  const request = { id: "1", olds: importedOutputs, news: { ...imported, colour: unknown } };
  expect(previewUpdate(lamp, request)).toMatchObject({ colour: unknown });
});

test("a change that the program ignores sends nothing, and its value stays unknown to us", async () => {
  const isIgnored = (path: string) => path === "pin";
  const context = lampContext("lamp 1");
  const same = { id: "1", olds: importedOutputs, news: full, isIgnored };
  expect(previewUpdate(lamp, same)).toMatchObject({ pin: null });
  const changed = { ...same, news: { ...full, colour: "#fff" } };
  expect(() => previewUpdate(lamp, changed)).toThrow("take it out of ignoreChanges");
  await expect(update(lamp, changed, context)).rejects.toThrow("take it out of ignoreChanges");
  expect(context.lamps.requests).toEqual([]);
});

test("an object that is replaced is not renamed when that would blank it", async () => {
  const context = lampContext("lamp 1");
  context.ledger.recordOutputs("Lamp", "1", importedOutputs);
  const write = { doing: 'creating lamp "desk"', inputs: full, secrets: [] };
  await expect(moveAside(lamp, write, "1", context)).rejects.toThrow(
    /cannot be renamed first .*: renaming lamp 1: refused, pin is not known/,
  );
  expect(context.lamps.requests).toEqual(["read 1"]);
});
