/** For a person. */
import type { Output } from "../../shared/output";
import { byKind } from "../finding";
import { helpFor, kinds, type Severity, severityOf } from "../kinds";
import { isComplete, type Report, resourceOf, subjectOf, summaryOf } from "./report";

type Styled = Output["styled"];

const STYLES: Readonly<Record<Severity, Parameters<Styled>[0]>> = { error: "red", warning: "yellow", note: "bold" };

/** @param styled colours, on a terminal */
export function asText(report: Report, styled: Styled = (_, text) => text): string {
  const { findings, stacks, fingerprint } = report;
  const beside = stacks.length === 0 ? "" : ` beside ${stacks.join(", ")}`;
  const lines = [`Account ${fingerprint}${beside}: ${summaryOf(findings)}.`];
  for (const [kind, group] of byKind(findings)) {
    const severity = severityOf(kind);
    lines.push("", `${styled(STYLES[severity], severity)}  ${styled("bold", kinds[kind].title)}`, `  ${helpFor(kind)}`);
    for (const one of group) lines.push(`  - ${subjectOf(one)}${resourceOf(one)}: ${one.text}`, `    ${one.action}`);
  }
  return `${[...lines, ...aboutGaps(report, styled)].join("\n")}\n`;
}

function aboutGaps(report: Report, styled: Styled): readonly string[] {
  const { unread, notChecked, stacks } = report;
  if (isComplete(report)) {
    return stacks.length > 0 ? [] : ["", `Not checked without --stack or --state: ${notChecked.join(", ")}.`];
  }
  return [
    "",
    styled("red", "This report is not complete. Not read:"),
    ...unread.map(({ what, why }) => `  - ${what}: ${why}`),
    ...(notChecked.length === 0 ? [] : [`Not checked: ${notChecked.join(", ")}.`]),
  ];
}
