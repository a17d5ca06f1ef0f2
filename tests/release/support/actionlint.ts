/** actionlint, built from its Go module and kept in the cache folder. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ownCache } from "../../../provider/plugin/own-cache.cjs";
import { LIMIT } from "../../package/support/consumer";
import { must } from "../../support/command";

const VERSION = "1.7.12";

/** Why it cannot be had here. */
export const actionlintProblem =
  spawnSync("go", ["version"], { stdio: "ignore" }).status === 0
    ? undefined
    : "there is no go to build actionlint with";

/** What it says of a workflow; "" when nothing. Without the linters of scripts, which not every machine has. */
export async function actionlint(file: string): Promise<string> {
  const program = await built();
  const args = ["-no-color", "-shellcheck=", "-pyflakes=", "-stdin-filename", file, "-"];
  const { stdout, stderr } = spawnSync(program, args, {
    input: withTags(readFileSync(file, "utf8")),
    encoding: "utf8",
  });
  return `${stdout}${stderr}`;
}

/** actionlint knows the inputs of actions by their tags, and nothing of commits. */
function withTags(workflow: string): string {
  const tagged = workflow.replaceAll(/@[0-9a-f]{40} # (v\d+)\.\S+/g, "@$1");
  return tagged.replaceAll("pypa/gh-action-pypi-publish@v1", "pypa/gh-action-pypi-publish@release/v1");
}

async function built(): Promise<string> {
  const cache = ownCache().folder ?? tmpdir();
  const program = join(cache, "actionlint", VERSION, "actionlint");
  if (existsSync(program)) return program;
  mkdirSync(dirname(program), { recursive: true });
  const draft = mkdtempSync(join(dirname(program), "partial-"));
  const env = { ...process.env, GOBIN: draft, GOFLAGS: "-mod=mod", GOWORK: "off" };
  const module = `github.com/rhysd/actionlint/cmd/actionlint@v${VERSION}`;
  await must("go", ["install", module], { cwd: draft, env, limit: LIMIT });
  // Another run may have been faster: its program is the same.
  renameSync(join(draft, "actionlint"), program);
  rmSync(draft, { recursive: true });
  return program;
}
