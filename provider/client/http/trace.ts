import { closeSync, constants, fchmodSync, fstatSync, lstatSync, openSync, type Stats, writeFileSync } from "node:fs";

/** One attempt, as a line of the trace shows it. Nothing in it is secret. */
export interface TraceLine {
  /** ISO 8601. */
  readonly time: string;
  readonly method: string;
  /** With the Auth ID replaced by `{auth_id}`. */
  readonly path: string;
  readonly status: number | null;
  /** Why there is no usable response, such as `ECONNRESET` or `invalid-response`; null when there is one. */
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

/**
 * Appends one JSON line per attempt; throws when it cannot. The file is opened for each line: a crash loses nothing, a
 * rotated file is followed, and there is nothing to close. Requests are limited to 60 a second, so the cost is nil.
 */
export function traceTo(file: string): Trace {
  return (line) => append(file, `${JSON.stringify(line)}\n`);
}

const OWNER_ONLY = 0o600;
const OTHERS = 0o077;

/**
 * Without a reader a FIFO would block the open, and with it the whole process, for ever. A link could lead into any file
 * of the user. Windows knows neither of the two flags; there the check before the open has to do.
 */
const APPEND =
  constants.O_WRONLY |
  constants.O_APPEND |
  constants.O_CREAT |
  (constants.O_NOFOLLOW ?? 0) |
  (constants.O_NONBLOCK ?? 0);

function append(file: string, text: string): void {
  // Before the open too: opening a device may already do something, and the error then says what is wrong.
  refuseUnsafe(file, lstatSync(file, { throwIfNoEntry: false }));
  const descriptor = openSync(file, APPEND, OWNER_ONLY);
  try {
    const stats = fstatSync(descriptor);
    refuseUnsafe(file, stats);
    if (hasOwner() && (stats.mode & OTHERS) !== 0) fchmodSync(descriptor, OWNER_ONLY);
    writeFileSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

/** In a folder that others can write, such as /tmp, they decide what stands under a name. */
function refuseUnsafe(file: string, stats: Stats | undefined): void {
  const problem = stats && problemOf(stats);
  if (problem) throw new Error(`${file} ${problem}; set PLIVO_TRACE to a new file or to a regular file of yours`);
}

function problemOf(stats: Stats): string | undefined {
  if (stats.isSymbolicLink()) return "is a symbolic link";
  if (!stats.isFile()) return "is not a regular file";
  if (stats.nlink > 1) return "has more than one name (hard links)";
  if (hasOwner() && stats.uid !== process.getuid?.()) return "belongs to another user";
  return undefined;
}

/** Not on Windows, where access is a matter of lists that Node.js does not show. */
function hasOwner(): boolean {
  return process.getuid !== undefined;
}
