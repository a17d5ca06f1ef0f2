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
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { version } from "../../../../package.json";
import { ownCache } from "../../../../provider/plugin/own-cache.cjs";
import { must } from "../../../support/command";
import { root } from "../../../support/pages/markdown";
import { oneAtATime } from "../run/one-at-a-time";

export type Language = "typescript" | "python" | "go" | "yaml" | "java";

const hosts: Readonly<Record<Language, string>> = {
  typescript: "pulumi-language-nodejs",
  python: "pulumi-language-python",
  go: "pulumi-language-go",
  yaml: "pulumi-language-yaml",
  java: "pulumi-language-java",
};

/** Why a program in this language cannot run here; `undefined` when it can. Asked while tests are being named. */
export function problemWith(language: Language): string | undefined {
  if (language === "java" && process.env.PULUMI_PLIVO_TEST_JAVA !== "1")
    return "Maven downloads libraries: only with PULUMI_PLIVO_TEST_JAVA=1";
  const host = hosts[language];
  if (!existsSync(join(process.env.PULUMI_PLIVO_ENGINE ?? "", host))) return `there is no ${host} beside the engine`;
  return problemWithTools(language);
}

/** Why a program in this language cannot even be compiled here. */
export function problemWithTools(language: Language): string | undefined {
  if (language === "python" && !works("python3", ["-c", "import venv, ensurepip"]))
    return "there is no python3 with venv";
  if (language === "go" && !works("go", ["version"])) return "there is no go";
  if (language === "java" && !works("mvn", ["--version"])) return "there is no mvn with a JDK";
  return undefined;
}

function works(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

type Environment = Readonly<Record<string, string | undefined>>;

type Install = (folder: string, environment: Environment) => Promise<Environment>;

/** Does what the package manager of the language would do with published SDKs; returns the environment for it. */
export function installFor(language: Language): Install {
  return { typescript: useNodeSdk, python: usePythonSdk, go: useGoSdk, yaml: useNothing, java: useJavaSdk }[language];
}

/** The host reads the schema from the plugin itself. */
async function useNothing(): Promise<Environment> {
  return {};
}

/** It is there, in node_modules of the folder that the project stands in; Pulumi.yaml names the plugin by its path. */
async function useNodeSdk(folder: string): Promise<Environment> {
  symlinkSync("../node_modules", join(folder, "node_modules"), "dir");
  return {};
}

/**
 * Hosts differ in where they search. A current one takes the virtual environment that Pulumi.yaml names, and fills it from
 * requirements.txt where there is none. That which is built from Go modules takes the first python3 of PATH.
 */
async function usePythonSdk(folder: string, { PATH }: Environment): Promise<Environment> {
  const made = await oneAtATime("python", pythonEnvironment);
  symlinkSync(made, join(folder, "venv"), "dir");
  return { PATH: `${join(made, "bin")}:${PATH}`, PIP_FIND_LINKS: join(made, WHEELS) };
}

/** Generates the SDK where the project's pom.xml expects it, and downloads what the compiler needs. */
async function useJavaSdk(folder: string, environment: Environment): Promise<Environment> {
  const place = { cwd: folder, env: environment, limit: 600_000 };
  const schema = join(root, "provider/schema/schema.json");
  await must("pulumi", ["package", "gen-sdk", schema, "--language", "java", "--out", "sdk"], place);
  await must("mvn", ["--batch-mode", "--quiet", "compile"], place);
  return {};
}

/** In a virtual environment: our SDK as the package index would serve it. */
const WHEELS = "wheels";

/** Without what a debugger needs: the host links a program for each command. */
const GO = { GOFLAGS: "-mod=mod -ldflags=-w", GOWORK: "off" };

async function useGoSdk(folder: string): Promise<Environment> {
  const env = { ...process.env, ...GO };
  // Compiling Pulumi's SDK for the first time takes minutes.
  const place = { cwd: folder, env, limit: 600_000 };
  const replacement = `github.com/pulumi-plivo/pulumi-plivo/sdk/go=${join(root, "sdk/go")}`;
  await must("go", ["mod", "edit", `-replace=${replacement}`], place);
  // Not at once: each of them would compile Pulumi's SDK on a machine that has not done so yet.
  await oneAtATime("go", async () => {
    await must("go", ["mod", "tidy"], place);
    await must("go", ["build", "-o", devNull, "."], place); // compiles and does not link
  });
  return GO;
}

/** A virtual environment with the SDK in it and beside it, kept until the SDK changes: making one takes half a minute. */
async function pythonEnvironment(): Promise<string> {
  const { sdks } = JSON.parse(readFileSync(join(root, "sdk/made-from.json"), "utf8"));
  const cache = ownCache().folder ?? mkdtempSync(join(tmpdir(), "plivo-cache-"));
  const made = join(cache, `python-${String(sdks).slice(0, 16)}`);
  if (existsSync(join(made, WHEELS)) && existsSync(join(made, "complete"))) return made;
  mkdirSync(cache, { recursive: true });
  const old = readdirSync(cache).filter((entry) => entry.startsWith("python-"));
  for (const entry of old) rmSync(join(cache, entry), { recursive: true, force: true });
  // setuptools builds inside of the folder that it is given.
  const source = mkdtempSync(join(tmpdir(), "plivo-python-sdk-"));
  cpSync(join(root, "sdk/python"), source, { recursive: true });
  const place = { cwd: source, env: process.env, limit: 300_000 };
  try {
    const pip = (...args: string[]) =>
      must(join(made, "bin/python"), ["-m", "pip", "--quiet", "--disable-pip-version-check", ...args], place);
    await must("python3", ["-m", "venv", made], place);
    await pip("wheel", "--no-deps", "--wheel-dir", join(made, WHEELS), source);
    await pip("install", "--find-links", join(made, WHEELS), `pulumi_plivo==${version}`);
    mkdirSync(join(made, "making"));
    renameSync(join(made, "making"), join(made, "complete"));
  } finally {
    rmSync(source, { recursive: true, force: true });
  }
  return made;
}
