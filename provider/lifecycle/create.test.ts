import { expect, test } from "@jest/globals";
import { VirtualClock } from "../../tests/support/virtual/virtual-clock";
import { create } from "./create";
import { InitFailedError, OperationError } from "./errors";
import { full, fullOutputs, GoneError, lamp, lampContext, without } from "./testing/fake-resource";

/** What a promise is rejected with. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error("it did not fail");
    },
    (error: unknown) => error,
  );
}

async function initFailure(promise: Promise<unknown>): Promise<InitFailedError> {
  const error = await failure(promise);
  if (!InitFailedError.isInstance(error)) throw error;
  return error;
}

test("a create is one request and one read-back, and returns every declared output", async () => {
  const context = lampContext();
  await expect(create(lamp, full, context)).resolves.toEqual({ id: "1", outputs: fullOutputs });
  expect(context.lamps.requests).toEqual(["create", "read 1"]);
});

test("what was not asked for reaches the API as null or its default, and the state as null", async () => {
  const context = lampContext();
  const { outputs } = await create(lamp, without(full, "note", "dimmed"), context);
  expect(context.lamps.received).toEqual([{ ...without(full, "forceDestroy"), note: null, dimmed: false }]);
  expect(outputs).toEqual({ ...fullOutputs, note: null });
});

test("the spelling of the program is kept where the API returns another one of the same value", async () => {
  const context = lampContext();
  context.lamps.spellings = { colour: "#ABC", rooms: ["STUDY", "HALL"] };
  const { outputs } = await create(lamp, full, context);
  expect(outputs).toEqual(fullOutputs);
});

test("a rejected create leaves nothing behind, and says what failed on what", async () => {
  const context = lampContext();
  context.lamps.failures.create = [new Error("POST lamps/ -> 400: too bright")];
  const error = await failure(create(lamp, full, context));
  expect(error).toMatchObject({ message: 'creating lamp "desk": POST lamps/ -> 400: too bright' });
  expect(OperationError.isInstance(error)).toBe(true);
  expect(InitFailedError.isInstance(error)).toBe(false);
  expect(context.lamps.requests).toEqual(["create"]);
});

test.each<{ thrown: unknown; message: string }>([
  { thrown: "just text", message: "just text" },
  { thrown: undefined, message: "no reason given" },
  { thrown: null, message: "no reason given" },
  { thrown: 7, message: "7" },
])("whatever is thrown ($thrown) becomes an Error", async ({ thrown, message }) => {
  const context = lampContext();
  context.lamps.failures.create = [thrown];
  const error = await failure(create(lamp, full, context));
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ message: `creating lamp "desk": ${message}` });
});

test("the id is not lost when the read-back fails", async () => {
  const context = lampContext();
  context.lamps.failures.read = [new Error("503 overloaded")];
  const error = await initFailure(create(lamp, full, context));
  expect(error.id).toBe("1");
  // Until a read has seen the object, it may still have to appear.
  expect(error.properties).toEqual({ ...fullOutputs, serial: null, __unconfirmed: "unseen" });
  expect(error.reasons).toEqual([
    'creating lamp "desk": reading it back: 503 overloaded (lamp 1 is kept in the state; run `pulumi up` again to repair it)',
  ]);
});

test("the id is not lost when the API stored something else; the state holds what it stored", async () => {
  const context = lampContext();
  context.lamps.spellings = { colour: "#000", note: null };
  const error = await initFailure(create(lamp, full, context));
  expect(error.id).toBe("1");
  expect(error.properties).toEqual({ ...fullOutputs, colour: "#000", note: null });
  expect(error.reasons.map((reason) => /accepted (\w+)/.exec(reason)?.[1])).toEqual(["colour", "note"]);
});

test("an object that appears late is waited for", async () => {
  const context = lampContext();
  context.lamps.hiddenReads = 3;
  await expect(create(lamp, full, context)).resolves.toEqual({ id: "1", outputs: fullOutputs });
  expect(context.clock.sleeps).toEqual([250, 500, 1000]);
});

test("an object that does not appear within 15 s is recorded as a failed initialisation", async () => {
  const context = lampContext();
  context.lamps.hiddenReads = Number.POSITIVE_INFINITY;
  const error = await initFailure(create(lamp, full, context));
  expect(error).toMatchObject({ id: "1", properties: { ...fullOutputs, serial: null, __unconfirmed: "unseen" } });
  expect(context.clock.slept).toBeGreaterThan(13_000);
  expect(context.clock.slept).toBeLessThanOrEqual(15_000);
  expect(context.lamps.requests.filter((request) => request === "create")).toEqual(["create"]);
});

test("only late visibility is waited for: any other failure of the read-back is reported at once", async () => {
  const context = lampContext();
  context.lamps.failures.read = [new Error("401")];
  await initFailure(create(lamp, full, context));
  expect(context.clock.sleeps).toEqual([]);
});

test("a cancelled wait keeps the id", async () => {
  const aborting = new AbortController();
  const context = { ...lampContext(), signal: aborting.signal };
  context.lamps.hiddenReads = 3;
  aborting.abort(new Error("cancelled by the user"));
  const error = await initFailure(create(lamp, full, context));
  expect(error).toMatchObject({ id: "1", message: expect.stringContaining("cancelled by the user") });
});

test.each(["create", "read"] as const)("a secret that the API echoes in a failing %s is not shown", async (method) => {
  const context = lampContext();
  context.lamps.failures[method] = [new Error("bad pin 1234! (1234!)")];
  const error = await failure(create(lamp, full, context));
  expect(error).toMatchObject({ message: expect.stringContaining("bad pin [secret] ([secret])") });
  expect(JSON.stringify([String(error), error instanceof InitFailedError && error.reasons])).not.toContain("1234!");
});

test("the new id is known to the process as taken, also when the read-back fails", async () => {
  const context = lampContext();
  context.lamps.failures.read = [new Error("503")];
  await initFailure(create(lamp, full, context));
  expect(context.ledger.isInState("1")).toBe(true);
});

test("the virtual clock of these tests moves only in sleeps", async () => {
  const clock = new VirtualClock();
  const before = clock.now();
  await clock.sleep(5);
  expect(clock.now() - before).toBe(5);
});

test("an object that appears at the last moment is still seen", async () => {
  const context = lampContext();
  const until = context.clock.now() + 15_000;
  const late = {
    ...lamp,
    read: async (request: Parameters<typeof lamp.read>[0]) => {
      if (context.clock.now() < until) throw new GoneError("not yet");
      return lamp.read(request);
    },
  };
  await expect(create(late, full, context)).resolves.toMatchObject({ id: "1" });
});
