import { createHash, randomBytes } from "node:crypto";

/** Generates the ids of new objects. */
export interface IdSource {
  /** 18 digits, beyond what a JavaScript number holds: a client that parses ids as numbers is caught. */
  digits(): string;
  uuid(): string;
}

/**
 * Ids are random: two simulators in one process must not hand out the same id, because a provider remembers what it
 * has read. With a seed they are the same in every run.
 */
export function idSource(seed?: string): IdSource {
  let count = 0;
  const bytes = () =>
    seed === undefined ? randomBytes(16) : createHash("sha256").update(`${seed}/${count++}`).digest().subarray(0, 16);
  return {
    digits: () => (10n ** 17n + (bytes().readBigUInt64BE() % (9n * 10n ** 17n))).toString(),
    uuid: () => {
      const hex = bytes().toString("hex");
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
  };
}
