/** One request as it was received, and how it was answered. Passwords in it are replaced by `***`. */
export interface RequestLogEntry {
  method: string;
  /** Path below the account, e.g. `Zentrunk/Trunk/123/`; the whole path when it names no account. */
  path: string;
  query: Record<string, string>;
  /** Parsed JSON; `undefined` when there was none. */
  body: unknown;
  /** 0 while nothing was answered, and when nothing ever is (dropped, hanging). */
  status: number;
  authId: string;
  /** From the first byte in to the answer. */
  ms: number;
  /** Kind of the fault that ended the request, if one did. */
  fault?: string;
}

const MASK = "***";

/**
 * A copy in which every password is masked. An empty one stays as it is: it is no secret, and that it was sent is
 * what a test wants to know.
 */
export function maskPasswords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskPasswords);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      /password/i.test(key) && inner !== null && inner !== "" ? [key, MASK] : [key, maskPasswords(inner)],
    ),
  );
}

/** Adds an entry and drops the oldest beyond the limit, in place: callers hold on to the array. */
export function addEntry(log: RequestLogEntry[], entry: RequestLogEntry, limit: number): void {
  log.push(entry);
  if (log.length > limit) log.splice(0, log.length - limit);
}
