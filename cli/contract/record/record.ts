/** The file of `--record`: every exchange of a run, and what was found out. */
import { version } from "../../../package.json";
import type { SeenExchange } from "../account/api";
import type { Finding } from "../fact";
import { FORMAT } from "./format";
import { bodyShown, responseShown, type Scrub, scrubbed } from "./redact";
import type { RecordedFact } from "./switches";

export interface Recorded {
  readonly format: string;
  readonly version: string;
  readonly facts: readonly (RecordedFact & { readonly expected: string | null; readonly reason?: string })[];
  readonly exchanges: readonly object[];
}

/** Of the headers those that facts depend on. */
const HEADERS = ["content-type", "retry-after", "date", "allow"] as const;

export function factsIn(findings: readonly Finding[], scrub: Scrub): Recorded["facts"] {
  return findings.map((finding) => {
    const { fact, value } = finding;
    const { id, expected } = fact;
    if (value === null) return { id, expected, seen: null, reason: scrub(finding.reason) };
    const detail = finding.detail === undefined ? {} : { detail: scrub(finding.detail) };
    return { id, expected, seen: value, ...detail };
  });
}

export function recordOf(findings: readonly Finding[], exchanges: readonly SeenExchange[], scrub: Scrub): Recorded {
  return {
    format: FORMAT,
    version,
    facts: factsIn(findings, scrub),
    exchanges: exchanges.map((seen) => exchangeShown(seen, scrub)),
  };
}

function exchangeShown(seen: SeenExchange, scrub: Scrub): object {
  const { request, result, reply, ms } = seen;
  const { method, path, query, body } = request;
  const headers = HEADERS.flatMap((name) => {
    const value = reply?.header(name);
    return value === undefined ? [] : [[name, scrub(value)] as const];
  });
  return {
    method,
    path: scrub(path),
    ...(query && { query: scrubbed(query, scrub) }),
    ...(body && { body: bodyShown(seen, scrub) }),
    status: reply?.status ?? null,
    ...(result?.kind === "failure" && { failure: scrub(result.code || result.fault) }),
    ms,
    headers: Object.fromEntries(headers),
    response: responseShown(seen, scrub),
  };
}
