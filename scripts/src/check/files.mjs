/** The files of the repository: what git has or would add, so that a mistake shows before it is committed. */

import fs from "node:fs";
import path from "node:path";
import { root } from "../lib/cli.mjs";
import { must } from "../lib/run.mjs";

/** @returns {Promise<string[]>} relative to the root, existing files only */
export async function repositoryFiles() {
  const { stdout } = await must("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  const files = [...new Set(stdout.split("\0"))].filter((file) => file && fs.existsSync(path.join(root, file)));
  return files.sort();
}

export async function bashFiles() {
  return (await repositoryFiles()).filter(
    (file) => /\.sh$/.test(file) || firstLine(file).startsWith("#!/usr/bin/env bash"),
  );
}

/** @param {string} file */
function firstLine(file) {
  return fs.readFileSync(path.join(root, file), "utf8").split("\n", 1)[0] ?? "";
}
