/** Way 2: Pulumi's own installer, downloaded by the Automation API. */

import path from "node:path";
import { fileURLToPath } from "node:url";
import { say, seconds } from "../lib/cli.mjs";
import { run } from "../lib/run.mjs";

/** About 150 MB to download; where the network swallows packets, this is how long it takes to notice. */
const LIMIT_MS = 180_000;

/**
 * @param {string} version @param {string} folder receives bin/
 * @returns {Promise<string | undefined>} why it did not work
 */
export async function install(version, folder) {
  const start = performance.now();
  say(`Official installer for Pulumi ${version} ...`);
  const program = path.join(path.dirname(fileURLToPath(import.meta.url)), "install-cli.mjs");
  const { code, output } = await run(process.execPath, [program, version, folder], { timeoutMs: LIMIT_MS });
  if (code === 0) {
    say(`Official installer: done in ${seconds(start)}`);
    return undefined;
  }
  const why = code === 124 ? `no end after ${LIMIT_MS / 1000} s` : lastLine(output);
  say(`Official installer: ${why}`);
  return why;
}

/** @param {string} text */
function lastLine(text) {
  return text.trim().split("\n").filter(Boolean).at(-1) ?? "failed without a message";
}
