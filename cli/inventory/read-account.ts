/** Everything on the account that a program can manage. Reads only: lists, and a GET for what a list leaves open. */
import { isInput, isNullish, isReadable, messageOf, type Resource, type Values } from "../../provider/lifecycle/index";
import { type Account, type ResourceToken, resources, type Services } from "../../provider/resources/index";
import { CommandError } from "../shared/errors";
import type { Progress } from "../shared/progress";
import { digitsOf, type Inventory, keyOf, type LiveObject, type PhoneNumber, referencesOf } from "./inventory";

const NUMBERS = "phone numbers";
/** What no list has shown. */
const REFERENCED = "referenced objects";
/** For each list: a slow account with many pages. */
const TIMEOUT = 600_000;
/** What the process ends with, also for a part of the account that could not be read. */
const EXIT = { usage: 1, incomplete: 2 } as const;

export interface Reading extends Inventory {
  /** What could not be read: the lists by what they hold, and why. Where it is not empty, what is missing may exist. */
  readonly unread: ReadonlyMap<string, unknown>;
}

/** @throws CommandError unless all of it could be read */
export async function readWholeAccount(account: Account, progress: Progress, signal?: AbortSignal): Promise<Inventory> {
  const reading = await readAccount(account, progress, signal);
  if (reading.unread.size > 0) throw incomplete(reading.unread);
  return reading;
}

/** @throws CommandError if nothing could be read */
export async function readAccount(account: Account, progress: Progress, signal?: AbortSignal): Promise<Reading> {
  const unread = new Map<string, unknown>();
  const part = partReader({ account, progress, signal, unread });
  try {
    const assigned = Object.entries(resources).filter(([, { identity }]) => identity === "assigned");
    const [numbers, ...lists] = await Promise.all([
      part(NUMBERS, numbersOf),
      ...assigned.map(([token, resource]) =>
        part(`${resource.noun}s`, (services) => listOf(token as ResourceToken, services)),
      ),
    ]);
    const found = new Map(lists.flat().map((object) => [keyOf(object.token, object.id), object]));
    if (unread.size > lists.length) throw unreadable(unread.get(NUMBERS));
    if (unread.size === 0) await part(REFERENCED, (services) => addReferenced(found, numbers, services));
    for (const attachment of attachmentsOf(numbers, found))
      found.set(keyOf(attachment.token, attachment.id), attachment);
    const sorted = [...found].sort(([one], [other]) => (one < other ? -1 : 1));
    return { objects: new Map(sorted), numbers: [...numbers].sort((a, b) => (a.number < b.number ? -1 : 1)), unread };
  } finally {
    progress.end();
  }
}

interface PartRequest {
  readonly account: Account;
  readonly progress: Progress;
  readonly signal: AbortSignal | undefined;
  readonly unread: Map<string, unknown>;
}

/** Reads a part with progress of its own. One that fails is noted, and has no rows. */
function partReader({ account, progress, signal, unread }: PartRequest) {
  return async <Row>(name: string, read: (services: Services) => Promise<readonly Row[]>): Promise<readonly Row[]> => {
    const { services } = account.context({
      timeout: TIMEOUT,
      ...(signal && { signal }),
      log: (_, text) => progress.note(text),
      onPage: (done, total) => progress.update(name, done, total),
    });
    try {
      const rows = await read(services);
      if (name !== REFERENCED || rows.length > 0) progress.finish(name, rows.length);
      return rows;
    } catch (error) {
      unread.set(name, error);
      return [];
    }
  };
}

/** Every list has failed: one reason is enough. */
function unreadable(error: unknown): CommandError {
  const { AuthenticationError }: typeof import("../../provider/client/http/errors") =
    require("../../provider/client/http/errors");
  const code = AuthenticationError.isInstance(error) ? EXIT.usage : EXIT.incomplete;
  return new CommandError(`the account could not be read: ${messageOf(error)}`, code);
}

