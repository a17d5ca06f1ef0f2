/** The plugin's SDK for Node.js, compiled: `sdk/nodejs/bin` is the folder that is published as `pulumi-plivo-sdk`. */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "../lib/cli.mjs";
import { must } from "../lib/run.mjs";

const SOURCE = "sdk/nodejs";
export const COMPILED = "sdk/nodejs/bin";

/** @returns {Promise<Map<string, string>>} path -> text */
export async function pluginSdk() {
  const draft = fs.mkdtempSync(path.join(os.tmpdir(), "pulumi-plivo-sdk-"));
  try {
    const tsc = path.join(root, "node_modules/typescript/bin/tsc");
    // No maps: they would name sources that are not published.
    const maps = ["--sourceMap", "false", "--declarationMap", "false"];
    await must(process.execPath, [tsc, "-p", SOURCE, "--outDir", draft, ...maps]);
    // Compiled code asks the first for its version, from its own folder.
    for (const file of ["package.json", "README.md"])
      fs.copyFileSync(path.join(root, SOURCE, file), path.join(draft, file));
    const names = fs.readdirSync(draft, { recursive: true, encoding: "utf8" }).sort();
    const files = names.filter((name) => fs.statSync(path.join(draft, name)).isFile());
    return new Map(files.map((name) => [compiledPath(name), fs.readFileSync(path.join(draft, name), "utf8")]));
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

/** @param {string} name */
function compiledPath(name) {
  return `${COMPILED}/${name.split(path.sep).join("/")}`;
}
