/** dist/plugin.js: the SDK of the plugin for Node.js as it is published. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";
import { version } from "../../package.json";
import schema from "../../provider/schema/schema.json";
import { root } from "./plugin-process";

const run = promisify(execFile);
const bundle = join(root, "dist/plugin.js");

test("it has every class and function of the schema, and sends the version of this package", async () => {
  const program = `
    const sdk = require(${JSON.stringify(bundle)});
    const { Trunk } = sdk;
    const pulumi = require("@pulumi/pulumi");
    let options;
    pulumi.mergeOptions = (defaults) => {
      options = defaults;
      throw new Error("registers nothing");
    };
    try { new Trunk("a", { trunkDirection: "inbound" }); } catch {}
    console.log(JSON.stringify({ names: Object.keys(sdk).filter((name) => typeof sdk[name] === "function"), options }));`;
  const { stdout } = await run(process.execPath, ["-e", program], { cwd: root });
  const found: { names: string[]; options: unknown } = JSON.parse(stdout);
  const tokens = [...Object.keys(schema.resources), ...Object.keys(schema.functions)];
  expect(found.names).toEqual(expect.arrayContaining(tokens.map((token) => token.split(":")[2])));
  // The engine takes the plugin from there, unless Pulumi.yaml names a path.
  expect(found.options).toEqual({ version, pluginDownloadURL: schema.pluginDownloadURL });
});

test("no package.json of the package asks for a plugin: a dynamic program would download it", async () => {
  const { stdout } = await run("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: root });
  const [{ files }]: [{ files: { path: string }[] }] = JSON.parse(stdout);
  const manifests = files.map(({ path }) => path).filter((path) => basename(path) === "package.json");
  expect(manifests).toEqual(["package.json"]);
  expect(require(join(root, "package.json"))).not.toHaveProperty("pulumi");
}, 60_000);

test("whether the SDKs are fresh is found out without Go", async () => {
  const folder = mkdtempSync(join(tmpdir(), "plivo-path-"));
  try {
    symlinkSync(process.execPath, join(folder, "node"));
    const PATH = [folder, "/usr/bin", "/bin"].join(delimiter);
    const { stdout } = await run(join(root, "scripts/generate"), ["--check"], {
      cwd: root,
      env: { ...process.env, PATH },
    });
    expect(stdout).toBe("");
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);
