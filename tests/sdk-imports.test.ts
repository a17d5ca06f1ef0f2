import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

const root = join(__dirname, "..");
const sdk = join(root, "dist/sdk.js");

/** The files that a fresh process loads when it runs this text. */
function loadedBy(text: string): string[] {
  const print = "process.stdout.write(JSON.stringify(Object.keys(require.cache)))";
  const options = { cwd: root, encoding: "utf8" } as const;
  return JSON.parse(execFileSync(process.execPath, ["-e", `${text}; ${print}`], options));
}

const heavy = /node_modules\/(axios|zod|ipaddr\.js|grpc-web)\/|dist\/provider\.js$/;

test("importing the built SDK loads neither axios nor zod nor the provider", () => {
  expect(existsSync(sdk) || "run scripts/build first").toBe(true);
  const before = loadedBy('require("@pulumi/pulumi")');
  const loaded = loadedBy(`require("@pulumi/pulumi"); require(${JSON.stringify(sdk)})`);
  expect(loaded).toContain(sdk);
  expect(loaded.filter((file) => heavy.test(file))).toEqual([]);
  // One file, and nothing that @pulumi/pulumi had not loaded anyway.
  expect(loaded.filter((file) => !before.includes(file))).toEqual([sdk]);
});

test("the SDK holds no copy of what it must not load", () => {
  const text = execFileSync(process.execPath, ["-p", `fs.readFileSync(${JSON.stringify(sdk)}, "utf8")`]).toString();
  expect(text.length).toBeLessThan(40_000);
  expect(text).not.toMatch(/axios|ZodError|ipaddr/);
});
