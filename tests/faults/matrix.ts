/**
 * Every operation under every fault, once and for good, with the outcome it must have. Data only: `runner.ts` runs it
 * through both adapters, and `docs/reliability.md` shows it.
 */
import { type FaultName, faultNames } from "./faults";
import { type Left, type OperationName, operationNames, operations } from "./operations";

export interface Outcome {
  /** What the documentation calls it. */
  readonly title: string;
  readonly fails: boolean;
  /** @default what a success leaves behind */
  readonly left?: Left;
  /** What the plugin leaves behind, where that differs. */
  readonly leftByPlugin?: Left;
  /** The fault is a lie that cannot be detected: the next run does not undo its effect. */
  readonly lie?: true;
}

export const outcomes = {
  done: { title: "done", fails: false },
  failed: { title: "error, nothing changed", fails: true, left: { state: "as before", store: "as before" } },
  notImported: {
    title: "error, nothing changed; the plugin has imported the object as it is",
    fails: true,
    left: { state: "as before", store: "as before" },
    leftByPlugin: { state: "imported", store: "as before" },
  },
  unconfirmed: {
    title: "error; unconfirmed in the state",
    fails: true,
    left: { state: "unconfirmed", store: "as before" },
  },
  unconfirmedDone: {
    title: "error; unconfirmed in the state",
    fails: true,
    left: { state: "unconfirmed", store: "as asked" },
  },
  incomplete: {
    title: "error; marked for repair in the state",
    fails: true,
    left: { state: "incomplete", store: "as before" },
  },
  incompleteDone: {
    title: "error; the id is in the state",
    fails: true,
    left: { state: "incomplete", store: "as asked" },
  },
  partly: {
    title: "error; the other number is attached, and in the state",
    fails: true,
    left: { state: "incomplete", store: "something else" },
  },
  undetected: {
    title: "error although it was done; the next run detects it",
    fails: true,
    left: { state: "as before", store: "as asked" },
  },
  gone: { title: "taken for gone", fails: false, left: { state: "gone", store: "as before" }, lie: true },
  detached: {
    title: "detached, with a warning, instead of put back",
    fails: false,
    left: { state: "gone", store: "something else" },
    lie: true,
  },
} as const satisfies Record<string, Outcome>;

export type OutcomeName = keyof typeof outcomes;

/** An outcome, and its requests in the short forms of the operation: `POST LIST*4 POST GET`. */
export type Expected = readonly [OutcomeName, string];

type Row = Readonly<Record<"once" | "lasting", Expected>>;

export interface Strike {
  /** Short form of the request. */
  readonly on: string;
  readonly fault: FaultName;
  readonly often: "once" | "lasting";
}

export interface Cell {
  readonly operation: OperationName;
  readonly strikes: readonly Strike[];
  readonly outcome: OutcomeName;
  readonly requests: string;
}

function rows<Name extends FaultName>(names: readonly Name[], once: Expected, lasting: Expected = once) {
  return Object.fromEntries(names.map((name) => [name, { once, lasting }])) as Record<Name, Row>;
}

/** An error of the caller's: a retry is pointless. */
const rejected = ["400", "401", "403", "404", "409", "422"] as const;
/** Indeterminate; it was not done. */
const indeterminate = ["408", "500", "502", "503", "504", "drop-before"] as const;
/** Indeterminate; it was done. */
const indeterminateDone = ["500-after", "502-after", "504-after", "drop-after", "cut", "wrong", "page"] as const;
/** Indeterminate after a timeout: 30 s for each attempt, until the 120 s of the operation are over. */
const silent = ["hang"] as const;
const silentDone = ["hang-after", "drip"] as const;

/** The proxy makes no connection, so nothing was sent. Its rules are final; all else is retried. */
const behindProxy = (requests: string) => ({
  ...rows(["proxy-201", "proxy-403", "proxy-404", "proxy-407", "proxy-lies"], ["failed", ""]),
  ...rows(["proxy-429", "proxy-502", "proxy-closes", "proxy-silent"], ["done", requests], ["failed", ""]),
});

const create: Record<FaultName, Row> = {
  ...behindProxy("POST GET"),
  ...rows(["401", "403"], ["failed", "POST"]),
  // A list tells whether the name is in use.
  ...rows(["400", "404", "409", "422"], ["failed", "POST LIST"]),
  ...rows(indeterminate, ["done", "POST LIST*4 POST GET"], ["unconfirmed", "(POST LIST*4)*6"]),
  ...rows(silent, ["done", "POST LIST*4 POST GET"], ["unconfirmed", "POST LIST*4 POST LIST*4 POST"]),
  ...rows([...indeterminateDone, ...silentDone, "empty"], ["done", "POST LIST GET"]),
  ...rows(["429"], ["done", "POST*2 GET"], ["failed", "POST*11"]),
  ...rows(["429-7"], ["done", "POST*2 GET"], ["failed", "POST*18"]),
  ...rows(["refused"], ["done", "POST GET"], ["failed", ""]),
  ...rows(["late"], ["done", "POST GET*8"], ["incompleteDone", "POST GET*11"]),
};

