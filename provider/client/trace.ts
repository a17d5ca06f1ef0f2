import { appendFileSync } from "node:fs";

/** One attempt, as a line of the trace shows it. Nothing in it is secret. */
export interface TraceLine {
  /** ISO 8601. */
  readonly time: string;
  readonly method: string;
  /** With the Auth ID replaced by `{auth_id}`. */
  readonly path: string;
  readonly status: number | null;
  /** Why there is no usable answer, such as `ECONNRESET` or `unreadable`; null when there is one. */
  readonly failure: string | null;
  readonly ms: number;
  readonly attempt: number;
  readonly apiId: string | null;
}

export type Trace = (line: TraceLine) => void;

/** `PLIVO_TRACE=<file>` switches the trace on. Undefined when it is off. */
export function traceFromEnvironment(environment: NodeJS.ProcessEnv = process.env): Trace | undefined {
  const file = environment.PLIVO_TRACE;
  return file ? traceTo(file) : undefined;
}

/** Appends one JSON line per attempt. Written at once, so that a crash loses nothing; readable by the user alone. */
export function traceTo(file: string): Trace {
  return (line) => appendFileSync(file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
}
