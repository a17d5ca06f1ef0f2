/** All rules on one account: what was found, what could not be read, and what could therefore not be checked. */
import { messageOf } from "../../provider/lifecycle/index";
import type { Account } from "../../provider/resources/index";
import { visible } from "../../provider/text/visible";
import { withHiddenNames } from "../inventory/hidden-names";
import { readAccount } from "../inventory/read-account";
import type { Progress } from "../shared/progress";
import { type Audited, type AuditedStack, auditedOf, type Rule } from "./audited";
import { checkStacks } from "./check-stacks";
import { compare } from "./compare";
import { type Finding, sorted } from "./finding";
import { allKinds, factsOf, type Kind } from "./kinds";
import { kindsNotShown } from "./lists-show";
import { access } from "./rules/access";
import { numbers } from "./rules/numbers";
import { stacks } from "./rules/stacks";
import { trunks } from "./rules/trunks";
import { values } from "./rules/values";

const rules: readonly Rule[] = [access, trunks, numbers, values, stacks];

/** These need a stack to compare with. */
export const ABOUT_STACKS: ReadonlySet<Kind> = new Set<Kind>([
  "abandoned-create",
  "gone",
  "managed-twice",
  "pending-operation",
  "unconfirmed-create",
  "orphan",
  "unmanaged",
  "drift",
]);

export interface Unread {
  readonly what: string;
  readonly why: string;
}

export interface AuditResult {
  readonly audited: Audited;
  readonly findings: readonly Finding[];
  readonly unread: readonly Unread[];
  /** Kinds that say nothing: they rest on what could not be read, or on a stack where none is given. */
  readonly notChecked: readonly Kind[];
}

export async function audit(
  account: Account,
  given: readonly AuditedStack[],
  progress: Progress,
): Promise<AuditResult> {
  const reading = withHiddenNames(await readAccount(account, progress));
  const audited = auditedOf(reading, given);
  checkStacks(audited);
  const comparison = await compare(audited, account);
  const isWhole = reading.unread.size === 0;
  const notShown = await kindsNotShown(reading, account);
  const notChecked = allKinds.filter(
    (kind) =>
      (!isWhole && factsOf(kind).needsWhole) ||
      (given.length === 0 && ABOUT_STACKS.has(kind)) ||
      notShown.includes(kind),
  );
  const found = [...comparison.findings, ...rules.flatMap((rule) => rule(audited))];
  return {
    audited,
    findings: sorted(found.filter(({ kind }) => !notChecked.includes(kind))),
    unread: [...reading.unread, ...comparison.unread].map(([what, error]) => ({
      what,
      why: visible(messageOf(error)),
    })),
    notChecked,
  };
}
