/**
 * Every operation under every fault, once and for good, with the outcome it must have. Data only: `runner.ts` runs it
 * through both adapters, and `docs/reliability.md` shows it.
 */
import { type FaultName, faultNames } from "./faults";
import { attach, attachSet, detach, detachSet } from "./number-rows";
import { type OperationName, operationNames, operations } from "./operations";
import {
  behindProxy,
  type Expected,
  indeterminate,
  indeterminateDone,
  type OutcomeName,
  type Row,
  rejected,
  rows,
  silent,
  silentDone,
  writing,
} from "./outcomes";

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
  "attach-set": attachSet,
  "detach-set": detachSet,
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
