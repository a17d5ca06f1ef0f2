/** What a run has found out: a table for a person, or JSON. */
import type { Output } from "../shared/output";
import type { Examination } from "./examine";
import { EXIT } from "./exit-codes";
import type { Finding } from "./fact";
import type { Scrub } from "./record/redact";

/** `as-expected`; `different` from what is documented or was observed; `new`: nothing was published; `open`: not found out. */
type Result = "as-expected" | "different" | "new" | "open";

export interface ReportRow {
  readonly id: string;
  readonly question: string;
  readonly expected: string | null;
  readonly source: string;
  readonly seen: string | null;
  readonly detail?: string;
  readonly result: Result;
}

export interface Report {
  readonly facts: readonly ReportRow[];
  readonly requests: number;
  readonly left: readonly string[];
  readonly stopped: boolean;
  readonly exitCode: number;
}

export function reportOf({ findings, requests, left, isStopped }: Examination, scrub: Scrub): Report {
  const facts = findings.map((finding) => rowOf(finding, scrub));
  return { facts, requests, left, stopped: isStopped, exitCode: exitCodeOf(facts, left, isStopped) };
}

function rowOf(finding: Finding, scrub: Scrub): ReportRow {
  const { fact, value } = finding;
  const detail = value === null ? finding.reason : finding.detail;
  const isKnown = value !== null && fact.expected !== null;
  const known = value === fact.expected ? "as-expected" : "different";
  return {
    id: fact.id,
    question: fact.question,
    expected: fact.expected,
    source: fact.source,
    seen: value,
    ...(detail !== undefined && detail !== value && { detail: scrub(detail) }),
    result: value === null ? "open" : isKnown ? known : "new",
  };
}

function exitCodeOf(facts: readonly ReportRow[], left: readonly string[], isStopped: boolean): number {
  if (left.length > 0) return EXIT.left;
  if (isStopped) return EXIT.stopped;
  if (facts.some(({ result }) => result === "open")) return EXIT.incomplete;
  return facts.some(({ result }) => result === "different") ? EXIT.different : 0;
}

const HEAD = ["Fact", "Expected", "Seen"] as const;

export function printReport({ facts, requests, left, stopped }: Report, output: Output): void {
  const rows = facts.map((row) => [
    row.question,
    row.expected === null ? "-" : `${row.expected} (${row.source})`,
    `${row.seen ?? "?"}${row.detail === undefined ? "" : ` (${row.detail})`}`,
  ]);
  const widths = [0, 1].map((at) => Math.max(...[HEAD, ...rows].map((cells) => cells[at]?.length ?? 0)));
  const line = (cells: readonly string[]) => cells.map((text, at) => text.padEnd(widths[at] ?? 0)).join("  ");
  output.line(output.styled("bold", `  ${line(HEAD)}`));
  for (const [index, { result }] of facts.entries()) {
    const mark = result === "different" ? "!" : result === "open" ? "?" : " ";
    const text = `${mark} ${line(rows[index] ?? [])}`;
    output.line(mark === " " ? text : output.styled("yellow", text));
  }
  const count = (wanted: Result) => facts.filter(({ result }) => result === wanted).length;
  output.line();
  output.line(
    `${facts.length} facts in ${requests} requests: ${count("as-expected")} as expected, ${count("different")} different (!), ${count("new")} that nothing published settles, ${count("open")} not found out (?).`,
  );
  if (stopped) output.line("It was stopped: further facts were not asked for.");
  printLeft(left, output);
}

function printLeft(left: readonly string[], output: Output): void {
  if (left.length === 0) {
    output.line("Nothing is left on the account.");
    return;
  }
  output.line(output.styled("yellow", "Left on the account, or it may be:"));
  for (const text of left) output.line(`  ${text}`);
  output.line("Run the same command again: it removes what it finds first.");
}
