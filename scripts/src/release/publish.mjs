/** What publishes a release: run by its workflow, printed by a dry run. PyPI has an action of its own. Uses no library. */

import fs from "node:fs";
import path from "node:path";
import { Problem, root, say, version } from "../lib/cli.mjs";
import { must, run } from "../lib/run.mjs";
import { checkSums } from "../package/sums.mjs";

export const RELEASE = path.join(root, "dist/release");
const PACKAGE = `pulumi-plivo-${version}.tgz`;
const isPrerelease = version.includes("-");
const commit = process.env.GITHUB_SHA ?? "HEAD";

/** Pairs of commands: the first prints something once that is published which the second publishes. */
const publications = /** @type {Record<string, () => [string, string][]>} */ ({
  npm: () => [
    [
      `npm view pulumi-plivo@${version} version`,
      `npm publish ./${PACKAGE} --provenance --access=public --tag=${isPrerelease ? "next" : "latest"}`,
    ],
  ],
  github: () => [
    // First: the release announces the SDK for Go.
    // On another commit it does not count: GitHub then refuses to make it again.
    [
      `gh api repos/{owner}/{repo}/git/ref/tags/sdk/go/v${version} --jq select(.object.sha=="${commit}")`,
      `gh api repos/{owner}/{repo}/git/refs -f ref=refs/tags/sdk/go/v${version} -f sha=${commit}`,
    ],
    // A run that ended while it uploaded has left a draft, which gh shows as a release too.
    [
      `gh release view v${version} --json isDraft --jq select(.isDraft|not)`,
      `gh release create v${version} --verify-tag --title v${version} --notes-file notes.md${isPrerelease ? " --prerelease" : ""} ${fs.readdirSync(RELEASE).join(" ")}`,
    ],
  ],
});

/** A second run publishes what the first did not. @param {string} to @param {boolean} dryRun */
export async function publish(to, dryRun) {
  if (!Object.hasOwn(publications, to)) throw new Problem(`--publish takes npm or github, not "${to}".`);
  if (!fs.existsSync(path.join(RELEASE, PACKAGE))) {
    throw new Problem(`There is no release of ${version} in ${RELEASE}: make it first.`);
  }
  checkSums(RELEASE);
  for (const [exists, command] of publications[to]?.() ?? []) {
    if (dryRun) say(`would run: ${command}`);
    else if (await prints(exists)) say(`published already: ${command}`);
    else say((await runWords(command, must)).output);
  }
}

/** gh prints its errors as results. @param {string} command */
async function prints(command) {
  const { code, stdout } = await runWords(command, run);
  return code === 0 && stdout.trim() !== "";
}

/** @param {string} command whose words contain no spaces @param {typeof run} how */
function runWords(command, how) {
  const [program = "", ...args] = command.split(" ");
  return how(program, args, { cwd: RELEASE });
}
