/** Rules for pipelines that hold secrets: who is given them, and whose code runs beside them. */
import { isScalar, parseDocument, visit } from "yaml";

type Values = Readonly<Record<string, unknown>>;

const isValues = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const record = (value: unknown): Values => (isValues(value) ? value : {});
const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

/** The words of the three secrets, and GitHub's expression for any. */
const SECRET = /\bsecrets\b|PULUMI_ACCESS_TOKEN|PLIVO_AUTH_ID|PLIVO_AUTH_TOKEN|PULUMI_CONFIG_PASSPHRASE/;
/** Programs that run, or install, the code of packages. */
const PACKAGES = /\b(npm|npx|yarn|pnpm|bun|corepack|pip|pipx|uv|poetry|go (get|install|mod))\b/;
const PULUMI = /\bpulumi\b|drift-check/;
const PINNED = /^[\w.-]+\/[\w.-]+(\/[\w./-]+)?@[0-9a-f]{40}$/;

/** Writes to code scanning, and to nothing else. */
const UPLOAD = /^github\/codeql-action\/upload-sarif@/;

const holdsSecret = (value: unknown) => SECRET.test(JSON.stringify(value ?? null));

/** Job -> the scopes that it may write. */
export type Writes = Readonly<Record<string, readonly string[]>>;

/** What is wrong with a workflow of GitHub Actions, one text each. */
export function githubProblems(text: string, writes: Writes = {}): readonly string[] {
  const workflow = parsed(text);
  const { jobs, ...rest } = workflow;
  const problems = [...unpinned(text), ...permissionProblems("the workflow", workflow.permissions)];
  if (holdsSecret(rest)) problems.push("the workflow gives a secret to all its jobs");
  for (const [name, job] of Object.entries(record(jobs))) {
    const { steps, permissions, ...whole } = record(job);
    const mayWrite = writes[name] ?? [];
    const uploads = list(steps).some((step) => UPLOAD.test(String(record(step).uses))) ? ["security-events"] : [];
    if (permissions !== undefined)
      problems.push(...permissionProblems(`job ${name}`, permissions, [...mayWrite, ...uploads]));
    if (mayWrite.length > 0 && list(steps).some(installsPackages))
      problems.push(`job ${name} may write and runs the code of packages`);
    if (holdsSecret(whole)) problems.push(`job ${name} gives a secret to all its steps`);
    list(steps).forEach((step, index) => {
      problems.push(...stepProblems(record(step)).map((problem) => `step ${index + 1} of ${name} ${problem}`));
    });
  }
  return problems;
}

const installsPackages = (step: unknown) =>
  /\b(npm (ci|install|i)|npx|yarn|pnpm|pipx?|uvx?|go (get|install|run))\b/.test(String(record(step).run ?? ""));

function stepProblems({ uses, run, with: inputs, env, ...rest }: Values): readonly string[] {
  const [action, script] = [String(uses ?? ""), String(run ?? "")];
  const mayHave = action.startsWith("pulumi/") || (PULUMI.test(script) && !PACKAGES.test(script));
  const problems = scriptProblems(script);
  if (holdsSecret([inputs, run, rest])) problems.push("has a secret elsewhere than in env");
  if (holdsSecret(env) && !mayHave) problems.push("is given a secret and does not run Pulumi alone");
  if (action.startsWith("actions/checkout@") && record(inputs)["persist-credentials"] !== false)
    problems.push("leaves the token of the checkout in .git: persist-credentials: false");
  return problems;
}

/** What is wrong with a .gitlab-ci.yml, where the secrets are variables of the environments. */
export function gitlabProblems(text: string): readonly string[] {
  const pipeline = parsed(text);
  const { variables, before_script, after_script, stages, workflow, include, default: shared, ...jobs } = pipeline;
  const problems: string[] = [];
  if (holdsSecret(variables)) problems.push("a secret is a variable of the file");
  const forAll = JSON.stringify([before_script, after_script, shared]);
  if (PACKAGES.test(forAll)) problems.push("packages are installed in every job");
  for (const [name, value] of Object.entries(jobs)) {
    const job = record(value);
    const script = [job.before_script, job.script, job.after_script].flatMap(list).join("\n");
    problems.push(...scriptProblems(script).map((problem) => `job ${name} ${problem}`));
    if (PACKAGES.test(script) && job.environment !== undefined)
      problems.push(`job ${name} installs packages in an environment, which gives it the secrets`);
    if (PULUMI.test(script) && job.environment === undefined)
      problems.push(`job ${name} runs Pulumi in no environment`);
    if (holdsSecret(job)) problems.push(`job ${name} names a secret`);
  }
  return problems;
}

function scriptProblems(script: string): string[] {
  const problems: string[] = [];
  for (const line of script.split("\n")) {
    if (/\b(npm|pnpm) (install|i|add|update)\b/.test(line)) problems.push("installs what no lock file names: npm ci");
    if (/\bnpm ci\b/.test(line) && !line.includes("--ignore-scripts"))
      problems.push("runs install scripts: npm ci --ignore-scripts");
  }
  return problems;
}

/** Nothing but reading, and writing comments and what is allowed: findings where they are uploaded, releases. */
function permissionProblems(where: string, permissions: unknown, allowed: readonly string[] = []): readonly string[] {
  if (permissions === undefined) return [`${where} has no permissions, and so the repository's default`];
  if (!isValues(permissions)) return [`${where} has the permissions ${permissions}`];
  const wide = Object.entries(permissions).filter(
    ([scope, access]) => access !== "read" && access !== "none" && !["pull-requests", ...allowed].includes(scope),
  );
  return wide.map(([scope, access]) => `${where} has ${scope}: ${access}`);
}

/** A tag can be moved to other code; which version a commit is, only the comment says. */
function unpinned(text: string): string[] {
  const problems: string[] = [];
  visit(parseDocument(text), {
    Pair(_, { key, value }) {
      if (String(key) !== "uses" || String(value).startsWith("./")) return;
      const comment = isScalar(value) ? value.comment : undefined;
      if (!PINNED.test(String(value))) problems.push(`${value} is not pinned to a commit`);
      else if (!/^ v\d+\.\d+\.\d+$/.test(String(comment))) problems.push(`${value} does not name its version`);
    },
  });
  return problems;
}

function parsed(text: string): Values {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw error;
  return record(document.toJS());
}
