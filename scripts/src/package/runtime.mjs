/** The program of Node.js for a target, from npm, checked, and kept for the next time. */

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import * as tar from "tar";
import { cacheFolder, Problem, say } from "../lib/cli.mjs";
import { withTemporaryFolder } from "../lib/files.mjs";
import { must } from "../lib/run.mjs";
import { NODE_VERSION, TARGETS } from "./targets.mjs";

/** The packages for Windows have no licence text; it is the same for all machines. */
const LICENSED = "linux-amd64";

/** @param {string} target @returns {Promise<{ program: string, license: string }>} paths of files */
export async function runtimeFor(target) {
  const name = TARGETS[target]?.windows ? "node.exe" : "node";
  return {
    program: path.join(await fetched(target), "package/bin", name),
    license: path.join(await fetched(LICENSED), "package/LICENSE"),
  };
}

/** @param {string} target @returns {Promise<string>} the folder with its package */
async function fetched(target) {
  const { name, integrity } = /** @type {import("./targets.mjs").Target} */ (TARGETS[target]);
  const folder = cacheFolder("runtimes", `${name}-${NODE_VERSION}`);
  if (!fs.existsSync(folder)) await fetchInto(folder, `${name}@${NODE_VERSION}`, integrity);
  return folder;
}

/** @param {string} folder @param {string} specifier @param {string} integrity */
async function fetchInto(folder, specifier, integrity) {
  say(`Fetching ${specifier} ...`);
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  await withTemporaryFolder(async (draft) => {
    // Not `npm install`, which refuses packages for other machines.
    await must("npm", ["pack", specifier, "--loglevel=error", "--ignore-scripts"], { cwd: draft });
    const file = path.join(draft, fs.readdirSync(draft)[0] ?? "");
    const found = `sha512-${createHash("sha512").update(fs.readFileSync(file)).digest("base64")}`;
    if (found !== integrity) throw new Problem(`${specifier} is not what it was: ${found} instead of ${integrity}.`);
    await tar.extract({ file, cwd: draft, filter: (name) => !name.startsWith("package/include/") });
    fs.rmSync(file);
    // Another run may have been faster: its folder holds the same.
    if (!fs.existsSync(folder)) fs.renameSync(draft, folder);
  }, `${folder}.partial-`);
}
