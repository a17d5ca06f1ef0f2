/** The rows of phone numbers: one that is attached and detached, and sets of them. */
import type { FaultName } from "./faults";
import {
  behindProxy,
  indeterminate,
  indeterminateDone,
  type Row,
  rejected,
  rows,
  silent,
  silentDone,
  writing,
} from "./outcomes";

export const attach: Record<FaultName, Row> = {
  ...writing("ROUTE", "TRUNK GET "),
  ...rows(["late"], ["failed", "TRUNK"]),
};

export const detach: Record<FaultName, Row> = {
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

export const attachSet: Record<FaultName, Row> = {
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
export const detachSet: Record<FaultName, Row> = {
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
