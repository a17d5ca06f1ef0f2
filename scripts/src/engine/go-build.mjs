/** Way 3: built from Go modules, where only package registries can be reached. */

import fs from "node:fs";
import path from "node:path";
import { say, seconds } from "../lib/cli.mjs";
import { must, run } from "../lib/run.mjs";
import { copyDynamicHost, HOSTS } from "./files.mjs";

const MODULES = "github.com/pulumi/pulumi";
/** The last version whose language hosts can be built as part of the `sdk` module; it serves newer CLIs. */
const HOSTS_VERSION = "3.64.0";
const SDK = `${MODULES}/sdk/v3`;
/** Host -> its main package, and the version of its module. */
const PACKAGES = /** @type {Record<string, { version: string, name: string }>} */ ({
  nodejs: { version: HOSTS_VERSION, name: `${SDK}/nodejs/cmd/pulumi-language-nodejs` },
  python: { version: HOSTS_VERSION, name: `${SDK}/python/cmd/pulumi-language-python` },
  go: { version: HOSTS_VERSION, name: `${SDK}/go/pulumi-language-go` },
  yaml: { version: "1.25.0", name: `${MODULES}-yaml/cmd/pulumi-language-yaml` },
  java: { version: "1.21.2", name: `${MODULES}-java/pkg/cmd/pulumi-language-java` },
});

/** @returns {Promise<string | undefined>} why Go cannot be used */
export async function goProblem() {
  const { code, stdout } = await run("go", ["env", "GOVERSION"], { timeoutMs: 20_000 });
  if (code !== 0) return "there is no `go` on PATH";
  const [, minor] = /^go1\.(\d+)/.exec(stdout) ?? [];
  // Since 1.21 Go fetches a newer toolchain by itself when a module asks for one.
  return Number(minor) < 21 ? `${stdout.trim()} is too old, 1.21 is needed` : undefined;
}

/**
 * @param {string} version of the CLI
 * @param {string[]} files what to make
 * @param {string} folder receives bin/
 */
export async function build(version, files, folder) {
  const bin = path.join(folder, "bin");
  fs.mkdirSync(bin, { recursive: true });
  if (files.includes("pulumi")) await buildProgram(`${folder}/cli`, version, `${MODULES}/pkg/v3/cmd/pulumi`, bin);
  for (const [host, program] of Object.entries(PACKAGES)) {
    if (!HOSTS[host]?.some((file) => files.includes(file))) continue;
    await buildProgram(`${folder}/${host}`, program.version, program.name, bin);
    if (host === "python") await copyPythonExec(`${folder}/${host}`, bin);
  }
  copyDynamicHost(bin);
}

/** @param {string} cwd receives a module of its own @param {string} version @param {string} name of its package @param {string} bin */
async function buildProgram(cwd, version, name, bin) {
  fs.mkdirSync(cwd, { recursive: true });
  const start = performance.now();
  const go = (/** @type {string[]} */ ...args) => must("go", args, { cwd, env: goEnv() });
  say(`go build ${path.basename(name)} ${version} (minutes) ...`);
  await go("mod", "init", "engine");
  await go("get", `${name}@v${version}`);
  // The Automation API and the engine refuse builds that do not know their version.
  const flags = `-s -w -X ${MODULES}/sdk/v3/go/common/version.Version=v${version}`;
  await go("build", "-ldflags", flags, "-o", path.join(bin, path.basename(name)), name);
  say(`go build ${path.basename(name)}: done in ${seconds(start)}`);
}

function goEnv() {
  // A workspace or flags of the user's own projects must not reach into this module, and the toolchain may be newer.
  return { GOWORK: "off", GOFLAGS: "-mod=mod", GOTOOLCHAIN: process.env.GOTOOLCHAIN ?? "auto" };
}

/** The Python host starts programs through a script that is not compiled. @param {string} cwd @param {string} bin */
async function copyPythonExec(cwd, bin) {
  const { stdout } = await must("go", ["list", "-m", "-f", "{{.Dir}}", SDK], { cwd, env: goEnv() });
  const target = path.join(bin, "pulumi-language-python-exec");
  fs.copyFileSync(path.join(stdout.trim(), "python/cmd/pulumi-language-python-exec"), target);
  fs.chmodSync(target, 0o755);
}
