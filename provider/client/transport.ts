import type { Clock } from "./clock";
import type { Agents } from "./shared";
import { isCertificateTrouble } from "./trouble";

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** For the whole exchange, so that a server that drips bytes ends too. */
  readonly timeoutMs: number;
  readonly limit: NonNullable<Clock["limit"]>;
  readonly signal: AbortSignal | undefined;
  readonly agents: Agents;
  /** False: go straight to the host, whatever HTTP_PROXY says. */
  readonly mayUseProxy: boolean;
}

export type HttpResult =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly text: string;
      /** Lower-case name -> value. */
      header(name: string): string | undefined;
    }
  /** `unsent`: the connection never stood. `broken`: an answer began and did not come whole. */
  | { readonly kind: "failure"; readonly code: string; readonly said: string; readonly fault: Fault };

export type Fault = "timeout" | "aborted" | "too-large" | "broken" | "unsent" | "network";

/** Bodies beyond this are no answers of Plivo's; counted after decompression. */
export const LARGEST_BODY = 5 * 1024 * 1024;

/** One HTTP exchange through axios. Never throws for what the network or the server does. */
export async function send(request: HttpRequest): Promise<HttpResult> {
  // Loaded with the first call: it costs more than all the rest of this package together.
  const { default: axios } = await import("axios");
  const abort = new AbortController();
  let timedOut = false;
  // axios' own timeout is for idle sockets only.
  const inTime = request.limit(request.timeoutMs, () => {
    timedOut = true;
    abort.abort();
  });
  const cancel = () => abort.abort();
  request.signal?.addEventListener("abort", cancel, { once: true });
  if (request.signal?.aborted) cancel();
  try {
    const answer = await axios.request<string>({ ...settings(request), signal: abort.signal });
    return { kind: "answer", status: answer.status, text: textOf(answer.data), header: headerReader(answer.headers) };
  } catch (error) {
    if (timedOut) return { kind: "failure", fault: "timeout", code: "ETIMEDOUT", said: "timed out" };
    if (request.signal?.aborted) return { kind: "failure", fault: "aborted", code: "ABORTED", said: "aborted" };
    return failureOf(error);
  } finally {
    inTime();
    request.signal?.removeEventListener("abort", cancel);
  }
}

function settings(request: HttpRequest) {
  return {
    method: request.method,
    url: request.url,
    headers: request.headers,
    data: request.body,
    responseType: "text" as const,
    transformRequest: (body: unknown) => body,
    transformResponse: (text: unknown) => text,
    validateStatus: () => true,
    maxRedirects: 0,
    maxContentLength: LARGEST_BODY,
    decompress: true,
    httpAgent: request.agents.http,
    httpsAgent: request.agents.https,
    ...(request.mayUseProxy ? {} : { proxy: false as const }),
  };
}

function textOf(data: unknown): string {
  return typeof data === "string" ? data : "";
}

function headerReader(headers: object): (name: string) => string | undefined {
  return (name) => {
    const value: unknown = Reflect.get(headers, name);
    return typeof value === "string" ? value : undefined;
  };
}

/** axios' errors carry the request with its credentials, so only code and text leave this file. */
function failureOf(error: unknown): HttpResult {
  const code = textOf(property(error, "code"));
  const said = textOf(property(error, "message")) || code || "unknown failure";
  return { kind: "failure", fault: faultOf(error, code, said), code, said };
}

// These come before any byte of the request has left.
const UNSENT = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN)$/;

function faultOf(error: unknown, code: string, said: string): Fault {
  if (said.startsWith("maxContentLength")) return "too-large";
  if (UNSENT.test(code) || isCertificateTrouble(code)) return "unsent";
  if (syscallOf(error) === "connect" || isHandshaking(error)) return "unsent";
  if (property(error, "response") !== undefined || code === "ERR_BAD_RESPONSE" || code.startsWith("Z_"))
    return "broken";
  return "network";
}

/** The TLS connection did not stand yet, so that nothing was sent through it. */
function isHandshaking(error: unknown): boolean {
  return property(property(property(error, "request"), "socket"), "secureConnecting") === true;
}

function syscallOf(error: unknown): unknown {
  return property(error, "syscall") ?? property(property(error, "cause"), "syscall");
}

function property(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
