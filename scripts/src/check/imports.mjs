/**
 * Imports point one way: adapters -> resources, functions -> client, lifecycle. A check of our own, because a linter's
 * patterns see `../x` where this rule needs the folder that it leads to.
 */

import fs from "node:fs";
import path from "node:path";
import ts from "typescript";
import { root } from "../lib/cli.mjs";
import { sourceFiles } from "./files.mjs";

/**
 * @typedef {object} Layer
 * @property {string} folder
 * @property {string[]} may other folders of ours
 * @property {RegExp} [packages] the only packages (all if not given; Node's own are never asked about)
 * @property {RegExp} [never] packages it knows nothing of
 */

const TEXT = "provider/text";
/** Loaded into every user's program by the SDK classes, so that it depends on nothing; each warning is written once. */
const WARNINGS = "provider/warnings";
const KERNEL = ["provider/client", "provider/lifecycle", TEXT, WARNINGS];
const DEFINITIONS = ["provider/resources", "provider/functions", ...KERNEL];

/** @type {Layer[]} */
const LAYERS = [
  { folder: TEXT, may: [], packages: /^$/ },
  { folder: WARNINGS, may: [], packages: /^$/ },
  { folder: "provider/client", may: [TEXT], never: /^(@pulumi|@grpc|pulumi-plivo)/ },
  { folder: "provider/lifecycle", may: [TEXT, WARNINGS], never: /^(@pulumi|@grpc|axios|pulumi-plivo)/ },
  { folder: "provider/resources", may: KERNEL, never: /^(@pulumi|@grpc|axios|pulumi-plivo)/ },
  {
    folder: "provider/functions",
    may: ["provider/resources", ...KERNEL],
    never: /^(@pulumi|@grpc|axios|pulumi-plivo)/,
  },
  { folder: "provider/schema", may: DEFINITIONS, never: /^(@grpc|axios|pulumi-plivo)/ },
  { folder: "provider/dynamic", may: DEFINITIONS, never: /^(@grpc|axios)/ },
  { folder: "provider/plugin", may: ["provider/schema", ...DEFINITIONS], never: /^axios/ },
  { folder: "sdk/dynamic", may: [WARNINGS], packages: /^@pulumi\/pulumi(\/|$)|^pulumi-plivo\/provider$/ },
  // Nothing that could share a mistake about the API.
  { folder: "simulator", may: [], never: /^(@pulumi|@grpc|axios|pulumi-plivo)/ },
  { folder: "cli/migrate", may: [], never: /^(@pulumi|@grpc|axios|pulumi-plivo)/ },
  { folder: "cli", may: ["simulator/index"], never: /^(@pulumi|@grpc|axios|pulumi-plivo)/ },
];

/** Used from outside by name, so that our own imports say nothing about them. */
const ENTRY = /(^|\/)(index|main)\.ts$/;
/** A test may call what it compares with and what it runs against, except that the simulator has its own reading of the API. */
const TESTS_MAY = ["simulator", "tests", "sdk/dynamic", "provider/dynamic"];

/** @returns {Promise<string[]>} what is wrong, one line each */
export async function importProblems() {
  const imports = new Map((await sourceFiles()).map((file) => [file, importsOf(file)]));
  const tests = testFiles(imports);
  return [...imports].flatMap(([file, names]) => {
    const layer = LAYERS.find(({ folder }) => file.startsWith(`${folder}/`));
    if (!layer) return [];
    const wrong = names.map((name) => ({ name, why: refusal(layer, file, name, tests.has(file)) }));
    return wrong.filter(({ why }) => why).map(({ name, why }) => `${file}: imports "${name}": ${why}`);
  });
}

/** @param {string} file */
function importsOf(file) {
  const text = fs.readFileSync(path.join(root, file), "utf8");
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

/** Tests, and what only tests import: known by use, not by name. @param {Map<string, string[]>} imports */
function testFiles(imports) {
  const tests = new Set([...imports.keys()].filter((file) => /\.test\.ts$|^tests\//.test(file)));
  const importers = importersOf(imports);
  for (let before = -1; before !== tests.size; ) {
    before = tests.size;
    for (const [file, by] of importers) {
      if (!ENTRY.test(file) && by.every((importer) => tests.has(importer))) tests.add(file);
    }
  }
  return tests;
}

/** @param {Map<string, string[]>} imports @returns {Map<string, string[]>} file -> the files that import it */
function importersOf(imports) {
  const importers = new Map();
  for (const [file, names] of imports) {
    for (const name of names) {
      const target = [".ts", "/index.ts", ""].map((end) => resolve(file, name) + end).find((path) => imports.has(path));
      if (target) importers.set(target, [...(importers.get(target) ?? []), file]);
    }
  }
  return importers;
}

/** @param {string} file @param {string} name */
function resolve(file, name) {
  return path.posix.join(path.posix.dirname(file), name);
}

/** @param {Layer} layer @param {string} file @param {string} name @param {boolean} isTest @returns {string | undefined} */
function refusal(layer, file, name, isTest) {
  if (!name.startsWith(".")) return isTest ? undefined : packageRefusal(layer, name);
  const target = resolve(file, name);
  // The version of package.json is nobody's layer.
  if (target === "package.json") return undefined;
  const allowed = [layer.folder, ...layer.may, ...(isTest && layer.folder !== "simulator" ? TESTS_MAY : [])];
  if (allowed.some((folder) => target === folder || target.startsWith(`${folder}/`))) return undefined;
  return `${layer.folder} may import ${layer.may.join(", ") || "nothing else"} of ours`;
}

/** @param {Layer} layer @param {string} name */
function packageRefusal(layer, name) {
  if (name.startsWith("node:")) return undefined;
  if (layer.never?.test(name)) return `${layer.folder} knows nothing of it`;
  if (layer.packages && !layer.packages.test(name)) return `${layer.folder} may import ${layer.packages} only`;
  return undefined;
}
