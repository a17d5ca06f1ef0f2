/** Writes (or with --check compares) every generated file and section. Run through scripts/generate. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { FOLDERS } from "../../.dependency-cruiser.mjs";
import { documentation, withSections } from "../../provider/schema/docs.js";
import { packageSpec } from "../../provider/schema/package-spec.js";
import { dynamicSdk } from "../../provider/schema/typescript.js";
import { reliabilityPage, reliabilitySections } from "../../tests/faults/table.js";
import { makeSdks, staleSdks } from "./generate/plugin-sdks.mjs";
import { Problem, root, script } from "./lib/cli.mjs";

const usage = `
Usage: scripts/generate [--check]

Writes the generated files and the generated sections of the documentation.

  --check    write nothing; fail when one is stale`;

/** Folders that hold nothing but generated files: one that is not generated any more is removed. */
const owned = ["sdk/dynamic/generated"];

/** Path -> what it shall hold. */
function wantedFiles(): ReadonlyMap<string, string> {
  const sdk = Object.entries(dynamicSdk()).map(([name, text]) => [`sdk/dynamic/generated/${name}`, text] as const);
  const files = [...sdk, ["provider/schema/schema.json", JSON.stringify(packageSpec())] as const];
  return new Map([...files.map(([path, text]) => [path, formatted(path, text)] as const), ...pages()]);
}

/** Pages written by hand, of which only the marked sections are generated. */
function pages(): readonly (readonly [string, string])[] {
  const all = {
    ...documentation(),
    [reliabilityPage]: reliabilitySections(),
    "docs/architecture.md": { folders: foldersDiagram() },
  };
  return Object.entries(all).map(([path, sections]) => {
    const full = join(root, path);
    const text = existsSync(full) ? readFileSync(full, "utf8") : "";
    return [path, withSections(path, text, sections)];
  });
}

/** Which folder imports from which, tests left out. */
function foldersDiagram(): string {
  const folders = `^(${FOLDERS.join("|")})`;
  const depcruise = join(root, "node_modules/.bin/depcruise");
  const only = ["--include-only", folders, "--exclude", "[.]test[.]ts$|/testing/", "--collapse", folders];
  const args = [...only, "--output-type", "mermaid", ...FOLDERS];
  const text = execFileSync(depcruise, args, { cwd: root, encoding: "utf8" });
  return `\`\`\`mermaid\n${text.trim()}\n\`\`\``;
}

function formatted(path: string, text: string): string {
  const biome = join(root, "node_modules/.bin/biome");
  return execFileSync(biome, ["check", "--write", `--stdin-file-path=${path}`], {
    cwd: root,
    input: text,
    encoding: "utf8",
  });
}

function isStale(path: string, text: string): boolean {
  const full = join(root, path);
  return !existsSync(full) || readFileSync(full, "utf8") !== text;
}

function leftOver(wanted: ReadonlyMap<string, string>): readonly string[] {
  const present = owned.flatMap((folder) =>
    existsSync(join(root, folder)) ? readdirSync(join(root, folder)).map((name) => `${folder}/${name}`) : [],
  );
  return present.filter((path) => !wanted.has(path));
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** @returns the exit code */
function generate(isCheck: boolean): number {
  const wanted = wantedFiles();
  const stale = [...wanted].filter(([path, text]) => isStale(path, text));
  const left = leftOver(wanted);
  const sdks = staleSdks(root);
  for (const path of [...stale.map(([name]) => name), ...left, ...sdks]) {
    process.stdout.write(`${isCheck ? "stale" : "writing"}: ${path}\n`);
  }
  if (isCheck) return stale.length + left.length + sdks.length > 0 ? 1 : 0;
  for (const [path, text] of stale) write(path, text);
  for (const path of left) rmSync(join(root, path));
  // They are made from what was just written.
  if (staleSdks(root).length > 0) makeSdks(root);
  return 0;
}

await script({ usage, options: { check: { type: "boolean" } } }, async ({ values }) => {
  try {
    return generate(values.check === true);
  } catch (error) {
    // The stack of a file that was compiled in memory is a screenful of it.
    throw new Problem(error instanceof Error ? error.message : String(error));
  }
});
