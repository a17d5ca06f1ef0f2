import type { Store, VisibilityDelay } from "./account/store";
import type { RequestLogEntry } from "./http/request-log";

/** Whether the request is carried out although its response is replaced. */
interface ActsOption {
  /** @default true when `status` is below 400 or not given, else false */
  acts?: boolean;
}

/** Faults that decide how a request ends. Of those that match, the first one added wins. */
export type TerminalFault =
  /** An error instead of acting, in the simulator's own error form unless `body` is given. */
  | ({ kind: "status"; status: number; body?: unknown; headers?: Record<string, string> } & ActsOption)
  /** Acts, then returns this status. */
  | { kind: "status-after"; status: number; body?: unknown; headers?: Record<string, string> }
  /** A gateway's page. */
  | ({ kind: "html"; status: number } & ActsOption)
  /** No body. @default status 200 */
  | ({ kind: "empty"; status?: number } & ActsOption)
  /** The real headers and half of the real body, then the connection ends. */
  | { kind: "cut"; acts?: boolean }
  /** The connection ends, nothing was done. */
  | { kind: "drop-before" }
  /** The request is carried out, then the connection ends without a response. */
  | { kind: "drop-after" }
  /** Never responds. */
  | { kind: "hang"; acts: boolean }
  /** The real response, one byte at a time; `endless` sends blanks for ever instead. @default everyMs 5 */
  | { kind: "drip"; everyMs?: number; endless?: boolean }
  /** JSON of any shape. */
  | ({ kind: "body"; status: number; body: unknown; headers?: Record<string, string> } & ActsOption)
  /** Any text, declared as JSON: deep nesting, `__proto__`, broken syntax. */
  | ({ kind: "raw"; status: number; text: string; headers?: Record<string, string> } & ActsOption)
  /** A body of this size, streamed. @default bytes Infinity, status 200 */
  | ({ kind: "flood"; bytes?: number; status?: number } & ActsOption)
  /** @default status 302 */
  | { kind: "redirect"; location: string; status?: number }
  /** A response computed from the request: pages without end, or one that depends on the query. */
  | ({ kind: "respond"; respond(request: RequestLogEntry): { status: number; body?: unknown } } & ActsOption);

/** Faults that do not change how a request ends. All that match apply, together with a terminal one. */
export type FaultModifier =
  /** Responds later. */
  | { kind: "delay"; ms: number }
  /** What this request creates stays invisible to reads for a time or a number of reads. */
  | ({ kind: "hide-new" } & VisibilityDelay)
  /** Another client changes the account, right before or right after the request acts. @default when "after" */
  | { kind: "meanwhile"; when?: "before" | "after"; change(store: Store): void };

export type Fault = TerminalFault | FaultModifier;

/** A fault and the requests that it applies to. A condition that is left out matches every request. */
export interface FaultRule {
  method?: string;
  /** The whole path below the account (`Zentrunk/Trunk/`), or a pattern found anywhere in it. */
  path?: string | RegExp;
  /** For everything else: body, query, account. */
  when?(request: RequestLogEntry): boolean;
  /** How often. @default 1; Infinity with a probability */
  times?: number;
  /** Skips the first n matching requests. @default 0 */
  after?: number;
  /** Drawn from the seeded generator for each matching request. @default 1 */
  probability?: number;
  do: Fault;
}

/** A rule that was added. */
export interface FaultHandle {
  /** How often it was applied. */
  readonly hits: number;
  remove(): void;
}

/** The faults of one request. */
export interface FaultPlan {
  terminal: TerminalFault | undefined;
  modifiers: FaultModifier[];
}

interface ActiveRule extends FaultRule {
  matched: number;
  hits: number;
}

/** The scripted faults of one simulator. */
export class Faults {
  #rules: ActiveRule[] = [];
  #random = seededRandom(1);

  add(rule: FaultRule): FaultHandle {
    const active: ActiveRule = { ...rule, matched: 0, hits: 0 };
    this.#rules.push(active);
    return {
      get hits() {
        return active.hits;
      },
      remove: () => {
        this.#rules = this.#rules.filter((other) => other !== active);
      },
    };
  }

  /** Removes all rules. */
  clear(): void {
    this.#rules = [];
  }

  /** Restarts the generator behind `probability`. @default 1 */
  seed(seed: number): void {
    this.#random = seededRandom(seed);
  }

  /** Picks the faults of one request, and counts it. */
  plan(request: RequestLogEntry): FaultPlan {
    const plan: FaultPlan = { terminal: undefined, modifiers: [] };
    for (const rule of this.#rules) {
      if (!matches(rule, request)) continue;
      const fault = rule.do;
      const isModifier = fault.kind === "delay" || fault.kind === "hide-new" || fault.kind === "meanwhile";
      if (++rule.matched <= (rule.after ?? 0)) continue;
      // A second terminal fault is not used up: it waits for the next request.
      if (!isModifier && plan.terminal !== undefined) continue;
      if (rule.hits >= (rule.times ?? (rule.probability === undefined ? 1 : Number.POSITIVE_INFINITY))) continue;
      if (rule.probability !== undefined && this.#random() >= rule.probability) continue;
      rule.hits++;
      if (isModifier) plan.modifiers.push(fault);
      else plan.terminal = fault;
    }
    return plan;
  }
}

function matches({ method, path, when }: FaultRule, request: RequestLogEntry): boolean {
  if (method !== undefined && method.toUpperCase() !== request.method) return false;
  if (typeof path === "string" && path !== request.path) return false;
  // search() ignores the position that a pattern with the g flag carries from one test() to the next.
  if (path instanceof RegExp && request.path.search(path) === -1) return false;
  return when?.(request) ?? true;
}

/** mulberry32: small, and the same on every machine. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
