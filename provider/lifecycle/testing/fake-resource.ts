/** For the tests of the kernel: a small resource, and an API in memory behind it. */
import * as z from "zod";
import { VirtualClock } from "../../../tests/support/virtual/virtual-clock";
import type { CheckRequest } from "../check";
import type { Context } from "../context";
import {
  autoName,
  boolean,
  computedOnCreate,
  idOutput,
  oneOf,
  output,
  string,
  stringSet,
} from "../definition/property";
import type { AssignedResource, Definition, Resource } from "../definition/resource";
import type { Values } from "../definition/values";
import { type Plan, type PlanRequest, plan as planOnly } from "../plan";
import { RunLedger } from "../state/run-ledger";

/** There is no such lamp. */
export class GoneError extends Error {}

/** No lamp can have this id. */
export class InvalidIdError extends Error {}

/** No response came; the request may have had its effect. */
export class LostResponseError extends Error {}

/** The API rejected the request. */
export class RejectedError extends Error {}

interface Row {
  [field: string]: unknown;
}

/** The lamp API: its rows, the requests it got, and how it misbehaves. */
export class FakeLamps {
  readonly rows = new Map<string, Row>();
  /** Every request in order: `create`, `read 1`, `update 1`, `delete 1`, `usage 1`, `list`. */
  readonly requests: string[] = [];
  /** What `create` and `update` received. */
  readonly received: Row[] = [];
  /** How many requests have changed something, or may have. */
  writes = 0;
  /** Keyed by method; each is thrown once, first come first served. */
  readonly failures: Partial<
    Record<"create" | "read" | "update" | "delete" | "usage" | "list" | "response", unknown[]>
  > = {};
  /** How many lists the newest lamp is missing from. */
  hiddenLists = 0;
  /** What lists do not show of a lamp. */
  unlisted: readonly string[] = [];
  /** How many reads of an existing lamp return that it does not exist. */
  hiddenReads = 0;
  /** What the API returns instead of what it was given. */
  spellings: Row = {};
  users: readonly string[] = [];
  uniqueNames = false;

  enter(method: keyof FakeLamps["failures"], id = ""): void {
    if (method !== "response") this.requests.push(`${method} ${id}`.trim());
    const planned = this.failures[method] ?? [];
    if (planned[0] instanceof LostResponseError) this.writes += 1;
    if (planned.length > 0) throw planned.shift();
  }

  /** What an API with unique names does with a name in use. */
  rejectTaken(name: unknown, id?: string): void {
    if (!this.uniqueNames) return;
    for (const [other, row] of this.rows)
      if (other !== id && row.name === name) throw new RejectedError("409 name in use");
  }

  see(id: string): Row {
    const row = this.rows.get(id);
    if (row === undefined || this.hiddenReads-- > 0) throw new GoneError(`no lamp ${id}`);
    const { pin: _, ...shown } = row;
    return { ...shown, ...this.spellings };
  }
}

export interface LampServices {
  readonly lamps: FakeLamps;
}

