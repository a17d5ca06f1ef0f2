/** The operations of the matrix: what exists before, what is done, and how to tell that it was done. */
import type { Simulator, Store } from "pulumi-plivo/simulator";
import type { Run } from "../support/adapters/adapter";
import { seed } from "../support/adapters/life-cases";
import type { Declared, Failure, MiniEngine } from "../support/adapters/mini-engine";
import {
  ATTACHED,
  attachment,
  disabled,
  importedCredential,
  importedNumber,
  importedTrunk,
  NUMBER,
  OTHER_NUMBER,
  set,
  trunk,
} from "./declared";

export type OperationName =
  | "create"
  | "read"
  | "update"
  | "delete"
  | "list"
  | "attach"
  | "detach"
  | "import-read"
  | "import-trunk"
  | "import-credential"
  | "import-number"
  | "attach-set"
  | "detach-set";

/** What an operation leaves in the state of the engine and at Plivo. */
export interface Left {
  readonly state: "as before" | "as asked" | "unconfirmed" | "incomplete" | "gone" | "imported" | "something else";
  readonly store: "as before" | "as asked" | "something else";
}

export interface Scene {
  readonly simulator: Simulator;
  readonly engine: MiniEngine;
  readonly run: Run;
}

export interface Operation {
  readonly title: string;
  /** Which resource or function. */
  readonly of: string;
  /** What has been declared before. */
  readonly before: readonly Declared[];
  /** Failures, as the engine gets them. */
  act(scene: Scene): Promise<readonly Failure[]>;
  /** The same again, in the next run of the user. @default the same */
  again?(scene: Scene): Promise<readonly Failure[]>;
  /** The short forms of its requests: `POST` -> `POST Zentrunk/Trunk/`; `{id}` is the object's. */
  readonly requests: Readonly<Record<string, string>>;
  /**
   * The short form of the request with which an import reads its object: `READ` in the matrix. Dynamic resources send it
   * in check and in create, because the engine cannot import them; the plugin sends it once.
   */
  readonly reads?: string;
  /** The short form of the one that a fault strikes. */
  readonly struck: string;
  /** What a success leaves behind. */
  readonly success: Pick<Left, "state" | "store">;
  /** Whether Plivo has what the program asks for. */
  isDone(store: Store, id: string): boolean;
  /** What late visibility hides; new objects where it is left out. */
  hide?(scene: Scene, hiding: { ms?: number; reads?: number }): void;
}

const up =
  (...program: readonly Declared[]) =>
  ({ engine, run }: Scene) =>
    engine.up(run.adapter, program);
const destroy = ({ engine, run }: Scene) => engine.destroy(run.adapter);

const SEEDED = new Set(seed.trunks?.map(({ trunk_id }) => trunk_id));
export const ours = (store: Store) => [...store.trunks.values()].filter(({ trunk_id }) => !SEEDED.has(trunk_id));

const hideTrunk: NonNullable<Operation["hide"]> = ({ simulator, engine }, hiding) =>
  simulator.store.hide("trunks", engine.entry("it")?.id ?? "", hiding);
const hideHundred: NonNullable<Operation["hide"]> = ({ simulator }, hiding) =>
  simulator.store.hide("trunks", "100", hiding);

const routedTo = (store: Store, number = NUMBER) => store.numbers.get(number)?.application?.split("/").at(-2);

/** A list leaves nothing in the state: its result is compared here. */
async function list({ run, simulator }: Scene): Promise<readonly Failure[]> {
  try {
    const { trunks } = await run.invoke("getTrunks", {});
    const found = Array.isArray(trunks) ? trunks.map(({ trunkId }: { trunkId?: string }) => trunkId) : trunks;
    const there = simulator.store.list("trunks").map(({ trunk_id }) => trunk_id);
    if (JSON.stringify(found) === JSON.stringify(there)) return [];
    throw new Error(`the list has ${found} instead of ${there}`);
  } catch (error) {
    return [{ name: "it", doing: "list", error }];
  }
}

const trunkRequests = {
  POST: "POST Zentrunk/Trunk/",
  LIST: "GET Zentrunk/Trunk/",
  GET: "GET Zentrunk/Trunk/{id}/",
  WRITE: "POST Zentrunk/Trunk/{id}/",
  DELETE: "DELETE Zentrunk/Trunk/{id}/",
  NUMBERS: "GET Number/",
};
const numberRequests = {
  TRUNK: "GET Zentrunk/Trunk/100/",
  GET: `GET Number/${NUMBER}/`,
  ROUTE: `POST Number/${NUMBER}/`,
};

const setRequests = {
  ...numberRequests,
  LIST: "GET Number/",
  OTHER: `POST Number/${OTHER_NUMBER}/`,
  GETOTHER: `GET Number/${OTHER_NUMBER}/`,
};

const CHANGED = { state: "as asked", store: "as asked" } as const;
const REMOVED = { state: "gone", store: "as asked" } as const;
const UNCHANGED = { state: "as asked", store: "as before" } as const;

