/** Publishing, with programs in place of npm and gh, in a checkout without any package. */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";

const root = join(__dirname, "../../..");

const files = ["a.whl", "pulumi-plivo-1.2.3-rc.1.tgz", "pulumi-plivo-1.2.3.tgz"];

let checkout: string;

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), "plivo-publish-"));
  for (const path of ["scripts", "provider/plugin/own-cache.cjs"])
    cpSync(join(root, path), join(checkout, path), {
      recursive: true,
      filter: (file) => !file.includes("node_modules"),
    });
  mkdirSync(join(checkout, "dist/release"), { recursive: true });
  const sums = files.map((file) => {
    writeFileSync(join(checkout, "dist/release", file), file);
    return `${createHash("sha256").update(file).digest("hex")}  ${file}\n`;
  });
  writeFileSync(join(checkout, "dist/release/SHA256SUMS"), sums.join(""));
});

afterEach(() => rmSync(checkout, { recursive: true, force: true }));

/** `programs`: name -> what it does in sh; each call of one is a line of `calls`. */
function publish(to: string, version: string, programs: Readonly<Record<string, string>>) {
  writeFileSync(join(checkout, "package.json"), JSON.stringify({ version }));
  const bin = join(checkout, "bin");
  const log = join(checkout, "log");
  mkdirSync(bin);
  for (const [name, text] of Object.entries(programs))
    writeFileSync(join(bin, name), `#!/bin/sh\necho "${name} $*" >> "${log}"\n${text}\n`, { mode: 0o755 });
  const env = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter), GITHUB_SHA: "c0ffee" };
  const { status, stderr } = spawnSync(join(checkout, "scripts/release"), ["--publish", to], { encoding: "utf8", env });
  const calls = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
  return { status, stderr, calls };
}

test("npm gets the package with provenance, unless it has this version already", () => {
  const view = "npm view pulumi-plivo@1.2.3 version";
  const send = "npm publish ./pulumi-plivo-1.2.3.tgz --provenance --access=public --tag=latest";
  const first = publish("npm", "1.2.3", { npm: 'case "$*" in view*) exit 1;; esac' });
  expect([first.status, first.calls]).toEqual([0, [view, send]]);
  for (const path of ["bin", "log"]) rmSync(join(checkout, path), { recursive: true });
  const { status, stderr, calls } = publish("npm", "1.2.3", { npm: "echo 1.2.3" });
  expect([status, calls]).toEqual([0, [view]]);
  expect(stderr).toContain("published already: npm publish ./pulumi-plivo-1.2.3.tgz");
});

test("GitHub gets the tag of the SDK for Go, then the release; gh prints errors as if they were results", () => {
  const gh = `case "$*" in */ref/tags/*) echo '{"message":"Not Found"}'; exit 1;; "release view"*) exit 1;; esac`;
  const { status, calls } = publish("github", "1.2.3", { gh });
  expect([status, calls.filter((call) => !/\/ref\/|view/.test(call))]).toEqual([
    0,
    [
      "gh api repos/{owner}/{repo}/git/refs -f ref=refs/tags/sdk/go/v1.2.3 -f sha=c0ffee",
      `gh release create v1.2.3 --verify-tag --title v1.2.3 --notes-file notes.md SHA256SUMS ${files.join(" ")}`,
    ],
  ]);
});

test("neither a draft that an interrupted run left, nor a Go tag on another commit, counts as published", () => {
  // Both are there, and `--jq` selects neither.
  const { status, calls } = publish("github", "1.2.3", { gh: `case "$*" in *--jq*) ;; *) echo "{}";; esac` });
  expect([status, calls]).toEqual([
    0,
    [
      'gh api repos/{owner}/{repo}/git/ref/tags/sdk/go/v1.2.3 --jq select(.object.sha=="c0ffee")',
      expect.stringContaining("gh api repos/{owner}/{repo}/git/refs -f ref=refs/tags/sdk/go/v1.2.3 "),
      "gh release view v1.2.3 --json isDraft --jq select(.isDraft|not)",
      expect.stringContaining("gh release create v1.2.3 "),
    ],
  ]);
});

test("a release that is there with its tag is not published again", () => {
  const { status, stderr, calls } = publish("github", "1.2.3", { gh: 'echo "{}"' });
  expect([status, calls.length]).toEqual([0, 2]);
  expect(stderr.match(/published already: gh/g)).toHaveLength(2);
});

test("a prerelease becomes neither npm's nor GitHub's latest", () => {
  expect(publish("npm", "1.2.3-rc.1", { npm: "" }).calls.at(-1)).toMatch(/--tag=next$/);
  rmSync(join(checkout, "bin"), { recursive: true });
  expect(publish("github", "1.2.3-rc.1", { gh: "" }).calls.at(-1)).toContain(" --prerelease ");
});

test("nothing is published when a command fails, or when a file is not the one that was made", () => {
  const failed = publish("github", "1.2.3", { gh: "exit 1" });
  expect([failed.status, failed.calls.length]).toEqual([1, 2]);
  rmSync(join(checkout, "bin"), { recursive: true });
  rmSync(join(checkout, "log"));
  writeFileSync(join(checkout, "dist/release/a.whl"), "another");
  const { status, stderr, calls } = publish("npm", "1.2.3", { npm: "" });
  expect([status, calls]).toEqual([1, []]);
  expect(stderr).toContain("are not those of its SHA256SUMS");
});

test.each([
  { what: "without a release", version: "1.2.3" },
  { what: "with the release of another version", version: "1.2.4" },
])("$what nothing is published, and the message says what to do", ({ version }) => {
  if (version === "1.2.3") rmSync(join(checkout, "dist"), { recursive: true });
  for (const to of ["npm", "github"]) {
    const { status, stderr, calls } = publish(to, version, { npm: "", gh: "" });
    expect([status, calls]).toEqual([1, []]);
    expect(stderr).toMatch(/^There is no release of \S+ in .*dist\/release: make it first\.\n$/);
    rmSync(join(checkout, "bin"), { recursive: true });
  }
});
