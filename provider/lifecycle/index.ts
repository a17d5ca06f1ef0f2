export { type Checked, type CheckRequest, type CheckResult, check, type Naming } from "./check";
export type { Clock, Context, ErrorClassifier } from "./context";
export { type Created, create } from "./create";
export * from "./definition/property";
export { matcher, rootOf } from "./definition/property-path";
export type {
  Definition,
  Documentation,
  Guard,
  InputsOf,
  LiveOf,
  OutputsOf,
  Resource,
  RunFacts,
} from "./definition/resource";
export type { Failure } from "./definition/validate";
export {
  containsUnknown,
  getOwn,
  isNullish,
  mayHoldPassword,
  type Unknown,
  unknown,
  type Values,
} from "./definition/values";
export { remove } from "./delete";
export { describeChange } from "./describe-change";
export { type Difference, type Differences, diff, diffElements } from "./diff";
export { InitFailedError, MissingError, messageOf, OperationError, PartialWriteError } from "./errors";
export { describeImport, findImport, type ImportTarget, importObject, unchangeable } from "./import";
export { type Plan, type PlanRequest, plan, previewCreate, previewUpdate } from "./plan";
export { normalId, type ReadResult, read } from "./read";
export { handOverTarget } from "./state/claims";
export { completeInputs, inputsOf } from "./state/outputs";
export { RunLedger, withSuffix } from "./state/run-ledger";
export { STATE_KEYS, unconfirmedName } from "./state/state";
export { update } from "./update";
