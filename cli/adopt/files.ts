/** Files that this command may write over: its own, written by the same command and not edited since. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CommandError } from "../shared/errors";
import { checkTargets, realPath } from "../shared/targets";
import { EXIT } from "./exit-codes";

export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

const REST = "; it is overwritten only while it is not edited.";

/** The first line of a file: who wrote it, with which arguments, and what the rest was then. */
export function signed(comment: string, command: string, body: string): string {
  return `${comment} Written by \`${command}\` (checksum ${checksum(body)})${REST}\n${body}`;
}

/** The same for JSON, which has no comments: as the first key. */
export function signedJson(command: string, value: object): string {
  const body = JSON.stringify(value, null, 2);
  const mark = { "//": `Written by \`${command}\` (checksum ${checksum(body)})` };
  return `${JSON.stringify({ ...mark, ...value }, null, 2)}\n`;
}

function checksum(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

export type Obstacle = "not written by this command" | "written by another `adopt`" | "edited since it was written";

/** Why a file may not be written without asking; `undefined`: it may. */
export function obstacleTo({ path, text }: GeneratedFile, mayReplace = true): Obstacle | undefined {
  if (!existsSync(path)) return undefined;
  const present = readFileSync(path, "utf8");
  if (present === text) return undefined;
  const mark = markOf(present);
  if (!mark) return "not written by this command";
  if (isEdited(present, mark)) return "edited since it was written";
  return mayReplace && mark.command === markOf(text)?.command ? undefined : "written by another `adopt`";
}

/** The file that the same command wrote, if it was not edited since. */
export function ownText(path: string, command: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const present = readFileSync(path, "utf8");
  const mark = markOf(present);
  return mark?.command === command && !isEdited(present, mark) ? present : undefined;
}

interface Mark {
  readonly command: string;
  readonly sum: string;
  /** In front of it and behind it, on its line. */
  readonly around: readonly [string, string];
}

/** By its text, because any name may be given to it: no program begins like that. */
export function isJson(text: string): boolean {
  return text.startsWith("{\n");
}

function markOf(text: string): Mark | undefined {
  const [first = "", second = ""] = text.split("\n", 2);
  const [, before, found, sum, rest] =
    /^(.*?)Written by `(.*)` \(checksum ([0-9a-f]{16})\)(.*)$/s.exec(isJson(text) ? second : first) ?? [];
  if (before === undefined || found === undefined || sum === undefined || rest === undefined) return undefined;
  return { command: isJson(text) ? fromJson(found) : found, sum, around: [before, rest] };
}

/** What stands between the quotes of a JSON text. */
function fromJson(text: string): string {
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}

function isEdited(present: string, { sum, around: [before, rest] }: Mark): boolean {
  const isWhole = /^(?:\/\/|#) $/.test(before) && rest === REST;
  if (!isJson(present)) return !isWhole || checksum(present.slice(present.indexOf("\n") + 1)) !== sum;
  try {
    const { "//": _, ...value } = JSON.parse(present);
    return checksum(JSON.stringify(value, null, 2)) !== sum;
  } catch {
    return true;
  }
}

/** All of them or none, each of them whole; `true` for those that were the same before. */
export function writeFiles(files: readonly GeneratedFile[]): readonly boolean[] {
  checkTargets(files.map(({ path }) => path));
  const drafts = files.map(({ path, text }) => {
    const file = realPath(path);
    const before = existsSync(file) ? readFileSync(file) : undefined;
    const draft = join(dirname(file), `.${process.pid}-${checksum(file)}.tmp`);
    return { file, text, before, isSame: before?.equals(Buffer.from(text)) === true, draft };
  });
  const changed = drafts.filter(({ isSame }) => !isSame);
  const replaced: typeof drafts = [];
  try {
    for (const { draft, text } of changed) writeFileSync(draft, text, { flag: "wx" });
    for (const one of changed) {
      renameSync(one.draft, one.file);
      replaced.push(one);
    }
  } catch (error) {
    for (const { draft } of changed) rmSync(draft, { force: true });
    throw new CommandError(unwritten(error, replaced), EXIT.usage, { cause: error });
  }
  return drafts.map(({ isSame }) => isSame);
}

/** What was replaced already gets its old text back. */
function unwritten(
  error: unknown,
  replaced: readonly { readonly file: string; readonly before: Buffer | undefined }[],
): string {
  const { code, path } = error as NodeJS.ErrnoException;
  const reason = `the files cannot be written${path === undefined ? "" : ` in ${dirname(path)}`} (${code})`;
  try {
    for (const { file, before } of replaced) {
      if (before === undefined) rmSync(file, { force: true });
      else writeFileSync(file, before);
    }
    return `${reason}; nothing was written`;
  } catch {
    return `${reason}; written: ${replaced.map(({ file }) => file).join(", ")}`;
  }
}
