/** One HTTP exchange with Plivo as it is: nothing is interpreted, and nothing is retried. */
import { version } from "../../../package.json";
import { realLimit } from "../clock";
import type { ClientConfig } from "../config";
import type { ExecutionContext } from "./attempt";
import type { RequestContext, RequestSpec } from "./request-spec";
import { type HttpResult, send } from "./transport";

export type ExchangeRequest = Pick<RequestSpec<unknown>, "method" | "path" | "query" | "body">;

export type ExchangeOptions = Pick<RequestContext, "deadline" | "signal">;

export interface Exchange {
  readonly url: string;
  readonly began: number;
  readonly timeoutMs: number;
  /** It is the deadline that limits this exchange. */
  readonly isLast: boolean;
  readonly result: HttpResult;
}

/** Never throws for what the network or the server does. */
export async function exchange(
  request: ExchangeRequest,
  { deadline, signal }: ExchangeOptions,
  { config, account, route, clock }: ExecutionContext,
): Promise<Exchange> {
  const { method, body } = request;
  const agents = await account.agents(route);
  const began = clock.now();
  const remainingMs = deadline - began;
  const timeoutMs = Math.max(1, Math.min(config.requestTimeoutMs, remainingMs));
  const url = urlOf(request, config);
  const result = await send({
    method,
    url,
    headers: headersFor(config, body !== undefined),
    body: body === undefined ? undefined : JSON.stringify(body),
    timeoutMs,
    limit: clock.limit?.bind(clock) ?? realLimit,
    // Aborting a write would only lose its response: Plivo acts all the same.
    signal: method === "GET" ? signal : undefined,
    agents,
  });
  return { url, began, timeoutMs, isLast: remainingMs <= config.requestTimeoutMs, result };
}

function urlOf({ path, query }: ExchangeRequest, { baseUrl, authId }: ClientConfig): string {
  const search = query === undefined ? "" : `?${new URLSearchParams(query)}`;
  return `${baseUrl}/Account/${authId}/${path}${search}`;
}

function headersFor({ authId, authToken }: ClientConfig, hasBody: boolean): Record<string, string> {
  return {
    Accept: "application/json",
    "Accept-Encoding": "gzip",
    Authorization: `Basic ${basicAuth(authId, authToken)}`,
    "User-Agent": `pulumi-plivo/${version}`,
    ...(hasBody ? { "Content-Type": "application/json" } : {}),
  };
}

export function basicAuth(authId: string, authToken: string): string {
  return Buffer.from(`${authId}:${authToken}`).toString("base64");
}
