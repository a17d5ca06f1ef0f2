import { expect, test } from "@jest/globals";
import { Memory } from "./memory";

test("a made-up name is the candidate, and is remembered as made up", () => {
  const memory = new Memory();
  expect(memory.newName("eu-0123456", { key: "eu-0123456", isMadeUp: true })).toBe("eu-0123456");
  expect(memory.wasGenerated("eu-0123456")).toBe(true);
});

test("a candidate that is in the state is not used again: its object is being replaced", () => {
  const memory = new Memory();
  memory.noteInState("eu-0123456");
  const name = memory.newName("eu-0123456", { key: "eu-0123456", isMadeUp: true });
  expect(name).toMatch(/^eu-[0-9a-f]{7}$/);
  expect(name).not.toBe("eu-0123456");
  expect(memory.wasGenerated(name)).toBe(true);
  expect(memory.wasGenerated("eu-0123456")).toBe(false);
});

test("a candidate without a suffix gets one", () => {
  const memory = new Memory();
  memory.noteInState("trunk");
  expect(memory.newName("trunk", { key: "trunk", isMadeUp: true })).toMatch(/^trunk-[0-9a-f]{7}$/);
});

test("what is in the state and what was made up are different questions", () => {
  const memory = new Memory();
  memory.noteInState("12345");
  expect([memory.isInState("12345"), memory.wasGenerated("12345")]).toEqual([true, false]);
  memory.newName("eu-0123456", { key: "eu-0123456", isMadeUp: true });
  expect(memory.isInState("eu-0123456")).toBe(false);
});

test("memories of two accounts know nothing of each other", () => {
  new Memory().noteInState("12345");
  expect(new Memory().isInState("12345")).toBe(false);
});

test("a name that the user's own rules propose proves nothing, whatever it looks like", () => {
  const memory = new Memory();
  memory.newName("eu-0123456", { key: "eu", isMadeUp: false });
  expect(memory.wasGenerated("eu-0123456")).toBe(false);
  memory.noteInState("eu-0123456");
  const other = memory.newName("eu-0123456", { key: "eu", isMadeUp: false });
  expect([other === "eu-0123456", memory.wasGenerated(other)]).toEqual([false, false]);
});
