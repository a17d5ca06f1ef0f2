/** The newer Node that we promise to run on, from a package that holds the program. */

import fs from "node:fs";
import path from "node:path";
import { cacheFolder } from "../lib/cache.mjs";
import { say } from "../lib/cli.mjs";
import { withLock } from "../lib/lock.mjs";
import { must } from "../lib/run.mjs";

const MAJOR = 22;
/** Only this build is tried here; the package's siblings for other machines would do, but nobody has seen it. */
const PLATFORM = "linux-x64";

/** @returns {string | undefined} why the tests cannot run under it as well */
export function node22Problem() {
  const platform = `${process.platform}-${process.arch}`;
  if (platform !== PLATFORM) return `fetched for ${PLATFORM} only, this is ${platform}`;
  return Number.parseInt(process.versions.node, 10) === MAJOR ? `this is Node ${MAJOR} already` : undefined;
}

/** @returns {Promise<string>} the folder that holds `node` */
export async function node22() {
  const folder = cacheFolder(`node-${MAJOR}`);
  const bin = path.join(folder, "node_modules", `node-${PLATFORM}`, "bin");
  if (!fs.existsSync(bin)) {
    await withLock(cacheFolder("node-lock"), `fetching Node ${MAJOR}`, async () => {
      if (!fs.existsSync(bin)) await fetchInto(folder);
    });
  }
  return bin;
}

/** @param {string} folder */
async function fetchInto(folder) {
  say(`Fetching Node ${MAJOR} ...`);
  const draft = `${folder}.partial`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { recursive: true });
  const quiet = ["--no-audit", "--no-fund", "--no-save", "--loglevel=error"];
  await must("npm", ["install", ...quiet, "--prefix", draft, `node-${PLATFORM}@${MAJOR}`], { cwd: draft });
  fs.renameSync(draft, folder);
}
