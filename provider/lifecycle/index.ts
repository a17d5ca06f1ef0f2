export { type Checked, type CheckRequest, type CheckResult, check, type Naming } from "./check";
export type { Clock, Context, ErrorClassifier } from "./context";
export { type Created, create } from "./create";
export { remove } from "./delete";
export { type Difference, type Differences, diff, diffElements } from "./diff";
export { InitFailedError, MissingError, messageOf, OperationError } from "./errors";
export { completeInputs, inputsOf } from "./outputs";
export { type Plan, type PlanRequest, plan } from "./plan";
export { previewCreate, previewUpdate } from "./preview";
export * from "./property";
export { type ReadResult, read } from "./read";
export type { Definition, Documentation, Guard, InputsOf, LiveOf, OutputsOf, Resource } from "./resource";
export { RunLedger, withSuffix } from "./run-ledger";
export { STATE_KEYS } from "./state";
export { update } from "./update";
export type { Failure } from "./validate";
export {
  containsUnknown,
  getOwn,
  isNullish,
  mayHoldPassword,
  type Unknown,
  unknown,
  type Values,
} from "./values";
