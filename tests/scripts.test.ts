/** The scripts as a user starts them: as programs, from any folder. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
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

describe("scripts/engine with a Pulumi on PATH", () => {
  /** A folder with programs that answer `version`. */
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
