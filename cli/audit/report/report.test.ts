import { beforeAll, expect, test } from "@jest/globals";
import type { Seed } from "pulumi-plivo/simulator";
import { auditOf, pendingCreate, smallAccount } from "../testing/audited";
import { type Report, renderings } from "./index";

const hostile = `<script>alert(1)</script> "'&\n::error::x,y:z%25 ##[error] \u202e[link](https://example.com)`;
const seed: Seed = {
  ...smallAccount,
  originationUris: [
    ...(smallAccount.originationUris ?? []),
    { uri_uuid: "uri-9", name: hostile, uri: "sip:me:hunter2@example.com" },
  ],
};

let report: Report;
let gaps: Report;

beforeAll(async () => {
  const about = { fingerprint: "0a1b2c3d", stacks: ["dev"], version: "1.2.3" };
  report = { ...(await auditOf({ seed, state: (all) => all.filter(({ id }) => id !== "uri-9") })), ...about };
  const fault = { path: "Zentrunk/URI/", do: { kind: "status", status: 403 } } as const;
  gaps = { ...(await auditOf({ seed, change: ({ faults }) => faults.add(fault) })), ...about };
});

test("text: each kind with its explanation, each object with what to do", () => {
  const text = renderings.text(report);
  expect(text).toMatch(/^Account 0a1b2c3d beside dev: 0 errors, 2 warnings, 2 notes\.\n/);
  expect(text).toContain("warning  An object that no stack manages\n  https://github.com/");
  expect(text).toContain("docs/audit.md#unmanaged\n  - origination URI uri-9 (");
  expect(text).toContain("    adopt it with `npx pulumi-plivo adopt --update`");
  expect(renderings.text(gaps)).toMatch(
    /This report is not complete\. Not read:\n {2}- origination URIs: GET Zentrunk\/URI\/ -> 403/,
  );
});

test("json: what docs/audit.md lists", () => {
  const document = JSON.parse(renderings.json(report));
  expect(Object.keys(document)).toEqual([
    "version",
    "account",
    "stacks",
    "complete",
    "unread",
    "notChecked",
    "counts",
    "findings",
  ]);
  expect(document).toMatchObject({ complete: true, counts: { error: 0, warning: 2, note: 2 } });
  expect(document.findings[0]).toEqual({
    severity: "warning",
    kind: "unmanaged",
    object: { type: "OriginationUri", id: "uri-9", name: expect.stringContaining("<script>") },
    resource: null,
    property: null,
    numbers: [],
    text: "no given stack manages it",
    action: expect.any(String),
    help: "https://github.com/pulumi-plivo/pulumi-plivo/blob/main/docs/audit.md#unmanaged",
  });
  expect(JSON.parse(renderings.json(gaps))).toMatchObject({ complete: false, unread: [{ what: "origination URIs" }] });
});

test("github: one annotation a line, whose message and title end where they should", () => {
  const lines = renderings.github(report).trimEnd().split("\n");
  expect(lines).toHaveLength(5);
  for (const line of lines.slice(0, 4)) expect(line).toMatch(/^::(warning|notice) title=[^:,]+::[^\r]+$/);
  expect(lines[0]).toContain("\\n::error::x,y:z%2525 #\\#[error] \\u202e[link]");
  expect(renderings.github(gaps)).toMatch(/^::error title=The audit is not complete::not read: origination URIs: /);
});

test("sarif: the same identity for the same finding, and no link that a name makes", () => {
  const [run] = JSON.parse(renderings.sarif(report)).runs;
  expect(run.results).toHaveLength(4);
  expect(run.results[0]).toMatchObject({ ruleId: "unmanaged", level: "warning" });
  expect(run.results[0].message.text).toContain("\\[link\\](https://example.com)");
  const identities = run.results.map((one: { partialFingerprints: object }) => JSON.stringify(one.partialFingerprints));
  expect(new Set(identities).size).toBe(4);
  expect(run.tool.driver.rules[run.results[0].ruleIndex].id).toBe("unmanaged");
  const [partial] = JSON.parse(renderings.sarif(gaps)).runs;
  expect(partial.invocations[0]).toMatchObject({
    executionSuccessful: false,
    toolExecutionNotifications: [{ level: "error" }],
  });
});

test("html: names are text, a policy forbids everything but the style, and nothing is loaded", () => {
  const page = renderings.html(report);
  expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt; &quot;&#39;&amp;");
  expect(page).not.toMatch(/<script|<img|<link|@import|url\(|javascript:| on\w+=| style=/);
  const [, policy] = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(page) ?? [];
  expect(policy).toMatch(/^default-src &#39;none&#39;; style-src &#39;sha256-[\w+/=]+&#39;; base-uri/);
  expect(page).toContain("prefers-color-scheme: dark");
  expect(
    [...page.matchAll(/href="([^"]*)"/g)].every(([, link]) => link?.startsWith("https://github.com/pulumi-plivo/")),
  ).toBe(true);
  expect(renderings.html(gaps)).toContain("This report is not complete");
});

test("html: the map leads from numbers to trunks to URIs", () => {
  const page = renderings.html(report);
  const map = page
    .slice(page.indexOf('id="map"'))
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
  expect(map).toContain(
    "Inbound 14155550100 Support EU 100 primary sip.example.com:5061;transport=tls fallback: fallback",
  );
  expect(map).toContain("Outbound credential: London addresses: offices out 200 telephone network");
});

test("no format shows a password", () => {
  for (const render of Object.values(renderings)) expect(render(report)).not.toMatch(/hunter2|Secret!/);
});

test("a name in the program cannot begin a line or move a cursor either", async () => {
  const named = await auditOf({ seed, pending: [pendingCreate("Trunk", hostile, "in-0a1b2c3", "updating")] });
  const text = renderings.text({ ...report, ...named });
  expect(text).toContain("\\n::error::x");
  expect(text).not.toMatch(/^\s*::|##\[|\u202e/m);
});
