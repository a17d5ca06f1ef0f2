import type { IncomingMessage } from "node:http";
import { ApiError } from "../errors";
import { maskPasswords, type RequestLogEntry } from "./request-log";

/** A request as received, before any check. */
export interface ApiRequest {
  entry: RequestLogEntry;
  authorization: string | undefined;
  /** Why the request is not for this simulator, if it is not. */
  originProblem: string | undefined;
  query: URLSearchParams;
  /** With the real passwords, unlike the entry's. */
  body: { json: unknown } | { problem: ApiError };
}

const MAX_BODY_BYTES = 1024 * 1024;
const ACCOUNT_PATH = /^\/v1\/Account\/([^/]+)\/(.*)$/;

/** More than any body of the API needs, and far less than recursion takes. */
const MAX_BODY_DEPTH = 32;

/** Reads a request to its end. */
export async function readApiRequest(
  request: IncomingMessage,
  url: URL,
  originProblem: string | undefined,
): Promise<ApiRequest> {
  const [, authId = "", path = ""] = ACCOUNT_PATH.exec(url.pathname) ?? [];
  const body = await readBody(request);
  const entry: RequestLogEntry = {
    method: request.method ?? "GET",
    path: authId === "" ? url.pathname : path,
    query: Object.fromEntries(url.searchParams),
    body: "json" in body ? maskPasswords(body.json) : `(${body.problem.message})`,
    status: 0,
    authId,
    ms: 0,
  };
  return { entry, authorization: request.headers.authorization, originProblem, query: url.searchParams, body };
}

async function readBody(request: IncomingMessage): Promise<ApiRequest["body"]> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BODY_BYTES) return { problem: new ApiError(413, `body of ${size} bytes is too large`) };
  // A form of any web page can send a POST without a body: it must not act.
  if (size === 0 && request.method !== "POST") return { json: undefined };
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? "")) {
    return { problem: new ApiError(400, "content-type must be application/json") };
  }
  let json: unknown;
  try {
    json = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return { problem: new ApiError(400, `body of ${size} bytes is not JSON`) };
  }
  if (!isDeeperThan(json, MAX_BODY_DEPTH)) return { json };
  return { problem: new ApiError(400, `body is nested more than ${MAX_BODY_DEPTH} levels deep`) };
}

/** Level by level: recursion would end at the depth that it is to find. */
function isDeeperThan(value: unknown, limit: number): boolean {
  let level = [value];
  for (let depth = 0; depth <= limit; depth++) {
    level = level.flatMap((it): unknown[] => (typeof it === "object" && it !== null ? Object.values(it) : []));
    if (level.length === 0) return false;
  }
  return true;
}

/** User and password of a Basic header; blank when it is none. */
export function basicCredentials(header: string | undefined): [string, string] {
  const [, encoded = ""] = /^Basic\s+(\S+)$/i.exec(header ?? "") ?? [];
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon === -1 ? ["", ""] : [text.slice(0, colon), text.slice(colon + 1)];
}
