import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

const root = join(__dirname, "..");
const sdk = join(root, "dist/sdk.js");
const plugin = join(root, "dist/plugin.js");

/** The files that a fresh process loads when it runs this text. */
function loadedBy(text: string): string[] {
  const print = "process.stdout.write(JSON.stringify(Object.keys(require.cache)))";
  const options = { cwd: root, encoding: "utf8" } as const;
  return JSON.parse(execFileSync(process.execPath, ["-e", `${text}; ${print}`], options));
}

const heavy = /node_modules\/(axios|zod|ipaddr\.js|grpc-web)\/|dist\/provider\.js$/;

test.each([
  ["pulumi-plivo", sdk],
  ["pulumi-plivo/plugin", plugin],
])("importing %s loads neither axios nor zod nor the provider, nor the other SDK", (name, bundle) => {
  expect(existsSync(bundle) || "run scripts/build first").toBe(true);
  const before = loadedBy('require("@pulumi/pulumi")');
  const loaded = loadedBy(`require("@pulumi/pulumi"); require(${JSON.stringify(name)})`);
  expect(loaded).toContain(bundle);
  expect(loaded.filter((file) => heavy.test(file))).toEqual([]);
  // One file, and nothing that @pulumi/pulumi had not loaded anyway.
  expect(loaded.filter((file) => !before.includes(file))).toEqual([bundle]);
});

test.each([
  ["pulumi-plivo", sdk, 40_000],
  ["pulumi-plivo/plugin", plugin, 90_000],
])("%s holds no copy of what it must not load", (_, bundle, budget) => {
  const text = readFileSync(bundle, "utf8");
  expect(text.length).toBeLessThan(budget);
  expect(text).not.toMatch(/axios|ZodError|ipaddr/);
});
