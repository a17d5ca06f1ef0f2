/** Way 1: a Pulumi that is installed already. */

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { cacheFolder, isOlder, say } from "../lib/cli.mjs";
import { run } from "../lib/run.mjs";
import { copyDynamicHost, DYNAMIC_HOST, filesFor, isExecutable, missingIn } from "./files.mjs";

/** The peer dependency's minimum: CLI and SDK are released together, and older pairs are not tested here. */
const MIN_VERSION = "3.216";

/**
 * @param {string | undefined} exactly the only version that will do
 * @param {string[]} hosts
 * @returns {Promise<string | undefined>} the folder
 */
export async function fromPath(exactly, hosts) {
  const pulumi = which("pulumi", []);
  if (!pulumi) return undefined;
  const { code, stdout } = await run(pulumi, ["version"], {
    env: { PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutMs: 20_000,
  });
  const version = stdout.trim().replace(/^v/, "");
  const problem = code === 0 ? versionProblem(version, exactly) : "does not run";
  if (problem) return refuse(pulumi, problem);
  return collect(pulumi, filesFor(hosts));
}

/** @param {string} version @param {string | undefined} exactly */
function versionProblem(version, exactly) {
  if (exactly) return version === exactly ? undefined : `is ${version}, not ${exactly}`;
  // A build without a version, or the next major: the Automation API refuses both.
  if (!version.startsWith("3.")) return `says version "${version}", not 3.x`;
  return isOlder(version, MIN_VERSION) ? `is ${version}, older than ${MIN_VERSION}` : undefined;
}

/** Prefers the CLI's own folder; else gathers links in a folder of ours. @param {string} pulumi @param {string[]} files */
function collect(pulumi, files) {
  const beside = path.dirname(pulumi);
  if (missingIn(beside, files).length === 0) return beside;
  // Package managers link only the CLI itself into PATH.
  const folders = [beside, path.dirname(fs.realpathSync(pulumi))];
  const found = files.map((file) => ({ file, at: which(file, folders) }));
  const missing = found.find(({ file, at }) => !at && file !== DYNAMIC_HOST);
  if (missing) return refuse(pulumi, `has no ${missing.file} beside it or on PATH`);
  const folder = cacheFolder(
    "engine",
    `links-${createHash("sha256").update(JSON.stringify(found)).digest("hex").slice(0, 12)}`,
    "bin",
  );
  fs.mkdirSync(folder, { recursive: true });
  for (const { file, at } of found) {
    if (isExecutable(path.join(folder, file))) continue;
    if (at) relink(at, path.join(folder, file));
    else copyDynamicHost(folder);
  }
  return folder;
}

/** @param {string} target @param {string} link */
function relink(target, link) {
  fs.rmSync(link, { force: true });
  fs.symlinkSync(target, link);
}

/** @param {string} file @param {string[]} first folders to look in before PATH */
function which(file, first) {
  const folders = [...first, ...(process.env.PATH ?? "").split(path.delimiter).filter(Boolean)];
  return folders.map((folder) => path.resolve(folder, file)).find(isExecutable);
}

/** @param {string} pulumi @param {string} why @returns {undefined} */
function refuse(pulumi, why) {
  say(`Not used: ${pulumi} ${why}.`);
}
