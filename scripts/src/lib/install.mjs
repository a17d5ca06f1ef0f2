/** node_modules as package-lock.json wants it, installed only when it differs. */

import fs from "node:fs";
import path from "node:path";
import { isOlder, Problem, root, say, seconds } from "./cli.mjs";
import { checkoutLock, withLock } from "./lock.mjs";
import { must } from "./run.mjs";

/** Of what is installed for development; the published package runs on any Node 20. */
const MIN_NODE = "20.12";

/** @param {string} [folder] with a lock file of its own @returns {Promise<boolean>} whether something was installed */
export async function ensureInstalled(folder = root) {
  if (isOlder(process.versions.node, MIN_NODE)) {
    throw new Problem(`Node ${process.versions.node} is too old: install Node ${MIN_NODE} or newer.`);
  }
  if (isInstalled(folder)) return false;
  return withLock(checkoutLock("setup"), "running npm ci", async () => {
    if (isInstalled(folder)) return false;
    const start = performance.now();
    say("npm ci ...");
    await must("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder });
    say(`npm ci: done in ${seconds(start)}`);
    return true;
  });
}

/**
 * Compares npm's record of what it installed with the lock file. Contents, not times: a checkout changes times only.
 * npm writes that record last, so an interrupted installation has none.
 */
function isInstalled(/** @type {string} */ folder) {
  const wanted = packages(path.join(folder, "package-lock.json"));
  const present = packages(path.join(folder, "node_modules/.package-lock.json"));
  if (!present || !wanted) return false;
  const missing = Object.entries(wanted).some(([name, entry]) => {
    const found = present[name];
    // Optional packages are there for one operating system only.
    return name !== "" && (found ? found.version !== entry.version : !entry.optional);
  });
  return !missing && Object.keys(present).every((name) => name in wanted);
}

/** @param {string} file @returns {Record<string, { version?: string, optional?: boolean }> | undefined} */
function packages(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}
