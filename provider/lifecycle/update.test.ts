import { expect, test } from "@jest/globals";
import type { Values } from "./definition/values";
import { InitFailedError, OperationError } from "./errors";
import {
  full,
  fullOutputs,
  type LampContext,
  LostResponseError,
  lamp,
  lampContext,
  without,
} from "./testing/fake-resource";
import { update } from "./update";

const updating = (news: Values, context: LampContext, olds: Values = fullOutputs) =>
  update(lamp, { id: "1", olds, news }, context);

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error("it did not fail");
    },
    (error: unknown) => error,
  );
}

test("an update sends what differs and nothing else, and reads it back; the outputs are complete", async () => {
  const context = lampContext("lamp 1");
  const outputs = await updating({ ...full, colour: "#fff" }, context);
  expect(outputs).toEqual({ ...fullOutputs, colour: "#fff" });
  expect(context.lamps.requests).toEqual(["update 1", "read 1"]);
  expect(context.lamps.received).toEqual([{ colour: "#fff", cleared: [] }]);
});

test.each([
  { comparesOutputs: true, shown: "#000", next: "the next preview shows it" },
  { comparesOutputs: false, shown: "#abc", next: "`pulumi refresh` shows it, unless the program ignores it" },
])(
  "what others have changed is left alone by an update, and reported (compares outputs: $comparesOutputs)",
  async ({ comparesOutputs, shown, next }) => {
    const logged: string[] = [];
    const log = (severity: string, text: string) => void logged.push(`${severity}: ${text}`);
    const context = { ...lampContext("lamp 1"), comparesOutputs, log };
    Object.assign(context.lamps.rows.get("1") ?? {}, { colour: "#000", dimmed: true });
    const outputs = await updating({ ...full, note: "on the desk" }, context);
    expect(context.lamps.received).toEqual([{ note: "on the desk", cleared: [] }]);
    expect(context.lamps.rows.get("1")).toMatchObject({ colour: "#000", dimmed: true, note: "on the desk" });
    expect(outputs).toEqual({ ...fullOutputs, note: "on the desk", colour: shown, dimmed: comparesOutputs });
    const differ = "colour, dimmed differ at Plivo, and the update left that alone";
    expect(logged).toEqual([`warning: updating lamp "desk": ${differ}; ${next}`]);
  },
);

test("a change that the program ignores is neither sent nor recorded as done", async () => {
  const context = lampContext("lamp 1");
  const olds = { ...fullOutputs, colour: "#000" };
  Object.assign(context.lamps.rows.get("1") ?? {}, { colour: "#000" });
  const request = {
    id: "1",
    olds,
    news: { ...full, note: "on the desk" },
    isIgnored: (path: string) => path === "colour",
  };
  await expect(update(lamp, request, context)).resolves.toMatchObject({ colour: "#000", note: "on the desk" });
  expect(context.lamps.received).toEqual([{ note: "on the desk", cleared: [] }]);
});

test("of a list the whole is sent, and an ignored element of it is no change", async () => {
  const context = lampContext("lamp 1");
  const olds = { ...fullOutputs, rooms: ["attic", "study"] };
  Object.assign(context.lamps.rows.get("1") ?? {}, { rooms: ["attic", "study"] });
  const isIgnored = (path: string) => path === "rooms[0]";
  const request = { id: "1", olds, news: { ...full, colour: "#fff", rooms: ["hall", "study"] }, isIgnored };
  await expect(update(lamp, request, context)).resolves.toMatchObject({ rooms: ["attic", "study"] });
  expect(context.lamps.received).toEqual([{ colour: "#fff", cleared: [] }]);
});

test("a read that returns nothing after an update loses no object: the error carries its id", async () => {
  const broken = { ...lamp, read: () => Promise.resolve(undefined as unknown as Values) };
  const request = { id: "1", olds: fullOutputs, news: { ...full, colour: "#fff" } };
  const error = await failure(update(broken, request, lampContext("lamp 1")));
  expect(error).toBeInstanceOf(InitFailedError);
  expect(error).toMatchObject({ id: "1", message: expect.stringContaining("reading it back") });
});

test("a change of local properties only sends no request and returns full outputs", async () => {
  const context = lampContext("lamp 1");
  const outputs = await updating({ ...full, forceDestroy: true }, context);
  expect(outputs).toEqual({ ...fullOutputs, forceDestroy: true });
  expect(context.lamps.requests).toEqual([]);
});

test("a local change beside another one is an update like any other", async () => {
  const context = lampContext("lamp 1");
  const outputs = await updating({ ...full, forceDestroy: true, colour: "#fff" }, context);
  expect(outputs).toEqual({ ...fullOutputs, forceDestroy: true, colour: "#fff" });
  expect(context.lamps.requests).toEqual(["update 1", "read 1"]);
});

