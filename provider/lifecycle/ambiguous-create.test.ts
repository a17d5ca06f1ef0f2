import { expect, test } from "@jest/globals";
import { check } from "./check";
import { create } from "./create";
import type { Values } from "./definition/values";
import { remove } from "./delete";
import { InitFailedError } from "./errors";
import { read } from "./read";
import {
  asking,
  full,
  GoneError,
  type LampContext,
  LostResponseError,
  lamp,
  lampContext,
  plan,
  without,
} from "./testing/fake-resource";

const unnamed = without(full, "name");
const generated = "lamp-0123456";

/** Checks a program without a name, and returns the inputs. */
function checked(context: LampContext, olds?: Values): Values {
  return check(lamp, asking(unnamed, { olds }), context.ledger).inputs;
}

async function failureOf(promise: Promise<unknown>): Promise<InitFailedError> {
  const error = await promise.then(
    () => new Error("did not fail"),
    (failure: unknown) => failure,
  );
  if (!InitFailedError.isInstance(error)) throw error;
  return error;
}

/** The response to the create got lost, and so did every check: what the state then holds. */
async function leftUnconfirmed(acted: boolean): Promise<{ context: LampContext; failure: InitFailedError }> {
  const context = lampContext();
  const { failures } = context.lamps;
  failures[acted ? "response" : "create"] = [new LostResponseError("connection reset")];
  failures.list = [new Error("503 everything is down")];
  const failure = await failureOf(create(lamp, checked(context), context));
  return { context, failure };
}

/** The same API, met by a new process that knows nothing. */
function nextRun({ lamps }: LampContext): LampContext {
  return lampContext(undefined, lamps);
}

/** A new process, which has planned the same program, changed by this. */
function nextPlan(context: LampContext, { id, properties: olds }: InitFailedError, change: Values = {}): LampContext {
  const next = nextRun(context);
  plan(lamp, { id, olds, news: { ...checked(next, olds), ...change } }, next.ledger);
  return next;
}

test("an ambiguous create under a generated name is found and adopted, not created again", async () => {
  const context = lampContext();
  context.lamps.failures.response = [new LostResponseError("connection reset")];
  const { id, outputs } = await create(lamp, checked(context), context);
  expect(id).toBe("1");
  expect(outputs).toMatchObject({ name: generated, serial: "serial-1" });
  expect(context.lamps.requests).toEqual(["create", "list", "read 1"]);
});

test("a create that did nothing is retried after ten seconds of checks without a match", async () => {
  const context = lampContext();
  context.lamps.failures.create = [new LostResponseError("connection reset")];
  const { id } = await create(lamp, checked(context), context);
  expect(id).toBe("1");
  expect(context.lamps.requests).toEqual(["create", "list", "list", "list", "list", "create", "read 1"]);
  expect(context.clock.now()).toBeGreaterThanOrEqual(10_000);
});

test("a lamp that appears late in the list is adopted", async () => {
  const context = lampContext();
  context.lamps.failures.response = [new LostResponseError("timeout")];
  context.lamps.hiddenLists = 3;
  expect((await create(lamp, checked(context), context)).id).toBe("1");
  expect(context.lamps.rows.size).toBe(1);
});

test("a lamp under the user's own name is never adopted: the error names it and how to settle it", async () => {
  const context = lampContext();
  context.lamps.failures.response = [new LostResponseError("connection reset")];
  const failure = await failureOf(create(lamp, full, context));
  expect(failure.id).toBe("unconfirmed:desk");
  expect(failure.message).toContain("Plivo has lamp 1 of that name, which may or may not be it");
  expect(failure.message).toContain("adopt Lamp 1");
});

test("a lamp that differs from what was asked is not adopted", async () => {
  const context = lampContext();
  const inputs = checked(context);
  context.lamps.rows.set("unmanaged", { ...without(inputs, "forceDestroy"), colour: "#fff", serial: "s" });
  context.lamps.failures.create = [new LostResponseError("connection reset")];
  const failure = await failureOf(create(lamp, inputs, context));
  expect(failure.message).toContain("lamp unmanaged (which differs from what was asked)");
});

test("a lamp of which a list shows less than a read is read before it is judged", async () => {
  const context = lampContext();
  context.lamps.failures.response = [new LostResponseError("connection reset")];
  context.lamps.unlisted = ["colour"];
  await expect(create(lamp, checked(context), context)).resolves.toMatchObject({ id: "1" });
});

test("what a list leaves out of an unconfirmed lamp does not make the next run replace it", async () => {
  const { context, failure } = await leftUnconfirmed(true);
  context.lamps.unlisted = ["mount"];
  const next = nextPlan(context, failure);
  await expect(create(lamp, checked(next), next)).resolves.toMatchObject({ id: "1" });
});

