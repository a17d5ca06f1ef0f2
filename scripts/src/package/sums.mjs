/** Checksums in the form of `sha256sum --check`. Uses no library. */

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { Problem } from "../lib/cli.mjs";

const SUMS = "SHA256SUMS";

/** @param {string} folder */
function sumsOf(folder) {
  const files = fs.readdirSync(folder).filter((file) => !file.startsWith(".") && file !== SUMS);
  const lines = files.sort().map((file) => {
    const sum = createHash("sha256").update(fs.readFileSync(path.join(folder, file)));
    return `${sum.digest("hex")}  ${file}\n`;
  });
  return lines.join("");
}

/** @param {string} folder */
export function writeSums(folder) {
  fs.writeFileSync(path.join(folder, SUMS), sumsOf(folder));
}

/** @param {string} folder */
export function checkSums(folder) {
  if (fs.readFileSync(path.join(folder, SUMS), "utf8") === sumsOf(folder)) return;
  throw new Problem(`The files in ${folder} are not those of its ${SUMS}: make them again.`);
}