const read: Record<FaultName, Row> = {
  ...behindProxy("GET"),
  ...rows(["400", "401", "403", "409", "422"], ["failed", "GET"]),
  ...rows(["404", "late"], ["gone", "GET"]),
  ...rows([...indeterminate, ...indeterminateDone, "empty"], ["done", "GET*2"], ["failed", "GET*6"]),
  ...rows([...silent, ...silentDone], ["done", "GET*2"], ["failed", "GET*4"]),
  ...rows(["429"], ["done", "GET*2"], ["failed", "GET*11"]),
  ...rows(["429-7"], ["done", "GET*2"], ["failed", "GET*18"]),
  ...rows(["refused"], ["done", "GET"], ["failed", ""]),
};

/**
 * A write that an error leaves as it was before.
 *
 * @param before what is requested first
 */
function writing(write: string, before = "", rejectedAs: OutcomeName = "failed"): Omit<Record<FaultName, Row>, "late"> {
  const start = `${before}${write}`;
  return {
    ...behindProxy(`${start} GET`),
    ...rows(rejected, [rejectedAs, start]),
    ...rows(indeterminate, ["done", `${start}*2 GET`], ["incomplete", `${start}*6 GET`]),
    ...rows(indeterminateDone, ["done", `${start}*2 GET`], ["done", `${start}*6 GET`]),
    ...rows(silent, ["done", `${start}*2 GET`], ["incomplete", `${start}*4`]),
    ...rows(silentDone, ["done", `${start}*2 GET`], ["incompleteDone", `${start}*4`]),
    ...rows(["empty"], ["done", `${start} GET`]),
    ...rows(["429"], ["done", `${start}*2 GET`], [rejectedAs, `${start}*11`]),
    ...rows(["429-7"], ["done", `${start}*2 GET`], [rejectedAs, `${start}*18`]),
    ...rows(["refused"], ["done", `${start} GET`], ["failed", ""]),
  };
}

const update: Record<FaultName, Row> = {
  ...writing("WRITE"),
  ...rows(["late"], ["done", "WRITE GET*2"], ["incompleteDone", "WRITE GET*2"]),
};

/** More than a second after the check that allowed it, a delete is retried only after another check. */
const checkedDeletes = (times: number) => (times > 2 ? `(NUMBERS DELETE)*${times}` : "NUMBERS DELETE NUMBERS DELETE");

const remove: Record<FaultName, Row> = {
  ...behindProxy("NUMBERS DELETE"),
  ...rows(["400", "401", "403", "409", "422"], ["failed", "NUMBERS DELETE"]),
  ...rows(["404"], ["gone", "NUMBERS DELETE"]),
  ...rows(indeterminate, ["done", "NUMBERS DELETE*2"], ["failed", `NUMBERS DELETE*3 ${checkedDeletes(3)} GET`]),
  ...rows(indeterminateDone, ["done", "NUMBERS DELETE*2"], ["done", `NUMBERS DELETE*3 ${checkedDeletes(3)} GET`]),
  ...rows(silent, ["done", checkedDeletes(2)], ["failed", checkedDeletes(4)]),
  ...rows(silentDone, ["done", checkedDeletes(2)], ["undetected", checkedDeletes(4)]),
  ...rows(["empty", "late"], ["done", "NUMBERS DELETE"]),
  ...rows(["429"], ["done", checkedDeletes(2)], ["failed", checkedDeletes(11)]),
  ...rows(["429-7"], ["done", checkedDeletes(2)], ["failed", checkedDeletes(18)]),
  ...rows(["refused"], ["done", "NUMBERS DELETE"], ["failed", ""]),
};

const list: Record<FaultName, Row> = {
  ...behindProxy("LIST"),
  ...rows(rejected, ["failed", "LIST"]),
  ...rows([...indeterminate, ...indeterminateDone, "empty"], ["done", "LIST*2"], ["failed", "LIST*6"]),
  ...rows([...silent, ...silentDone], ["done", "LIST*2"], ["failed", "LIST*4"]),
  ...rows(["429"], ["done", "LIST*2"], ["failed", "LIST*11"]),
  ...rows(["429-7"], ["done", "LIST*2"], ["failed", "LIST*18"]),
  ...rows(["refused"], ["done", "LIST"], ["failed", ""]),
  ...rows(["late"], ["done", "LIST"]),
};

