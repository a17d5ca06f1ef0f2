/** What of an exchange may be shown to others: nothing that names the account, and of objects of others their fields alone. */
import { basicAuth } from "../../../provider/client/http/exchange";
import { redactor } from "../../../provider/text/redact";
import { oneLine } from "../../../provider/text/visible";
import type { SeenExchange } from "../account/api";
import { isOwnName, isRow, NAME_PREFIX, type Row } from "../account/kinds";
import { type KeptRoute, keptRouteIn, type Route, routeIn } from "../account/number-route";

export interface Secrets {
  readonly authId: string;
  readonly authToken: string;
  readonly number?: string | undefined;
  /** Of the number, before. */
  readonly route?: Route | undefined;
}

export type Scrub = (text: string) => string;

const LONGEST_TEXT = 400;
const DEEPEST = 6;
const PASSWORD = /password/i;

/** For texts. Passwords are those that the run has sent. */
export function scrubber({ authId, authToken, number, route }: Secrets, exchanges: readonly SeenExchange[]): Scrub {
  const passwords = exchanges.map(({ request }) => request.body?.password);
  const redact = redactor([authToken, basicAuth(authId, authToken), ...new Set(passwords)]);
  const named = [
    [authId, "{auth_id}"],
    [number, "{number}"],
    [route?.id, "{route}"],
    ...keptRoutesIn(exchanges).flatMap((kept) => [
      [kept.number, "{number}"] as const,
      [kept.route.id, "{route}"] as const,
    ]),
  ] as const;
  return (text) => {
    let shown = redact(text.slice(0, LONGEST_TEXT * 4));
    for (const [secret, name] of named) if (secret) shown = shown.replaceAll(secret, name);
    return oneLine(shown.replace(CUT_MARKER, cutMarkerShown), LONGEST_TEXT);
  };
}

/** The name of a marker that the account has cut: no whole route is in it, and yet a part of one. */
const CUT_MARKER = new RegExp(
  `(${NAME_PREFIX}[0-9a-f]{12}-n)(?:\\d+|\\{number\\})(?:-(trunk|application)-(?!\\{route\\})[\\w-]*)?`,
  "g",
);

function cutMarkerShown(_: string, start: string, kind: string | undefined): string {
  return `${start}{number}${kind === undefined ? "" : `-${kind}-{route}`}`;
}

/** What markers have in their names: also those of an earlier run, whose number no option names. */
function keptRoutesIn(exchanges: readonly SeenExchange[]): readonly KeptRoute[] {
  const names = exchanges.flatMap(({ request, reply }) => {
    const json = isRow(reply?.json) ? reply.json : {};
    const rows: readonly unknown[] = Array.isArray(json.objects) ? json.objects : [json.object, json];
    return [request.body?.name, ...rows.map((row) => (isRow(row) ? row.name : undefined))];
  });
  return [...new Set(names)].flatMap((name) => keptRouteIn(name) ?? []);
}

/** A request body or a response, of which everything may be shown that is not secret. */
export function scrubbed(value: unknown, scrub: Scrub, depth = 0): unknown {
  if (typeof value === "string") return scrub(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth > DEEPEST) return "(nested deeper)";
  if (Array.isArray(value)) return value.map((one) => scrubbed(one, scrub, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (PASSWORD.test(key) && typeof inner === "string" && inner !== "") return [key, "***"];
      return [scrub(key), key === "total_count" ? shapeOf(inner) : scrubbed(inner, scrub, depth + 1)];
    }),
  );
}

/** What was sent. Of a number only where it is routed: `app_id` is one of the command, that of `scrub`, or none. */
export function bodyShown({ request }: SeenExchange, scrub: Scrub): unknown {
  const { path, body = {} } = request;
  if (!path.startsWith("Number/")) return scrubbed(body, scrub);
  const fields = Object.entries(body).map(([key, value]) => [key, key === "app_id" ? value : shapeOf(value)]);
  return scrubbed(Object.fromEntries(fields), scrub);
}

/** A response as the record keeps it. */
export function responseShown({ request, reply }: SeenExchange, scrub: Scrub): unknown {
  if (!reply) return null;
  const { json, hasBody } = reply;
  if (!isRow(json)) return hasBody ? "(not a JSON object)" : null;
  if (Array.isArray(json.objects)) {
    const objects = json.objects.map((row: unknown) => rowShown(row, scrub));
    return { ...(scrubbed({ ...json, objects: undefined }, scrub) as Row), objects };
  }
  if (request.method !== "GET" || reply.status >= 300) return scrubbed(json, scrub);
  if (isRow(json.object)) return { api_id: scrubbed(json.api_id, scrub), object: rowShown(json.object, scrub) };
  return rowShown(json, scrub);
}

function rowShown(row: unknown, scrub: Scrub): unknown {
  if (!isRow(row)) return shapeOf(row);
  if (isOwnName(row.name)) return scrubbed(row, scrub);
  const shapes = Object.entries(row).map(([key, value]) => [scrub(key), shapeOf(value)]);
  const application = "application" in row ? { application: routeIn(row)?.kind ?? shapeOf(row.application) } : {};
  return { "(of another object)": { ...Object.fromEntries(shapes), ...application } };
}

function shapeOf(value: unknown): string {
  if (value === null) return "null";
  if (value === "") return "blank";
  return Array.isArray(value) ? "array" : typeof value;
}
