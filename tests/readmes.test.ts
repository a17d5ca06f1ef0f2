/** The README of a folder is its table of contents. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { root } from "./support/pages/markdown";

const provider = readdirSync(join(root, "provider"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
const rooms = [
  "provider/client/api",
  "provider/client/cache",
  "provider/client/http",
  "provider/lifecycle/definition",
  "provider/lifecycle/state",
];
const others = [
  ...rooms,
  "sdk/components",
  "sdk/dynamic",
  "sdk/plugin",
  "simulator",
  "cli",
  "cli/migrate",
  "cli/shared",
  "cli/inventory",
  "cli/adopt",
  "cli/audit",
  "cli/adopt/languages",
  "cli/contract",
  "cli/contract/account",
  "cli/contract/facts",
  "cli/contract/record",
  "tests",
];
const folders = [...provider.map(({ name }) => `provider/${name}`), ...others];

/** Names in code marks; `get-*.ts` stands for many. */
function namesIn(readme: string): readonly RegExp[] {
  const names = [...readme.matchAll(/`([^`\s]+)`/g)].map(([, name = ""]) => name.replace(/^\.\//, ""));
  return names.map((name) => {
    const parts = name.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join("[^/]*")}$`);
  });
}

/** Tests stand beside what they test; those in tests/ do not. */
function namesAreWanted(folder: string, file: string): boolean {
  return /\.(ts|cjs|mjs|json)$/.test(file) && (folder === "tests" || !file.endsWith(".test.ts"));
}

test.each(folders)("the README of %s names each of its files that is no test", (folder) => {
  const readme = join(root, folder, "README.md");
  expect(existsSync(readme)).toBe(true);
  const names = namesIn(readFileSync(readme, "utf8"));
  const files = readdirSync(join(root, folder)).filter((file) => namesAreWanted(folder, file));
  expect(files.filter((file) => !names.some((name) => name.test(file)))).toEqual([]);
});

test("no folder has more than 15 source files side by side", () => {
  const isSource = (file: string) => /\.[cm]?ts$/.test(file) && !file.endsWith(".test.ts");
  const counts = folders.map((folder) => [folder, readdirSync(join(root, folder)).filter(isSource).length] as const);
  expect(counts.filter(([, count]) => count > 15)).toEqual([]);
});

test("CONTRIBUTING.md names every script and every folder", () => {
  const text = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
  const scripts = readdirSync(join(root, "scripts"), { withFileTypes: true }).filter((entry) => entry.isFile());
  const names = scripts.map(({ name }) => name).filter((name) => !name.includes("."));
  expect(names.filter((name) => !text.includes(`| \`scripts/${name}\` |`))).toEqual([]);
  const withReadme = readdirSync(root).filter((name) => existsSync(join(root, name, "README.md")));
  const ours = withReadme.filter((name) => !/^(node_modules|dist)$/.test(name));
  expect(ours.filter((name) => !text.includes(`| [${name}/](${name}/README.md) |`))).toEqual([]);
});
