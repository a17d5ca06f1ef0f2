/** Pipelines, ours and those that we show people: who is given secrets and may write, and whose code runs beside that. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { Page, root } from "./support/pages/markdown";
import { githubProblems, gitlabProblems, type Writes } from "./support/pages/workflow-rules";

const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
});
const files = listed.split("\n").filter((file) => file !== "" && existsSync(join(root, file)));
const read = (file: string) => readFileSync(join(root, file), "utf8");
const workflows = files.filter((file) => /(^|\/)\.github\/(workflows|actions)\/.*\.ya?ml$/.test(file));
const pipelines = files.filter((file) => /(^|\/)\.gitlab-ci\.ya?ml$/.test(file));

test("there are pipelines to judge", () => {
  expect([workflows.length, pipelines.length]).toEqual([7, 1]);
});

/** Of our own: each is one thing that a job publishes. */
const writes: Readonly<Record<string, Writes>> = {
  ".github/workflows/codeql.yml": { analyze: ["security-events"] },
  ".github/workflows/release.yml": {
    attest: ["id-token", "attestations"],
    npm: ["id-token"],
    pypi: ["id-token"],
    github: ["contents"],
  },
};

test.each(workflows)("%s", (file) => {
  expect(githubProblems(read(file), writes[file])).toEqual([]);
});

