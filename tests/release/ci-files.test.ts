/** Pipelines, ours and those of examples/ci-pipeline, read by what their vendors' users check them with. */
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { LIMIT, root } from "../package/support/consumer";
import { must, run } from "../support/command";
import { actionlint, actionlintProblem } from "./support/actionlint";

/** No development dependency: a hundred packages for two tests. */
const TOOLS = ["gitlab-ci-local@4.61.1"];
const example = join(root, "examples/ci-pipeline");

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "plivo-ci-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "tools", private: true }));
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline"];
  await must("npm", ["install", ...quiet, ...TOOLS], { cwd: folder, env: process.env, limit: LIMIT });
}, LIMIT);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const workflows = [join(example, ".github/workflows"), join(root, ".github/workflows")].flatMap((at) =>
  readdirSync(at).map((file) => join(at, file)),
);
const testLint = actionlintProblem ? test.skip : test;
const skipped = actionlintProblem ? ` (skipped: ${actionlintProblem})` : "";

testLint.each(workflows.map((file) => [relative(root, file), file]))(
  `actionlint accepts %s${skipped}`,
  async (_, file) => {
    expect(await actionlint(file)).toBe("");
  },
  LIMIT,
);

testLint(
  `actionlint would say so if one were wrong${skipped}`,
  async () => {
    const file = join(folder, "wrong.yml");
    const commit = "48b55a011bda9f5d6aeb4c2d9c7362e8dae4041e # v6.4.0";
    const steps = [`run: echo \${{ github.foo }}`, `uses: actions/setup-node@${commit}\n        with: { bar: 1 }`];
    const head = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n";
    writeFileSync(file, head + steps.map((step) => `      - ${step}\n`).join(""));
    const found = await actionlint(file);
    expect(found).toMatch(/"foo" is not defined/);
    expect(found).toMatch(/"bar" is not defined in action "actions\/setup-node@v6"/);
  },
  LIMIT,
);

/** What a merge request, a push or a schedule runs, by GitLab's own schema and rules. */
async function gitlabJobs(text?: string, variables: Record<string, string> = {}) {
  const project = mkdtempSync(join(folder, "gitlab-"));
  cpSync(join(example, ".gitlab-ci.yml"), join(project, ".gitlab-ci.yml"));
  if (text !== undefined) writeFileSync(join(project, ".gitlab-ci.yml"), text);
  // Git sets it for what it runs, a hook or a rebase: the repository would be made there.
  const env = { ...process.env, GIT_DIR: undefined, GIT_WORK_TREE: undefined };
  await must("git", ["init", "--quiet", "--initial-branch=main"], { cwd: project, env });
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
