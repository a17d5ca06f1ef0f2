/** The project of a user, for the length of a run: the published files as they are now, so that a build meanwhile changes nothing. */

import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { build } from "../../scripts/src/build/build.mjs";
import { engine } from "../../scripts/src/engine/engine.mjs";
import { root } from "../../scripts/src/lib/cli.mjs";
import { run } from "../../scripts/src/lib/run.mjs";
import { goPeer } from "./go-peer.mjs";

/** What a package needs to work. */
const PARTS = ["package.json", "dist", "bin"];

/** @typedef {Awaited<ReturnType<typeof openProject>>} Project */

/** Builds what is to be measured, and lays it out. */
export async function openProject() {
  await build();
  const engineFolder = process.env.PULUMI_PLIVO_ENGINE ?? (await engine());
  const go = await goPeer();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "plivo-bench-"));
  process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
  const modules = path.join(folder, "node_modules");
  for (const part of PARTS) copy(path.join(root, part), path.join(modules, "pulumi-plivo", part));
  fs.symlinkSync(path.join(root, "node_modules/@pulumi"), path.join(modules, "@pulumi"), "dir");
  const { stdout } = await run(path.join(engineFolder, "pulumi"), ["version"], { env: environment(engineFolder) });
  return {
    folder,
    /** Folders with an executable `pulumi-resource-plivo`. */
    executables: { ours: path.join(modules, "pulumi-plivo/bin"), go: path.dirname(go) },
    env: environment(engineFolder),
    versions: { engine: stdout.trim(), node: process.version, built: fingerprint(modules) },
  };
}

/** @param {string} from @param {string} to */
function copy(from, to) {
  fs.cpSync(from, to, { recursive: true, filter: (file) => !/[/\\](archives|node_modules)$/.test(file) });
}

/** Without anything that the user or a CI system has set for other purposes. @param {string} engineFolder @returns {NodeJS.ProcessEnv} */
function environment(engineFolder) {
  // NODE_EXTRA_CA_CERTS alone costs each Node.js process 50 ms.
  const unwanted = /^(PULUMI|PLIVO|PEER)_|^NODE_/;
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !unwanted.test(name))),
    PATH: `${engineFolder}${path.delimiter}${process.env.PATH ?? ""}`,
    NO_PROXY: [process.env.NO_PROXY, "127.0.0.1"].filter(Boolean).join(","),
    PULUMI_CONFIG_PASSPHRASE: "bench",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}

/** Of everything that is measured. @param {string} modules */
function fingerprint(modules) {
  const hash = createHash("sha256");
  const folder = path.join(modules, "pulumi-plivo");
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const file of files.map(({ parentPath, name }) => path.join(parentPath, name)).sort()) {
    if (/\.c?js$/.test(file)) hash.update(path.relative(modules, file)).update(fs.readFileSync(file));
  }
  return hash.digest("hex").slice(0, 16);
}