test("our own workflows are given no secret at all", () => {
  const ours = workflows.filter((file) => file.startsWith(".github/"));
  expect(ours.length).toBe(3);
  expect(ours.filter((file) => /\bsecrets\b/.test(read(file).replaceAll(/#.*/g, "")))).toEqual([]);
});

test("an action has the same commit everywhere", () => {
  const used = workflows.flatMap((file) => [...read(file).matchAll(/uses: ([\w-]+\/[\w-]+)\S*?@(\w+ # v\S+)/g)]);
  const commits = new Map(used.map(([, action, commit]) => [action, commit]));
  expect(used.length).toBeGreaterThan(20);
  expect(used.filter(([, action, commit]) => commits.get(action) !== commit)).toEqual([]);
});

test("what publishes is made, tested and checked by scripts/release, with its tag", () => {
  const { on, jobs } = parse(read(".github/workflows/release.yml"));
  expect(on).toEqual({ push: { tags: ["v*"] }, workflow_dispatch: null });
  const publishing = Object.entries<{ needs?: string[]; if?: string; environment?: string }>(jobs).filter(
    ([name]) => !["test", "make"].includes(name),
  );
  expect(publishing.map(([, job]) => job.if)).toEqual(publishing.map(() => "github.event_name == 'push'"));
  const before = (name: string): string[] =>
    (jobs[name].needs ?? []).flatMap((need: string) => [need, ...before(need)]);
  for (const [name] of publishing) expect(before(name)).toEqual(expect.arrayContaining(["test", "make"]));
  // A package whose plugin cannot be downloaded yet is of no use.
  for (const name of ["npm", "pypi"]) expect(before(name)).toEqual(expect.arrayContaining(["github", "attest"]));
  const reviewed = publishing.filter(([, job]) => job.environment === "release").map(([name]) => name);
  expect(reviewed).toEqual(["github", "npm", "pypi"]);
  expect(JSON.stringify(jobs.make.steps)).toContain('scripts/release --tag \\"$GITHUB_REF_NAME\\"');
});

test.each(pipelines)("%s", (file) => {
  expect(gitlabProblems(read(file))).toEqual([]);
});

test("no page shows a pipeline of its own, which would be judged by nothing", () => {
  const fences = files.filter((file) => file.endsWith(".md")).flatMap((file) => new Page(file).fences);
  const shown = fences.filter(({ text }) => /^\s*(- )?(uses|runs-on|before_script):/m.test(text));
  expect(shown.map(({ at }) => at)).toEqual([]);
});

test("the weekly audit uploads to code scanning what it has written, where that is wanted", () => {
  const audit = read(workflows.find((file) => file.endsWith("audit.yml")) ?? "");
  expect(audit).toContain("--out audit.sarif");
  expect(audit).toMatch(/if: .*env\.CODE_SCANNING == 'true'.*\n\s+uses: github\/codeql-action\/upload-sarif@/);
  expect(audit).toContain("sarif_file: audit.sarif");
});

const github = read(workflows.find((file) => file.endsWith("preview.yml")) ?? "");
const release = read(".github/workflows/release.yml");
const gitlab = read(pipelines[0] ?? "");

/** The text with one thing changed, which must be in it. */
function changed(text: string, from: string, to: string): string {
  expect(text).toContain(from);
  return text.replace(from, to);
}

const TOKEN = `PLIVO_AUTH_TOKEN: \${{ secrets.PLIVO_AUTH_TOKEN }}`;
const NPM = "      - run: npm ci --ignore-scripts";

test.each([
  {
    what: "a secret for all jobs",
    from: "jobs:",
    to: `env:\n  ${TOKEN}\njobs:`,
    why: "gives a secret to all its jobs",
  },
  {
    what: "a secret for all steps",
    from: "    steps:",
    to: `    env:\n      ${TOKEN}\n    steps:`,
    why: "gives a secret to all its steps",
  },
  { what: "all secrets at once", from: "    steps:", to: "    secrets: inherit\n    steps:", why: "to all its steps" },
  {
    what: "a secret for npm",
    from: NPM,
    to: `      - env:\n          ${TOKEN}\n        run: npm ci --ignore-scripts`,
    why: "run Pulumi alone",
  },
  {
    what: "a secret for npm and Pulumi in one step",
    from: NPM,
    to: `      - env:\n          ${TOKEN}\n        run: npm ci --ignore-scripts && pulumi preview`,
    why: "run Pulumi alone",
  },
  {
    what: "a secret in a command",
    from: NPM,
    to: `      - run: echo \${{ secrets.X }}\n${NPM}`,
    why: "elsewhere than in env",
  },
  { what: "install scripts", from: NPM, to: "      - run: npm ci", why: "runs install scripts" },
  { what: "no lock file", from: NPM, to: "      - run: npm install", why: "installs what no lock file names" },
  {
    what: "a tag",
    from: "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2",
    to: "actions/checkout@v6 # v6.0.2",
    why: "actions/checkout@v6 is not pinned to a commit",
  },
  {
    what: "a shortened commit",
    from: "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd",
    to: "actions/checkout@de0fac2",
    why: "is not pinned to a commit",
  },
  { what: "a commit without version", from: " # v6.0.2", to: "", why: "does not name its version" },
  {
    what: "a checkout that keeps its token",
    from: "persist-credentials: false",
    to: "fetch-depth: 1",
    why: "persist-credentials: false",
  },
  {
    what: "no permissions",
    from: "permissions:\n  contents: read\n  pull-requests: write",
    to: "x:\n  y: z",
    why: "has no permissions",
  },
  {
    what: "all permissions",
    from: "permissions:\n  contents: read\n  pull-requests: write",
    to: "permissions: write-all",
    why: "has the permissions write-all",
  },
  { what: "a permission to write", from: "contents: read", to: "contents: write", why: "has contents: write" },
  {
    what: "a permission to write in a job",
    from: "    steps:",
    to: "    permissions:\n      id-token: write\n    steps:",
    why: "job preview has id-token: write",
  },
  {
    what: "a permission for code scanning and no upload",
    from: "    steps:",
    to: "    permissions:\n      security-events: write\n    steps:",
    why: "job preview has security-events: write",
  },
])("a workflow with $what is rejected", ({ from, to, why }) => {
  expect(githubProblems(changed(github, from, to))).toEqual([expect.stringContaining(why)]);
});

test.each([
  {
    what: "a job that publishes and installs packages",
    from: "      - run: scripts/release --publish npm",
    to: "      - run: npm ci --ignore-scripts\n      - run: scripts/release --publish npm",
    why: "job npm may write and runs the code of packages",
  },
  {
    what: "a job that may write more than it publishes",
    from: "      attestations: write",
    to: "      attestations: write\n      packages: write",
    why: "job attest has packages: write",
  },
])("a release with $what is rejected", ({ from, to, why }) => {
  const problems = githubProblems(changed(release, from, to), writes[".github/workflows/release.yml"]);
  expect(problems).toEqual([expect.stringContaining(why)]);
});

test.each([
  {
    what: "packages in every job",
    from: "default:\n",
    to: "default:\n  before_script: [npm ci --ignore-scripts]\n",
    why: "in every job",
  },
  {
    what: "a secret in the file",
    from: "default:\n",
    to: "variables: { PLIVO_AUTH_TOKEN: x }\ndefault:\n",
    why: "a variable of the file",
  },
  {
    what: "packages where the secrets are",
    from: "    - ./drift-check",
    to: "    - npx x\n    - ./drift-check",
    why: "installs packages in an environment",
  },
  { what: "install scripts", from: "npm ci --ignore-scripts", to: "npm ci", why: "job install runs install scripts" },
  {
    what: "Pulumi without an environment",
    from: "  environment:\n    name: prod\n    action: verify\n",
    to: "",
    why: "job preview runs Pulumi in no environment",
  },
])("a GitLab pipeline with $what is rejected", ({ from, to, why }) => {
  expect(gitlabProblems(changed(gitlab, from, to))).toEqual([expect.stringContaining(why)]);
});
