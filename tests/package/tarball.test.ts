import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { ResourceProviderService as rpc } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import { engineEnvironment } from "../engine/support/stack/engine";
import { must, run } from "../support/command";
import { startProcess } from "./plugin-process";
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

const packed = () => join(folder, "package");

test("its package.json runs nothing on an installation and names no development dependency", async () => {
  const manifest = JSON.parse(readFileSync(join(packed(), "package.json"), "utf8"));
  expect(manifest.devDependencies).toBeUndefined();
  // npm runs any other than this in the folder of a package or as its dependency.
  expect(Object.keys(manifest.scripts)).toEqual(["prepack"]);
  // What it builds is not in the tarball, and is not missed there.
  expect(manifest.scripts.prepack).toBe("npm run build --workspaces --if-present");
});

test(
  "npm install in its folder, which is what `pulumi package add` does there, ends well, and the plugin serves its schema",
  async () => {
    const copy = join(folder, "copy");
    cpSync(packed(), copy, { recursive: true });
    await must("npm", ["install", "--prefer-offline", "--loglevel=error"], { ...place, cwd: copy, limit: LIMIT });
    const plugin = await startProcess(join(copy, "pulumi-resource-plivo"), { args: ["127.0.0.1:1"], cwd: folder });
    const schema = await plugin.ask(rpc.getSchema, new wire.GetSchemaRequest());
    await plugin.interrupt();
    expect(JSON.parse(schema.getSchema()).name).toBe("plivo");
  },
  LIMIT,
);

test(
  "pulumi package get-schema installs the folder; only a current host of Node.js, which tests cannot build, then runs it",
  async () => {
    const copy = join(folder, "engine");
    cpSync(packed(), copy, { recursive: true });
    const env = { ...process.env, ...engineEnvironment(folder) };
    const { code, output } = await run("pulumi", ["package", "get-schema", copy], { cwd: folder, env, limit: LIMIT });
    expect(existsSync(join(copy, "node_modules/@pulumi/pulumi"))).toBe(true);
    if (code === 0) expect(JSON.parse(output.slice(output.indexOf("{"))).name).toBe("plivo");
    else expect(output).toMatch(/not supported/);
  },
  LIMIT,
);

test("publint has nothing to say", async () => {
  const output = await must("node_modules/.bin/publint", [tarball, "--strict"], place);
  expect(output).toContain("All good!");
});

test("are-the-types-wrong finds nothing wrong, for any way of resolution", async () => {
  const args = [tarball, "--no-color", "--no-emoji", "--format", "ascii"];
  const { code, output } = await run("node_modules/@arethetypeswrong/cli/dist/index.js", args, place);
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("No problems found") });
}, 60_000);
