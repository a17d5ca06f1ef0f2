import { expect, test } from "@jest/globals";
import { RunLedger } from "./run-ledger";

const generated = { token: "Lamp", key: "eu-0123456", isGenerated: true };

test("a generated name is the candidate, and is known to be generated", () => {
  const ledger = new RunLedger();
  expect(ledger.newName("eu-0123456", generated)).toBe("eu-0123456");
  expect(ledger.wasGenerated("Lamp", "eu-0123456")).toBe(true);
});

test("a candidate that is in the state is not used again: its object is being replaced", () => {
  const ledger = new RunLedger();
  ledger.recordHeldName("Lamp", "eu-0123456", "eu");
  const name = ledger.newName("eu-0123456", generated);
  expect(name).toMatch(/^eu-[0-9a-f]{7}$/);
  expect(name).not.toBe("eu-0123456");
  expect(ledger.wasGenerated("Lamp", name)).toBe(true);
  expect(ledger.wasGenerated("Lamp", "eu-0123456")).toBe(false);
});

test("a candidate without a suffix gets one", () => {
  const ledger = new RunLedger();
  ledger.recordHeldName("Lamp", "trunk", "a trunk");
  expect(ledger.newName("trunk", { ...generated, key: "trunk" })).toMatch(/^trunk-[0-9a-f]{7}$/);
});

test("names of two kinds have nothing to do with each other", () => {
  const ledger = new RunLedger();
  ledger.recordHeldName("Lamp", "eu-0123456", "eu");
  expect(ledger.newName("eu-0123456", { ...generated, token: "Switch" })).toBe("eu-0123456");
  expect(ledger.wasGenerated("Lamp", "eu-0123456")).toBe(false);
});

test("an id in the state is asked for by its kind, or by any", () => {
  const ledger = new RunLedger();
  ledger.recordInState("Lamp", "12345");
  expect(["Lamp", "Switch", undefined].map((token) => ledger.isInState("12345", token))).toEqual([true, false, true]);
  expect(ledger.isInState("345")).toBe(false);
});

test("ledgers of two accounts know nothing of each other", () => {
  new RunLedger().recordInState("Lamp", "12345");
  expect(new RunLedger().isInState("12345")).toBe(false);
});

test("a name that the user's own rules propose proves nothing, whatever its form", () => {
  const ledger = new RunLedger();
  const proposed = { token: "Lamp", key: "eu", isGenerated: false };
  ledger.newName("eu-0123456", proposed);
  expect(ledger.wasGenerated("Lamp", "eu-0123456")).toBe(false);
  ledger.recordHeldName("Lamp", "eu-0123456", "other");
  const other = ledger.newName("eu-0123456", proposed);
  expect([other === "eu-0123456", ledger.wasGenerated("Lamp", other)]).toEqual([false, false]);
});

test("what a run has not compared with the program has no plan", () => {
  const ledger = new RunLedger();
  ledger.recordOutputs("Lamp", "1", { name: "desk" });
  expect(ledger.planOf("Lamp", "1")).toBeUndefined();
  expect(ledger.replacedUnder("Lamp", "desk")).toBeUndefined();
});
