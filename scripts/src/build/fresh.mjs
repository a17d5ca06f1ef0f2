/** Whether the last build still stands: the types take seconds, and tests and demo ask for a build each time. */

import fs from "node:fs";
import path from "node:path";
import { root } from "../lib/cli.mjs";
import { digest, filesBelow } from "../lib/files.mjs";

const SOURCES = [
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "provider",
  "sdk/components",
  "sdk/dynamic",
  "sdk/nodejs", // with what is compiled of it
  "sdk/plugin",
  "simulator",
  "cli",
  "scripts/src/build",
];
const RESULTS = ["dist", "bin", "THIRD_PARTY_NOTICES"];
/** What others put there: hundreds of MB of scripts/package and scripts/release, and of npm. */
const OTHERS = ["dist/archives", "dist/release", "sdk/nodejs/node_modules"];
export const isOfOthers = (/** @type {string} */ file) => OTHERS.includes(file);
/** Beside the installed packages, which it depends on: `npm ci` takes it away. */
const STAMP = path.join(root, "node_modules/.cache/pulumi-plivo-build");

export function isFresh() {
  return fs.existsSync(STAMP) && fs.readFileSync(STAMP, "utf8") === fingerprint();
}

export function markFresh() {
  fs.mkdirSync(path.dirname(STAMP), { recursive: true });
  fs.writeFileSync(STAMP, fingerprint());
}

/** Of what goes in and what came out: an edited or deleted result is built again too. */
function fingerprint() {
  const files = [...SOURCES, ...RESULTS].flatMap((name) => filesBelow(name, isOfOthers));
  return `${process.version} ${digest(files)}`;
}
