import type { Clock } from "../clock";
import type { Agents } from "./account";
import { isCertificateFailure } from "./failure";
import type { TunnelError, TunnelFault } from "./tunnel";

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
}

export type HttpResult =
  | {
      readonly kind: "response";
      readonly status: number;
      readonly text: string;
      /** Lower-case name -> value. */
      header(name: string): string | undefined;
    }
  | {
      readonly kind: "failure";
      readonly code: string;
      /** What the network reported, in its words. */
      readonly detail: string;
      readonly fault: Fault;
      /** The connection never stood, so that no byte of the request has left. */
      readonly unsent: boolean;
      /** Where it is the proxy that did not make the connection. */
      readonly tunnel?: { readonly fault: TunnelFault; readonly refusal: number | null } | undefined;
    };

/** `broken`: a response began and did not come whole. */
export type Fault = "timeout" | "aborted" | "too-large" | "broken" | "network";

/** Bodies beyond this are no responses of Plivo's; counted after decompression. */
export const LARGEST_BODY = 5 * 1024 * 1024;

/** One HTTP exchange through axios. Never throws for what the network or the server does. */
export async function send(request: HttpRequest): Promise<HttpResult> {
  // Loaded with the first request: it costs more than all the rest of this package together.
  const { Axios } = await import("axios");
  const abort = new AbortController();
  // axios' own timeout is for idle sockets only.
  const inTime = request.limit(request.timeoutMs, () => abort.abort("timeout"));
  const cancel = () => abort.abort("cancelled");
  request.signal?.addEventListener("abort", cancel, { once: true });
  if (request.signal?.aborted) cancel();
  try {
    const config = { ...axiosConfig(request), signal: abort.signal };
    const { status, data, headers } = await new Axios().request<string>(config);
    return { kind: "response", status, text: textOf(data), header: (name) => headerOf(headers, name) };
  } catch (error) {
    const thrown: Thrown = Object(error);
    const unsent = isUnconnected(thrown);
    if (abort.signal.reason === "timeout")
      return { kind: "failure", fault: "timeout", code: "ETIMEDOUT", detail: "timed out", unsent };
    if (abort.signal.aborted) return { kind: "failure", fault: "aborted", code: "ABORTED", detail: "aborted", unsent };
    return failureOf(thrown);
  } finally {
    inTime();
    request.signal?.removeEventListener("abort", cancel);
  }
}

/** All that axios is told: it has no defaults here, whose merging costs each request as much again. */
function axiosConfig(request: HttpRequest) {
  return {
    adapter: "http",
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
    // The agents know the way. What axios makes of a proxy's refusal could be taken for a response of the host.
    proxy: false as const,
  };
}

function textOf(data: unknown): string {
  return typeof data === "string" ? data : "";
}

function headerOf(headers: object, name: string): string | undefined {
  const value: unknown = Reflect.get(headers, name);
  return typeof value === "string" ? value : undefined;
}

/** What the errors of axios and of Node tell, if they do: anything may be thrown. */
interface Thrown {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly syscall?: unknown;
  readonly request?: { readonly socket?: { readonly secureConnecting?: unknown } | null } | null;
  readonly response?: unknown;
  readonly cause?: Thrown | null;
}

/** axios' errors carry the request with its credentials, so only code and text leave this file. */
function failureOf(thrown: Thrown): HttpResult {
  // By its name: the class is loaded only where there is a proxy. axios wraps it, and takes its name.
  const error = thrown.cause?.name === "TunnelError" ? (thrown.cause as TunnelError) : undefined;
  const tunnel = error && { fault: error.fault, refusal: error.refusal };
  const code = textOf((error ?? thrown).code);
  const detail = textOf((error ?? thrown).message) || code || "unknown failure";
  const unsent = error !== undefined || isUnsent(thrown, code);
  const fault = unsent ? "network" : faultOf(thrown, code, detail);
  return { kind: "failure", fault, code, detail, unsent, tunnel };
}

// These come before any byte of the request has left.
const UNSENT = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN)$/;

function isUnsent(thrown: Thrown, code: string): boolean {
  if (UNSENT.test(code) || isCertificateFailure(code)) return true;
  return (thrown.syscall ?? thrown.cause?.syscall) === "connect" || isHandshaking(thrown);
}

function faultOf({ response }: Thrown, code: string, detail: string): Fault {
  if (detail.startsWith("maxContentLength")) return "too-large";
  const began = response !== undefined || code === "ERR_BAD_RESPONSE" || code.startsWith("Z_");
  return began ? "broken" : "network";
}

/** The request was given up before it had a connection. An error without a request says nothing about that. */
function isUnconnected(thrown: Thrown): boolean {
  return thrown.request?.socket === null || isHandshaking(thrown);
}

/** The TLS connection did not stand yet, so that nothing was sent through it. */
function isHandshaking({ request }: Thrown): boolean {
  return request?.socket?.secureConnecting === true;
}
