/** Prints the declarations of one entry: `node types-of.mjs FILE TSCONFIG`. A process each, because together they take three times as long. */

import { generateDtsBundle } from "dts-bundle-generator";

const [, , filePath = "", tsconfig = ""] = process.argv;
const entry = { filePath, output: { noBanner: true, exportReferencedTypes: false } };
try {
  process.stdout.write(generateDtsBundle([entry], { preferredConfigPath: tsconfig }).join(""));
} catch (error) {
  // Of a type error the generator has printed the compiler's message already.
  process.stderr.write(String(error instanceof Error ? error.message : error));
  process.exitCode = 1;
}
