/** Names that the API wants unique: a replacement under a fixed name, and objects of others in its way. */
import { expect, test } from "@jest/globals";
import { check } from "./check";
import { create } from "./create";
import type { Values } from "./definition/values";
import { remove } from "./delete";
import { InitFailedError, messageOf, OperationError } from "./errors";
import {
  asking,
  full,
  fullOutputs,
  type LampContext,
  LostResponseError,
  lamp,
  lampContext,
  plan,
  RejectedError,
} from "./testing/fake-resource";
import { update } from "./update";

const MOVED = /^desk-replaced-[0-9a-f]{7}$/;
const ceiling = { ...full, note: null, mount: "ceiling" };

function strict(): LampContext {
  const context = lampContext("lamp 1");
  context.lamps.uniqueNames = true;
  return context;
}

/** What an engine does before it creates: it checks with the old values, compares, and checks again without them. */
function replacing(context: LampContext, news: Values, key = "urn"): Values {
  check(lamp, asking(news, { olds: full, key }), context.ledger);
  plan(lamp, { id: "1", olds: fullOutputs, news }, context.ledger);
  return check(lamp, asking(news, { key }), context.ledger).inputs;
}

async function failureOf(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => new Error("did not fail"),
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
}

const names = ({ lamps }: LampContext) => Object.fromEntries([...lamps.rows].map(([id, { name }]) => [id, name]));

test("the object that is replaced is renamed, and the new one gets its name", async () => {
  const context = strict();
  const { id, outputs } = await create(lamp, replacing(context, ceiling), context);
  expect(outputs).toMatchObject({ name: "desk", mount: "ceiling" });
  expect(names(context)).toEqual({ 1: expect.stringMatching(MOVED), [id]: "desk" });
  expect(context.lamps.requests.slice(0, 5)).toEqual(["create", "list", "read 1", "update 1", "create"]);
  expect(context.lamps.received[0]).toMatchObject({ cleared: [] });
  expect(Object.keys(context.lamps.received[0] ?? {})).toEqual(["name", "cleared"]);
});

test("what is replaced for a reason of the program's own (replaceOnChanges) is renamed too", async () => {
  const context = strict();
  await create(lamp, replacing(context, { ...full, colour: "#fff" }), context);
  expect(names(context)).toEqual({ 1: expect.stringMatching(MOVED), 2: "desk" });
});

test("an object that stays is not renamed for another resource of the same name", async () => {
  const context = strict();
  replacing(context, full, "one");
  const { inputs } = check(lamp, asking(full, { key: "other" }), context.ledger);
  const error = await failureOf(create(lamp, inputs, context));
  expect(error.message).toBe(
    'creating lamp "desk": 409 name in use; if that is about the name: lamp 1 has the name "desk": another resource of the stack has it; give one of them another name',
  );
  expect(names(context)).toEqual({ 1: "desk" });
});

test("an object that the program does not declare is left alone: the error names it and the ways out", async () => {
  const context = strict();
  const { inputs } = check(lamp, asking(full), context.ledger);
  const error = await failureOf(create(lamp, inputs, context));
  expect(error.message).toContain(
    'if that is about the name: lamp 1 has the name "desk": choose another name, or adopt Lamp 1',
  );
  expect(error.message).toContain("give it an alias");
  expect(OperationError.isInstance(error) && !InitFailedError.isInstance(error)).toBe(true);
  expect(context.lamps.requests).toEqual(["create", "list"]);
});

test("a rejection for another reason is reported as it is, and so is one where no list can be read", async () => {
  const context = strict();
  const { inputs } = check(lamp, asking({ ...full, name: "other" }), context.ledger);
  context.lamps.failures.create = [new RejectedError("400 too bright")];
  expect((await failureOf(create(lamp, inputs, context))).message).toBe('creating lamp "other": 400 too bright');
  expect(context.lamps.requests).toEqual(["create", "list"]);
  const blind = strict();
  blind.lamps.failures.list = [new Error("503")];
  const again = check(lamp, asking(full), blind.ledger).inputs;
  expect((await failureOf(create(lamp, again, blind))).message).toBe('creating lamp "desk": 409 name in use');
});

test("when the create fails for good, the object that is replaced gets its name back", async () => {
  const context = strict();
  const inputs = replacing(context, ceiling);
  const picky = { ...lamp };
  let creates = 0;
  picky.create = async (request) => {
    creates += 1;
    if (creates > 1) throw new RejectedError("400 too bright");
    return { id: (await lamp.create(request)).id };
  };
  const error = await failureOf(create(picky, inputs, context));
  expect(error.message).toBe('creating lamp "desk": 400 too bright');
  expect(names(context)).toEqual({ 1: "desk" });
});

