/** What the process ends with; documented in docs/adopt.md. */
export const EXIT = {
  /** Wrong options or configuration; a filter that finds nothing; a file or a stack that cannot be read. */
  usage: 1,
  /** Part of the account could not be read. Nothing was written. */
  incomplete: 2,
  /** A file is in the way. Nothing was written. */
  fileExists: 3,
} as const;
