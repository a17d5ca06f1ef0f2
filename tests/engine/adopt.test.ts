/** `adopt` -> `up` -> `preview`: a whole account under management, in every language, without a write but the passwords. */
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";
import { version } from "../../package.json";
import { root } from "../support/pages/markdown";
import { inProject, type Project } from "./support/programs/example";
import { installFor, type Language, problemWith } from "./support/programs/languages";
import { oddAccount } from "./support/programs/odd-account";
import { writes } from "./support/stack/requests";

const minutes = 60_000;

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

interface Place {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What it prints with `--json`. */
async function adopt(language: Language, place: Place): Promise<string> {
  const args = ["adopt", "--language", language, "--adapter", "plugin", "--json"];
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

async function takeOver(language: Language, project: Project): Promise<void> {
  const { folder, pulumi, simulator } = project;
  const passwordsBefore = passwordsAt(project);
  const { secrets, resources } = JSON.parse(readFileSync(join(folder, "result.json"), "utf8"));
  expect(resources).toHaveLength(12 + 2 + 2 + 4 + 17);
  await pulumi("plugin", "install", "resource", "plivo", `v${version}`, "--file", join(root, "bin"));
  await pulumi("stack", "init", "dev");
  const values = secrets.flatMap(({ key }: { readonly key: string }) => ["--secret", `${key}=${passwords[key]}`]);
  await pulumi("config", "set-all", ...values);

  await pulumi("up", "--yes", "--skip-preview");
  // The passwords, once each: an update of a credential or a URI is the only way to know that they are right.
  expect(writes(simulator).sort()).toEqual([
    "POST Zentrunk/Credential/11111000-aaaa-4bbb-8ccc-000000011111/",
    "POST Zentrunk/Credential/11111000-aaaa-4bbb-8ccc-000000011112/",
    "POST Zentrunk/URI/33333000-aaaa-4bbb-8ccc-000000033332/",
  ]);
  expect(passwordsAt(project)).toEqual(passwordsBefore);
  await pulumi("preview", "--expect-no-changes");

  const file = join(folder, mainFiles[language]);
  const written = readFileSync(file, "utf8");
  await adopt(language, { cwd: folder, env: { ...process.env, ...credentialsOf(project) } });
  expect(readFileSync(file, "utf8")).toBe(written);
}

function passwordsAt({ simulator: { store } }: Project): readonly (string | null)[] {
  return [...store.credentials.values(), ...store.originationUris.values()].map(({ password }) => password);
}

function credentialsOf({ simulator: { url, authId, authToken } }: Project): Record<string, string> {
  return { PLIVO_BASE_URL: url, PLIVO_AUTH_ID: authId, PLIVO_AUTH_TOKEN: authToken };
}

for (const language of ["typescript", "python", "go", "yaml"] as const) {
  const problem = problemWith(language);
  const name = `${language}: a whole account is adopted without a write but its passwords, and the next preview is clean`;
  /** The program is there before the packages that it needs are installed. */
  const install = async (cwd: string, env: Place["env"]) => {
    for (const [file, text] of Object.entries(projects[language])) writeFileSync(join(cwd, file), text);
    writeFileSync(join(cwd, "result.json"), await adopt(language, { cwd, env }));
    return installFor(language)(cwd, env);
  };
  const body = () =>
    inProject({ name: "lines", simulator: { seed: oddAccount }, install }, (project) => takeOver(language, project));
  if (problem) test.skip(`${name} (skipped: ${problem})`, body);
  // Compiling Pulumi's SDK for Go for the first time takes minutes.
  else test(name, body, 12 * minutes);
}
