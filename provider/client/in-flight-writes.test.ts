import { expect, test } from "@jest/globals";
import { InFlightWrites } from "./in-flight-writes";

/** A write that lasts until it is told to end. */
function write(writes: InFlightWrites) {
  let end = () => {};
  const done = writes.during(() => new Promise<void>((resolve) => (end = resolve)));
  return { end: () => end(), done };
}

test("where no write is under way, none has to end", async () => {
  const writes = new InFlightWrites();
  await writes.end();
  expect([writes.count, writes.begun]).toEqual([0, 0]);
});

test("the last one that ends ends them all", async () => {
  const writes = new InFlightWrites();
  const [first, second] = [write(writes), write(writes)];
  let over = false;
  const waiting = writes.end().then(() => (over = true));
  first.end();
  await first.done;
  expect([over, writes.count]).toEqual([false, 1]);
  second.end();
  await second.done;
  await waiting;
  expect([writes.count, writes.begun]).toEqual([0, 2]);
});

test("one that fails has ended", async () => {
  const writes = new InFlightWrites();
  await expect(writes.during(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(writes.count).toBe(0);
  expect(await writes.during(async () => "done")).toBe("done");
});
