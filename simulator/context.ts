import type { Store } from "./account/store";
import type { Behaviour } from "./behaviour";
import type { Clock } from "./clock";
import { describeError, InternalError } from "./errors";
import type { Faults } from "./faults";
import type { RateLimit } from "./http/rate-limit";
import type { RequestLogEntry } from "./http/request-log";

/** One account: its credentials, its objects, its rate limit. */
export interface SimulatorAccount {
  readonly authId: string;
  readonly authToken: string;
  readonly store: Store;
  readonly rateLimit: RateLimit | undefined;
}

/** What every request is served with. */
export interface SimulatorContext {
  readonly accounts: ReadonlyMap<string, SimulatorAccount>;
  readonly behaviour: Behaviour;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly latencyMs: number;
  readonly requests: RequestLogEntry[];
  readonly keepRequests: number;
  readonly internalErrors: InternalError[];
  readonly onRequest: (entry: RequestLogEntry) => void;
}

/** Records a bug of the simulator and reports it on stderr. */
export function recordInternalError(context: SimulatorContext, thrown: unknown, where: string): InternalError {
  const bug = new InternalError(`The simulator failed at ${where}: ${describeError(thrown)}`, { cause: thrown });
  context.internalErrors.push(bug);
  process.stderr.write(`${bug.message}\n`);
  return bug;
}
