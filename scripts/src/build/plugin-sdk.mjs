/** `pulumi-plivo/plugin`: Pulumi's generated SDK, compiled into `sdk/nodejs/bin`, from where it is bundled, and its types. */

import fs from "node:fs";
import path from "node:path";
import { root } from "../lib/cli.mjs";
import { filesBelow, withTemporaryFolder } from "../lib/files.mjs";
import { must } from "../lib/run.mjs";

const SOURCE = "sdk/nodejs";
export const COMPILED = "sdk/nodejs/bin";
/** The folder of the types: one file cannot hold the namespaces that Pulumi generates. */
const TYPES = "dist/plugin";

/** @returns {Promise<Map<string, string>>} path -> text */
export async function pluginSdk() {
  const files = await compiled(SOURCE, COMPILED);
  // The bundle takes its version from the first.
  for (const name of ["package.json", "README.md"]) files.set(`${COMPILED}/${name}`, read(`${SOURCE}/${name}`));
  return files;
}

/** Needs the files of `pluginSdk` where they belong. @returns {Promise<Map<string, string>>} path -> text */
export async function pluginTypes() {
  const files = await compiled("sdk/plugin", TYPES);
  for (const file of filesBelow(COMPILED).filter((name) => name.endsWith(".d.ts")))
    files.set(`${TYPES}/${file}`, read(file));
  return files;
}

/** @param {string} project a folder with tsconfig.json @param {string} folder of the results */
function compiled(project, folder) {
  return withTemporaryFolder(async (draft) => {
    const tsc = path.join(root, "node_modules/typescript/bin/tsc");
    // No maps: they would name sources that are not published.
    const maps = ["--sourceMap", "false", "--declarationMap", "false"];
    await must(process.execPath, [tsc, "-p", project, "--outDir", draft, ...maps]);
    const names = fs.readdirSync(draft, { recursive: true, encoding: "utf8" }).sort();
    const files = names.filter((name) => fs.statSync(path.join(draft, name)).isFile());
    const pathOf = (/** @type {string} */ name) => `${folder}/${name.split(path.sep).join("/")}`;
    return new Map(files.map((name) => [pathOf(name), fs.readFileSync(path.join(draft, name), "utf8")]));
  });
}

/** @param {string} file */
function read(file) {
  return fs.readFileSync(path.join(root, file), "utf8");
}