function incomplete(failures: ReadonlyMap<string, unknown>): CommandError {
  const what = failures.size === 1 ? "this part" : "these parts";
  const reasons = [...failures].map(([name, error]) => `${name}: ${messageOf(error)}`).join("; ");
  const message = `the account was not read completely, and nothing was written; ${what} could not be read: ${reasons}`;
  return new CommandError(message, EXIT.incomplete);
}

async function numbersOf({ plivo }: Services): Promise<readonly PhoneNumber[]> {
  return (await plivo.numbers.list()).map(({ number, alias, application }) => ({
    number,
    alias,
    trunkId: application?.kind === "trunk" ? application.id : null,
    isRouted: application !== null,
  }));
}

async function listOf(token: ResourceToken, services: Services): Promise<readonly LiveObject[]> {
  const resource = resources[token];
  const rows = (await resource.list?.(services)) ?? [];
  const objects: LiveObject[] = [];
  for (const { id, live } of rows) {
    // A list may leave fields out. What lacks something that every object has is read by itself.
    const whole = isPlausible(resource, live) ? liveObject(token, id, live) : await readOne(token, id, services);
    if (whole) objects.push(whole);
  }
  return objects;
}

function isPlausible({ properties, rules }: Resource<never>, live: Values): boolean {
  const entries = Object.entries(properties);
  const isMissing = ([key, property]: (typeof entries)[number]) =>
    property.facts.required && isReadable(property) && isNullish(live[key]);
  const inputs = entries.filter(([, property]) => isInput(property)).map(([key]) => [key, live[key] ?? null]);
  let isBroken = false;
  rules?.(Object.fromEntries(inputs), () => {
    isBroken = true;
  });
  return !entries.some(isMissing) && !isBroken;
}

function liveObject(token: ResourceToken, id: string, live: Values): LiveObject {
  return { token, id, live, friendlyName: typeof live.name === "string" ? live.name : "" };
}

/** The object itself, and not what a list has of it. `undefined`: it is gone. */
export async function readOne(token: ResourceToken, id: string, services: Services): Promise<LiveObject | undefined> {
  const { NotFoundError, InvalidIdError } =
    require("../../provider/client/http/errors") as typeof import("../../provider/client/http/errors");
  try {
    return liveObject(token, id, await resources[token].read({ ...services, id, consistency: "strong", known: {} }));
  } catch (error) {
    if (NotFoundError.isInstance(error) || InvalidIdError.isInstance(error)) return undefined;
    throw error;
  }
}

/**
 * Objects that others refer to and that no list has shown: created while the lists were read, or gone. Only a GET tells.
 * What was found may refer to others.
 */
async function addReferenced(
  found: Map<string, LiveObject>,
  numbers: readonly PhoneNumber[],
  services: Services,
): Promise<readonly LiveObject[]> {
  const asked = new Set<string>();
  const added: LiveObject[] = [];
  const queue: Pick<LiveObject, "token" | "live">[] = [
    ...found.values(),
    ...numbers.map(({ trunkId }) => ({ token: "PhoneNumberAttachment", live: { trunkId } }) as const),
  ];
  for (const holder of queue)
    for (const { token, id } of referencesOf(holder)) {
      const key = keyOf(token, id);
      if (found.has(key) || asked.has(key)) continue;
      asked.add(key);
      const object = await readOne(token, id, services);
      if (!object) continue;
      found.set(key, object);
      added.push(object);
      queue.push(object);
    }
  return added;
}

/** A number on an outbound trunk does not ring there: nothing that a program should keep. */
function attachmentsOf(numbers: readonly PhoneNumber[], found: ReadonlyMap<string, LiveObject>): readonly LiveObject[] {
  return numbers.flatMap(({ number, alias, trunkId }) => {
    const trunk = trunkId === null ? undefined : found.get(keyOf("Trunk", trunkId));
    if (trunk?.live.trunkDirection !== "inbound") return [];
    const id = digitsOf(number);
    return [{ token: "PhoneNumberAttachment", id, live: { number: id, trunkId }, friendlyName: alias ?? "" }] as const;
  });
}
