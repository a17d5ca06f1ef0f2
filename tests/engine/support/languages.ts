/** Where programs in other languages can run: their host beside the engine, their tools, and the plugin's SDK. */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownCache } from "../../../provider/plugin/own-cache.cjs";
import { must } from "../../support/command";
import { root } from "../../support/markdown";

export type Language = "typescript" | "python" | "go";

const hosts: Readonly<Record<Language, string>> = {
  typescript: "pulumi-language-nodejs",
  python: "pulumi-language-python",
  go: "pulumi-language-go",
};

/** Why a program in this language cannot run here; `undefined` when it can. Asked while tests are being named. */
export function problemWith(language: Language): string | undefined {
  const host = hosts[language];
  if (!existsSync(join(process.env.PULUMI_PLIVO_ENGINE ?? "", host))) return `there is no ${host} beside the engine`;
  return problemWithTools(language);
}

/** Why a program in this language cannot even be compiled here. */
export function problemWithTools(language: Language): string | undefined {
  if (language === "python" && !works("python3", ["-c", "import venv, ensurepip"]))
    return "there is no python3 with venv";
  if (language === "go" && !works("go", ["version"])) return "there is no go";
  return undefined;
}

function works(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

type Environment = Readonly<Record<string, string | undefined>>;

type Install = (folder: string, environment: Environment) => Promise<Environment>;

/** Does what the package manager of the language would do with published SDKs, and answers what the environment needs. */
export function installFor(language: Language): Install {
  return { typescript: useNodeSdk, python: usePythonSdk, go: useGoSdk }[language];
}

/** Into node_modules of the folder that the project stands in. */
async function useNodeSdk(folder: string): Promise<Environment> {
  symlinkSync(join(root, "sdk/nodejs/bin"), join(folder, "../node_modules/pulumi-plivo-sdk"), "dir");
  return {};
}

/** The host that is built from Go modules is old: it takes the first python3 of PATH, whatever Pulumi.yaml says. */
async function usePythonSdk(_folder: string, { PATH }: Environment): Promise<Environment> {
  return { PATH: `${await pythonEnvironment()}:${PATH}` };
}

async function useGoSdk(folder: string): Promise<Environment> {
  const env = { ...process.env, GOFLAGS: "-mod=mod", GOWORK: "off" };
  // Compiling Pulumi's SDK for the first time takes minutes.
  const place = { cwd: folder, env, limit: 600_000 };
  const replacement = `github.com/pulumi-plivo/pulumi-plivo/sdk/go=${join(root, "sdk/go")}`;
  await must("go", ["mod", "edit", `-replace=${replacement}`], place);
  await must("go", ["mod", "tidy"], place);
  await must("go", ["build", "-o", join(folder, "../built"), "."], place);
  return { GOFLAGS: "-mod=mod", GOWORK: "off" };
}

/** A virtual environment with the SDK in it, kept until the SDK changes: making one takes half a minute. */
async function pythonEnvironment(): Promise<string> {
  const { sdks } = JSON.parse(readFileSync(join(root, "sdk/made-from.json"), "utf8"));
  const cache = ownCache().folder ?? mkdtempSync(join(tmpdir(), "plivo-cache-"));
  const name = `python-${String(sdks).slice(0, 16)}`;
  const bin = join(cache, name, "bin");
  if (existsSync(join(cache, name, "complete"))) return bin;
  mkdirSync(cache, { recursive: true });
  const old = readdirSync(cache).filter((entry) => entry.startsWith("python-"));
  for (const entry of old) rmSync(join(cache, entry), { recursive: true, force: true });
  // setuptools builds inside of the folder that it is given.
  const source = mkdtempSync(join(tmpdir(), "plivo-python-sdk-"));
  cpSync(join(root, "sdk/python"), source, { recursive: true });
  const place = { cwd: source, env: process.env, limit: 300_000 };
  try {
    await must("python3", ["-m", "venv", join(cache, name)], place);
    await must(join(bin, "pip"), ["install", "--quiet", "--disable-pip-version-check", source], place);
    mkdirSync(join(cache, name, "making"));
    renameSync(join(cache, name, "making"), join(cache, name, "complete"));
  } finally {
    rmSync(source, { recursive: true, force: true });
  }
  return bin;
}
