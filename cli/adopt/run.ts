/** The steps of `adopt`: read the account, choose, write the program, report. */
import { readFileSync } from "node:fs";
import { version } from "../../package.json";
import { withHiddenNames } from "../inventory/hidden-names";
import { type Inventory, keyOf, type LiveObject } from "../inventory/inventory";
import { readWholeAccount } from "../inventory/read-account";
import { configurationOf, openAccount } from "../shared/account";
import { askOnTerminal } from "../shared/ask";
import { CommandError } from "../shared/errors";
import { Output } from "../shared/output";
import { progressOn } from "../shared/progress";
import { exportStack } from "../shared/pulumi-cli";
import { checkTargets } from "../shared/targets";
import { confirmOverwriting } from "./confirm";
import { EXIT } from "./exit-codes";
import { type GeneratedFile, ownText, signed, signedJson, writeFiles } from "./files";
import { importFile } from "./import-file";
import { checkAccount, isKnown, type KnownObjects, knownObjects, nothingKnown } from "./known-objects";
import { languages } from "./languages/index";
import { logicalNames } from "./naming/names";
import { keysIn, type SecretKeys } from "./naming/secret-keys";
import { withoutTelling } from "./naming/telling-names";
import { writtenNames } from "./naming/written-names";
import { numberForms } from "./number-sets";
import { aboutInterrupted, aboutUnconfirmed, type Oddity, odditiesOf } from "./oddities";
import { type AdoptOptions, onAccount, type Target, targetOf } from "./options";
import { type Program, programOf } from "./program";
import { commandsFor, type Findings, nextSteps, print, resultOf } from "./result";
import { isEverything, select } from "./selection";

export async function adopt(options: AdoptOptions): Promise<void> {
  const asked = targetOf(options);
  checkTargets(options.importFile === undefined ? [asked.file] : [asked.file, options.importFile]);
  const state = await stateOf(options);
  const configuration = await configurationOf(options);
  const { account, authId, fingerprint } = await openAccount(options, configuration);
  const target = onAccount(asked, fingerprint);
  const known = state === undefined ? nothingKnown : knownObjects(state.text, state.what, authId);
  const inventory = await readWholeAccount(account, progressOn(process.stderr));
  if (state) checkAccount(known, inventory, state.what);
  const before = { keys: keysOf(configuration, options, target), names: namesBefore(options, target) };
  const findings = findingsIn(inventory, known, options, before);
  const { program } = findings;
  const files = program.sections.length === 0 ? [] : filesFor(program, options, target);
  const { force = false, json = false, update = false } = options;
  await confirmOverwriting(files, { force, mayReplace: !update, ask: json ? undefined : askOnTerminal() });
  const unchanged = writeFiles(files);
  const result = {
    files: files.map(({ path }, index) => ({ path, unchanged: unchanged[index] === true })),
    ...resultOf(findings),
    commands: files.length === 0 ? [] : commandsFor(program, options),
  };
  const output = new Output(process.stdout);
  if (json) output.json(result);
  else print(result, nextSteps(options, target), output);
}

interface State {
  readonly text: string;
  /** What errors call it. */
  readonly what: string;
}

async function stateOf({ update, state, stack = "" }: AdoptOptions): Promise<State | undefined> {
  if (!update) return undefined;
  if (state !== undefined) return { text: readText(state), what: state };
  return { text: await exportStack(stack), what: `the state of ${stack}` };
}

export function keysOf(
  configuration: Readonly<Record<string, string>>,
  { update = false, stack }: Pick<AdoptOptions, "update" | "stack">,
  { file, signature }: Pick<Target, "file" | "signature">,
): SecretKeys {
  const own = update ? "" : (ownText(file, signature) ?? "");
  return { taken: keysIn(configuration, own), isUnknown: update && stack === undefined };
}

