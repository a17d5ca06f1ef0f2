/** What the process ends with; documented in docs/route.md. */
export const EXIT = {
  /** Wrong options or configuration. */
  usage: 1,
  /** The account could not be read. */
  incomplete: 2,
  /** A call to the number does not get through, as far as can be seen from here. */
  broken: 4,
} as const;
