/** What the process ends with; documented in docs/contract.md. */
export const EXIT = {
  /** Wrong options or configuration, or an account that cannot be used. Nothing was made. */
  usage: 1,
  /** Some fact could not be found out. */
  incomplete: 2,
  /** A fact is not as documented or observed. */
  different: 3,
  /** Something may be left on the account, or the number is not back on its route. */
  left: 4,
  /** Stopped by a signal; the account is clean. */
  stopped: 130,
} as const;
