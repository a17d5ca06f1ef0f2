import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

const changelog = `# Changelog

## [Unreleased]

- Soon.

## [0.2.0] - 2026-02-01

### Added

- A thing.

## [0.1.0] - 2026-01-01

- The first.
`;

/** The script is an ES module, which jest loads only with flags. */
function notesFor(version: string, tag?: string): string {
  const program = `
    import { notesFor } from ${JSON.stringify(join(__dirname, "make.mjs"))};
    try { process.stdout.write(notesFor(...JSON.parse(process.argv[1]))); } catch (error) { process.stdout.write(error.message); }`;
  const args = ["--input-type=module", "-e", program, JSON.stringify([changelog, version, ...(tag ? [tag] : [])])];
  return execFileSync(process.execPath, args, { encoding: "utf8" });
}

test.each([
  {
    what: "a tag gets the section of its version, and no other",
    version: "0.2.0",
    tag: "v0.2.0",
    notes: "### Added\n\n- A thing.",
  },
  { what: "so does the last section", version: "0.1.0", tag: "v0.1.0", notes: "- The first." },
  { what: "a dry run before the heading is dated gets what is unreleased", version: "0.3.0", notes: "- Soon." },
  {
    what: "a tag of another version is refused",
    version: "0.2.0",
    tag: "v0.2.1",
    notes: "The tag is v0.2.1, and the version in package.json 0.2.0.",
  },
  {
    what: "a tag whose version the changelog does not have is refused",
    version: "0.3.0",
    tag: "v0.3.0",
    notes: 'CHANGELOG.md has no heading "## [0.3.0] - <date>": rename "Unreleased".',
  },
  {
    what: "a dot in a version stands for itself",
    version: "0.2x0",
    tag: "v0.2x0",
    notes: 'CHANGELOG.md has no heading "## [0.2x0] - <date>": rename "Unreleased".',
  },
])("$what", ({ version, tag, notes }) => {
  expect(notesFor(version, tag)).toBe(notes);
});

test.each([
  { args: [], why: "Give one of --dry-run, --tag and --publish." },
  { args: ["--dry-run", "--publish", "npm"], why: "Give one of --dry-run, --tag and --publish." },
  { args: ["--publish", "toString"], why: '--publish takes npm or github, not "toString".' },
])("scripts/release $args does nothing and says why", ({ args, why }) => {
  const { status, stderr } = spawnSync(join(__dirname, "../../release"), args, { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 1, stderr: `${why}\n` });
});

test("a missing tool is named before anything is made", () => {
  const bin = mkdtempSync(join(tmpdir(), "plivo-tools-"));
  try {
    writeFileSync(join(bin, "python3"), "#!/bin/sh\n", { mode: 0o755 });
    const place = { encoding: "utf8", env: { ...process.env, PATH: bin } } as const;
    const { status, stderr } = spawnSync(process.execPath, [join(__dirname, "../release.mjs"), "--dry-run"], place);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "A release needs go: install it first.\n" });
  } finally {
    rmSync(bin, { recursive: true, force: true });
  }
});
