/** Where the files go, checked before the first request and again before the first file: nothing else is ever replaced. */
import { accessSync, constants, lstatSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { CommandError } from "./errors";

/** Throws unless each of them is, or can become, a regular file of its own. */
export function checkTargets(paths: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const problem = problemOf(path);
    if (problem !== undefined) throw refused(path, problem);
    const file = realPath(path);
    const other = seen.get(file);
    if (other !== undefined) throw refused(path, `it is the same file as ${JSON.stringify(other)}`);
    seen.set(file, path);
  }
}

/** A link stays one: what it points to is written. */
export function realPath(path: string): string {
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return realpathSync(path);
  return join(realpathSync(dirname(path)), basename(path));
}

function problemOf(path: string): string | undefined {
  if (path === "" || /[/\\]$/.test(path)) return "that is no name of a file";
  const folder = dirname(path);
  try {
    if (!statSync(folder).isDirectory()) return `${folder} is no folder`;
    const present = lstatSync(path, { throwIfNoEntry: false });
    // Throws for a link that points to nothing.
    if (present && !statSync(path).isFile()) return "it is no regular file";
    accessSync(dirname(realPath(path)), constants.W_OK | constants.X_OK);
    if (present) accessSync(path, constants.R_OK | constants.W_OK);
    return undefined;
  } catch (error) {
    const { code, path: at } = error as NodeJS.ErrnoException;
    return at === undefined || at === path ? `${code}` : `${at}: ${code}`;
  }
}

function refused(path: string, problem: string): CommandError {
  return new CommandError(`${JSON.stringify(path)} cannot be written: ${problem}; nothing was written`);
}
