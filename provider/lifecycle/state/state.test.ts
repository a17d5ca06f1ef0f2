import { expect, test } from "@jest/globals";
import { OperationError } from "../errors";
import { markMaybe, markUnseen, readState, storeUnconfirmed } from "./state";

const lamp = { noun: "lamp" };

test("an object without marks is known, and its outputs are what the state has", () => {
  const outputs = { name: "desk", lampId: "1" };
  expect(readState(lamp, "1", outputs)).toEqual({ identity: { kind: "known", id: "1" }, outputs });
});

test("an object that no read has seen is marked in its outputs, and the mark is no property", () => {
  const outputs = { name: "desk", lampId: "1" };
  expect(markUnseen(outputs)).toEqual({ ...outputs, __unconfirmed: "unseen" });
  expect(readState(lamp, "1", markUnseen(outputs))).toEqual({ identity: { kind: "unseen", id: "1" }, outputs });
});

test.each([
  { isProven: true, replaces: undefined, keys: { __unconfirmed: "proven" } },
  { isProven: false, replaces: undefined, keys: { __unconfirmed: "unproven" } },
  { isProven: true, replaces: "7", keys: { __unconfirmed: "proven", __replaces: "7" } },
])("an unconfirmed create is stored under its name with $keys, and read as it was", ({ keys, ...given }) => {
  const stored = storeUnconfirmed({ name: "a: b\n", ...given });
  expect(stored).toEqual({ id: "unconfirmed:a: b\n", keys });
  const { identity, outputs } = readState(lamp, stored.id, { name: "a: b\n", ...stored.keys });
  expect(identity).toEqual({ kind: "unconfirmed", name: "a: b\n", ...given });
  expect(outputs).toEqual({ name: "a: b\n" });
});

test("an unconfirmed create whose marks were lost proves nothing", () => {
  expect(readState(lamp, "unconfirmed:desk", {}).identity).toMatchObject({ isProven: false, replaces: undefined });
});

test("an id without a name behind the mark is the id of nothing, and no name is looked up for it", () => {
  expect(readState(lamp, "unconfirmed:", { __unconfirmed: "proven" }).identity.kind).toBe("known");
});

test("a state that a newer version wrote is rejected, and the error says what to update", () => {
  const newer = { name: "desk", __stateVersion: 2 };
  expect(() => readState(lamp, "1", newer)).toThrow(OperationError);
  expect(() => readState(lamp, "1", newer)).toThrow("lamp 1: its state has format 2");
  expect(readState(lamp, "1", { __stateVersion: 1 }).identity.kind).toBe("known");
});

test("what an update without a usable response may have set is beside the outputs, and no property", () => {
  const outputs = { name: "desk", lampId: "1" };
  const stored = markMaybe(outputs, { name: "shelf" });
  expect(stored).toEqual({ ...outputs, __maybe: { name: "shelf" } });
  expect(readState(lamp, "1", stored)).toMatchObject({ outputs, maybe: { name: "shelf" } });
});
