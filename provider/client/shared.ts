/**
 * All state that this folder shares within the process, keyed by account: the rate limit is the account's, whichever
 * client object calls, and connections are worth keeping between operations.
 */
import type { Agent as HttpAgent } from "node:http";
import type { Agent as HttpsAgent } from "node:https";
import { RateLimiter } from "./rate-limit";

export interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

export interface Account {
  readonly limiter: RateLimiter;
  /** Kept-alive connections, made with the first call. */
  agents(): Promise<Agents>;
}

/**
 * An idle connection is dropped before servers drop it (5 s is common): a create sent into a closing connection is lost
 * without anyone knowing whether it was read.
 */
const IDLE_MS = 4_000;

const accounts = new Map<string, Account>();

export function accountOf(baseUrl: string, authId: string): Account {
  const key = `${baseUrl} ${authId}`;
  const known = accounts.get(key);
  if (known) return known;
  let agents: Promise<Agents> | undefined;
  const account: Account = {
    limiter: new RateLimiter(),
    agents: () => {
      agents ??= makeAgents();
      return agents;
    },
  };
  accounts.set(key, account);
  return account;
}

async function makeAgents(): Promise<Agents> {
  const [http, https] = await Promise.all([import("node:http"), import("node:https")]);
  const options = { keepAlive: true, timeout: IDLE_MS };
  return { http: new http.Agent(options), https: new https.Agent(options) };
}
