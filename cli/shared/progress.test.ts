import { expect, test } from "@jest/globals";
import { progressOn } from "./progress";

function onStream(isTTY: boolean, times: readonly number[] = []) {
  const written: string[] = [];
  const clock = [...times];
  const progress = progressOn({ isTTY, columns: 60, write: (text) => written.push(text) }, () => clock.shift() ?? 0);
  return { progress, written };
}

test("where there is no terminal, each finished part is a line, and nothing moves a cursor", () => {
  const { progress, written } = onStream(false);
  progress.update("trunks", 20, 45);
  progress.finish("trunks", 45);
  progress.note("waiting 2 s for the rate limit");
  progress.end();
  expect(written).toEqual(["read 45 trunks\n", "waiting 2 s for the rate limit\n"]);
});

test("on a terminal one line shows how much of all is read, and goes at the end", () => {
  const { progress, written } = onStream(true, [0, 0, 100, 100]);
  progress.update("trunks", 20, 40);
  progress.update("phone numbers", 20, 60);
  progress.end();
  expect(written).toEqual([
    "\r\u001b[K[##########----------] 20/40 objects, reading trunks",
    "\r\u001b[K[########------------] 40/100 objects, reading trunks, phon",
    "\r\u001b[K",
  ]);
});

test("the line changes no more often than can be read", () => {
  const { progress, written } = onStream(true, [0, 0, 10, 40]);
  for (const read of [1, 2, 3]) progress.update("trunks", read, 3);
  expect(written).toHaveLength(1);
});
