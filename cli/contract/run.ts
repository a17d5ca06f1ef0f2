/** The steps of `contract`: the plan, the run, the record, the report. */
import { randomBytes } from "node:crypto";
import { closeSync, existsSync, openSync, rmSync, writeFileSync } from "node:fs";
import { PlivoClient } from "../../provider/client/client";
import { accountSettings } from "../shared/account";
import { CommandError } from "../shared/errors";
import { Output } from "../shared/output";
import { NoReplyError } from "./account/reply";
import type { ContractOptions } from "./command";
import { type Examination, examine } from "./examine";
import { EXIT } from "./exit-codes";
import { planOf, printPlan } from "./plan";
import { recordOf } from "./record/record";
import { type Scrub, scrubber } from "./record/redact";
import { printReport, reportOf } from "./report";
import { type SignalHost, withSignals } from "./signals";

export async function contract(options: ContractOptions): Promise<void> {
  const settings = await accountSettings(options);
  const { authId, authToken, baseUrl } = settings;
  const { json = false, record } = options;
  const output = new Output(process.stdout);
  const plan = planOf(options, { authId, baseUrl: baseUrl ?? DEFAULT_BASE_URL });
  if (!options.yesUseThisAccount) {
    if (json) return output.json({ plan });
    printPlan(plan, options, output);
    return output.line("Nothing was sent. Pass --yes-use-this-account to do it.");
  }
  printPlan(plan, options, new Output(process.stderr));
  const client = new PlivoClient(settings);
  const run = () => withSignals(host(), (stop) => examined(client, options, stop));
  const examination = record === undefined ? await run() : await recorded(record, run);
  const { exchanges, route } = examination;
  const scrub = scrubber({ authId, authToken, number: options.number, route }, exchanges);
  if (record !== undefined) writeRecord(record, examination, scrub);
  const report = reportOf(examination, scrub);
  if (json) output.json({ plan, ...report });
  else printReport(report, output);
  process.exitCode = report.exitCode;
}

const DEFAULT_BASE_URL = "https://api.plivo.com/v1";
const OWNER_ONLY = 0o600;

async function examined(client: PlivoClient, options: ContractOptions, stop: AbortSignal): Promise<Examination> {
  const note = (text: string) => void process.stderr.write(`${text}\n`);
  try {
    return await examine(options, { client, stop, note, random: () => randomBytes(6).toString("hex") });
  } catch (error) {
    if (error instanceof NoReplyError) throw new CommandError(error.message, EXIT.usage, { cause: error });
    throw error;
  }
}

function host(): SignalHost {
  return {
    on: (signal, listener) => process.on(signal, listener),
    off: (signal, listener) => process.off(signal, listener),
    now: () => performance.now(),
    note: (text) => void process.stderr.write(`${text}\n`),
    end: () => process.exit(EXIT.left),
  };
}

/** Before the first request: what cannot be written is known then. */
function reserve(file: string): void {
  if (existsSync(file)) throw new CommandError(`${file} exists already; give another file with --record`);
  try {
    closeSync(openSync(file, "wx", OWNER_ONLY));
  } catch (error) {
    throw new CommandError(`${file} cannot be written (${(error as NodeJS.ErrnoException).code}); nothing was sent`);
  }
}

async function recorded(file: string, run: () => Promise<Examination>): Promise<Examination> {
  reserve(file);
  try {
    return await run();
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
}

function writeRecord(file: string, { findings, exchanges }: Examination, scrub: Scrub): void {
  writeFileSync(file, `${JSON.stringify(recordOf(findings, exchanges, scrub), null, 2)}\n`, { mode: OWNER_ONLY });
}
