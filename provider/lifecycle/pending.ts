/**
 * The id of an object that may or may not exist: its create was sent, the answer was lost, and looking for it settled
 * nothing. The state keeps it under its name until a later run can look again.
 */
export interface Pending {
  readonly name: string;
  /** The name was made up by us, so that an object that bears it is the one; else it may be anybody's. */
  readonly isOurs: boolean;
}

const OURS = "pending:";
const SHARED = "pending-unproven:";

export function pendingId({ name, isOurs }: Pending): string {
  return `${isOurs ? OURS : SHARED}${name}`;
}

/** What this id stands for, if it stands for an object that may not exist. */
export function pendingOf(id: string): Pending | undefined {
  if (id.startsWith(OURS)) return { name: id.slice(OURS.length), isOurs: true };
  return id.startsWith(SHARED) ? { name: id.slice(SHARED.length), isOurs: false } : undefined;
}
