/** An object that was created and could not be read back: it may still have to appear, and must not count as deleted. */
import { expect, test } from "@jest/globals";
import { remove } from "./delete";
import { InitFailedError } from "./errors";
import { read } from "./read";
import { full, fullOutputs, type LampContext, LostResponseError, lamp, lampContext } from "./testing/fake-resource";
import { update } from "./update";

const unseen = { ...fullOutputs, serial: null, __unconfirmed: "unseen" };

function late(reads: number): LampContext {
  const context = lampContext("lamp 1");
  context.lamps.hiddenReads = reads;
  return context;
}

test("a refresh waits for it, and then it is like any other", async () => {
  const found = await read(lamp, "1", unseen, late(2));
  expect(found?.outputs).toEqual(fullOutputs);
  expect(await read(lamp, "1", found?.outputs ?? {}, late(2))).toBeUndefined();
});

test("a refresh that never sees it reports that it is gone", async () => {
  const context = late(Number.POSITIVE_INFINITY);
  expect(await read(lamp, "1", unseen, context)).toBeUndefined();
  expect(context.clock.slept).toBe(15_000);
});

test("the repair of the next run waits for it too", async () => {
  const context = late(2);
  await expect(update(lamp, { id: "1", olds: unseen, news: full }, context)).resolves.toEqual(fullOutputs);
});

test("while it is unconfirmed it is not written, and the state stays as it is", async () => {
  const context = late(Number.POSITIVE_INFINITY);
  const news = { ...full, colour: "#fff" };
  await expect(update(lamp, { id: "1", olds: unseen, news }, context)).rejects.toThrow("updating lamp");
  expect(context.lamps.received).toEqual([]);
});

test("it is unconfirmed again when a write of the repair cannot be read back", async () => {
  for (const lost of [false, true]) {
    const context = late(0);
    const once = { ...lamp, read: lamp.read };
    let reads = 0;
    once.read = async (request) => {
      if (request.consistency === "eventual") reads += 1;
      if (reads > 1) throw new Error("503");
      return lamp.read(request);
    };
    if (lost) context.lamps.failures.update = [new LostResponseError("reset")];
    const news = { ...full, colour: "#fff" };
    const error = await update(once, { id: "1", olds: unseen, news }, context).catch((caught: unknown) => caught);
    expect(InitFailedError.isInstance(error) && error.properties).toMatchObject({ __unconfirmed: "unseen" });
  }
});

test("a delete waits for it before the guard checks, and deletes it in any case", async () => {
  const context = late(1);
  await remove(lamp, "1", unseen, context);
  expect(context.lamps.requests).toEqual(["read 1", "read 1", "usage 1", "delete 1"]);
  const never = late(Number.POSITIVE_INFINITY);
  await remove(lamp, "1", unseen, never);
  expect(never.lamps.rows.size).toBe(0);
});

test("a delete that cannot check for it is an error", async () => {
  const context = late(0);
  context.lamps.failures.read = [new Error("503")];
  await expect(remove(lamp, "1", unseen, context)).rejects.toThrow('deleting lamp "desk": 503');
});