test("without any change the engine wants a repair: what was read since it was written needs no write", async () => {
  const context = lampContext("lamp 1");
  await expect(updating(full, context, { ...fullOutputs, serial: null })).resolves.toEqual(fullOutputs);
  expect(context.lamps.requests).toEqual(["read 1"]);
});

test("the repair of an object that was never read reads it, and sends what is not as asked", async () => {
  const context = lampContext("lamp 1");
  Object.assign(context.lamps.rows.get("1") ?? {}, { colour: "#000" });
  await expect(updating(full, context, { ...fullOutputs, __unconfirmed: "unseen" })).resolves.toEqual(fullOutputs);
  expect(context.lamps.requests).toEqual(["read 1", "update 1", "read 1"]);
  expect(context.lamps.received).toEqual([{ colour: "#abc", cleared: [] }]);
});

test("cleared names the properties that had a value and shall have none, and no others", async () => {
  const context = lampContext("lamp 1");
  await updating({ ...without(full, "note"), colour: "#fff" }, context);
  expect(context.lamps.received).toMatchObject([{ cleared: ["note"], note: null }]);
});

test("the method sees the old outputs in full", async () => {
  const context = lampContext("lamp 1");
  const seen: unknown[] = [];
  const spying = {
    ...lamp,
    update: (request: Parameters<typeof lamp.update>[0]) => {
      seen.push(request.olds);
      return lamp.update(request);
    },
  };
  const request = { id: "1", olds: { colour: "#abc" }, news: { ...full, colour: "#fff" } };
  await update(spying, request, context);
  const nothing = Object.fromEntries(Object.keys(fullOutputs).map((key) => [key, null]));
  expect(seen).toEqual([{ ...nothing, colour: "#abc", lampId: "1" }]);
});

test("what the state alone remembers survives an update", async () => {
  const outputs = await updating({ ...full, colour: "#fff" }, lampContext("lamp 1"), { ...fullOutputs, madeBy: "me" });
  expect(outputs).toMatchObject({ madeBy: "me", pin: "1234!" });
});

test("a row that the method itself returns replaces the read-back", async () => {
  const context = lampContext("lamp 1");
  const eager = {
    ...lamp,
    update: async (request: Parameters<typeof lamp.update>[0]) => {
      await lamp.update(request);
      return context.lamps.see("1") as Awaited<ReturnType<typeof lamp.update>>;
    },
  };
  const news = { ...full, colour: "#fff" };
  const outputs = await update(eager, { id: "1", olds: fullOutputs, news }, context);
  expect(outputs).toEqual({ ...fullOutputs, colour: "#fff" });
  expect(context.lamps.requests).toEqual(["update 1"]);
});

test("a field that did not take is an error that names it and records what is really there", async () => {
  const context = lampContext("lamp 1");
  context.lamps.spellings = { colour: "#000" };
  const error = await failure(updating({ ...full, colour: "#fff" }, context));
  expect(error).toMatchObject({
    id: "1",
    properties: { ...fullOutputs, colour: "#000" },
    reasons: ['updating lamp "desk": Plivo accepted colour but did not store it; run `pulumi up` again'],
  });
  expect(InitFailedError.isInstance(error)).toBe(true);
});

test("a reference that was not cleared is such a field too", async () => {
  const context = lampContext("lamp 1");
  context.lamps.spellings = { note: "by the window" };
  const error = await failure(updating(without(full, "note"), context));
  expect(error).toMatchObject({ message: expect.stringContaining("accepted note but did not store it") });
});

test("a rejected update is an error without id or properties: the state keeps its old values", async () => {
  const context = lampContext("lamp 1");
  context.lamps.failures.update = [new Error("400 too bright")];
  const error = await failure(updating({ ...full, colour: "#fff" }, context));
  expect(error).toMatchObject({ message: 'updating lamp "desk": 400 too bright' });
  expect(OperationError.isInstance(error) && !InitFailedError.isInstance(error)).toBe(true);
});

test("after a failing read-back the state records what was sent as unknown", async () => {
  const context = lampContext("lamp 1");
  context.lamps.failures.read = [new Error("503")];
  const error = await failure(updating({ ...full, colour: "#fff" }, context));
  expect(error).toMatchObject({ id: "1", properties: { ...fullOutputs, colour: null } });
});

