import type * as z from "zod";
import type { Redact } from "../../text/redact";
import { oneLine, withoutTags } from "../../text/visible";
import type { RequestFailure } from "./failure";
import type { RequestSpec } from "./request-spec";
import { retryAfterMs } from "./retry";
import type { HttpResult } from "./transport";

type HttpResponse = Extract<HttpResult, { kind: "response" }>;

export type ParseResult<T> =
  | { readonly ok: true; readonly value: T; readonly apiId: string | null }
  | { readonly ok: false; readonly failure: RequestFailure };

/** Turns an HTTP response into what the request asked for, or says what is wrong with it. */
export function parseResponse<T>(
  response: HttpResponse,
  request: RequestSpec<T>,
  redact: Redact,
  nowMs: number,
): ParseResult<T> {
  const { status } = response;
  const body = parse(response.text);
  const envelope = envelopeOf(body.json);
  const apiId = envelope.apiId === null ? null : oneLine(redact(envelope.apiId), 80);
  if (status < 200 || status > 299) {
    const retryAfter = retryAfterMs(response.header("retry-after"), response.header("date"), nowMs);
    const detail = body.fault ? withoutTags(redact(response.text)) : envelope.detail;
    const line = detail === null ? null : oneLine(redact(detail)) || null;
    if (status < 400) return invalid(status, apiId, redirectText(status, response.header("location"), redact));
    // A gateway's 404 must not make an object count as gone: it is neither JSON nor has it what Plivo's errors have.
    if (status === 404 && !isOfPlivo(body.json))
      return invalid(status, apiId, `"${line ?? ""}" is not from Plivo's API`);
    return { ok: false, failure: { kind: "status", status, apiId, detail: line, retryAfterMs: retryAfter } };
  }
  if (body.fault === "too-many-values") return invalid(status, apiId, `more than ${MOST_VALUES} values in a body`);
  if (body.fault) {
    const excerpt = oneLine(withoutTags(redact(response.text)), 120);
    return invalid(status, apiId, `the body is not JSON: "${excerpt}"`);
  }
  const parsed = request.schema.safeParse(body.json);
  if (parsed.success) return { ok: true, value: parsed.data, apiId };
  return invalid(status, apiId, response.text.trim() === "" ? "the body is empty" : misfit(parsed.error, redact));
}

function invalid(status: number, apiId: string | null, why: string): ParseResult<never> {
  return { ok: false, failure: { kind: "invalid-response", status, apiId, why } };
}

/** Of one body; what it costs to parse is decided by this, and not by its length. */
const MOST_VALUES = 500_000;

/** Every value of JSON but the first stands behind one of these. Those inside texts count too: only an estimate is wanted. */
function hasTooMany(text: string): boolean {
  let values = 0;
  for (let at = 0; at < text.length && values <= MOST_VALUES; at++) {
    const sign = text[at];
    if (sign === "," || sign === "{" || sign === "[") values += 1;
  }
  return values > MOST_VALUES;
}

interface Body {
  readonly json?: unknown;
  readonly fault?: "too-many-values" | "no-json";
}

function parse(text: string): Body {
  if (text.trim() === "") return {};
  if (hasTooMany(text)) return { fault: "too-many-values" };
  try {
    return { json: JSON.parse(text) };
  } catch {
    return { fault: "no-json" };
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Every response of Plivo has an `api_id`; an error without one has at least an `error`. */
function isOfPlivo(json: unknown): boolean {
  return isObject(json) && ("api_id" in json || "error" in json);
}

/** What every response may carry. `error` is published neither as text nor as an object: both are taken. */
function envelopeOf(json: unknown): { apiId: string | null; detail: string | null } {
  if (!isObject(json)) return { apiId: null, detail: textOf(json) };
  const { api_id: apiId, error, message } = json;
  return { apiId: typeof apiId === "string" ? apiId : null, detail: textOf(error) ?? textOf(message) };
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null || value === "") return null;
  if (typeof value === "string") return value;
  try {
    return JSON.stringify(value) ?? null;
  } catch {
    return null; // nested too deep to be written, which no error text is
  }
}

/** `trunk_id: Invalid input: expected string`: the fields that are not as needed, never their values. */
function misfit(error: z.ZodError, redact: Redact): string {
  const issues = error.issues.slice(0, 3).map(({ path, message }) => {
    const place = path.map((part) => snakeCase(String(part))).join(".");
    return place === "" ? message : `${place}: ${message}`;
  });
  return `unexpected response body (${oneLine(redact(issues.join("; ")))})`;
}

/** The field as the API spells it, for an error. */
function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function redirectText(status: number, location: string | undefined, redact: Redact): string {
  if (status === 304 || location === undefined) return "that is no response to an API request";
  const target = URL.canParse(location) ? new URL(location).host : "another path";
  return `it redirects to ${oneLine(redact(target), 100)}, which is not followed`;
}
