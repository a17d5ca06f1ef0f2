import { expect, test } from "@jest/globals";
import { Page } from "../../tests/support/pages/markdown";
import { allKinds, helpFor, kinds, severities, severityOf } from "./kinds";
import { sharedRangeOf } from "./shared-ranges";

const page = new Page("docs/audit.md");

test("docs/audit.md explains each kind where its link leads, with its severity, the worst first", () => {
  const from = page.lines.indexOf("## Findings");
  const to = page.lines.indexOf("## JSON");
  const headings = page.lines.slice(from, to).flatMap((line) => /^### (.*)$/.exec(line)?.[1] ?? []);
  expect(headings).toEqual([...allKinds]);
  for (const kind of allKinds) {
    expect(page.anchors).toContain(helpFor(kind).split("#")[1]);
    const text = page.lines[page.lines.indexOf(`### ${kind}`) + 2];
    expect([kind, text?.split(".")[0]?.toLowerCase()]).toEqual([kind, severityOf(kind)]);
  }
  const ranks = allKinds.map((kind) => severities.indexOf(severityOf(kind)));
  expect(ranks).toEqual([...ranks].sort());
  expect(Object.values(kinds).map(({ title }) => title)).not.toContain("");
});

test.each([
  ["52.10.0.0/16", "Amazon Web Services"],
  ["35.0.0.0/8", "Amazon Web Services"],
  ["34.64.0.0/10", "Google Cloud"],
  ["2a01:4f8::/40", "Hetzner"],
  // One customer may have all of it.
  ["52.10.7.0/24", undefined],
  ["2a01:4f8:1:2::/64", undefined],
  ["52.10.7.1", undefined],
  ["203.0.113.0/24", undefined],
  ["198.51.0.0/16", undefined],
  ["nonsense", undefined],
])("the cloud of %s: %s", (range, owner) => {
  expect(sharedRangeOf(range)).toBe(owner);
});
