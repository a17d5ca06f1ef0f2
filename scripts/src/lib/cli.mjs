/** What every script shares: the repository's root, `-h`, options, and errors that say what to do. */

import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import ownCache from "../../../provider/plugin/own-cache.cjs";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");

/** Of what is published. @type {string} */
export const version = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")).version;

/** An expected failure: printed as its message alone. Anything else that is thrown is our mistake and shows its stack. */
export class Problem extends Error {}

/**
 * Where things live that are too dear to make again for each checkout. Programs are run from there, so that it has to be
 * a folder that no other user can write.
 *
 * @param {string[]} segments
 */
export function cacheFolder(...segments) {
  const { folder, problem } = ownCache.ownCache();
  if (folder !== undefined) return path.join(folder, ...segments);
  throw new Problem(`No folder for caches: ${problem}. Set XDG_CACHE_HOME to a folder that only you can write.`);
}

/** Progress goes to stderr: stdout belongs to results that other programs read. @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** @param {number} since a value of performance.now() */
export function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/** @param {string} version @param {string} than such as "3.216" */
export function isOlder(version, than) {
  return version.localeCompare(than, "en", { numeric: true }) < 0;
}

/** @typedef {NonNullable<import("node:util").ParseArgsConfig["options"]>} Options */
/**
 * @typedef {object} Args
 * @property {Record<string, string | boolean | undefined>} values
 * @property {string[]} positionals empty unless the script takes some
 * @property {string[]} rest what stands after `--`
 */

/**
 * Parses the arguments, answers `-h`, runs `main` and turns what it throws into a message and exit code 1.
 * The first line of `usage` is the synopsis.
 *
 * @param {{ usage: string, options?: Options, positionals?: string[] }} spec `positionals`: those it takes
 * @param {(args: Args) => Promise<number | void>} main returns the exit code, 0 if none
 */
export async function script({ usage, options = {}, positionals = [] }, main) {
  try {
    const args = parse(usage, options);
    const unknown = args.positionals.find((word) => !positionals.includes(word));
    if (unknown !== undefined) throw new Problem(`"${unknown}" is not known here.\n${synopsis(usage)}`);
    if (args.values.help) {
      process.stdout.write(`${usage.trim()}\n`);
    } else {
      process.exitCode = (await main(args)) ?? 0;
    }
  } catch (error) {
    say(error instanceof Problem ? error.message : String(error instanceof Error ? error.stack : error));
    // At once: what still runs (the other half of a build) has lost its purpose.
    process.exit(1);
  }
}

/** @param {string} usage @param {Options} options @returns {Args} */
function parse(usage, options) {
  const help = /** @type {const} */ ({ type: "boolean", short: "h" });
  const given = process.argv.slice(2);
  const end = given.includes("--") ? given.indexOf("--") : given.length;
  try {
    const args = given.slice(0, end);
    const { values, positionals } = parseArgs({ args, options: { ...options, help }, allowPositionals: true });
    return { values: /** @type {Args["values"]} */ (values), positionals, rest: given.slice(end + 1) };
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : error}\n${synopsis(usage)}`);
  }
}

/** @param {string} usage */
function synopsis(usage) {
  return usage.trim().split("\n")[0];
}
