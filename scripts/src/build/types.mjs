/** The `.d.ts` files: one self-contained file per entry, for old and new module resolution alike. */

import { builtinModules } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Problem, root } from "../lib/cli.mjs";
import { run } from "../lib/run.mjs";
import { ENTRIES, TYPED } from "./bundles.mjs";

const GENERATOR = path.join(path.dirname(fileURLToPath(import.meta.url)), "types-of.mjs");

/** @returns {Promise<Map<string, string>>} */
export async function declarations() {
  return new Map(await Promise.all(TYPED.map(declarationsOf)));
}

/** @param {string} output @returns {Promise<[string, string]>} */
async function declarationsOf(output) {
  const entry = path.join(root, ENTRIES[output] ?? "");
  const file = output.replace(/\.js$/, ".d.ts");
  const result = await run(process.execPath, [GENERATOR, entry, path.join(root, "tsconfig.json")]);
  if (result.code !== 0) throw new Problem(`${file} cannot be made:\n${result.output.trim()}`);
  selfContained(file, result.stdout);
  return [file, result.stdout];
}

/** A type from a bundled library would be an unresolved import on the user's side. @param {string} file @param {string} text */
function selfContained(file, text) {
  const imports = [...text.matchAll(/(?:from|import|require|reference types=)[ (]*["']([^"']+)["']/g)];
  const foreign = imports
    .map(([, name = ""]) => name)
    .find((name) => !/^@pulumi\/pulumi(\/|$)|^node(:|$)/.test(name) && !builtinModules.includes(name));
  if (foreign) {
    throw new Problem(`${file} would import "${foreign}", which users do not have: keep it out of exported types.`);
  }
}
