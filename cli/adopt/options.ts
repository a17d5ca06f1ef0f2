/** What `adopt` was asked for, checked before anything is read. */
import { shellArgument, visible } from "../../provider/text/visible";
import type { AccountOptions } from "../shared/account";
import { CommandError } from "../shared/errors";
import { EXIT } from "./exit-codes";
import { type Language, languages } from "./languages/index";
import { isReserved } from "./naming/reserved-words";
import type { NumbersAs } from "./number-sets";

export interface AdoptOptions extends AccountOptions {
  readonly language: Language;
  readonly adapter?: "dynamic" | "plugin";
  readonly out?: string;
  readonly trunk: readonly string[];
  readonly number: readonly string[];
  readonly match: readonly string[];
  /** @default auto */
  readonly numbersAs?: NumbersAs;
  readonly importFile?: string;
  readonly protect: boolean;
  readonly update?: boolean;
  readonly state?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

export interface Target {
  readonly adapter: "dynamic" | "plugin";
  readonly file: string;
  /** For --update: what the part of the program is called. */
  readonly part: string | undefined;
  /** Stands in the first line of each file, with the account: two runs with the same one write the same objects. */
  readonly signature: string;
}

export function targetOf(options: AdoptOptions): Target {
  const { language, update, state, stack } = options;
  if (update && state === undefined && stack === undefined)
    throw new CommandError("--update needs --state or --stack: what is managed already?", EXIT.usage);
  if (!update && state !== undefined) throw new CommandError("--state is for --update", EXIT.usage);
  refuseBlankFilters(options);
  const { mainFile, extension } = languages[language];
  const file = options.out ?? (update ? `adopted${extension}` : mainFile);
  const adapter = adapterOf(options);
  return { adapter, file, part: update ? partName(file) : undefined, signature: signatureOf(options, adapter) };
}

/** What `--trunk "$UNSET"` gives: it would match objects without a name. */
function refuseBlankFilters({ trunk, number, match }: AdoptOptions): void {
  for (const [flag, texts] of Object.entries({ "--trunk": trunk, "--number": number, "--match": match }))
    if (texts.some((text) => text.trim() === "")) throw new CommandError(`${flag} is blank`, EXIT.usage);
}

function adapterOf({ language, adapter, importFile }: AdoptOptions): Target["adapter"] {
  if (adapter === "dynamic" && language !== "typescript")
    throw new CommandError(`dynamic resources are for TypeScript: ${language} needs --adapter plugin`, EXIT.usage);
  if (adapter === "dynamic" && importFile !== undefined)
    throw new CommandError(
      "`pulumi import` is for the plugin: leave --import-file out, or use --adapter plugin",
      EXIT.usage,
    );
  return adapter ?? (language === "typescript" && importFile === undefined ? "dynamic" : "plugin");
}

/** `adopted.go` -> `adopted`, `adopted-2.go` -> `adopted_2`: in Go two files of a folder are one package. */
function partName(file: string): string {
  const base = file.replace(/^.*[/\\]/, "").replace(/\.\w+$/, "");
  const name = base.replace(/\W/g, (sign) => (sign === "-" ? "_" : `_${sign.codePointAt(0)?.toString(16)}_`));
  if (name === "adopted") return name;
  return /^[A-Za-z]/.test(name) && !isReserved(name.toLowerCase()) ? name : `adopted_${name}`;
}

function signatureOf(
  { language, trunk, number, match, numbersAs = "auto", update, importFile }: AdoptOptions,
  adapter: Target["adapter"],
): string {
  const flags = [
    ...(language === "typescript" ? [] : ["--language", language]),
    ...(language === "typescript" && adapter === "plugin" ? ["--adapter", adapter] : []),
    ...(numbersAs === "auto" ? [] : ["--numbers-as", numbersAs]),
    ...(importFile === undefined ? [] : ["--import-file", importFile]),
    ...trunk.flatMap((text) => ["--trunk", text]),
    ...number.flatMap((text) => ["--number", text]),
    ...match.flatMap((text) => ["--match", text]),
    ...(update ? ["--update"] : []),
  ];
  const command = ["pulumi-plivo adopt", ...flags.map((text) => visible(shellArgument(text)))].join(" ");
  // In the first line of a file Python would read `coding:` or `coding=` as its encoding (PEP 263).
  return command.replace(/coding(?=[:=])/g, "coding\\");
}

/** The same target on an account: its name stands in no file, only what tells it from others. */
export function onAccount(target: Target, account: string): Target {
  return { ...target, signature: `${target.signature} # account ${account}` };
}
