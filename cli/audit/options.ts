/** What `audit` was asked for, checked before anything is read. */
import { CommandError } from "../shared/errors";
import { checkTargets } from "../shared/targets";
import { EXIT } from "./exit-codes";
import type { Severity } from "./kinds";

export const formats = ["text", "json", "sarif", "github", "html"] as const;
export type Format = (typeof formats)[number];

export const failOnChoices = ["error", "warning", "note", "never"] as const;

export interface AuditOptions {
  readonly authId?: string;
  readonly baseUrl?: string;
  readonly stack: readonly string[];
  /** Files with what `pulumi stack export` printed. */
  readonly state: readonly string[];
  readonly format?: Format;
  readonly json?: boolean;
  readonly out: readonly string[];
  readonly failOn: Severity | "never";
  readonly fix?: boolean;
  readonly yes?: boolean;
}

export interface Destination {
  readonly format: Format;
  /** `undefined`: stdout. */
  readonly file: string | undefined;
}

/** By the end of a file's name. */
const ENDINGS: Readonly<Record<string, Format>> = { json: "json", sarif: "sarif", html: "html", txt: "text" };

/** Each file, and stdout: there is always something to read. */
export function destinationsOf({ format, json, out, fix, stack, state, yes }: AuditOptions): readonly Destination[] {
  if (json && format !== undefined && format !== "json") throw usage("--json is --format json: leave one of them out");
  if (fix && state.length > 0) throw usage("--fix needs --stack: the state of --state may be an old one");
  if (fix && stack.length === 0) throw usage("--fix needs --stack: which stack has the pending operations?");
  if (yes && !fix) throw usage("--yes is for --fix");
  for (const [flag, texts] of Object.entries({ "--stack": stack, "--state": state, "--out": out }))
    if (texts.some((text) => text.trim() === "")) throw usage(`${flag} is blank`);
  // Everything in it would count as managed twice.
  for (const [flag, texts] of Object.entries({ "--stack": stack, "--state": state }))
    if (new Set(texts).size < texts.length) throw usage(`${flag} names the same one twice`);
  checkTargets(out);
  const asked = json ? "json" : format;
  const files = out.map((file) => ({ file, format: formatOf(file, asked) }));
  const isWritten = asked !== undefined && files.length === 1 && files[0]?.format === asked;
  return [...files, { file: undefined, format: asked === undefined || isWritten ? "text" : asked }];
}

function formatOf(file: string, asked: Format | undefined): Format {
  const [, ending = ""] = /\.(\w+)$/.exec(file) ?? [];
  const format = Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : asked;
  if (format === undefined) throw usage(`--format is missing: the end of ${JSON.stringify(file)} names none`);
  return format;
}

function usage(message: string): CommandError {
  return new CommandError(message, EXIT.usage);
}
