import { PassThrough } from "node:stream";
import { expect, test } from "@jest/globals";
import { askOn, isYes } from "./ask";

test("a question without a reply, after Ctrl-D, is no yes", async () => {
  const input = new PassThrough();
  const reply = askOn(input, new PassThrough())("Do this? [y/N] ");
  input.end();
  expect(isYes(await reply)).toBe(false);
});

test("a reply is what was typed", async () => {
  const input = new PassThrough();
  const reply = askOn(input, new PassThrough())("Do this? [y/N] ");
  input.write("Yes\n");
  expect(isYes(await reply)).toBe(true);
});
