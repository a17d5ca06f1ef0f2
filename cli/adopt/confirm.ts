/** Files in the way: asked about on a terminal, refused elsewhere. */
import { type Ask, isYes } from "../shared/ask";
import { CommandError } from "../shared/errors";
import { EXIT } from "./exit-codes";
import { type GeneratedFile, obstacleTo } from "./files";

export interface Asking {
  readonly force: boolean;
  /** Whether a file of the same command may be replaced by one with other contents. */
  readonly mayReplace: boolean;
  /** `undefined`: there is no terminal to ask on. */
  readonly ask: Ask | undefined;
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
    if (ask !== undefined && isYes(await ask(`${file.path} was ${obstacle}. Overwrite it? [y/N] `))) continue;
    const message = `${file.path} was ${obstacle}; pass --force to overwrite it, or another file; nothing was written`;
    throw new CommandError(message, EXIT.fileExists);
  }
}
