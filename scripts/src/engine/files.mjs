/** What an engine folder holds. */

import fs from "node:fs";
import path from "node:path";
import { Problem, root } from "../lib/cli.mjs";

/** The script with which the engine starts the host of dynamic resources; npm brings it, not the CLI's Go module. */
export const DYNAMIC_HOST = "pulumi-resource-pulumi-nodejs";

/** Language host -> its files. */
export const HOSTS = /** @type {Record<string, string[]>} */ ({
  nodejs: ["pulumi-language-nodejs"],
  python: ["pulumi-language-python", "pulumi-language-python-exec"],
  go: ["pulumi-language-go"],
  yaml: ["pulumi-language-yaml"],
  java: ["pulumi-language-java"],
});

/** @param {string} list such as "nodejs,python" */
export function parseHosts(list) {
  const hosts = list.split(",").map((host) => host.trim());
  const unknown = hosts.find((host) => !(host in HOSTS));
  if (unknown !== undefined) {
    throw new Problem(`--hosts: "${unknown}" is not known; choose from ${Object.keys(HOSTS).join(", ")}.`);
  }
  return hosts;
}

/** @param {string[]} hosts @returns {string[]} */
export function filesFor(hosts) {
  return ["pulumi", DYNAMIC_HOST, ...hosts.flatMap((host) => HOSTS[host] ?? [])];
}

/** @param {string} folder @param {string[]} files */
export function missingIn(folder, files) {
  return files.filter((file) => !isExecutable(path.join(folder, file)));
}

/** @param {string} file */
export function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** @param {string} folder */
export function copyDynamicHost(folder) {
  const target = path.join(folder, DYNAMIC_HOST);
  fs.copyFileSync(path.join(root, "node_modules/@pulumi/pulumi", DYNAMIC_HOST), target);
  fs.chmodSync(target, 0o755);
}