const trunkImport = {
  title: "import",
  of: "a trunk that the program wants disabled",
  before: [],
  act: up(importedTrunk),
  requests: { GET: "GET Zentrunk/Trunk/100/", WRITE: "POST Zentrunk/Trunk/100/" },
  reads: "GET",
  success: CHANGED,
  isDone: (store: Store) => store.trunks.get("100")?.trunk_status === "disabled",
  hide: hideHundred,
} as const;

export const operations: Readonly<Record<OperationName, Operation>> = {
  create: {
    title: "create",
    of: "a trunk with an auto-generated name",
    before: [],
    act: up(trunk),
    requests: trunkRequests,
    struck: "POST",
    success: CHANGED,
    isDone: (store) => ours(store).length === 1,
  },
  read: {
    title: "read",
    of: "a trunk, in a refresh",
    before: [trunk],
    act: ({ engine, run }) => engine.refresh(run.adapter),
    again: up(trunk),
    requests: trunkRequests,
    struck: "GET",
    success: UNCHANGED,
    isDone: (store) => ours(store).length === 1,
    hide: hideTrunk,
  },
  update: {
    title: "update",
    of: "the status of a trunk",
    before: [trunk],
    act: up(disabled),
    requests: trunkRequests,
    struck: "WRITE",
    success: CHANGED,
    isDone: (store, id) => store.trunks.get(id)?.trunk_status === "disabled",
    hide: hideTrunk,
  },
  delete: {
    title: "delete",
    of: "a trunk",
    before: [trunk],
    act: destroy,
    requests: trunkRequests,
    struck: "DELETE",
    success: REMOVED,
    isDone: (store) => ours(store).length === 0,
    hide: hideTrunk,
  },
  list: {
    title: "list",
    of: "`getTrunks`",
    before: [],
    act: list,
    requests: trunkRequests,
    struck: "LIST",
    success: UNCHANGED,
    isDone: () => true,
    // Until after the response, with which it is compared.
    hide: (scene) => hideHundred(scene, { ms: 600_000 }),
  },
  attach: {
    title: "attach",
    of: "a phone number that was routed elsewhere",
    before: [],
    act: up(attachment),
    requests: numberRequests,
    struck: "ROUTE",
    success: CHANGED,
    isDone: (store) => routedTo(store) === "100",
    hide: hideHundred,
  },
  detach: {
    title: "detach",
    of: "a phone number, which goes back to where it was routed before",
    before: [attachment],
    act: destroy,
    requests: numberRequests,
    struck: "ROUTE",
    success: REMOVED,
    isDone: (store) => routedTo(store) === "900",
    hide: hideHundred,
  },
  "import-read": { ...trunkImport, struck: "GET" },
  "import-trunk": { ...trunkImport, struck: "WRITE" },
  "import-credential": {
    title: "import",
    of: "a credential, whose password is sent because Plivo never returns it",
    before: [],
    act: up(importedCredential),
    requests: {
      GET: "GET Zentrunk/Credential/cred-1/",
      WRITE: "POST Zentrunk/Credential/cred-1/",
      LIST: "GET Zentrunk/Credential/",
    },
    reads: "GET",
    struck: "WRITE",
    success: CHANGED,
    isDone: (store) => store.credentials.get("cred-1")?.password === "Secret!9",
    hide: ({ simulator }, hiding) => simulator.store.hide("credentials", "cred-1", hiding),
  },
  "import-number": {
    title: "import",
    of: "a phone number that the program wants on another trunk",
    before: [],
    act: up(importedNumber),
    requests: {
      GET: `GET Number/${ATTACHED}/`,
      TRUNK: "GET Zentrunk/Trunk/101/",
      ROUTE: `POST Number/${ATTACHED}/`,
    },
    reads: "GET",
    struck: "ROUTE",
    success: CHANGED,
    isDone: (store) => routedTo(store, ATTACHED) === "101",
    hide: ({ simulator }, hiding) => simulator.store.hide("trunks", "101", hiding),
  },
  "attach-set": {
    title: "attach a set",
    of: "two phone numbers, one of which was routed elsewhere",
    before: [],
    act: up(set),
    requests: setRequests,
    struck: "ROUTE",
    success: CHANGED,
    isDone: (store) => routedTo(store) === "100" && routedTo(store, OTHER_NUMBER) === "100",
    hide: hideHundred,
  },
  "detach-set": {
    title: "detach a set",
    of: "a phone number, which goes back to where it was routed before",
    before: [{ ...set, args: { ...set.args, numbers: [NUMBER] } }],
    act: destroy,
    requests: setRequests,
    struck: "ROUTE",
    success: REMOVED,
    isDone: (store) => routedTo(store) === "900",
    hide: hideHundred,
  },
};

export const operationNames = Object.keys(operations) as readonly OperationName[];

/** One number is routed to an application before it is attached, another is attached before it is imported. */
export const matrixSeed = {
  ...seed,
  numbers: [{ number: NUMBER, app_id: "900" }, OTHER_NUMBER, { number: ATTACHED, app_id: "100" }],
};
