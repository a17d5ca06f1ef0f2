import type { Behaviour } from "./behaviour";
import type { Clock } from "./clock";
import { describe, InternalError } from "./errors";
import type { Faults } from "./faults";
import type { RateLimit } from "./rate-limit";
import type { RequestLogEntry } from "./request-log";
import type { Store } from "./store";

/** One account: what it holds and who may enter. */
export interface Account {
  readonly authId: string;
  readonly authToken: string;
  readonly store: Store;
  readonly rateLimit: RateLimit | undefined;
}

/** What the server works with. */
export interface World {
  readonly accounts: ReadonlyMap<string, Account>;
  readonly behaviour: Behaviour;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly latencyMs: number;
  readonly requests: RequestLogEntry[];
  readonly keepRequests: number;
  readonly internalErrors: InternalError[];
  readonly onRequest: (entry: RequestLogEntry) => void;
}

/** Keeps a bug of the simulator, and says it where somebody sees it. */
export function noteBug(world: World, thrown: unknown, where: string): InternalError {
  const bug = new InternalError(`The simulator failed at ${where}: ${describe(thrown)}`, { cause: thrown });
  world.internalErrors.push(bug);
  process.stderr.write(`${bug.message}\n`);
  return bug;
}
