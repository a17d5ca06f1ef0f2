/** What the process ends with; documented in docs/audit.md. */
export const EXIT = {
  /** Wrong options or configuration; a state that cannot be read; a file that cannot be written. */
  usage: 1,
  /** Part of the account could not be read: the report says which, and what was not checked. Comes before `findings`. */
  incomplete: 2,
  /** There is a finding of the severity of --fail-on, or of a higher one. */
  findings: 3,
  /** --fix was refused, declined or did not finish. */
  notFixed: 4,
} as const;