const hex = z
  .string("must be a string")
  .regex(/^#[0-9a-f]{3}$/i, "must be # and three hex digits")
  .transform((value) => value.toLowerCase());
const room = z
  .string("must be a string")
  .regex(/^[a-z]+$/i, "must be letters")
  .transform((value) => value.toLowerCase());
const note = z.string("must be a string").max(20, "must have at most 20 characters");
const pin = z.string("must be a string").regex(/^[\d!]{4,8}$/, "must be 4-8 digits and !");

const mounts = {
  name: "Mount",
  describe: "Where a lamp hangs.",
  values: { wall: "On a wall.", ceiling: "Under it." },
} as const;

const waste = {
  describe: "dimmed",
  reason: "wastes energy",
  source: "physics",
  applies: (value: unknown) => value === true,
};

const properties = {
  name: autoName("Friendly name."),
  colour: string(hex, "Colour of the light."),
  mount: oneOf(mounts, "Where it hangs.").replaceOnChange(),
  rooms: stringSet(room, "The rooms that it lights."),
  dimmed: boolean("Whether it is dimmed.").default(false).warns(waste),
  note: string(note, "Anything.").optional(),
  pin: string(pin, "Opens its case.").secret().writeOnly().requiredMessage("is required: the lamp never tells it"),
  forceDestroy: boolean("Delete although it is in use.").local().default(false),
  madeBy: computedOnCreate("Who made it."),
  lampId: idOutput("Its id."),
  serial: output("What is printed on it."),
};

type LampProperties = typeof properties;

const definition: Definition<LampProperties, LampServices> = {
  token: "Lamp",
  noun: "lamp",
  docs: "https://example.com/lamps",
  describe: "A lamp.",
  example: "",
  properties,
  id: "lampId",
  identity: "assigned",
  rules({ mount, note: given, pin: secret }, fail) {
    if (mount === "ceiling" && given !== null) fail("note", "a note on a ceiling lamp cannot be read");
    if (mount === "ceiling" && secret === "0000") fail("pin", "is too simple for a ceiling lamp");
  },
  prepare: async () => ({ madeBy: "factory" }),
  async create({ lamps, inputs }) {
    lamps.enter("create");
    const { forceDestroy: _, ...sent } = inputs;
    lamps.rejectTaken(sent.name);
    const id = String(lamps.rows.size + 1);
    lamps.writes += 1;
    lamps.received.push(sent);
    lamps.rows.set(id, { ...sent, serial: `serial-${id}` });
    // The lamp is created, and the response gets lost.
    lamps.enter("response");
    return { id };
  },
  async read({ lamps, id, consistency }) {
    // What an operation has read itself is not read again.
    if (consistency === "eventual") lamps.enter("read", id);
    return lamps.see(id) as Awaited<ReturnType<(typeof definition)["read"]>>;
  },
  async list({ lamps }) {
    lamps.enter("list");
    const rows = [...lamps.rows.keys()];
    const visible = lamps.hiddenLists-- > 0 ? rows.slice(0, -1) : rows;
    const row = (id: string) => without(lamps.see(id), ...lamps.unlisted);
    return visible.map((id) => ({ id, live: row(id) as Awaited<ReturnType<(typeof definition)["read"]>> }));
  },
  async update({ lamps, id, changes, cleared }) {
    lamps.enter("update", id);
    lamps.received.push({ ...changes, cleared });
    const row = lamps.rows.get(id);
    if (!row) throw new GoneError(`no lamp ${id}`);
    if (changes.name !== undefined) lamps.rejectTaken(changes.name, id);
    Object.assign(row, changes);
    lamps.writes += 1;
    return undefined;
  },
  async delete({ lamps, id }) {
    lamps.enter("delete", id);
    if (!lamps.rows.delete(id)) throw new GoneError(`no lamp ${id}`);
    lamps.writes += 1;
  },
  guard: {
    consequence: "leave them in the dark",
    async dependents({ lamps, id }) {
      lamps.enter("usage", id);
      return lamps.users;
    },
  },
};

export const lamp = definition as Definition<LampProperties, LampServices> & AssignedResource<LampServices>;

/** Every argument, valid and in normal form. */
export const full: Values = {
  name: "desk",
  colour: "#abc",
  mount: "wall",
  rooms: ["hall", "study"],
  dimmed: false,
  note: "by the window",
  pin: "1234!",
  forceDestroy: false,
};

/** What the state holds of a lamp that was made from `full`. */
export const fullOutputs: Values = { ...full, madeBy: "factory", lampId: "1", serial: "serial-1" };

/** The values with one of them left out. */
export function without(values: Values, ...keys: readonly string[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !keys.includes(key)));
}

export interface LampContext extends Context<LampServices> {
  readonly lamps: FakeLamps;
  readonly clock: VirtualClock;
}

/** One operation, in an empty world, or in one that holds lamp 1 as `full` describes it. */
export function lampContext(holding?: "lamp 1", lamps = new FakeLamps()): LampContext {
  if (holding) lamps.rows.set("1", { ...without(full, "forceDestroy"), serial: "serial-1" });
  const before = lamps.writes;
  return {
    lamps,
    services: { lamps },
    servicesAfter: () => ({ lamps }),
    errors: {
      isGone: (error) => error instanceof GoneError,
      isInvalidId: (error) => error instanceof InvalidIdError,
      mayHaveActed: (error) => error instanceof LostResponseError,
      isAbsent: (error) => error instanceof GoneError,
      isRejected: (error) => error instanceof RejectedError,
    },
    hasWritten: () => lamps.writes > before,
    maxRetries: 5,
    comparesOutputs: true,
    log: () => undefined,
    adoption: (token, id) => `adopt ${token} ${id}`,
    clock: new VirtualClock(),
    deadline: Number.POSITIVE_INFINITY,
    ledger: new RunLedger(),
  };
}

/** Plans as an adapter does: what a diff has found is recorded in the ledger of the run. */
export function plan(resource: Resource<never>, request: PlanRequest & { key?: string }, ledger: RunLedger): Plan {
  const planned = planOnly(resource, request, ledger);
  ledger.recordPlan(resource, planned, request.key);
  return planned;
}

export function asking(news: Values, more: Partial<CheckRequest> = {}): CheckRequest {
  return { news, olds: undefined, secrets: new Set(), autoName: "lamp-0123456", ...more };
}