const attach: Record<FaultName, Row> = {
  ...writing("ROUTE", "TRUNK GET "),
  ...rows(["late"], ["failed", "TRUNK"]),
};

const detach: Record<FaultName, Row> = {
  ...behindProxy("GET ROUTE GET"),
  ...rows(["401", "403", "409", "422"], ["failed", "GET ROUTE"]),
  ...rows(["400", "404"], ["detached", "GET ROUTE GET ROUTE GET"], ["failed", "(GET ROUTE)*3 GET"]),
  ...rows(indeterminate, ["done", "GET ROUTE*2 GET"], ["failed", "GET ROUTE*6 GET"]),
  ...rows(indeterminateDone, ["done", "GET ROUTE*2 GET"], ["done", "GET ROUTE*6 GET"]),
  ...rows(silent, ["done", "GET ROUTE*2 GET"], ["failed", "GET ROUTE*4"]),
  ...rows(silentDone, ["done", "GET ROUTE*2 GET"], ["undetected", "GET ROUTE*4"]),
  ...rows(["empty", "late"], ["done", "GET ROUTE GET"]),
  ...rows(["429"], ["done", "GET ROUTE*2 GET"], ["failed", "GET ROUTE*11"]),
  ...rows(["429-7"], ["done", "GET ROUTE*2 GET"], ["failed", "GET ROUTE*18"]),
  ...rows(["refused"], ["done", "GET ROUTE GET"], ["failed", ""]),
};

const importRead: Record<FaultName, Row> = {
  ...read,
  ...behindProxy("READ WRITE GET"),
  ...rows(["404", "late"], ["failed", "GET"]),
  ...rows([...indeterminate, ...indeterminateDone, "empty"], ["done", "GET READ WRITE GET"], ["failed", "GET*6"]),
  ...rows([...silent, ...silentDone], ["done", "GET READ WRITE GET"], ["failed", "GET*4"]),
  ...rows(["429"], ["done", "GET READ WRITE GET"], ["failed", "GET*11"]),
  ...rows(["429-7"], ["done", "GET READ WRITE GET"], ["failed", "GET*18"]),
  ...rows(["refused"], ["done", "READ WRITE GET"], ["failed", ""]),
};

const importTrunk: Record<FaultName, Row> = {
  ...writing("WRITE", "READ ", "notImported"),
  ...rows(["late"], ["failed", "GET"]),
};

const importCredential: Record<FaultName, Row> = {
  ...importTrunk,
  // A list tells whether the name is in use.
  ...rows(["400", "404", "409", "422"], ["notImported", "READ WRITE LIST"]),
  // No read tells whether a password was stored.
  ...rows(indeterminateDone, ["done", "READ WRITE*2 GET"], ["incompleteDone", "READ WRITE*6 GET"]),
};

const importNumber: Record<FaultName, Row> = {
  ...writing("ROUTE", "READ TRUNK ", "notImported"),
  ...rows(["late"], ["notImported", "READ TRUNK"]),
};

const attachSet: Record<FaultName, Row> = {
  ...behindProxy("TRUNK LIST ROUTE OTHER LIST"),
  ...rows(rejected, ["partly", "TRUNK LIST ROUTE OTHER GETOTHER"]),
  ...rows(
    indeterminate,
    ["done", "TRUNK LIST ROUTE OTHER ROUTE LIST"],
    ["partly", "TRUNK LIST ROUTE OTHER ROUTE*5 LIST GET"],
  ),
  ...rows(
    indeterminateDone,
    ["done", "TRUNK LIST ROUTE OTHER ROUTE LIST"],
    ["done", "TRUNK LIST ROUTE OTHER ROUTE*5 LIST"],
  ),
  ...rows(silent, ["done", "TRUNK LIST ROUTE OTHER ROUTE LIST"], ["partly", "TRUNK LIST ROUTE OTHER ROUTE*3"]),
  ...rows(
    silentDone,
    ["done", "TRUNK LIST ROUTE OTHER ROUTE LIST"],
    ["incompleteDone", "TRUNK LIST ROUTE OTHER ROUTE*3"],
  ),
  ...rows(["empty"], ["done", "TRUNK LIST ROUTE OTHER LIST"]),
  ...rows(["429"], ["done", "TRUNK LIST ROUTE OTHER ROUTE LIST"], ["partly", "TRUNK LIST ROUTE OTHER ROUTE*10"]),
  ...rows(["429-7"], ["done", "TRUNK LIST ROUTE OTHER ROUTE LIST"], ["partly", "TRUNK LIST ROUTE OTHER ROUTE*17"]),
  ...rows(["refused"], ["done", "TRUNK LIST ROUTE OTHER LIST"], ["failed", ""]),
  ...rows(["late"], ["failed", "TRUNK"]),
};

