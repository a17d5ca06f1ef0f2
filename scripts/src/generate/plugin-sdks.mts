/**
 * The SDKs of the plugin (sdk/nodejs, sdk/python, sdk/go), made by Pulumi's own Go code from provider/schema/schema.json.
 *
 * Building that code takes minutes the first time and needs Go, so that a check does not repeat it: sdk/made-from.json
 * records what the SDKs were made from and what was made, and a check compares both.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { cacheFolder, root } from "../lib/cli.mjs";
import { digest, filesBelow } from "../lib/files.mjs";

const record = join(root, "sdk/made-from.json");
const generator = "scripts/src/sdkgen";
const schema = "provider/schema/schema.json";

/** Built files that a developer's own build leaves in the SDK folders; git ignores them too. */
const built = new Set(["node_modules", "bin", "__pycache__", "build", "dist", "package-lock.json"]);

interface MadeFrom {
  readonly schema: string;
  readonly generator: string;
  readonly sdks: string;
}

function madeFrom(): MadeFrom {
  const isBuilt = (file: string) => built.has(basename(file)) || file.endsWith(".egg-info");
  const sdks = ["sdk/nodejs", "sdk/python", "sdk/go"].flatMap((folder) => filesBelow(folder, isBuilt));
  return { schema: digest([schema]), generator: digest(filesBelow(generator)), sdks: digest(sdks) };
}

/** What is stale, in words; empty when the SDKs are what their record says. */
export function staleSdks(): readonly string[] {
  const recorded: Partial<MadeFrom> = existsSync(record) ? JSON.parse(readFileSync(record, "utf8")) : {};
  const now = madeFrom();
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
export function makeSdks(): void {
  const cache = cacheFolder("sdkgen");
  mkdirSync(cache, { recursive: true });
  const binary = join(cache, madeFrom().generator.slice(0, 16));
  if (!existsSync(binary)) {
    process.stdout.write("building the SDK generator (once; takes minutes)\n");
    execFileSync("go", ["build", "-o", binary, "."], { cwd: join(root, generator), stdio: "inherit" });
  }
  execFileSync(binary, [join(root, schema), join(root, "sdk")], { stdio: "inherit" });
  writeFileSync(record, `${JSON.stringify(madeFrom(), null, 2)}\n`);
}
