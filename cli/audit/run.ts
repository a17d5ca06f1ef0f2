/** The steps of `audit`: read the states and the account, judge, report. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { version } from "../../package.json";
import { stackState } from "../inventory/stack-state";
import { configurationOf, type OpenAccount, openAccount } from "../shared/account";
import { askOnTerminal } from "../shared/ask";
import { CommandError } from "../shared/errors";
import { fewAtATime } from "../shared/few-at-a-time";
import { Output } from "../shared/output";
import { progressOn } from "../shared/progress";
import { exportStack, importStack, rewriteStack } from "../shared/pulumi-cli";
import { realPath } from "../shared/targets";
import { type AuditResult, audit } from "./audit";
import type { AuditedStack } from "./audited";
import { EXIT } from "./exit-codes";
import { type FixRequest, runFix } from "./fix/run-fix";
import { severities, severityOf } from "./kinds";
import { type AuditOptions, type Destination, destinationsOf } from "./options";
import { type Report, renderings } from "./report/index";
import { asText } from "./report/text";

export async function runAudit(options: AuditOptions): Promise<void> {
  const destinations = destinationsOf(options);
  const configurations = await fewAtATime(options.stack, (stack) => configurationOf({ stack }));
  const opened = await accountOf(options, configurations);
  const judged = async () => {
    const stacks = await stacksOf(options, configurations, opened.authId);
    return { ...(await audit(opened.account, stacks, progressOn(process.stderr))), stacks };
  };
  let result = await judged();
  let isFixed = true;
  if (options.fix) {
    const { hasChanged, isDone } = await runFix(result, fixRequest(opened, options));
    isFixed = isDone;
    // What is reported is what is there now.
    if (hasChanged) result = await judged();
  }
  const stacks = result.stacks.map(({ label }) => label);
  const report = { ...result, fingerprint: opened.fingerprint, stacks, version };
  for (const destination of destinations) write(report, destination);
  process.exitCode = exitCodeFor(result, options, isFixed);
}

function fixRequest({ account }: OpenAccount, { yes = false }: AuditOptions): FixRequest {
  return {
    account,
    store: { read: exportStack, write: importStack, rewrite: rewriteStack },
    isAgreed: yes,
    ask: yes ? undefined : askOnTerminal(),
    line: (text) => process.stderr.write(`${text}\n`),
  };
}

type Configuration = Awaited<ReturnType<typeof configurationOf>>;

/** That of all the stacks: their configurations may not name different ones. */
async function accountOf(
  { authId, baseUrl, stack }: AuditOptions,
  configurations: readonly Configuration[],
): Promise<OpenAccount> {
  const [first = {}] = configurations;
  const keys = [...(authId === undefined ? ["authId"] : []), ...(baseUrl === undefined ? ["baseUrl"] : [])];
  const isOther = (one: Configuration) => keys.some((key) => one[`plivo:${key}`] !== first[`plivo:${key}`]);
  const other = configurations.findIndex(isOther);
  if (other > 0) {
    const names = `${stack[0]} and ${stack[other]}`;
    throw new CommandError(`${names} are configured for different accounts: audit them one by one`, EXIT.usage);
  }
  return openAccount({ ...(authId !== undefined && { authId }), ...(baseUrl !== undefined && { baseUrl }) }, first);
}

async function stacksOf(
  { stack, state }: AuditOptions,
  configurations: readonly Configuration[],
  authId: string,
): Promise<readonly AuditedStack[]> {
  const exported = await fewAtATime(stack, async (label, index): Promise<AuditedStack> => {
    const isOfAccount = configurations[index]?.["plivo:authId"] === authId;
    return { label, isOfAccount, state: stackState(await exportStack(label), `the state of ${label}`, authId) };
  });
  const files = state.map((file) => ({
    label: file,
    isOfAccount: false,
    state: stackState(readText(file), file, authId),
  }));
  return [...exported, ...files];
}

/** PowerShell writes a byte order mark. */
function readText(file: string): string {
  try {
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError(`${file} cannot be read (${code})`, EXIT.usage, { cause: error });
  }
}

function write(report: Report, { format, file }: Destination): void {
  if (file === undefined) {
    const output = new Output(process.stdout);
    const text =
      format === "text" ? asText(report, (style, part) => output.styled(style, part)) : renderings[format](report);
    process.stdout.write(text);
    return;
  }
  // Whole or not at all.
  const path = realPath(file);
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, renderings[format](report), { flag: "wx" });
  renameSync(draft, path);
}

export function exitCodeFor(
  { unread, findings }: Pick<AuditResult, "unread" | "findings">,
  { failOn }: Pick<AuditOptions, "failOn">,
  isFixed = true,
): number {
  if (unread.length > 0) return EXIT.incomplete;
  if (!isFixed) return EXIT.notFixed;
  if (failOn === "never") return 0;
  const worst = severities.indexOf(failOn);
  return findings.some(({ kind }) => severities.indexOf(severityOf(kind)) <= worst) ? EXIT.findings : 0;
}
