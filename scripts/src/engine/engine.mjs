/** A real Pulumi engine in a folder, from whichever source this machine offers. */

import fs from "node:fs";
import path from "node:path";
import { cacheFolder, Problem, say } from "../lib/cli.mjs";
import { ensureInstalled } from "../lib/install.mjs";
import { withLock } from "../lib/lock.mjs";
import { filesFor, missingIn } from "./files.mjs";
import { build, goProblem } from "./go-build.mjs";
import { install } from "./installer.mjs";
import { fromPath } from "./on-path.mjs";

/** What is installed or built where no Pulumi is; raise it together with the facts in the docs. */
export const DEFAULT_VERSION = "3.274.1";

/**
 * @param {{ version?: string | undefined, hosts?: string[] }} [wanted]
 * @returns {Promise<string>} the folder with `pulumi`, the language hosts and the dynamic provider's host
 */
export async function engine({ version, hosts = ["nodejs"] } = {}) {
  await ensureInstalled();
  const installed = await fromPath(version, hosts);
  if (installed) return installed;
  const wanted = version ?? DEFAULT_VERSION;
  const folder = cacheFolder("engine", wanted, "bin");
  const files = filesFor(hosts);
  if (missingIn(folder, files).length > 0) {
    await withLock(cacheFolder("engine", "lock"), "making a Pulumi engine", () => fill(folder, wanted, files));
  }
  return folder;
}

/** @param {string} folder @param {string} version @param {string[]} files */
async function fill(folder, version, files) {
  const missing = missingIn(folder, files);
  if (missing.length === 0) return;
  const draft = cacheFolder("engine", `${version}.partial`);
  fs.rmSync(draft, { recursive: true, force: true });
  try {
    const installer = await install(version, draft);
    // Not only when it failed: a release may lack a host.
    const left = missingIn(path.join(draft, "bin"), missing);
    if (left.length > 0) {
      const go = await goProblem();
      if (go) throw new Problem(explain(version, installer ?? `brought no ${left.join(", ")}`, go));
      await build(version, left, draft);
    }
    publish(path.join(draft, "bin"), folder);
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
  say(`Engine ready in ${folder}`);
}

/** File by file and each at once: a run that is reading the folder sees old or new, never half. @param {string} from @param {string} to */
function publish(from, to) {
  fs.mkdirSync(to, { recursive: true });
  for (const file of fs.readdirSync(from)) fs.renameSync(path.join(from, file), path.join(to, file));
}

/** @param {string} version @param {string} installer @param {string} go */
function explain(version, installer, go) {
  return `No Pulumi engine. Any one of these helps:
  1. Install Pulumi (3.216 or newer), so that \`pulumi\` is on PATH: https://www.pulumi.com/docs/install/
  2. Let this machine reach get.pulumi.com: the official installer for ${version} said: ${installer}.
  3. Install Go 1.21 or newer, and Pulumi is built from Go modules (some minutes, once): ${go}.`;
}
