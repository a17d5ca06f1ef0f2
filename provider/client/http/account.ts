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

/**
 * An idle connection is dropped before servers drop it (5 s is common): a create sent into a closing connection is lost
 * without anyone knowing whether it was read.
 */
const IDLE_MS = 4_000;

export class Account {
  readonly limiter = new RateLimiter();
  readonly #agentsByRoute = new Map<string, Promise<Agents>>();

  /** Kept-alive connections, made with the first request. */
  agents(route: Route): Promise<Agents> {
    const key = JSON.stringify(route);
    const agents = this.#agentsByRoute.get(key) ?? makeAgents(route);
    this.#agentsByRoute.set(key, agents);
    return agents;
  }
}

const accounts = new Map<string, Account>();

export function accountOf(baseUrl: string, authId: string): Account {
  const key = `${baseUrl} ${authId}`;
  const account = accounts.get(key) ?? new Account();
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
