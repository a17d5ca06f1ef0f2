/** `adopt` -> `up` -> `preview`: a whole account under management, in every language, without a write but the passwords. */
import { execFile } from "node:child_process";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";
import { version } from "../../package.json";
import { root } from "../support/pages/markdown";
import { inProject, type Project } from "./support/programs/example";
import { installFor, problemWith, type Language as Runnable } from "./support/programs/languages";
import { oddAccount } from "./support/programs/odd-account";
import { writes } from "./support/stack/requests";

const minutes = 60_000;

/** `adopt` writes no Java. */
type Language = Exclude<Runnable, "java">;

const mainFiles: Readonly<Record<Language, string>> = {
  typescript: "index.ts",
  python: "__main__.py",
  go: "main.go",
  yaml: "Main.yaml",
};

/** What `pulumi new` makes beside the program. */
const projects: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  typescript: { "Pulumi.yaml": "name: lines\nruntime: nodejs\n", "package.json": '{"main": "index.ts"}\n' },
  python: {
    "Pulumi.yaml": "name: lines\nruntime:\n  name: python\n  options:\n    virtualenv: venv\n",
    "requirements.txt": readFileSync(join(root, "examples/python-inbound/requirements.txt"), "utf8"),
  },
  go: {
    "Pulumi.yaml": "name: lines\nruntime: go\n",
    "go.mod": readFileSync(join(root, "examples/go-outbound/go.mod"), "utf8"),
  },
  yaml: { "Pulumi.yaml": "name: lines\nruntime: yaml\n" },
};

interface Case {
  readonly language: Language;
  readonly adapter: "dynamic" | "plugin";
}

interface Place {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What it prints with `--json`. */
async function adopt({ language, adapter }: Case, place: Place, ...more: readonly string[]): Promise<string> {
  const args = ["adopt", "--language", language, "--adapter", adapter, "--json", ...more];
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, "dist/cli.js"), ...args], place);
  return stdout;
}

/** What the account's owner knows. */
const passwords: Readonly<Record<string, string>> = {
  pbxCredentialPassword: "Secret!1",
  oldPassword: "Secret!2",
  pbx033332Password: "Secret!3",
  withPasswordUri: "sip:me:hunter2@sip.example.com",
};

/** Once each: a password that Plivo never returns cannot be compared. */
const passwordWrites = [
  "POST Zentrunk/Credential/11111000-aaaa-4bbb-8ccc-000000011111/",
  "POST Zentrunk/Credential/11111000-aaaa-4bbb-8ccc-000000011112/",
  "POST Zentrunk/URI/33333000-aaaa-4bbb-8ccc-000000033332/",
];

async function installPlugin({ pulumi }: Project): Promise<void> {
  await pulumi("plugin", "install", "resource", "plivo", `v${version}`, "--file", join(root, "bin"));
}

async function setPasswords({ pulumi }: Project): Promise<void> {
  const values = Object.entries(passwords).flatMap(([key, value]) => ["--secret", `${key}=${value}`]);
  await pulumi("config", "set-all", ...values);
}

async function takeOver(adopted: Case, project: Project): Promise<void> {
  const { folder, pulumi, simulator } = project;
  const passwordsBefore = passwordsAt(project);
  const { resources, numbers } = JSON.parse(readFileSync(join(folder, "result.json"), "utf8"));
  expect(resources).toHaveLength(12 + 2 + 2 + 4 + 15 + 1);
  expect(numbers).toMatchObject({ adopted: 38, inSets: 23 });
  if (adopted.adapter === "plugin") await installPlugin(project);
  await pulumi("stack", "init", "dev");
  await setPasswords(project);

  await pulumi("up", "--yes", "--skip-preview");
  expect(writes(simulator).sort()).toEqual(passwordWrites);
  expect(passwordsAt(project)).toEqual(passwordsBefore);
  await pulumi("preview", "--expect-no-changes");

  const file = join(folder, mainFiles[adopted.language]);
  const written = readFileSync(file, "utf8");
  await adopt(adopted, { cwd: folder, env: { ...process.env, ...credentialsOf(project) } });
  expect(readFileSync(file, "utf8")).toBe(written);
}

function passwordsAt({ simulator: { store } }: Project): readonly (string | null)[] {
  return [...store.credentials.values(), ...store.originationUris.values()].map(({ password }) => password);
}

