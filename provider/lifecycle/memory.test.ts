import { expect, test } from "@jest/globals";
import { Memory } from "./memory";

test("a made-up name is the candidate, and is remembered as made up", () => {
  const memory = new Memory();
  expect(memory.generateName("eu-0123456")).toBe("eu-0123456");
  expect(memory.wasGenerated("eu-0123456")).toBe(true);
});

test("a candidate that is in the state is not used again: its object is being replaced", () => {
  const memory = new Memory();
  memory.noteInState("eu-0123456");
  const name = memory.generateName("eu-0123456");
  expect(name).toMatch(/^eu-[0-9a-f]{7}$/);
  expect(name).not.toBe("eu-0123456");
  expect(memory.wasGenerated(name)).toBe(true);
  expect(memory.wasGenerated("eu-0123456")).toBe(false);
});

test("the other name is the same in every process, so that preview and up agree", () => {
  const names = [1, 2].map(() => {
    const memory = new Memory();
    memory.noteInState("eu-0123456");
    return memory.generateName("eu-0123456");
  });
  expect(names[0]).toBe(names[1]);
});

test("a candidate without a suffix gets one", () => {
  const memory = new Memory();
  memory.noteInState("trunk");
  expect(memory.generateName("trunk")).toMatch(/^trunk-[0-9a-f]{7}$/);
});

test("what is in the state and what was made up are different questions", () => {
  const memory = new Memory();
  memory.noteInState("12345");
  expect([memory.isInState("12345"), memory.wasGenerated("12345")]).toEqual([true, false]);
  memory.generateName("eu-0123456");
  expect(memory.isInState("eu-0123456")).toBe(false);
});

test("memories of two accounts know nothing of each other", () => {
  new Memory().noteInState("12345");
  expect(new Memory().isInState("12345")).toBe(false);
});

test("a name never comes back: the object that bore it may still wait for its delete", () => {
  const replaced = (old: string) => {
    const memory = new Memory();
    memory.noteName("key", old);
    return memory.generateName("eu-0123456", "key");
  };
  const names = ["eu-0123456"];
  for (let nth = 0; nth < 5; nth++) names.push(replaced(String(names.at(-1))));
  expect(new Set(names).size).toBe(6);
});
