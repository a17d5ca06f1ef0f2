/** Annotations of GitHub Actions: commands on stdout, one per finding. */
import { kinds, type Severity, severityOf } from "../kinds";
import { isComplete, type Report, resourceOf, subjectOf, summaryOf } from "./report";

const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", note: "notice" };

export function asGithub(report: Report): string {
  const { findings, unread, notChecked } = report;
  const lines = findings.map((one) => {
    const { kind, text, action } = one;
    return annotation(
      severityOf(kind),
      kinds[kind].title,
      `${subjectOf(one)}${resourceOf(one)}: ${text}. ${action} (${kind})`,
    );
  });
  const gaps = unread.map(({ what, why }) => `${what}: ${why}`).join("; ");
  const notes = notChecked.length === 0 ? "" : `. Not checked: ${notChecked.join(", ")}`;
  if (!isComplete(report)) lines.unshift(annotation("error", "The audit is not complete", `not read: ${gaps}${notes}`));
  return `${[...lines, `Audit: ${summaryOf(findings)}.`].join("\n")}\n`;
}

function annotation(severity: Severity, title: string, message: string): string {
  return `::${COMMANDS[severity]} title=${property(title)}::${data(message)}`;
}

/** What the runner decodes. https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
