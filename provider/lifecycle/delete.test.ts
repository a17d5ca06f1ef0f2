import { expect, test } from "@jest/globals";
import { remove } from "./delete";
import { OperationError } from "./errors";
import { fullOutputs, GoneError, LostResponseError, lamp, lampContext, without } from "./testing/fake-resource";

const forced = { ...fullOutputs, forceDestroy: true };

test("the guard checks before the delete, with nothing between the two", async () => {
  const context = lampContext("lamp 1");
  await remove(lamp, "1", fullOutputs, context);
  expect(context.lamps.requests).toEqual(["usage 1", "delete 1"]);
  expect(context.lamps.rows.size).toBe(0);
});

test("the delete of a deleted object is done", async () => {
  const context = lampContext();
  await expect(remove(lamp, "1", fullOutputs, context)).resolves.toBeUndefined();
  expect(context.lamps.requests).toEqual(["usage 1", "delete 1"]);
});

test.each<{ thrown: unknown; message: string }>([
  { thrown: new Error("503"), message: 'deleting lamp "desk": 503' },
  { thrown: new Error("404 not found"), message: 'deleting lamp "desk": 404 not found' },
  { thrown: undefined, message: 'deleting lamp "desk": no reason given' },
  { thrown: new Error("it is 1234!"), message: 'deleting lamp "desk": it is [secret]' },
])("any other failure ($message) is an error", async ({ thrown, message }) => {
  const context = lampContext("lamp 1");
  context.lamps.failures.delete = [thrown];
  await expect(remove(lamp, "1", fullOutputs, context)).rejects.toThrow(message);
});

test("the guard refuses while the object is used, and names all users, the consequence and the way out", async () => {
  const context = lampContext("lamp 1");
  context.lamps.users = ["reader 1", "reader 2"];
  const error = await remove(lamp, "1", fullOutputs, context).catch((caught: unknown) => caught);
  expect(OperationError.isInstance(error)).toBe(true);
  expect(error).toMatchObject({
    message:
      'deleting lamp "desk": refused, still used by reader 1, reader 2; Plivo would leave them in the dark. ' +
      "Remove that use first, or set forceDestroy: true and run `pulumi up` before the delete",
  });
  expect(context.lamps.requests).toEqual(["usage 1"]);
});

test.each<{ thrown: unknown; message: string }>([
  { thrown: new Error("503 overloaded"), message: "503 overloaded" },
  { thrown: new GoneError("no such list"), message: "no such list" },
  { thrown: undefined, message: "no reason given" },
  { thrown: new Error("it is 1234!"), message: "it is [secret]" },
])("a guard whose check fails ($message) refuses", async ({ thrown, message }) => {
  const context = lampContext("lamp 1");
  context.lamps.failures.usage = [thrown];
  const refused = `deleting lamp "desk": refused, cannot see what still uses it: ${message}. Try again, or set forceDestroy: true`;
  await expect(remove(lamp, "1", fullOutputs, context)).rejects.toThrow(refused);
  expect(context.lamps.rows.size).toBe(1);
});

test("forceDestroy deletes without a check", async () => {
  const context = lampContext("lamp 1");
  context.lamps.users = ["reader 1"];
  await remove(lamp, "1", forced, context);
  expect(context.lamps.requests).toEqual(["delete 1"]);
});

test.each([null, undefined, false, "true", 1])("forceDestroy of %p does not: only true does", async (forceDestroy) => {
  const context = lampContext("lamp 1");
  context.lamps.users = ["reader 1"];
  await expect(remove(lamp, "1", { ...fullOutputs, forceDestroy }, context)).rejects.toThrow("refused");
});

test("a resource without a guard is deleted in one request", async () => {
  const context = lampContext("lamp 1");
  const { guard: _, ...unguarded } = lamp;
  await remove(unguarded, "1", fullOutputs, context);
  expect(context.lamps.requests).toEqual(["delete 1"]);
});

test("the method gets the old outputs in full, also from an older state", async () => {
  const context = lampContext("lamp 1");
  const seen: unknown[] = [];
  const spying = {
    ...lamp,
    delete: async (request: Parameters<typeof lamp.delete>[0]) => void seen.push(request.olds),
  };
  await remove(spying, "1", without(fullOutputs, "madeBy", "lampId", "forceDestroy"), context);
  expect(seen).toEqual([{ ...fullOutputs, madeBy: null }]);
});

test("a delete notes the id as taken", async () => {
  const context = lampContext("lamp 1");
  await remove(lamp, "1", fullOutputs, context);
  expect(context.ledger.isInState("1")).toBe(true);
});

test("a delete whose response is lost is done when the lamp is gone", async () => {
  const context = lampContext("lamp 1");
  const acting = {
    ...lamp,
    delete: async (request: Parameters<typeof lamp.delete>[0]) => {
      await lamp.delete(request);
      throw new LostResponseError("connection reset");
    },
  };
  await expect(remove(acting, "1", fullOutputs, context)).resolves.toBeUndefined();
});

test.each([{ read: [] }, { read: [new Error("503")] }])(
  "a delete whose response is lost and that cannot be verified is an error that asks for a refresh",
  async ({ read }) => {
    const context = lampContext("lamp 1");
    context.lamps.failures.delete = [new LostResponseError("connection reset")];
    context.lamps.failures.read = read;
    await expect(remove(lamp, "1", fullOutputs, context)).rejects.toThrow("try again, or run `pulumi refresh`");
  },
);
