/** A command cannot do what was asked; the message is for the user, and the code is what the process ends with. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly exitCode: number = 1,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Not by `instanceof`: a bundle that is loaded later has a class of its own. */
export function exitCodeOf(thrown: unknown): number {
  const code = thrown instanceof Error && "exitCode" in thrown ? thrown.exitCode : undefined;
  return typeof code === "number" ? code : 1;
}
