/** What came back for a request, and what to think of it. */
import type { HttpResult } from "../../../provider/client/http/transport";
import { isRow, type Row } from "./kinds";

export interface Reply {
  readonly status: number;
  /** `undefined` where the body is no JSON. */
  readonly json: unknown;
  readonly hasBody: boolean;
  header(name: string): string | undefined;
}

/** No usable response, however often it was asked for: what the request was to find out stays open. */
export class NoReplyError extends Error {
  override readonly name = "NoReplyError";
}

/** The run was told to stop. */
export class StoppedError extends Error {
  override readonly name = "StoppedError";
}

/** An experiment cannot go on, because the API refused what it needs. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
}

/** A new object does not show its name: what is made cannot be told from what others have made, so that no more is. */
export class NamelessError extends Error {
  override readonly name = "NamelessError";
}

export function replyOf(result: HttpResult): Reply | undefined {
  if (result.kind === "failure") return undefined;
  const { status, text } = result;
  return { status, json: parsed(text), hasBody: text !== "", header: (name) => result.header(name) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isDone({ status }: Reply): boolean {
  return status >= 200 && status < 300;
}

/** Of a delete: an earlier attempt may have done it. */
export function isGone(reply: Reply): boolean {
  return isDone(reply) || reply.status === 404;
}

/** Rejected by Plivo itself: it has not acted. */
export function isRefusal({ status, json }: Reply): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429 && isRow(json);
}

/** May come from a gateway, or pass: worth a second request before it is believed. */
export function isDoubtful({ status, json, hasBody }: Reply, needsBody: boolean): boolean {
  if (status >= 500 || status === 408 || (status >= 300 && status < 400)) return true;
  return !isRow(json) && (needsBody || hasBody || status >= 400);
}

/** The object in a single read, bare or wrapped. */
export function objectIn({ json }: Reply): Row | undefined {
  if (!isRow(json)) return undefined;
  return isRow(json.object) ? json.object : json;
}
