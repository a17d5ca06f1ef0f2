/** For a program. docs/audit.md describes it: keys may be added, and keep their meaning. */
import { countsOf } from "../finding";
import { helpFor, severityOf } from "../kinds";
import { isComplete, type Report } from "./report";

export function asJson(report: Report): string {
  const { fingerprint, stacks, version, findings, unread, notChecked } = report;
  const document = {
    version,
    account: fingerprint,
    stacks,
    complete: isComplete(report),
    unread,
    notChecked,
    counts: countsOf(findings),
    findings: findings.map((one) => ({ severity: severityOf(one.kind), ...one, help: helpFor(one.kind) })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
