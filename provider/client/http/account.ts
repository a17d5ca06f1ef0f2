/**
 * All state that this folder shares within the process, keyed by account: the rate limit is the account's, whichever
 * client object sends, and connections are worth keeping between operations.
 */
import type { Agent as HttpAgent } from "node:http";
import type { Agent as HttpsAgent } from "node:https";
import type { HttpProxy } from "./proxy";
import { RateLimiter } from "./rate-limit";
import type * as Tunnel from "./tunnel";

export interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

/** How the host is reached. */
export interface Route {
  /** Only https goes through one. */
  readonly proxy: HttpProxy | undefined;
  /** Certificates that are trusted instead of the usual ones. */
  readonly ca: string | undefined;
  /** How long a proxy may take to make a connection, in ms. */
  readonly limitMs: number;
}

export interface Account {
  readonly limiter: RateLimiter;
  /** Kept-alive connections, made with the first request. */
  agents(route: Route): Promise<Agents>;
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
  const made = new Map<string, Promise<Agents>>();
  const account: Account = {
    limiter: new RateLimiter(),
    agents: (route) => {
      const by = JSON.stringify(route);
      const agents = made.get(by) ?? makeAgents(route);
      made.set(by, agents);
      return agents;
    },
  };
  accounts.set(key, account);
  return account;
}

async function makeAgents({ proxy, ca, limitMs }: Route): Promise<Agents> {
  const [http, https] = await Promise.all([import("node:http"), import("node:https")]);
  const options = { keepAlive: true, timeout: IDLE_MS, ...(ca !== undefined && { ca }) };
  const plain = new http.Agent(options);
  if (!proxy) return { http: plain, https: new https.Agent(options) };
  const { TunnelAgent } = require("./tunnel") as typeof Tunnel;
  return { http: plain, https: new TunnelAgent(proxy, limitMs, options) };
}