/** More than a second after the number was read, it is read again before a retry. */
const detachSet: Record<FaultName, Row> = {
  ...behindProxy("GET ROUTE GET"),
  ...rows(["401", "403", "409", "422"], ["failed", "GET ROUTE"]),
  // What is rejected once is tried once more before the number is detached.
  ...rows(["400", "404"], ["done", "GET ROUTE GET ROUTE GET"], ["failed", "(GET ROUTE)*4 GET"]),
  ...rows(indeterminate, ["done", "GET ROUTE*2 GET"], ["failed", "GET ROUTE*3 (GET ROUTE)*3 GET"]),
  ...rows(indeterminateDone, ["done", "GET ROUTE*2 GET"], ["done", "GET ROUTE*3 GET"]),
  ...rows(silent, ["done", "GET ROUTE GET ROUTE GET"], ["failed", "(GET ROUTE)*4"]),
  ...rows([...silentDone, "empty", "late"], ["done", "GET ROUTE GET"]),
  ...rows(["429"], ["done", "GET ROUTE GET ROUTE GET"], ["failed", "(GET ROUTE)*11"]),
  ...rows(["429-7"], ["done", "GET ROUTE GET ROUTE GET"], ["failed", "(GET ROUTE)*18"]),
  ...rows(["refused"], ["done", "GET ROUTE GET"], ["failed", ""]),
};

/** A row that is missing does not compile. */
export const matrix: Readonly<Record<OperationName, Readonly<Record<FaultName, Row>>>> = {
  create,
  read,
  update,
  delete: remove,
  list,
  attach,
  detach,
  "import-read": importRead,
  "import-trunk": importTrunk,
  "import-credential": importCredential,
  "import-number": importNumber,
  attachSet,
  detachSet,
};

export const cells: readonly Cell[] = operationNames.flatMap((operation) =>
  faultNames.flatMap((fault) =>
    (["once", "lasting"] as const).map((often) => {
      const [outcome, requests] = matrix[operation][fault][often];
      return { operation, strikes: [{ on: operations[operation].struck, fault, often }], outcome, requests };
    }),
  ),
);

/** `POST drop-after, LIST 503 lasting` */
const strikesOf = (text: string): readonly Strike[] =>
  text.split(", ").map((part) => {
    const [on = "", fault = "", often] = part.split(" ");
    return { on, fault: fault as FaultName, often: often === "lasting" ? "lasting" : "once" };
  });

const combined: readonly (readonly [OperationName, string, ...Expected])[] = [
  ["create", "POST drop-after, LIST 503 lasting", "unconfirmedDone", "POST LIST*6"],
  ["create", "POST drop-before, LIST 503 lasting", "unconfirmed", "POST LIST*6"],
  ["create", "POST drop-after, LIST hang lasting", "unconfirmedDone", "POST LIST*4"],
  ["create", "POST drop-after, LIST 401", "unconfirmedDone", "POST LIST"],
  ["create", "POST drop-after, LIST empty", "done", "POST LIST*2 GET"],
  ["create", "POST drop-after, POST late", "done", "POST LIST*4 GET"],
  ["create", "POST drop-after, GET 503 lasting", "incompleteDone", "POST LIST GET*6"],
  ["create", "GET 503", "done", "POST GET*2"],
  ["create", "GET 503 lasting", "incompleteDone", "POST GET*6"],
  ["create", "GET 401", "incompleteDone", "POST GET"],
  ["create", "GET hang lasting", "incompleteDone", "POST GET*4"],
  ["update", "WRITE drop-after lasting, GET 503 lasting", "incompleteDone", "WRITE*6 GET*6"],
  ["update", "WRITE 500 lasting, GET 401", "incomplete", "WRITE*6 GET"],
  ["update", "GET 401", "done", "WRITE GET*2"],
  ["update", "GET 503 lasting", "incompleteDone", "WRITE GET*12"],
  ["delete", "NUMBERS 503", "done", "NUMBERS*2 DELETE"],
  ["delete", "NUMBERS 503 lasting", "failed", "NUMBERS*6"],
  ["delete", "NUMBERS 401", "failed", "NUMBERS"],
  ["delete", "NUMBERS wrong lasting", "failed", "NUMBERS*6"],
  ["attach", "TRUNK 503 lasting", "failed", "TRUNK*6"],
  ["attach", "TRUNK 401", "failed", "TRUNK"],
  ["detach", "GET 503 lasting", "failed", "GET*6"],
];

/** Several faults at a time, and faults of other requests than the one that matters most. */
export const combinedCells: readonly Cell[] = combined.map(([operation, strikes, outcome, requests]) => ({
  operation,
  strikes: strikesOf(strikes),
  outcome,
  requests,
}));