test("a lamp that differs in a list and cannot be read yet is not adopted", async () => {
  const context = lampContext();
  context.lamps.failures.response = [new LostResponseError("connection reset")];
  context.lamps.unlisted = ["colour"];
  const invisible = { ...lamp, read: async () => Promise.reject(new GoneError("no lamp 1")) };
  const failure = await failureOf(create(invisible, checked(context), context));
  expect(failure.message).toContain("lamp 1 (which differs from what was asked)");
});

test("of two equal lamps none is adopted and both are named", async () => {
  const context = lampContext();
  const inputs = checked(context);
  context.lamps.rows.set("7", { ...without(inputs, "forceDestroy"), serial: "s" });
  context.lamps.failures.response = [new LostResponseError("connection reset")];
  expect((await failureOf(create(lamp, inputs, context))).message).toContain("lamp 7 and 2 of that name");
});

test("an object that is in the state is never adopted, however equal it is", async () => {
  const context = lampContext();
  const inputs = checked(context);
  context.lamps.rows.set("old", { ...without(inputs, "forceDestroy"), serial: "s" });
  plan(lamp, { id: "old", olds: inputs, news: inputs }, context.ledger);
  context.lamps.failures.create = [new LostResponseError("connection reset")];
  const { id } = await create(lamp, inputs, context);
  expect(id).not.toBe("old");
});

test.each([0, 1, 5])(
  "a create without a response is retried %s times, as configured, then recorded as unconfirmed",
  async (maxRetries) => {
    const context = { ...lampContext(), maxRetries };
    context.lamps.failures.create = Array.from({ length: 9 }, (_, n) => new LostResponseError(String(n)));
    const failure = await failureOf(create(lamp, checked(context), context));
    expect(failure.id).toBe(`unconfirmed:${generated}`);
    expect(context.lamps.requests.filter((request) => request === "create")).toHaveLength(maxRetries + 1);
  },
);

test("a create without a response to two attempts is done once, by its third", async () => {
  const context = lampContext();
  context.lamps.failures.create = [new LostResponseError("a"), new LostResponseError("b")];
  await expect(create(lamp, checked(context), context)).resolves.toMatchObject({ outputs: { name: generated } });
  expect(context.lamps.rows.size).toBe(1);
});

test.each([true, false])(
  "the next run deletes an unconfirmed lamp and creates it anew: one lamp in the end (acted: %s)",
  async (acted) => {
    const { context, failure } = await leftUnconfirmed(acted);
    expect(failure.id).toBe(`unconfirmed:${generated}`);
    const next = nextRun(context);
    const olds = failure.properties;
    const planned = plan(lamp, { id: failure.id, olds, news: checked(next, olds) }, next.ledger);
    expect(planned).toMatchObject({ deleteBeforeReplace: true, differences: { name: { replaces: true } } });
    await remove(lamp, failure.id, olds, next);
    const { id, outputs } = await create(lamp, checked(next), next);
    expect(outputs).toMatchObject({ name: generated });
    expect([...context.lamps.rows.keys()]).toEqual([id]);
  },
);

test("an unconfirmed lamp under the user's own name is not created a second time by the next run", async () => {
  const context = lampContext();
  context.lamps.failures.response = [new LostResponseError("connection reset")];
  const failure = await failureOf(create(lamp, full, context));
  const next = nextRun(context);
  check(lamp, asking(full, { olds: failure.properties }), next.ledger);
  plan(lamp, { id: failure.id, olds: failure.properties, news: full }, next.ledger);
  await expect(remove(lamp, failure.id, failure.properties, next)).rejects.toThrow(
    /^deleting lamp "desk": refused, .* lamp 1 .*: adopt Lamp 1; else delete it at Plivo, or take it out of the state/,
  );
  expect(context.lamps.rows.size).toBe(1);
});

test("a refresh finds the id of an unconfirmed lamp, or reports that it is gone", async () => {
  const there = await leftUnconfirmed(true);
  const found = await read(lamp, there.failure.id, there.failure.properties, nextRun(there.context));
  expect(found).toMatchObject({ id: "1", outputs: { lampId: "1", serial: "serial-1" } });
  const gone = await leftUnconfirmed(false);
  expect(await read(lamp, gone.failure.id, gone.failure.properties, nextRun(gone.context))).toBeUndefined();
});

test("destroy of an unconfirmed lamp deletes what its generated name proves to be ours, and is done when there is none", async () => {
  const there = await leftUnconfirmed(true);
  await remove(lamp, there.failure.id, there.failure.properties, nextRun(there.context));
  expect(there.context.lamps.requests.slice(-3)).toEqual(["list", "usage 1", "delete 1"]);
  expect(there.context.lamps.rows.size).toBe(0);
  const gone = await leftUnconfirmed(false);
  await remove(lamp, gone.failure.id, gone.failure.properties, nextRun(gone.context));
  expect(gone.context.lamps.requests).not.toContain("delete 1");
});

