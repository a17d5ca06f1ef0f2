/**
 * What was tried: every operation under every fault, once and for good, with what must come of it. Data only:
 * `runner.ts` carries it out through both adapters, and `docs/reliability.md` shows it.
 */
import { type FaultName, faultNames } from "./faults";
import { type Left, type OperationName, operationNames, operations } from "./operations";

export interface Outcome {
  /** As a reader of the documentation knows it. */
  readonly title: string;
  readonly fails: boolean;
  /** @default what a success leaves behind */
  readonly left?: Left;
  /** The fault is a lie that nobody can see through: the next run does not end as if it had not been. */
  readonly lie?: true;
}

export const outcomes = {
  done: { title: "done", fails: false },
  failed: { title: "error, nothing changed", fails: true, left: { state: "as before", store: "as before" } },
  unsure: {
    title: "error; the state remembers that there may be one",
    fails: true,
    left: { state: "unsure", store: "as before" },
  },
  unsureMade: {
    title: "error; the state remembers that there may be one",
    fails: true,
    left: { state: "unsure", store: "as asked" },
  },
  kept: {
    title: "error; the state knows that it is not as asked",
    fails: true,
    left: { state: "half made", store: "as before" },
  },
  keptDone: {
    title: "error; the id is in the state",
    fails: true,
    left: { state: "half made", store: "as asked" },
  },
  unseen: {
    title: "error, though it was done; trying again sees it",
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

/** An error of the caller's: repeating is pointless. */
const refused = ["400", "401", "403", "404", "409", "422"] as const;
/** It was not done, and nobody can tell. */
const lost = ["408", "500", "502", "503", "504", "drop-before"] as const;
/** It was done, and nobody can tell. */
const lostDone = ["500-after", "502-after", "504-after", "drop-after", "cut", "wrong", "page"] as const;
/** Time passes too: 30 s for each attempt, until the 120 s of an operation are over. */
const silent = ["hang"] as const;
const silentDone = ["hang-after", "drip"] as const;

/** A proxy lets no connection come about: nothing was sent. What it says of its rules is final, all else may pass. */
const behindProxy = (requests: string) => ({
  ...rows(["proxy-201", "proxy-403", "proxy-404", "proxy-407", "proxy-lies"], ["failed", ""]),
  ...rows(["proxy-429", "proxy-502", "proxy-closes", "proxy-silent"], ["done", requests], ["failed", ""]),
});

const create: Record<FaultName, Row> = {
  ...behindProxy("POST GET"),
  ...rows(["401", "403"], ["failed", "POST"]),
  // A list tells whether it is the name that was refused.
  ...rows(["400", "404", "409", "422"], ["failed", "POST LIST"]),
  ...rows(lost, ["done", "POST LIST*4 POST GET"], ["unsure", "(POST LIST*4)*6"]),
  ...rows(silent, ["done", "POST LIST*4 POST GET"], ["unsure", "POST LIST*4 POST LIST*4 POST"]),
  ...rows([...lostDone, ...silentDone, "empty"], ["done", "POST LIST GET"]),
  ...rows(["429"], ["done", "POST*2 GET"], ["failed", "POST*15"]),
  ...rows(["429-7"], ["done", "POST*2 GET"], ["failed", "POST*18"]),
  ...rows(["refused"], ["done", "POST GET"], ["failed", ""]),
  ...rows(["late"], ["done", "POST GET*8"], ["keptDone", "POST GET*11"]),
};

const read: Record<FaultName, Row> = {
  ...behindProxy("GET"),
  ...rows(["400", "401", "403", "409", "422"], ["failed", "GET"]),
  ...rows(["404", "late"], ["gone", "GET"]),
  ...rows([...lost, ...lostDone, "empty"], ["done", "GET*2"], ["failed", "GET*6"]),
  ...rows([...silent, ...silentDone], ["done", "GET*2"], ["failed", "GET*4"]),
  ...rows(["429"], ["done", "GET*2"], ["failed", "GET*15"]),
  ...rows(["429-7"], ["done", "GET*2"], ["failed", "GET*18"]),
  ...rows(["refused"], ["done", "GET"], ["failed", ""]),
};

const update: Record<FaultName, Row> = {
  ...behindProxy("WRITE GET"),
  ...rows(refused, ["failed", "WRITE"]),
  ...rows(lost, ["done", "WRITE*2 GET"], ["kept", "WRITE*6 GET"]),
  ...rows(lostDone, ["done", "WRITE*2 GET"], ["done", "WRITE*6 GET"]),
  ...rows(silent, ["done", "WRITE*2 GET"], ["kept", "WRITE*4"]),
  ...rows(silentDone, ["done", "WRITE*2 GET"], ["keptDone", "WRITE*4"]),
  ...rows(["empty"], ["done", "WRITE GET"]),
  ...rows(["429"], ["done", "WRITE*2 GET"], ["failed", "WRITE*15"]),
  ...rows(["429-7"], ["done", "WRITE*2 GET"], ["failed", "WRITE*18"]),
  ...rows(["refused"], ["done", "WRITE GET"], ["failed", ""]),
  ...rows(["late"], ["done", "WRITE GET*2"], ["keptDone", "WRITE GET*2"]),
};

/** More than a second after the look that allowed it, a delete is not sent again without another look. */
const looked = (times: number) => (times > 2 ? `(NUMBERS DELETE)*${times}` : "NUMBERS DELETE NUMBERS DELETE");

const remove: Record<FaultName, Row> = {
  ...behindProxy("NUMBERS DELETE"),
  ...rows(["400", "401", "403", "409", "422"], ["failed", "NUMBERS DELETE"]),
  ...rows(["404"], ["gone", "NUMBERS DELETE"]),
  ...rows(lost, ["done", "NUMBERS DELETE*2"], ["failed", `NUMBERS DELETE*3 ${looked(3)} GET`]),
  ...rows(lostDone, ["done", "NUMBERS DELETE*2"], ["done", `NUMBERS DELETE*3 ${looked(3)} GET`]),
  ...rows(silent, ["done", looked(2)], ["failed", looked(4)]),
  ...rows(silentDone, ["done", looked(2)], ["unseen", looked(4)]),
  ...rows(["empty", "late"], ["done", "NUMBERS DELETE"]),
  ...rows(["429"], ["done", "NUMBERS DELETE*2"], ["failed", `NUMBERS DELETE*2 ${looked(13)}`]),
  ...rows(["429-7"], ["done", looked(2)], ["failed", looked(18)]),
  ...rows(["refused"], ["done", "NUMBERS DELETE"], ["failed", ""]),
};

const list: Record<FaultName, Row> = {
  ...behindProxy("LIST"),
  ...rows(refused, ["failed", "LIST"]),
  ...rows([...lost, ...lostDone, "empty"], ["done", "LIST*2"], ["failed", "LIST*6"]),
  ...rows([...silent, ...silentDone], ["done", "LIST*2"], ["failed", "LIST*4"]),
  ...rows(["429"], ["done", "LIST*2"], ["failed", "LIST*15"]),
  ...rows(["429-7"], ["done", "LIST*2"], ["failed", "LIST*18"]),
  ...rows(["refused"], ["done", "LIST"], ["failed", ""]),
  ...rows(["late"], ["done", "LIST"]),
};

const attach: Record<FaultName, Row> = {
  ...behindProxy("TRUNK GET ROUTE GET"),
  ...rows(refused, ["failed", "TRUNK GET ROUTE"]),
  ...rows(lost, ["done", "TRUNK GET ROUTE*2 GET"], ["kept", "TRUNK GET ROUTE*6 GET"]),
  ...rows(lostDone, ["done", "TRUNK GET ROUTE*2 GET"], ["done", "TRUNK GET ROUTE*6 GET"]),
  ...rows(silent, ["done", "TRUNK GET ROUTE*2 GET"], ["kept", "TRUNK GET ROUTE*4"]),
  ...rows(silentDone, ["done", "TRUNK GET ROUTE*2 GET"], ["keptDone", "TRUNK GET ROUTE*4"]),
  ...rows(["empty"], ["done", "TRUNK GET ROUTE GET"]),
  ...rows(["429"], ["done", "TRUNK GET ROUTE*2 GET"], ["failed", "TRUNK GET ROUTE*15"]),
  ...rows(["429-7"], ["done", "TRUNK GET ROUTE*2 GET"], ["failed", "TRUNK GET ROUTE*18"]),
  ...rows(["refused"], ["done", "TRUNK GET ROUTE GET"], ["failed", ""]),
  ...rows(["late"], ["failed", "TRUNK"]),
};

const detach: Record<FaultName, Row> = {
  ...behindProxy("GET ROUTE GET"),
  ...rows(["401", "403", "409", "422"], ["failed", "GET ROUTE"]),
  ...rows(["400", "404"], ["detached", "GET ROUTE GET ROUTE GET"], ["failed", "(GET ROUTE)*3 GET"]),
  ...rows(lost, ["done", "GET ROUTE*2 GET"], ["failed", "GET ROUTE*6 GET"]),
  ...rows(lostDone, ["done", "GET ROUTE*2 GET"], ["done", "GET ROUTE*6 GET"]),
  ...rows(silent, ["done", "GET ROUTE*2 GET"], ["failed", "GET ROUTE*4"]),
  ...rows(silentDone, ["done", "GET ROUTE*2 GET"], ["unseen", "GET ROUTE*4"]),
  ...rows(["empty", "late"], ["done", "GET ROUTE GET"]),
  ...rows(["429"], ["done", "GET ROUTE*2 GET"], ["failed", "GET ROUTE*15"]),
  ...rows(["429-7"], ["done", "GET ROUTE*2 GET"], ["failed", "GET ROUTE*18"]),
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
  ["create", "POST drop-after, LIST 503 lasting", "unsureMade", "POST LIST*6"],
  ["create", "POST drop-before, LIST 503 lasting", "unsure", "POST LIST*6"],
  ["create", "POST drop-after, LIST hang lasting", "unsureMade", "POST LIST*4"],
  ["create", "POST drop-after, LIST 401", "unsureMade", "POST LIST"],
  ["create", "POST drop-after, LIST empty", "done", "POST LIST*2 GET"],
  ["create", "POST drop-after, POST late", "done", "POST LIST*4 GET"],
  ["create", "POST drop-after, GET 503 lasting", "keptDone", "POST LIST GET*6"],
  ["create", "GET 503", "done", "POST GET*2"],
  ["create", "GET 503 lasting", "keptDone", "POST GET*6"],
  ["create", "GET 401", "keptDone", "POST GET"],
  ["create", "GET hang lasting", "keptDone", "POST GET*4"],
  ["update", "WRITE drop-after lasting, GET 503 lasting", "keptDone", "WRITE*6 GET*6"],
  ["update", "WRITE 500 lasting, GET 401", "kept", "WRITE*6 GET"],
  ["update", "GET 401", "done", "WRITE GET*2"],
  ["update", "GET 503 lasting", "keptDone", "WRITE GET*12"],
  ["delete", "NUMBERS 503", "done", "NUMBERS*2 DELETE"],
  ["delete", "NUMBERS 503 lasting", "failed", "NUMBERS*6"],
  ["delete", "NUMBERS 401", "failed", "NUMBERS"],
  ["delete", "NUMBERS wrong lasting", "failed", "NUMBERS*6"],
  ["attach", "TRUNK 503 lasting", "failed", "TRUNK*6"],
  ["attach", "TRUNK 401", "failed", "TRUNK"],
  ["detach", "GET 503 lasting", "failed", "GET*6"],
];

/** More than one fault at a time, and faults beside the request that matters most. */
export const combinedCells: readonly Cell[] = combined.map(([operation, strikes, outcome, requests]) => ({
  operation,
  strikes: strikesOf(strikes),
  outcome,
  requests,
}));
