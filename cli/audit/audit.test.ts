/** The command as a user runs it. What it finds is tested beside each of its files. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "@jest/globals";
import type { Seed } from "pulumi-plivo/simulator";
import { leakingFiles } from "../../tests/support/leaks";
import { commandWorld } from "../shared/testing/command-line";
import { entry, smallAccount } from "./testing/audited";

async function world(seed: Seed = smallAccount) {
  const { simulator, folder, run } = await commandWorld("audit", seed);
  const state = (name: string, ...resources: object[]) =>
    writeFileSync(join(folder, name), JSON.stringify({ version: 3, deployment: { resources } }));
  return { simulator, folder, audit: (...args: string[]) => run(args), state };
}

/** The account has one note: a number without a route. */
test("the report is on stdout, progress on stderr, and --fail-on decides the exit code", async () => {
  const { audit, simulator } = await world();
  const { code, stdout, stderr } = await audit();
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^Account [0-9a-f]{8}: 0 errors, 0 warnings, 1 note\.\n\nnote {2}Phone numbers that are routed/,
  );
  expect(stdout).toContain("\nNot checked without --stack or --state: abandoned-create, gone, managed-twice,");
  expect(stderr).toContain("read 2 phone numbers\n");
  expect((await audit("--fail-on", "warning")).code).toBe(0);
  expect((await audit("--fail-on", "note")).code).toBe(3);
  expect((await audit("--fail-on", "never")).code).toBe(0);
  expect(simulator.requests.filter(({ method }) => method !== "GET")).toEqual([]);
});

test("it compares with the states of several stacks, and names the one", async () => {
  const { audit, state } = await world();
  const has = (token: string, name: string, id: string) => entry(token, name, { id, outputs: {} });
  state("one.json", has("Credential", "pbx", "cred-1"), has("OriginationUri", "lost", "uri-9"));
  state("two.json", has("IpAccessControlList", "offices", "acl-1"), has("OriginationUri", "primary", "uri-1"));
  const { code, stdout } = await audit("--state", "one.json", "--state", "two.json", "--json");
  const { findings, stacks, complete } = JSON.parse(stdout);
  expect({ code, stacks, complete }).toEqual({ code: 3, stacks: ["one.json", "two.json"], complete: true });
  const unmanaged = findings.filter(({ kind }: { kind: string }) => kind === "unmanaged");
  expect(unmanaged.map(({ object }: { object: { id: string } }) => object.id)).toEqual(["uri-2", "100", "100", "200"]);
  expect(findings[0]).toMatchObject({ kind: "gone", resource: { stack: "one.json", name: "lost" } });
});

test("files get the format that their end names, whole, and without a secret", async () => {
  const { audit, folder, simulator } = await world();
  const files = ["report.json", "report.sarif", "report.html", "report.txt", "github"];
  const { code, stdout } = await audit(...files.flatMap((file) => ["--out", file]), "--format", "github");
  expect(code).toBe(0);
  expect(stdout).toMatch(/^::notice title=/);
  expect(readdirSync(folder).sort()).toEqual([...files].sort());
  const text = (name: string) => readFileSync(join(folder, name), "utf8");
  expect(JSON.parse(text("report.json"))).toMatchObject({ counts: { note: 1 } });
  expect(JSON.parse(text("report.sarif"))).toMatchObject({ version: "2.1.0" });
  expect(text("report.html")).toMatch(/^<!doctype html>/);
  expect(text("report.txt")).toMatch(/^Account /);
  expect(text("github")).toBe(stdout);
  const passwords = [...simulator.store.credentials.values()].map(({ password }) => password);
  expect(leakingFiles(folder, [simulator.authToken, ...passwords])).toEqual([]);
  // A format that goes to a file is not on stdout too.
  expect((await audit("--format", "html", "--out", "report.html")).stdout).toMatch(/^Account /);
});

test("a page that cannot be read: exit code 2, and the report says what was not checked", async () => {
  const { audit, simulator } = await world();
  simulator.faults.add({ path: "Number/", times: Number.POSITIVE_INFINITY, do: { kind: "status", status: 403 } });
  const { code, stdout } = await audit("--fail-on", "never");
  expect(code).toBe(2);
  expect(stdout).toContain("This report is not complete. Not read:\n  - phone numbers: GET Number/ -> 403");
  expect(stdout).toMatch(/\nNot checked: .*unused/);
});

test("a wrong token is one line, and with --json one document", async () => {
  const { audit, simulator } = await world();
  simulator.faults.add({ times: Number.POSITIVE_INFINITY, do: { kind: "status", status: 401 } });
  const { code, stdout } = await audit("--json");
  const message = expect.stringMatching(/^the account could not be read: GET .* -> 401/);
  expect([code, JSON.parse(stdout)]).toEqual([1, { error: { message, exitCode: 1 } }]);
});

test.each([
  { what: "Auth IDs", one: { "plivo:authId": { value: "MAONE" } }, two: { "plivo:authId": { value: "MATWO" } } },
  { what: "base URLs", one: {}, two: { "plivo:baseUrl": { value: "https://api.example.com/v1" } } },
])("stacks with different $what are refused before anything is read", async ({ one, two }) => {
  const { simulator, folder, run } = await commandWorld("audit", smallAccount);
  const script = `#!/bin/sh\ncase "$*" in *one*) echo '${JSON.stringify(one)}' ;; *) echo '${JSON.stringify(two)}' ;; esac\n`;
  writeFileSync(join(folder, "pulumi"), script, { mode: 0o755 });
  const PATH = `${folder}${delimiter}${process.env.PATH}`;
  const { code, stderr } = await run(["--stack", "one", "--stack", "two"], { PATH });
  expect([code, stderr]).toEqual([1, expect.stringContaining("one and two are configured for different accounts")]);
  expect(simulator.requests).toEqual([]);
});

test.each([
  { args: ["--json", "--format", "html"], message: "--json is --format json" },
  { args: ["--out", "report.pdf"], message: '--format is missing: the end of "report.pdf" names none' },
  { args: ["--out", "no/such.json"], message: '"no/such.json" cannot be written: no: ENOENT' },
  { args: ["--state", "no-such.json"], message: "no-such.json cannot be read (ENOENT)" },
  { args: ["--stack", ""], message: "--stack is blank" },
  { args: ["--stack", "dev", "--stack", "dev"], message: "--stack names the same one twice" },
  { args: ["--fix"], message: "--fix needs --stack" },
  {
    args: ["--fix", "--stack", "dev", "--state", "x.json"],
    message: "--fix needs --stack: the state of --state may be",
  },
  { args: ["--yes"], message: "--yes is for --fix" },
  { args: ["--format", "pdf"], message: "argument 'pdf' is invalid" },
])("$args is refused before anything is read: $message", async ({ args, message }) => {
  const { audit, simulator } = await world();
  const { code, stderr } = await audit(...args);
  expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
  expect(simulator.requests).toEqual([]);
});