test("two lamps of one generated name prove nothing: a destroy deletes neither", async () => {
  const { context, failure } = await leftUnconfirmed(true);
  context.lamps.rows.set("2", { ...without(full, "forceDestroy"), name: generated, serial: "x" });
  const refused = remove(lamp, failure.id, failure.properties, nextRun(context));
  await expect(refused).rejects.toThrow(/refused, .* lamp 1 and 2 .*delete it at Plivo/);
  expect(context.lamps.rows.size).toBe(2);
});

test("no error of an ambiguous create shows a secret that the API echoed", async () => {
  const context = lampContext();
  context.lamps.failures.response = [new LostResponseError("lost after sending pin 1234!")];
  context.lamps.failures.list = [new Error("cannot list with pin 1234!")];
  const failure = await failureOf(create(lamp, checked(context), context));
  expect(failure.message).not.toContain("1234!");
  expect(failure.message).toContain("[secret]");
});

test("the next run checks for as long as the first one did: it may follow at once", async () => {
  const { context, failure } = await leftUnconfirmed(true);
  context.lamps.hiddenLists = 2;
  const next = nextPlan(context, failure);
  const { id } = await create(lamp, checked(next), next);
  expect([id, context.lamps.rows.size]).toEqual(["1", 1]);
});

test("an unconfirmed lamp gets the secret that the program has now, which may be another one", async () => {
  const { context, failure } = await leftUnconfirmed(true);
  const next = nextPlan(context, failure, { pin: "4321!" });
  const { id, outputs } = await create(lamp, { ...checked(next), pin: "4321!" }, next);
  expect([id, outputs.pin, context.lamps.rows.get("1")?.pin]).toEqual(["1", "4321!", "4321!"]);
});

test("an unconfirmed lamp becomes what the program asks for now, or is replaced by the next run", async () => {
  for (const change of [{ colour: "#fff" }, { mount: "ceiling" }]) {
    const { context, failure } = await leftUnconfirmed(true);
    const next = nextPlan(context, failure, change);
    const created = create(lamp, { ...checked(next), ...change }, next);
    if ("colour" in change) await expect(created).resolves.toMatchObject({ id: "1", outputs: change });
    else expect(await failureOf(created)).toMatchObject({ id: "1", properties: { mount: "wall", pin: null } });
    expect(context.lamps.rows.size).toBe(1);
  }
});

test("an unconfirmed create is checked for by the name in its id, whatever else the state has", async () => {
  const context = lampContext("lamp 1");
  const olds = { ...full, name: "desk", __unconfirmed: "proven" };
  await remove(lamp, "unconfirmed:other", olds, context);
  expect(context.lamps.rows.size).toBe(1);
});

test("the create after a delete that found the object does not wait for another one", async () => {
  const { context, failure } = await leftUnconfirmed(true);
  const next = nextPlan(context, failure);
  await remove(lamp, failure.id, failure.properties, next);
  await create(lamp, checked(next, failure.properties), next);
  expect([next.clock.slept, context.lamps.rows.size]).toEqual([0, 1]);
});

test("under another name nothing would find an unconfirmed lamp: the delete finds it and deletes it", async () => {
  const { context, failure } = await leftUnconfirmed(true);
  const next = nextRun(context);
  const olds = failure.properties;
  check(lamp, asking({ ...full, name: "other" }, { olds }), next.ledger);
  plan(lamp, { id: failure.id, olds, news: { ...full, name: "other" } }, next.ledger);
  await remove(lamp, failure.id, olds, next);
  expect(context.lamps.rows.size).toBe(0);
});

test("a user's own name stays unproven when the program does not give it any more", async () => {
  const context = lampContext();
  context.lamps.failures.create = [new LostResponseError("connection reset")];
  context.lamps.failures.list = [new Error("503")];
  const failure = await failureOf(create(lamp, full, context));
  context.lamps.rows.set("theirs", { ...without(full, "forceDestroy"), serial: "x" });
  const next = nextPlan(context, failure);
  const again = await failureOf(create(lamp, checked(next), next));
  expect(again.id).toBe("unconfirmed:desk");
});

test("a refresh of an unconfirmed lamp records it as it is, and its secret as unknown", async () => {
  const { context, failure } = await leftUnconfirmed(true);
  Object.assign(context.lamps.rows.get("1") ?? {}, { colour: "#000" });
  const found = await read(lamp, failure.id, failure.properties, nextRun(context));
  expect(found).toMatchObject({ id: "1", outputs: { colour: "#000", pin: null } });
});
