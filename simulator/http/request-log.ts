/** One request as received, and the status of its response. Passwords are replaced by `***`. */
export interface RequestLogEntry {
  method: string;
  /** Path below the account, e.g. `Zentrunk/Trunk/123/`; the whole path when it names no account. */
  path: string;
  query: Record<string, string>;
  /** Parsed JSON; `undefined` when there was none. */
  body: unknown;
  /** 0 until a response is sent, and when none ever is (dropped, hanging). */
  status: number;
  authId: string;
  /** From the first byte of the request to the response. */
  ms: number;
  /** Kind of the fault that ended the request, if one did. */
  fault?: string;
  /** `intruder`: no request, but an action on the simulator's page that has the effect of this one. */
  by?: "intruder";
}

const MASK = "***";

/**
 * A copy in which every password is masked. An empty one is not: it is no secret, and a test may need to know that it
 * was sent.
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
