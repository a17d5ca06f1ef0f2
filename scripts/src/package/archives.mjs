/** The archives of a release, from which the engine installs the plugin on machines without Node.js. */

import fs from "node:fs";
import path from "node:path";
import * as tar from "tar";
import { build } from "../build/build.mjs";
import { LAUNCHER, PLUGIN } from "../build/bundles.mjs";
import { root, say, seconds, version } from "../lib/cli.mjs";
import { withTemporaryFolder } from "../lib/files.mjs";
import { runtimeFor } from "./runtime.mjs";
import { writeSums } from "./sums.mjs";
import { NODE_VERSION, TARGETS, thisMachine } from "./targets.mjs";

export const ARCHIVES = path.join(root, "dist/archives");
const NAME = path.basename(LAUNCHER);
// Not .js: what that is, depends on any package.json above the folder of plugins.
const PROGRAM = "launch.cjs";

/** The real time would make each archive differ, and some programs take 0 for a mistake: the time that npm uses. */
const TIME = new Date("1985-10-26T08:15:00.000Z");

// NODE_OPTIONS are meant for the user's programs; here they could only break things. `exec`, so that signals arrive.
const FOR_UNIX = `#!/bin/sh
unset NODE_OPTIONS
exec "\${0%/*}/node" "\${0%/*}/${PROGRAM}" "$@"
`;
const FOR_WINDOWS = `@setlocal\r\n@set NODE_OPTIONS=\r\n@"%~dp0node.exe" "%~dp0${PROGRAM}" %*\r\n`;

/** Goes on after a failure: one run shows all that is wrong. @param {string[]} targets @returns {Promise<number>} the exit code */
export async function makeArchives(targets) {
  await build();
  fs.mkdirSync(ARCHIVES, { recursive: true });
  removeOthers();
  const failed = [];
  for (const target of targets) {
    try {
      await makeArchive(target);
    } catch (error) {
      failed.push(target);
      say(`${target}: NOT MADE: ${error instanceof Error ? error.message : error}`);
    }
  }
  writeSums(ARCHIVES);
  if (failed.length > 0) say(`Not made: ${failed.join(", ")}. The other archives are complete.`);
  return failed.length > 0 ? 1 : 0;
}

/** @param {string} target */
export function archiveName(target) {
  return `${NAME}-v${version}-${target}.tar.gz`;
}

/** @param {string} target */
async function makeArchive(target) {
  const start = performance.now();
  const file = archiveName(target);
  const { program, license } = await runtimeFor(target);
  const windows = TARGETS[target]?.windows;
  const draft = path.join(ARCHIVES, `.${file}`);
  await archive(draft, [
    { name: windows ? `${NAME}.cmd` : NAME, mode: 0o755, content: windows ? FOR_WINDOWS : FOR_UNIX },
    { name: PROGRAM, content: fs.readFileSync(path.join(root, LAUNCHER)) },
    { name: path.basename(PLUGIN), content: fs.readFileSync(path.join(root, PLUGIN)) },
    { name: windows ? "node.exe" : "node", mode: 0o755, content: fs.readFileSync(program) },
    { name: "LICENSE", content: fs.readFileSync(path.join(root, "LICENSE")) },
    { name: "LICENSE.node", content: fs.readFileSync(license) },
    { name: "THIRD_PARTY_NOTICES", content: fs.readFileSync(path.join(root, "THIRD_PARTY_NOTICES")) },
  ]);
  const { size } = fs.statSync(draft);
  fs.renameSync(draft, path.join(ARCHIVES, file));
  const tried = target === thisMachine() ? "can be tried here" : `made on ${thisMachine()}, where it cannot be tried`;
  say(
    `${path.join(ARCHIVES, file)}: ${(size / 1e6).toFixed(1)} MB with Node.js ${NODE_VERSION} in ${seconds(start)}; ${tried}`,
  );
}

/**
 * The same bytes for the same files: no user, no time of the machine, always the same order.
 *
 * @param {string} file @param {{ name: string, mode?: number, content: string | Buffer }[]} entries
 */
function archive(file, entries) {
  return withTemporaryFolder(async (folder) => {
    for (const { name, mode = 0o644, content } of entries) {
      fs.writeFileSync(path.join(folder, name), content);
      fs.chmodSync(path.join(folder, name), mode);
    }
    const names = entries.map(({ name }) => name);
    await tar.create({ portable: true, mtime: TIME, gzip: true, file, cwd: folder }, names);
  });
}

/** What an earlier version has left would be published with this one. */
function removeOthers() {
  for (const file of fs.readdirSync(ARCHIVES)) {
    if (!file.startsWith(`${NAME}-v${version}-`)) fs.rmSync(path.join(ARCHIVES, file));
  }
}
