/**
 * One page that loads nothing and runs nothing: a policy in it forbids both. What opens and closes are elements of HTML
 * itself, so that a keyboard and a screen reader can use them.
 */
import { createHash } from "node:crypto";
import { byKind, type Finding } from "../finding";
import { helpFor, type Kind, kinds, severityOf } from "../kinds";
import { asElements, type Html, html, textOf } from "./html-text";
import { mapOf } from "./map";
import { STYLE } from "./page-style";
import { isComplete, type Report, resourceOf, subjectOf, summaryOf } from "./report";

export function asHtml(report: Report): string {
  const { fingerprint, stacks, findings, version } = report;
  const title = `Audit of Plivo account ${fingerprint}`;
  const hash = createHash("sha256").update(STYLE).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const beside = stacks.length === 0 ? "" : ` beside ${stacks.join(", ")}`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${asElements(STYLE)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p>${summaryOf(findings)}${beside}. Written by pulumi-plivo ${version}.</p>
</header>
<main>
${gapsOf(report)}
<section aria-labelledby="findings"><h2 id="findings">Findings</h2>
${findings.length === 0 ? html`<p>Nothing found.</p>` : [...byKind(findings)].map(asGroup)}
</section>
<section aria-labelledby="map"><h2 id="map">Numbers, trunks and URIs</h2>
${mapOf(report)}
</section>
</main>
</body>
</html>
`;
  return textOf(page);
}

function gapsOf(report: Report): Html {
  const { unread, notChecked } = report;
  const kept = notChecked.length === 0 ? "" : html`<p>Not checked: ${notChecked.join(", ")}.</p>`;
  if (isComplete(report)) return html`${kept}`;
  const reasons = unread.map(({ what, why }) => html`<li>${what}: ${why}</li>`);
  return html`<section class="card error" aria-labelledby="gaps"><h2 id="gaps">This report is not complete</h2>
<p>Not read:</p><ul>${reasons}</ul>${kept}</section>`;
}

function asGroup([kind, group]: readonly [Kind, readonly Finding[]]): Html {
  const severity = severityOf(kind);
  return html`<section class="card ${severity}" aria-labelledby="${kind}">
<h3 id="${kind}"><span class="badge">${severity}</span> <a href="${helpFor(kind)}">${kinds[kind].title}</a></h3>
<ul class="found">
${group.map(asItem)}</ul>
</section>
`;
}

/** The text has the first few of them. */
const FEW = 5;

function asItem(finding: Finding): Html {
  const { text, action, numbers, property } = finding;
  const all =
    numbers.length <= FEW
      ? ""
      : html`<details><summary>All ${String(numbers.length)} numbers</summary><p class="numbers">${numbers.join(", ")}</p></details>`;
  return html`<li><h4>${subjectOf(finding)}${resourceOf(finding)}</h4>
<p>${withCode(property !== null && text.startsWith(property) ? `${text}.` : sentence(text))}</p>
<p>${withCode(sentence(action))}</p>${all}</li>
`;
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

/** What stands between backticks is code. */
function withCode(text: string): Html {
  const parts = text.split("`");
  return html`${parts.map((part, index) => (index % 2 === 1 && index < parts.length - 1 ? html`<code>${part}</code>` : html`${part}`))}`;
}