function credentialsOf({ simulator: { url, authId, authToken } }: Project): Record<string, string> {
  return { PLIVO_BASE_URL: url, PLIVO_AUTH_ID: authId, PLIVO_AUTH_TOKEN: authToken };
}

const cases: readonly Case[] = [
  { language: "typescript", adapter: "dynamic" },
  { language: "typescript", adapter: "plugin" },
  { language: "python", adapter: "plugin" },
  { language: "go", adapter: "plugin" },
  { language: "yaml", adapter: "plugin" },
];

/** Skipped with its reason where the language cannot run. */
function testIn(adopted: Case, name: string, args: readonly string[], body: (project: Project) => Promise<void>): void {
  const { language } = adopted;
  const problem = problemWith(language);
  /** The program is there before the packages that it needs are installed. */
  const install = async (cwd: string, env: Place["env"]) => {
    for (const [file, text] of Object.entries(projects[language])) writeFileSync(join(cwd, file), text);
    writeFileSync(join(cwd, "result.json"), await adopt(adopted, { cwd, env }, ...args));
    return installFor(language)(cwd, env);
  };
  const run = () => inProject({ name: "lines", simulator: { seed: oddAccount }, install }, body);
  if (problem) test.skip(`${name} (skipped: ${problem})`, run);
  // Compiling Pulumi's SDK for Go for the first time takes minutes.
  else test(name, run, 12 * minutes);
}

for (const adopted of cases) {
  const { language, adapter } = adopted;
  const name = `${language}, ${adapter}: a whole account is adopted without a write but its passwords, and the next preview is clean`;
  testIn(adopted, name, [], (project) => takeOver(adopted, project));
}

testIn(
  { language: "yaml", adapter: "plugin" },
  "the file for `pulumi import` brings the same objects under the same names",
  ["--import-file", "import.json"],
  async (project) => {
    const { pulumi, simulator } = project;
    await installPlugin(project);
    await pulumi("stack", "init", "dev");
    await pulumi("import", "--file", "import.json", "--generate-code=false", "--yes", "--skip-preview");
    expect(writes(simulator)).toEqual([]);
    await setPasswords(project);
    await pulumi("up", "--yes", "--skip-preview");
    expect(writes(simulator).sort()).toEqual(passwordWrites);
    await pulumi("preview", "--expect-no-changes");
  },
);

const dynamic: Case = { language: "typescript", adapter: "dynamic" };

testIn(
  dynamic,
  "an update adds to a stack, whose configuration it uses, what the stack does not manage yet",
  ["--trunk", "Out"],
  async (project) => {
    const { folder, pulumi, simulator, run } = project;
    await pulumi("stack", "init", "dev");
    await setPasswords(project);
    const { url, authId, authToken } = simulator;
    const account = [`plivo:baseUrl=${url}`, `plivo:authId=${authId}`].flatMap((text) => ["--plaintext", text]);
    await pulumi("config", "set-all", ...account, "--secret", `plivo:authToken=${authToken}`);
    await pulumi("up", "--yes", "--skip-preview");

    const withoutAccount = { PLIVO_BASE_URL: "", PLIVO_AUTH_ID: "", PLIVO_AUTH_TOKEN: "" };
    const update = ["adopt", "--update", "--stack", "dev", "--json"];
    const adoptMore = async () => {
      const { code, output } = await run(process.execPath, [join(root, "dist/cli.js"), ...update], withoutAccount);
      expect([code, output]).toEqual([0, expect.any(String)]);
      return JSON.parse(output.slice(output.indexOf("{"), output.lastIndexOf("\n}") + 2));
    };
    const more = await adoptMore();
    expect(more).toMatchObject({ alreadyManaged: 2, resources: { length: 34 } });
    // The configuration has the usual keys already: those of an update are others.
    const keys: readonly string[] = more.secrets.map(({ key }: { key: string }) => key);
    expect(keys.filter((key) => key in passwords)).toEqual([]);
    const known = Object.entries(passwords);
    const values = keys.map((key) => `${key}=${known.find(([usual]) => key.startsWith(usual))?.[1]}`);
    await pulumi("config", "set-all", ...values.flatMap((value) => ["--secret", value]));
    appendFileSync(join(folder, "index.ts"), 'import "./adopted";\n');
    await pulumi("up", "--yes", "--skip-preview");
    expect(writes(simulator).sort()).toEqual(passwordWrites);
    await pulumi("preview", "--expect-no-changes");
    expect(await adoptMore()).toMatchObject({ alreadyManaged: 58, resources: [], files: [] });
  },
);
