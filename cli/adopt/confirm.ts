/** Files in the way: asked about on a terminal, refused elsewhere. */
import { createInterface } from "node:readline/promises";
import { CommandError } from "../shared/errors";
import { EXIT } from "./exit-codes";
import { type GeneratedFile, obstacleTo } from "./files";

export interface Asking {
  readonly force: boolean;
  /** Whether a file of the same command may be replaced by one with other contents. */
  readonly mayReplace: boolean;
  /** `undefined`: there is no terminal to ask on. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
}

/** Throws unless all of them may be written. */
export async function confirmOverwriting(
  files: readonly GeneratedFile[],
  { force, mayReplace, ask }: Asking,
): Promise<void> {
  if (force) return;
  for (const file of files) {
    const obstacle = obstacleTo(file, mayReplace);
    if (obstacle === undefined) continue;
    const isAgreed =
      ask !== undefined && /^y(es)?$/i.test((await ask(`${file.path} was ${obstacle}. Overwrite it? [y/N] `)).trim());
    if (isAgreed) continue;
    const message = `${file.path} was ${obstacle}; pass --force to overwrite it, or another file; nothing was written`;
    throw new CommandError(message, EXIT.fileExists);
  }
}

/** On stderr: stdout is for the result. */
export function askOnTerminal(): Asking["ask"] {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  return async (question) => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await terminal.question(question);
    } finally {
      terminal.close();
    }
  };
}
