import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { must, run } from "../support/command";
import { LIMIT, pack, root } from "./support/consumer";

const place = { cwd: root, env: process.env };

let folder: string;
let tarball: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "plivo-tarball-"));
  tarball = await pack(folder);
}, LIMIT);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("it holds what is published and no source, test or machine path", async () => {
  const files = (await must("tar", ["-tzf", tarball], place)).trim().split("\n");
  expect(files).toEqual(
    expect.arrayContaining(["package/LICENSE", "package/THIRD_PARTY_NOTICES", "package/README.md"]),
  );
  expect(files.filter((file) => /\.tsx?$/.test(file) && !file.endsWith(".d.ts"))).toEqual([]);
  expect(files.filter((file) => /(^|\/)(tests?|node_modules|scripts|\.env)(\/|$)/.test(file))).toEqual([]);
  await must("tar", ["-xzf", tarball, "-C", folder], place);
  // grep ends with 1 when it finds nothing.
  expect(await run("grep", ["-rlF", root, join(folder, "package")], place)).toEqual({ code: 1, output: "" });
});

test("publint has nothing to say", async () => {
  const output = await must("node_modules/.bin/publint", [tarball, "--strict"], place);
  expect(output).toContain("All good!");
});

test("are-the-types-wrong finds nothing wrong, for any way of resolution", async () => {
  const args = [tarball, "--no-color", "--no-emoji", "--format", "ascii"];
  const { code, output } = await run("node_modules/.bin/attw", args, place);
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("No problems found") });
}, 60_000);
