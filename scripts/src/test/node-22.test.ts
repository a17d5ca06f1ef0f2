import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

const root = join(__dirname, "../../..");

/** An ES module, which jest loads only with flags. */
function readList(): { patterns: readonly string[]; ignored: string } {
  const program = `
    import { DEPEND_ON_NODE, independentOfNode } from ${JSON.stringify(join(__dirname, "node-22.mjs"))};
    process.stdout.write(JSON.stringify({ patterns: DEPEND_ON_NODE, ignored: independentOfNode }));`;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" }));
}

const folders = ["cli", "provider", "scripts/src", "simulator", "tests"];
const files = folders
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => `/${folder}/${name}`),
  )
  .filter((path) => path.endsWith(".test.ts"));

test("each pattern of the tests that depend on Node matches some, and those alone are not ignored", () => {
  const { patterns, ignored } = readList();
  expect(patterns.filter((pattern) => !files.some((path) => new RegExp(pattern).test(path)))).toEqual([]);
  for (const path of files)
    expect([path, new RegExp(ignored).test(path)]).toEqual([path, !new RegExp(patterns.join("|")).test(path)]);
});
