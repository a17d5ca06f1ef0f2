/**
 * The id of an object that may or may not exist: its create was sent, the answer was lost, and looking for it settled
 * nothing. The state keeps it under its name until a later run can look again.
 */
export interface Pending {
  readonly name: string;
  /** The name was made up by us, so that an object that bears it is the one; else it may be anybody's. */
  readonly isOurs: boolean;
  /** The id of an object that has the name too, and that is certainly not it: the one that it was to replace. */
  readonly besides?: string | undefined;
}

const FORM = /^pending(?<shared>-unproven)?(?:-besides-(?<besides>[^:]+))?:(?<name>.*)$/s;

export function pendingId({ name, isOurs, besides }: Pending): string {
  const form = isOurs ? "pending" : "pending-unproven";
  return `${form}${besides === undefined ? "" : `-besides-${besides}`}:${name}`;
}

/** What this id stands for, if it stands for an object that may not exist. */
export function pendingOf(id: string): Pending | undefined {
  const { shared, besides, name } = FORM.exec(id)?.groups ?? {};
  return name === undefined ? undefined : { name, isOurs: shared === undefined, besides };
}
