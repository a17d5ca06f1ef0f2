/** The program of Node.js for a target, from npm, checked, and kept for the next time. */

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { cacheFolder } from "../lib/cache.mjs";
import { Problem, say } from "../lib/cli.mjs";
import { withLock } from "../lib/lock.mjs";
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
  if (!fs.existsSync(folder)) {
    await withLock(cacheFolder("runtimes-lock"), "fetching Node.js", async () => {
      if (!fs.existsSync(folder)) await fetchInto(folder, `${name}@${NODE_VERSION}`, integrity);
    });
  }
  return folder;
}

/** @param {string} folder @param {string} specifier @param {string} integrity */
async function fetchInto(folder, specifier, integrity) {
  say(`Fetching ${specifier} ...`);
  const draft = `${folder}.partial`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { recursive: true });
  try {
    // Not `npm install`, which refuses packages for other machines.
    await must("npm", ["pack", specifier, "--loglevel=error", "--ignore-scripts"], { cwd: draft });
    const [file = ""] = fs.readdirSync(draft);
    const found = `sha512-${createHash("sha512")
      .update(fs.readFileSync(path.join(draft, file)))
      .digest("base64")}`;
    if (found !== integrity) throw new Problem(`${specifier} is not what it was: ${found} instead of ${integrity}.`);
    await must("tar", ["-xzf", file], { cwd: draft });
    fs.rmSync(path.join(draft, file));
    fs.rmSync(path.join(draft, "package/include"), { recursive: true, force: true });
    fs.renameSync(draft, folder);
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
}
