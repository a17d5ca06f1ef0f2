/** All static checks. Each runs whatever the others say. */

import os from "node:os";
import path from "node:path";
import { FOLDERS } from "../../../.dependency-cruiser.mjs";
import { root, seconds } from "../lib/cli.mjs";
import { run } from "../lib/run.mjs";
import { allLockFileProblems } from "./lock-file.mjs";
import { retiredWords } from "./words.mjs";

/** @typedef {{ name: string, problems: () => Promise<string> }} Check `problems` returns "" when all is well. */
/** @typedef {{ passed: number, failed: number }} Counts */

/** The slow ones first, so that the rest fills the second core. @type {Check[]} */
const CHECKS = [
  { name: "types (tsc)", problems: tool("tsc", "-p", ".") },
  { name: "generated files are fresh", problems: () => problemsOf(path.join(root, "scripts/generate"), ["--check"]) },
  { name: "dead files, exports, dependencies (knip)", problems: tool("knip", "--no-progress") },
  {
    name: "format, lint, budgets (biome)",
    problems: tool("biome", "check", "--error-on-warnings", "--diagnostic-level=warn", "--max-diagnostics=30", "."),
  },
  {
    name: "import direction (dependency-cruiser)",
    problems: tool("depcruise", ...FOLDERS),
  },
  { name: "no machine paths or registries", problems: machinePaths },
  { name: "checksums of all packages", problems: async () => allLockFileProblems().join("\n") },
  { name: "no retired words (docs/glossary.md)", problems: async () => (await retiredWords()).join("\n") },
  { name: "bash syntax", problems: bashSyntax },
];

/** What names the machine that a file was written on, or decides where packages come from. */
const NOT_PORTABLE = [
  "(^|[^[:alnum:]_.}-])/(home|Users|root|work)/[[:alnum:]_.-]",
  "[a-zA-Z]:\\\\[uU]sers\\\\",
  "registry\\.(npmjs|yarnpkg)\\.|npm\\.pkg\\.github\\.com|(proxy|sum)\\.golang\\.org|pypi\\.org|pythonhosted\\.org",
];

const AT_ONCE = 2;
const MAX_LINES = 200;
const MAX_WIDTH = 300;

/** @param {(line: string) => void} print @returns {Promise<Counts>} */
export async function check(print) {
  const counts = { passed: 0, failed: 0 };
  const queue = [...CHECKS];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const start = performance.now();
      const problems = await next.problems().catch((error) => String(error?.message ?? error));
      counts[problems ? "failed" : "passed"] += 1;
      print(`${problems ? "FAILED" : "ok    "} ${next.name} (${seconds(start)})`);
      if (problems) print(excerpt(problems));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return counts;
}

/** @param {string} problems */
function excerpt(problems) {
  const lines = problems.trimEnd().split("\n");
  const more = lines.length > MAX_LINES ? [`... and ${lines.length - MAX_LINES} lines more`] : [];
  return [...lines.slice(0, MAX_LINES), ...more].map((line) => `       ${line.slice(0, MAX_WIDTH)}`).join("\n");
}

/** @param {string} name of a binary in node_modules @param {string[]} args @returns {() => Promise<string>} */
function tool(name, ...args) {
  return () => problemsOf(path.join(root, "node_modules/.bin", name), args);
}

/** @param {string} command @param {string[]} args */
async function problemsOf(command, args) {
  const { code, output } = await run(command, args, { env: { NO_COLOR: "1" }, timeoutMs: 300_000 });
  return code === 0 ? "" : `exit code ${code}\n${output}`;
}

async function machinePaths() {
  const here = [root, os.homedir()]
    .filter((folder) => folder.length > 5)
    .map((folder) => folder.replaceAll(".", "\\."));
  const { code, output } = await grep("-nIE", ...[...NOT_PORTABLE, ...here].flatMap((pattern) => ["-e", pattern]));
  // 1: nothing was found.
  return code === 1 ? "" : `exit code ${code}\n${output}`;
}

async function bashSyntax() {
  const { stdout } = await grep("-lE", "^#!/usr/bin/env bash");
  const found = await Promise.all(
    stdout
      .trim()
      .split("\n")
      .map((file) => problemsOf("bash", ["-n", file])),
  );
  return found.filter(Boolean).join("\n");
}

/** In what git has or would add, so that a mistake shows before it is committed. @param {string[]} args */
function grep(...args) {
  return run("git", ["grep", "--untracked", ...args]);
}
