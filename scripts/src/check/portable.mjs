/** Nothing in the repository may name the machine it was written on, or decide where packages come from. */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "../lib/cli.mjs";
import { repositoryFiles } from "./files.mjs";

const FORBIDDEN = [
  { pattern: /(?<![\w.}-])\/(?:home|Users|root|work)\/[\w.-]+/, what: "a path of one machine" },
  { pattern: /[a-z]:\\users\\/i, what: "a path of one machine" },
  {
    pattern:
      /registry\.(?:npmjs|yarnpkg)\.|npm\.pkg\.github\.com|(?:proxy|sum)\.golang\.org|pypi\.org|pythonhosted\.org/,
    what: "a registry",
  },
];

/** @returns {Promise<string[]>} what is wrong, one line each */
export async function portabilityProblems() {
  const here = [root, os.homedir()].filter((folder) => folder.length > 5);
  const problems = [];
  for (const file of await repositoryFiles()) {
    const lines = fs.readFileSync(path.join(root, file), "utf8").split("\n");
    for (const [index, line] of lines.entries()) {
      const found = FORBIDDEN.find(({ pattern }) => pattern.test(line))?.what;
      const what = found ?? (here.some((folder) => line.includes(folder)) ? "a path of this machine" : undefined);
      if (what) problems.push(`${file}:${index + 1}: names ${what}: ${line.trim().slice(0, 100)}`);
    }
  }
  return problems;
}
