/** The scripts as a user starts them: as programs, from any folder. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

const scripts = join(__dirname, "../scripts");
const names = readdirSync(scripts).filter((name) => !name.includes(".") && statSync(join(scripts, name)).isFile());
let elsewhere: string;

beforeAll(() => {
  elsewhere = mkdtempSync(join(tmpdir(), "pulumi-plivo-scripts-"));
});

afterAll(() => {
  rmSync(elsewhere, { recursive: true, force: true });
});

test.each(names)("scripts/%s -h explains it, from any folder", (name) => {
  const text = execFileSync(join(scripts, name), ["-h"], { cwd: elsewhere, encoding: "utf8" });
  expect(text).toContain(`scripts/${name}`);
});

test.each(names)("scripts/%s refuses an option that it does not know", (name) => {
  const { status, stderr } = spawnSync(join(scripts, name), ["--nonsense"], { cwd: elsewhere, encoding: "utf8" });
  expect(status).not.toBe(0);
  expect(stderr).toContain("--nonsense");
});

test("scripts/README.md has a line for each script", () => {
  const text = readFileSync(join(scripts, "README.md"), "utf8");
  expect(names.filter((name) => !text.includes(`| \`${name}\` |`))).toEqual([]);
});

test("each package that a script imports is found from where the script is", () => {
  const folders = [join(scripts, "src"), join(scripts, "../bench")];
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  );
  const imported = files
    .filter((name) => /\.m[jt]s$/.test(name))
    .flatMap((file) => {
      const found = readFileSync(file, "utf8").matchAll(/^(?:import|export) .*?from "([^."][^"]*)"/gms);
      return [...found].map(([, from]) => [from, pathToFileURL(file).href]);
    });
  expect(imported.length).toBeGreaterThan(50);
  const program = `for (const [from, file] of ${JSON.stringify(imported)})
    try { import.meta.resolve(from, file); } catch (error) { console.log(from, file, error.code); }`;
  const args = ["--experimental-import-meta-resolve", "--input-type=module", "-e", program];
  expect(execFileSync(process.execPath, args, { cwd: elsewhere, encoding: "utf8" })).toBe("");
});

test.each([
  { what: "no colour codes, also where CI says that there may be", settings: { CI: "true" }, coloured: false },
  { what: "the colours that the user forces", settings: { CI: "true", FORCE_COLOR: "1" }, coloured: true },
])("what a script runs prints, where its output is no terminal, $what", ({ settings, coloured }) => {
  const { FORCE_COLOR: _force, NO_COLOR: _no, ...env } = process.env;
  const library = JSON.stringify(pathToFileURL(join(scripts, "src/lib/run.mjs")));
  const frame = `require("@babel/code-frame").codeFrameColumns("1;", { start: { line: 1 } }, { highlightCode: true })`;
  const args = JSON.stringify(["-e", `console.log(${frame})`]);
  const program = `import { run } from ${library}; await run(process.execPath, ${args}, { show: true });`;
  const options = { cwd: elsewhere, encoding: "utf8", env: { ...env, ...settings } } as const;
  const text = execFileSync(process.execPath, ["--input-type=module", "-e", program], options);
  expect(text).toContain("1");
  expect(text.includes("\u001b[")).toBe(coloured);
});

describe("scripts/engine with a Pulumi on PATH", () => {
  /** A folder with programs that print `version`. */
  function installed(name: string, version: string, files: readonly string[]): string {
    const folder = join(elsewhere, name);
    mkdirSync(folder);
    for (const file of files) writeFileSync(join(folder, file), `#!/bin/sh\necho v${version}\n`, { mode: 0o755 });
    return folder;
  }

  function engine(path: string, ...args: string[]) {
    const env = {
      ...process.env,
      PATH: [path, process.env.PATH].join(delimiter),
      XDG_CACHE_HOME: join(elsewhere, "cache"),
    };
    return execFileSync(join(scripts, "engine"), args, { cwd: elsewhere, encoding: "utf8", env }).trimEnd();
  }

  test("prints its folder when everything is there", () => {
    const files = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];
    const folder = installed("complete", "3.300.0", files);
    expect(engine(folder)).toBe(folder);
  });

  test("gathers what lies apart, and adds the host of dynamic resources", () => {
    const host = installed("host", "3.300.0", ["pulumi-language-nodejs"]);
    const cli = installed("cli", "3.300.0", ["pulumi"]);
    const folder = engine([cli, host].join(delimiter));
    expect(readdirSync(folder).sort()).toEqual(["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]);
    expect(execFileSync(join(folder, "pulumi"), { encoding: "utf8" })).toBe("v3.300.0\n");
  });
});
