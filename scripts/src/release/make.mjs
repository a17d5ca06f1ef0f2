/** dist/release: everything that a release publishes, made and then installed from there by tests/release/release.test.ts. */

import fs from "node:fs";
import path from "node:path";
import { build } from "../build/build.mjs";
import { Problem, root, say, seconds, version } from "../lib/cli.mjs";
import { withTemporaryFolder } from "../lib/files.mjs";
import { must, run } from "../lib/run.mjs";
import { ARCHIVES, archiveName, makeArchives } from "../package/archives.mjs";
import { writeSums } from "../package/sums.mjs";
import { jest } from "../test/jest.mjs";
import { RELEASE } from "./publish.mjs";
import { sbom } from "./sbom.mjs";

/** Builds sdist and wheel in an environment of its own. */
const PYTHON_BUILD = "build==1.3.0";

/** @param {string[]} targets @param {string | undefined} tag none in a dry run */
export async function makeRelease(targets, tag) {
  await requireTools("go", "python3");
  const notes = notesFor(fs.readFileSync(path.join(root, "CHANGELOG.md"), "utf8"), version, tag);
  fs.rmSync(RELEASE, { recursive: true, force: true });
  fs.mkdirSync(RELEASE, { recursive: true });
  await step("build", build);
  await Promise.all([
    step("plugin archives", () => copyArchives(targets)),
    step("npm packages", packNpm),
    step("sdist and wheel for Python", () => withTemporaryFolder(buildPython)),
    step("SBOM", async () => fs.writeFileSync(path.join(RELEASE, "sbom.cdx.json"), await sbom())),
  ]);
  fs.writeFileSync(path.join(RELEASE, "notes.md"), `${notes}\n`);
  writeSums(RELEASE);
  const env = { PULUMI_PLIVO_RELEASE: RELEASE };
  const { failed } = await jest("release", { args: ["release/release.test.ts"], env });
  if (failed > 0) throw new Problem("What was made does not work: see above.");
}

/** Else the first word of it comes after a minute, from a test. @param {string[]} tools */
async function requireTools(...tools) {
  const codes = await Promise.all(tools.map(async (tool) => (await run(tool, ["--help"])).code));
  const missing = tools.filter((_, index) => codes[index] === 127);
  if (missing.length > 0) throw new Problem(`A release needs ${missing.join(" and ")}: install it first.`);
}

/** @param {string} title @param {() => Promise<unknown>} work */
async function step(title, work) {
  const start = performance.now();
  await work();
  say(`ok     ${title} (${seconds(start)})`);
}

/** @param {string} changelog @param {string} of version @param {string | undefined} tag @returns {string} its section */
export function notesFor(changelog, of, tag) {
  if (tag && tag !== `v${of}`) throw new Problem(`The tag is ${tag}, and the version in package.json ${of}.`);
  const sections = changelog.split(/^## /m).slice(1);
  const released = sections.find((text) => /^\[(.+)\] - \d{4}-\d\d-\d\d\n/.exec(text)?.[1] === of);
  const section = released ?? (tag ? undefined : sections.find((text) => text.startsWith("[Unreleased]\n")));
  if (!section) throw new Problem(`CHANGELOG.md has no heading "## [${of}] - <date>": rename "Unreleased".`);
  return section.slice(section.indexOf("\n")).trim();
}

/** @param {string[]} targets */
async function copyArchives(targets) {
  if ((await makeArchives(targets)) !== 0) throw new Problem("Not all archives could be made.");
  const names = targets.map((target) => archiveName(target));
  for (const name of names) fs.copyFileSync(path.join(ARCHIVES, name), path.join(RELEASE, name));
}

async function packNpm() {
  await must("npm", ["pack", root, "--pack-destination", RELEASE, "--loglevel=error"]);
}

/** In a copy: setuptools builds inside of the folder that it is given. @param {string} folder */
async function buildPython(folder) {
  const [source, python] = [path.join(folder, "python"), path.join(folder, "venv/bin/python")];
  fs.cpSync(path.join(root, "sdk/python"), source, { recursive: true });
  await must("python3", ["-m", "venv", path.join(folder, "venv")]);
  await must(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", PYTHON_BUILD]);
  await must(python, ["-m", "build", "--outdir", RELEASE, source]);
}