/** Those of the files that will be replaced without asking. */
export function namesBefore(
  { language, importFile: other, update = false }: Pick<AdoptOptions, "language" | "importFile" | "update">,
  { file, signature }: Pick<Target, "file" | "signature">,
): ReadonlyMap<string, string> {
  const paths = update ? [] : [file, ...(other === undefined ? [] : [other])];
  const files = paths.flatMap((path) => {
    const text = ownText(path, signature);
    return text === undefined ? [] : [{ path, text }];
  });
  return writtenNames(files, languages[language]);
}

/** PowerShell writes a byte order mark. */
export function readText(file: string): string {
  try {
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError(`${file} cannot be read (${code})`, EXIT.usage, { cause: error });
  }
}

/** What the stack and the files of an earlier run have already. */
export interface Before {
  readonly keys: SecretKeys;
  readonly names: ReadonlyMap<string, string>;
}

type Choice = Pick<AdoptOptions, "language" | "trunk" | "number" | "match" | "numbersAs">;

/** Everything between the account and the files: no request is sent. */
export function findingsIn(
  read: Inventory,
  known: KnownObjects,
  { language, trunk, number, match, numbersAs = "auto" }: Choice,
  before: Before,
): Findings {
  const filters = { trunks: trunk, numbers: number, patterns: match };
  const selected = select(read, filters);
  const inventory = withHiddenNames(read);
  // Filters are for the names as they are.
  const chosen = new Map([...inventory.objects].filter(([key]) => selected.has(key)));
  const isFree = ([key, object]: readonly [string, LiveObject]) => !isKnown(known, key, object);
  const unmanaged = [...chosen].filter(isFree);
  const { fresh, doubtful } = withoutDoubtful(unmanaged, read, known);
  const { objects, sets, ...forms } = numberForms(inventory, fresh, { numbersAs, known, written: before.names });
  const elsewhere = new Map([...known.names].map(([key, name]) => [key, `"${name}" in the stack`]));
  const isWhole = isEverything(filters);
  const isElsewhere = (key: string) => known.names.has(key);
  const oddities = [...doubtful, ...forms.oddities, ...odditiesOf(inventory, objects, { isElsewhere, isWhole })];
  // What the stack manages has its name there.
  const unknown = new Map([...[...inventory.objects].filter(isFree), ...sets]);
  const written = withoutTelling(before.names, read);
  const names = logicalNames(unknown, language === "yaml" ? known.everyName : known.taken, written);
  const program = programOf({ objects: [...objects.values()], names, oddities, elsewhere, keys: before.keys });
  const isLeftOut = ([key, { token }]: readonly [string, LiveObject]) =>
    token === "PhoneNumberAttachment" && !selected.has(key);
  const numbersLeftOut = [...inventory.objects].filter(isLeftOut).length;
  return { inventory, objects, program, oddities, numbersLeftOut, alreadyManaged: chosen.size - unmanaged.length };
}

/** Objects that a create of the stack may have made are left out, and reported. */
function withoutDoubtful(
  unmanaged: readonly (readonly [string, LiveObject])[],
  { objects }: Inventory,
  { unconfirmed, interrupted }: KnownObjects,
): { readonly fresh: ReadonlyMap<string, LiveObject>; readonly doubtful: readonly Oddity[] } {
  const fresh = new Map<string, LiveObject>();
  const doubtful: Oddity[] = [];
  for (const [key, object] of unmanaged) {
    // By the name at Plivo, also where that is hidden.
    const named = keyOf(object.token, objects.get(key)?.friendlyName ?? "");
    if (unconfirmed.has(named)) doubtful.push(aboutUnconfirmed(object));
    else if (interrupted.has(named)) doubtful.push(aboutInterrupted(object));
    else fresh.set(key, object);
  }
  return { fresh, doubtful };
}

export function filesFor(program: Program, options: AdoptOptions, target: Target): readonly GeneratedFile[] {
  const { render, comment } = languages[options.language];
  const { adapter, part, file, signature } = target;
  const withImport = options.importFile === undefined;
  const body = render(program, { adapter, withImport, protect: options.protect, part, version });
  const files = [{ path: file, text: signed(comment, signature, body) }];
  if (options.importFile === undefined) return files;
  return [...files, { path: options.importFile, text: signedJson(signature, importFile(program)) }];
}
