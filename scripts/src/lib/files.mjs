/** Files and folders: what is below one, the checksum of some, and a folder that is gone afterwards. Uses no library. */

import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "./cli.mjs";

/**
 * Files only, with their paths below the root, always in the same order.
 *
 * @param {string} name of a file or folder below the root
 * @param {(path: string) => boolean} [isIgnored] leaves out a file, or a folder with all that is in it
 * @returns {string[]}
 */
export function filesBelow(name, isIgnored = () => false) {
  const stat = fs.statSync(path.join(root, name), { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat ? [name] : [];
  const children = fs.readdirSync(path.join(root, name)).sort();
  const paths = children.map((child) => `${name}/${child}`).filter((child) => !isIgnored(child));
  return paths.flatMap((child) => filesBelow(child, isIgnored));
}

/** Of their paths and of what they hold. @param {readonly string[]} files with their paths below the root */
export function digest(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    hash.update(`/${file}\0`).update(fs.readFileSync(path.join(root, file)));
    hash.update("\0");
  }
  return hash.digest("hex");
}

/**
 * Runs `work` with a new folder, which is removed at the end.
 *
 * @template T
 * @param {(folder: string) => Promise<T>} work
 * @param {string} [prefix] of its path
 */
export async function withTemporaryFolder(work, prefix = path.join(os.tmpdir(), "pulumi-plivo-")) {
  const folder = fs.mkdtempSync(prefix);
  try {
    return await work(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