test("what could not be read back is sent again, also when nothing but a local property has changed since", async () => {
  const context = lampContext("lamp 1");
  context.lamps.failures.read = [new Error("503")];
  const error = await failure(updating({ ...full, colour: "#fff" }, context));
  if (!InitFailedError.isInstance(error)) throw error;
  const sent = context.lamps.requests.length;
  const news = { ...full, colour: "#fff", forceDestroy: true };
  await update(lamp, { id: "1", olds: error.properties, news }, context);
  expect(context.lamps.requests.slice(sent)).toContain("update 1");
});

test("an update does not wait for an object that is gone: only a create does", async () => {
  const context = lampContext("lamp 1");
  context.lamps.hiddenReads = Number.POSITIVE_INFINITY;
  await failure(updating({ ...full, colour: "#fff" }, context));
  expect(context.clock.sleeps).toEqual([]);
});

test("neither the old nor the new secret is shown, also where one is the beginning of the other", async () => {
  const context = lampContext("lamp 1");
  context.lamps.failures.update = [new Error("old 123456, new 1234")];
  const error = await failure(updating({ ...full, pin: "1234" }, context, { ...fullOutputs, pin: "123456" }));
  expect(error).toMatchObject({ message: 'updating lamp "desk": old [secret], new [secret]' });
});

test("a secret is not shown in an error of the read-back either", async () => {
  const context = lampContext("lamp 1");
  context.lamps.failures.read = [new Error("500: old 1234!, new 4321")];
  const error = await failure(updating({ ...full, pin: "4321" }, context));
  expect(error).toMatchObject({ message: expect.stringContaining("500: old [secret], new [secret]") });
});

test("a change of local properties alone still repairs an object of which Plivo's own values are not known yet", async () => {
  const context = lampContext("lamp 1");
  const olds = { ...fullOutputs, serial: null };
  const outputs = await update(lamp, { id: "1", olds, news: { ...full, forceDestroy: true } }, context);
  expect(outputs).toMatchObject({ serial: "serial-1", forceDestroy: true });
  expect(context.lamps.requests).toEqual(["read 1"]);
});

test("an update whose response is lost is done when the object shows that it was", async () => {
  const context = lampContext("lamp 1");
  const acting = {
    ...lamp,
    update: async (request: Parameters<typeof lamp.update>[0]) => {
      await lamp.update(request);
      throw new LostResponseError("connection reset");
    },
  };
  const news = { ...full, colour: "#fff" };
  const outputs = await update(acting, { id: "1", olds: fullOutputs, news }, context);
  expect(outputs).toEqual({ ...fullOutputs, colour: "#fff" });
  expect(context.lamps.requests).toEqual(["update 1", "read 1"]);
});

test("an update whose response is lost and that was not done leaves the actual values in the state, to be repaired", async () => {
  const context = lampContext("lamp 1");
  context.lamps.failures.update = [new LostResponseError("connection reset")];
  const error = await failure(updating({ ...full, colour: "#fff" }, context));
  expect(error).toMatchObject({ id: "1", properties: fullOutputs });
  expect(error).toMatchObject({ message: expect.stringContaining("lamp 1 is not as asked; run `pulumi up` again") });
});

test("where the object cannot be read either, the sent values are recorded as unknown, and the next run sends them again", async () => {
  const context = lampContext("lamp 1");
  context.lamps.failures.update = [new LostResponseError("connection reset")];
  context.lamps.failures.read = [new Error("503")];
  const error = await failure(updating({ ...full, colour: "#fff" }, context));
  expect(error).toMatchObject({ id: "1", properties: { ...fullOutputs, colour: null } });
  if (!InitFailedError.isInstance(error)) throw error;
  const news = { ...full, colour: "#fff" };
  await expect(updating(news, context, error.properties)).resolves.toEqual({ ...fullOutputs, colour: "#fff" });
  expect(context.lamps.received.at(-1)).toEqual({ colour: "#fff", cleared: [] });
});

test("a secret that may or may not have been changed is recorded as neither", async () => {
  const context = lampContext("lamp 1");
  context.lamps.failures.update = [new LostResponseError("connection reset")];
  const error = await failure(updating({ ...full, pin: "4321!" }, context));
  expect(error).toMatchObject({ id: "1", properties: { ...fullOutputs, pin: null } });
  expect(JSON.stringify(error)).not.toContain("4321!");
});

test("an unconfirmed create is never updated: there may be no object", async () => {
  const context = lampContext();
  const olds = { ...full, __unconfirmed: "proven" };
  const updating = update(lamp, { id: "unconfirmed:desk", olds, news: { ...full, colour: "#fff" } }, context);
  await expect(updating).rejects.toThrow('updating lamp "desk": refused');
  expect(context.lamps.requests).toEqual([]);
});
