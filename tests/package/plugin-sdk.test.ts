/** sdk/nodejs/bin: the SDK of the plugin for Node.js as it is published. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";
import { version } from "../../package.json";
import schema from "../../provider/schema/schema.json";
import { root } from "./plugin-process";

const run = promisify(execFile);
const compiled = join(root, "sdk/nodejs/bin");

test("it has every class and function of the schema, and sends the version of this package", async () => {
  const program = `
    const sdk = require(${JSON.stringify(compiled)});
    const { getVersion } = require(${JSON.stringify(join(compiled, "utilities"))});
    console.log(JSON.stringify({ names: Object.keys(sdk).filter((name) => typeof sdk[name] === "function"), version: getVersion() }));`;
  const { stdout } = await run(process.execPath, ["-e", program], { cwd: root });
  const found: { names: string[]; version: string } = JSON.parse(stdout);
  const tokens = [...Object.keys(schema.resources), ...Object.keys(schema.functions)];
  expect(found.names).toEqual(expect.arrayContaining(tokens.map((token) => token.split(":")[2])));
  expect(found.version).toBe(version);
});

test("it is published under the name of the schema, and says which plugin it needs", async () => {
  const manifest = require(join(compiled, "package.json"));
  expect(manifest).toMatchObject({
    name: schema.language.nodejs.packageName,
    version,
    pulumi: { resource: true, name: "plivo", version, server: schema.pluginDownloadURL },
  });
});

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
