/** Writes (or with --check compares) every generated file. Run through scripts/generate. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { dynamicSdk } from "../../provider/schema/typescript.js";

const root = join(import.meta.dirname, "../..");

/** Folders whose whole content is generated, with the files that belong there. */
const generated: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "sdk/dynamic/generated": dynamicSdk(),
};

function formatted(path: string, text: string): string {
  if (!path.endsWith(".ts")) return text;
  const biome = join(root, "node_modules/.bin/biome");
  return execFileSync(biome, ["format", `--stdin-file-path=${path}`], { cwd: root, input: text, encoding: "utf8" });
}

function stale(path: string, text: string): boolean {
  const full = join(root, path);
  return !existsSync(full) || readFileSync(full, "utf8") !== text;
}

function main(): number {
  const { values } = parseArgs({ options: { check: { type: "boolean" }, help: { type: "boolean", short: "h" } } });
  if (values.help) {
    process.stdout.write(
      "scripts/generate [--check]: writes the generated files; with --check fails when one is stale\n",
    );
    return 0;
  }
  const wrong: string[] = [];
  for (const [folder, files] of Object.entries(generated)) {
    const expected = Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text] as const);
    for (const [path, text] of expected) {
      const wanted = formatted(path, text);
      if (!stale(path, wanted)) continue;
      wrong.push(path);
      if (values.check) continue;
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), wanted);
    }
    const left = existsSync(join(root, folder))
      ? readdirSync(join(root, folder)).filter((name) => !(name in files))
      : [];
    wrong.push(...left.map((name) => `${folder}/${name}`));
    if (!values.check) for (const name of left) rmSync(join(root, folder, name));
  }
  for (const path of wrong) process.stdout.write(`${values.check ? "stale" : "written"}: ${path}\n`);
  if (values.check && wrong.length > 0) process.stdout.write("run scripts/generate and commit the result\n");
  return values.check && wrong.length > 0 ? 1 : 0;
}

process.exitCode = main();
