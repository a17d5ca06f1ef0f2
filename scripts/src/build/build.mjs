/** Everything of the npm package that is not a source file. */

import fs from "node:fs";
import path from "node:path";
import { root, say, seconds } from "../lib/cli.mjs";
import { filesBelow } from "../lib/files.mjs";
import { checkoutLock, withLock } from "../lib/lock.mjs";
import { bundle, LAUNCHER, PROGRAMS } from "./bundles.mjs";
import { isFresh, isOfOthers, markFresh } from "./fresh.mjs";
import { notices } from "./notices.mjs";
import { COMPILED, pluginSdk, pluginTypes } from "./plugin-sdk.mjs";
import { declarations } from "./types.mjs";

/** On Windows an executable has an extension, and a shell looks for `node` in the working folder first unless told not to. */
const FOR_WINDOWS = `@setlocal\r\n@set NoDefaultCurrentDirectoryInExePath=1\r\n@node "%~dp0${path.basename(LAUNCHER)}" %*\r\n`;

/** Makes dist/, bin/, sdk/nodejs/bin/ and THIRD_PARTY_NOTICES, unless they are there for these very sources. */
export async function build() {
  await withLock(checkoutLock("build"), "building", async () => {
    if (isFresh()) return;
    const start = performance.now();
    // First, because the rest is made from it.
    const sdk = await pluginSdk();
    publish(sdk, [COMPILED]);
    const [{ files, inputs }, ...types] = await Promise.all([bundle(), declarations(), pluginTypes()]);
    for (const [file, text] of types.flatMap((declared) => [...declared])) files.set(file, text);
    files.set(`${LAUNCHER}.cmd`, FOR_WINDOWS);
    files.set("bin/plugin.js", source("run-plugin.cjs"));
    files.set("THIRD_PARTY_NOTICES", notices(inputs));
    publish(files, ["dist", "bin"]);
    markFresh();
    const told = [...files.keys()].filter((file) => !file.startsWith("dist/plugin/")).sort();
    say(`${told.join(", ")}, dist/plugin/, ${COMPILED}/ in ${seconds(start)}`);
  });
}

/** @param {string} file of the plugin, published as it is */
function source(file) {
  return fs.readFileSync(path.join(root, "provider/plugin", file), "utf8");
}

/** @param {Map<string, string>} files @param {string[]} folders that hold nothing else */
function publish(files, folders) {
  const left = folders.flatMap((folder) => filesBelow(folder, isOfOthers)).filter((file) => !files.has(file));
  for (const file of left) fs.rmSync(path.join(root, file));
  for (const [file, text] of files) write(path.join(root, file), text, PROGRAMS.includes(file) ? 0o755 : 0o644);
}

/** At once, and only when it differs: a test may be reading the file while `npm pack` builds again. @param {string} file @param {string} text @param {number} mode */
function write(file, text, mode) {
  if (fs.existsSync(file) && fs.readFileSync(file, "utf8") === text) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, text, { mode });
  fs.renameSync(draft, file);
}
