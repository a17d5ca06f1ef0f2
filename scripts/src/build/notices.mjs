/** THIRD_PARTY_NOTICES: the licences of every package whose code is in our bundles. */

import fs from "node:fs";
import path from "node:path";
import { Problem, root } from "../lib/cli.mjs";

const LICENCE_FILE = /^(licen[cs]e|copying|notice)([-.].*)?$/i;
const RULE = "=".repeat(80);

/** @param {Iterable<string>} inputs source files, as esbuild's metafile names them */
export function notices(inputs) {
  const folders = new Set([...inputs].flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []));
  const packages = [...folders].map(describe).sort((a, b) => (a.title < b.title ? -1 : 1));
  const list = packages.map(({ title }) => `  ${title}`).join("\n");
  const texts = packages.map(({ title, text }) => `${RULE}\n${title}\n${RULE}\n\n${text}\n`).join("\n");
  return `The files in dist/ and bin/ contain code of these packages, each under its own licence:\n\n${list}\n\n${texts}`;
}

/** @param {string} folder */
function describe(folder) {
  const at = path.join(root, folder);
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(at, "package.json"), "utf8"));
  const files = fs.readdirSync(at).sort();
  const texts = files.filter((file) => LICENCE_FILE.test(file)).map((file) => read(path.join(at, file)));
  const readme = files.find((file) => /^readme(\.md)?$/i.test(file));
  if (texts.length === 0 && readme) texts.push(...licenceInReadme(read(path.join(at, readme))));
  if (texts.length === 0) {
    throw new Problem(`${name} ${version} is bundled but comes without a licence text: replace or do not bundle it.`);
  }
  return { title: `${name} ${version} (${license})`, text: texts.join("\n\n") };
}

/** Some authors put the whole licence under a heading of the README; one line that only names it is not enough. @param {string} text */
function licenceInReadme(text) {
  const section = /^(?:#+ *licen[cs]e *#*|licen[cs]e\n-+)\n([\s\S]+)/im.exec(text)?.[1]?.trim() ?? "";
  return /permission|redistribut/i.test(section) ? [section] : [];
}

/** @param {string} file */
function read(file) {
  return fs.readFileSync(file, "utf8").replaceAll("\r\n", "\n").trim();
}
