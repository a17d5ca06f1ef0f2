/** All experiments, in the order in which they run. */
import type { Experiment } from "../fact";
import { addresses } from "./addresses";
import { clearing } from "./clearing";
import { credentials } from "./credentials";
import { deletes } from "./deletes";
import { errors } from "./errors";
import { filtering } from "./filters";
import { lists } from "./lists";
import { names } from "./names";
import { number } from "./number";
import { rateLimit } from "./rate-limit";
import { reads } from "./reads";
import { responses } from "./responses";
import { trunkUpdates } from "./trunk-updates";
import { uris } from "./uris";

export const experiments: readonly Experiment[] = [
  reads,
  lists,
  filtering,
  names,
  addresses,
  credentials,
  uris,
  trunkUpdates,
  clearing,
  deletes,
  errors,
  number,
  responses,
  // Last: afterwards the account has to rest.
  rateLimit,
];
