/**
 * Each package that `npm ci` installs is compared with a checksum in package-lock.json: npm does not mind an entry that
 * has none, and takes whatever it is given. npm itself leaves checksums of other platforms' packages out when it changes
 * a lock file beside a node_modules that lacks them.
 */

import fs from "node:fs";
import path from "node:path";
import { root } from "../lib/cli.mjs";

const HELP =
  "remove these entries from a copy of every package.json, package-lock.json and .npmrc in an empty folder, run there " +
  "`npm install --package-lock-only --ignore-scripts`, and copy the lock file back";

/** @typedef {{ link?: boolean, inBundle?: boolean, integrity?: string }} Entry */

const FILES = ["package-lock.json", "docs/site/package-lock.json"];

export function allLockFileProblems() {
  return FILES.flatMap((file) => lockFileProblems(fs.readFileSync(path.join(root, file), "utf8")));
}

/** @param {string} text of the lock file @returns {string[]} what is wrong, one line each */
export function lockFileProblems(text) {
  const entries = Object.entries(/** @type {Record<string, Entry>} */ (JSON.parse(text).packages ?? {}));
  // The project itself, its own folders, and what comes inside another package and is covered by its checksum.
  const fetched = entries.filter(([name, { link, inBundle }]) => name.includes("node_modules/") && !link && !inBundle);
  if (fetched.length === 0) return ["package-lock.json: has no packages in the form of npm 7 and later"];
  const wrong = fetched.filter(([, { integrity = "" }]) => !/^sha512-[\w+/]{86}==$/.test(integrity));
  if (wrong.length === 0) return [];
  return [...wrong.map(([name]) => `package-lock.json: ${name} has no sha512 integrity`), HELP];
}
