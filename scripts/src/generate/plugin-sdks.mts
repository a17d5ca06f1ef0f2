/**
 * The SDKs of the plugin (sdk/nodejs, sdk/python, sdk/go), made by Pulumi's own Go code from provider/schema/schema.json.
 *
 * Building that code takes minutes the first time and needs Go, so that a check does not repeat it: sdk/made-from.json
 * records what the SDKs were made from and what was made, and a check compares both.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../lib/cli.mjs";

const languages = ["nodejs", "python", "go"] as const;
const record = "sdk/made-from.json";
const generator = "scripts/src/sdkgen";

/** Built files that a developer's own build leaves in the SDK folders; git ignores them too. */
const ignored = new Set(["node_modules", "bin", "__pycache__", "build", "dist", "package-lock.json"]);

interface MadeFrom {
  readonly schema: string;
  readonly generator: string;
  readonly sdks: string;
}

function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !ignored.has(name) && !name.endsWith(".egg-info"))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]));
}

function digest(root: string, paths: readonly string[]): string {
  const hash = createHash("sha256");
  for (const path of paths)
    hash
      .update(`${path.slice(root.length)}\0`)
      .update(readFileSync(path))
      .update("\0");
  return hash.digest("hex");
}

function madeFrom(root: string): MadeFrom {
  const sdks = languages.flatMap((language) => filesBelow(join(root, "sdk", language)));
  return {
    schema: digest(root, [join(root, "provider/schema/schema.json")]),
    generator: digest(root, filesBelow(join(root, generator))),
    sdks: digest(root, sdks),
  };
}

/** What is stale, in words; empty when the SDKs are what their record says. */
export function staleSdks(root: string): readonly string[] {
  const path = join(root, record);
  const recorded: Partial<MadeFrom> = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
  const now = madeFrom(root);
  const reasons: Readonly<Record<keyof MadeFrom, string>> = {
    schema: "sdk/{nodejs,python,go}: the schema has changed since they were made",
    generator: "sdk/{nodejs,python,go}: the generator has changed since they were made",
    sdks: "sdk/{nodejs,python,go}: edited by hand",
  };
  return (Object.keys(reasons) as (keyof MadeFrom)[])
    .filter((key) => recorded[key] !== now[key])
    .map((key) => reasons[key]);
}

/** Makes the SDKs anew. Needs Go; the generator is built once and kept in the user's cache folder. */
export function makeSdks(root: string): void {
  const cache = cacheFolder("sdkgen");
  mkdirSync(cache, { recursive: true });
  const binary = join(cache, madeFrom(root).generator.slice(0, 16));
  if (!existsSync(binary)) {
    process.stdout.write("building the SDK generator (once; takes minutes)\n");
    execFileSync("go", ["build", "-o", binary, "."], { cwd: join(root, generator), stdio: "inherit" });
  }
  execFileSync(binary, [join(root, "provider/schema/schema.json"), join(root, "sdk")], { stdio: "inherit" });
  writeFileSync(join(root, record), `${JSON.stringify(madeFrom(root), null, 2)}\n`);
}
