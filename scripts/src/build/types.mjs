/** The `.d.ts` files: one self-contained file per entry, for old and new module resolution alike. */

import { builtinModules } from "node:module";
import path from "node:path";
import { generateDtsBundle } from "dts-bundle-generator";
import { Problem, root } from "../lib/cli.mjs";
import { ENTRIES, TYPED } from "./bundles.mjs";

/** @returns {Map<string, string>} */
export function declarations() {
  const entries = TYPED.map((output) => ({
    filePath: path.join(root, /** @type {string} */ (ENTRIES[output])),
    output: { noBanner: true, exportReferencedTypes: false },
  }));
  const texts = generate(entries);
  const files = new Map(TYPED.map((output, index) => [output.replace(/\.js$/, ".d.ts"), texts[index] ?? ""]));
  for (const [file, text] of files) selfContained(file, text);
  return files;
}

/** @param {import("dts-bundle-generator").EntryPointConfig[]} entries */
function generate(entries) {
  try {
    return generateDtsBundle(entries, { preferredConfigPath: path.join(root, "tsconfig.json") });
  } catch (error) {
    // The generator has printed the compiler's messages already.
    throw new Problem(`No types for dist/: ${error instanceof Error ? error.message : error}`);
  }
}

/** A type from a bundled library would be an unresolved import on the user's side. @param {string} file @param {string} text */
function selfContained(file, text) {
  const specifiers = [...text.matchAll(/(?:from|import|require|reference types=)[ (]*["']([^"']+)["']/g)].map(
    ([, name = ""]) => name,
  );
  const foreign = specifiers.find(
    (name) => !/^@pulumi\/pulumi(\/|$)|^node(:|$)/.test(name) && !builtinModules.includes(name),
  );
  if (foreign)
    throw new Problem(
      `dist/${file} would import "${foreign}", which users do not have: keep its types out of the exports.`,
    );
}