test("a name that cannot be given back is reported, and the next run goes on from there", async () => {
  const context = strict();
  const inputs = replacing(context, ceiling);
  const picky = { ...lamp };
  let creates = 0;
  picky.create = async (request) => {
    creates += 1;
    if (creates === 1) return { id: (await lamp.create(request)).id };
    context.lamps.failures.update = [new Error("503")];
    throw new RejectedError("400 too bright");
  };
  const error = await failureOf(create(picky, inputs, context));
  expect(error.message).toMatch(
    /lamp 1, which it replaces, is called "desk-replaced-[0-9a-f]{7}" for now, because its name could not be restored \(503\)/,
  );
  const next = { ...strict(), lamps: context.lamps, services: { lamps: context.lamps } };
  await create(lamp, replacing(next, ceiling), next);
  expect(names(context)).toEqual({ 1: expect.stringMatching(MOVED), 2: "desk" });
});

test("where it cannot be renamed nothing is created, and the error says what to do", async () => {
  const context = strict();
  const inputs = replacing(context, ceiling);
  context.lamps.failures.update = [new Error("400 not now")];
  const error = await failureOf(create(lamp, inputs, context));
  expect(error.message).toContain(
    "lamp 1, which it replaces, has that name and cannot be renamed first (set the resource option deleteBeforeReplace",
  );
  expect(names(context)).toEqual({ 1: "desk" });
});

test("a create without a response before the rejection is no obstacle: the name was in use all the while", async () => {
  const context = strict();
  const inputs = replacing(context, ceiling);
  context.lamps.failures.create = [new LostResponseError("reset")];
  const { id } = await create(lamp, inputs, context);
  expect(names(context)).toEqual({ 1: expect.stringMatching(MOVED), [id]: "desk" });
});

test("a create without a response after the renaming leaves it renamed: the new one may have the name", async () => {
  const context = strict();
  const inputs = replacing(context, ceiling);
  context.lamps.failures.response = [new LostResponseError("reset")];
  const error = await failureOf(create(lamp, inputs, context));
  if (!InitFailedError.isInstance(error)) throw error;
  expect(error).toMatchObject({ id: "unconfirmed:desk", properties: { __unconfirmed: "unproven", __replaces: "1" } });
  expect(names(context)).toEqual({ 1: expect.stringMatching(MOVED), 2: "desk" });
});

test("a rename under a name in use names who has it", async () => {
  const context = strict();
  context.lamps.rows.set("9", { ...full, name: "window" });
  const error = await update(lamp, { id: "1", olds: fullOutputs, news: { ...full, name: "window" } }, context).catch(
    messageOf,
  );
  expect(error).toContain(
    'updating lamp "window": 409 name in use; if that is about the name: lamp 9 has the name "window"',
  );
});

/** A kind of which it is known. */
const unique = { ...lamp, uniqueNames: true as const };

test("where names are known to be unique the old object makes room before the create is sent", async () => {
  const context = strict();
  const { id } = await create(unique, replacing(context, ceiling), context);
  expect(context.lamps.requests).toEqual(["read 1", "update 1", "create", `read ${id}`]);
  expect(names(context)).toEqual({ 1: expect.stringMatching(MOVED), [id]: "desk" });
});

test("where it may have been renamed, and cannot be renamed back, the error names what it may be called", async () => {
  const context = strict();
  const inputs = replacing(context, ceiling);
  context.lamps.failures.update = [new LostResponseError("503"), new Error("503 again")];
  const error = await failureOf(create(unique, inputs, context));
  expect(error.message).toMatch(/or choose another name; it may be called "desk-replaced-[0-9a-f]{7}" now, which/);
  context.lamps.failures.update = [new LostResponseError("503")];
  expect((await failureOf(create(unique, inputs, context))).message).not.toContain("it may be called");
});

test("where it cannot make room no create is sent, so that there is nothing to check for later", async () => {
  const context = strict();
  const inputs = replacing(context, ceiling);
  context.lamps.failures.update = [new Error("503")];
  const error = await failureOf(create(unique, inputs, context));
  expect([OperationError.isInstance(error), InitFailedError.isInstance(error)]).toEqual([true, false]);
  expect(context.lamps.requests).toEqual(["read 1", "update 1"]);
});

test("the next run does not mistake the old object for the result of an ambiguous create", async () => {
  const context = strict();
  context.lamps.uniqueNames = false;
  context.lamps.failures.create = Array.from({ length: 6 }, () => new LostResponseError("reset"));
  const error = await failureOf(create(lamp, replacing(context, ceiling), context));
  if (!InitFailedError.isInstance(error)) throw error;
  expect(names(context)).toEqual({ 1: "desk" });
  const next = { ...strict(), lamps: context.lamps, services: { lamps: context.lamps } };
  check(lamp, asking(ceiling, { olds: ceiling, key: "urn" }), next.ledger);
  plan(lamp, { id: error.id, olds: error.properties, news: ceiling }, next.ledger);
  await expect(remove(lamp, error.id, error.properties, next)).resolves.toBeUndefined();
  expect(names(context)).toEqual({ 1: "desk" });
});

test("a refresh compares too, and does not tell what the program does with an object: it is not renamed", async () => {
  const context = strict();
  plan(lamp, { id: "1", olds: fullOutputs, news: ceiling }, context.ledger);
  const { inputs } = check(lamp, asking(ceiling, { key: "other" }), context.ledger);
  await failureOf(create(unique, inputs, context));
  expect(names(context)).toEqual({ 1: "desk" });
});
