/** `--fix`: the plan is printed, and nothing is done without a yes. */
import type { Account } from "../../../provider/resources/index";
import { type Ask, isYes } from "../../shared/ask";
import type { AuditResult } from "../audit";
import { fix } from "./fix";
import { describePlan, isEmpty, planOf } from "./plan";
import { cancelFirst, type StackStore } from "./stacks";

export interface FixRequest {
  readonly account: Account;
  readonly store: StackStore;
  readonly isAgreed: boolean;
  /** `undefined`: there is no terminal to ask on. */
  readonly ask: Ask | undefined;
  line(text: string): void;
  now?(): number;
}

export interface FixResult {
  readonly hasChanged: boolean;
  /** Whether all of the plan was done. */
  readonly isDone: boolean;
}

export async function runFix(
  { audited, unread }: Pick<AuditResult, "audited" | "unread">,
  { account, store, isAgreed, ask, line, now }: FixRequest,
): Promise<FixResult> {
  if (unread.length > 0) {
    line("Nothing is fixed: the account could not be read completely.");
    return { hasChanged: false, isDone: false };
  }
  const plan = planOf(audited);
  if (isEmpty(plan)) {
    line("Nothing to fix.");
    return { hasChanged: false, isDone: true };
  }
  line("To fix:");
  for (const step of describePlan(plan)) line(`  ${step}`);
  for (const stack of plan.clears.keys()) line(`${stack}: ${cancelFirst(stack)}.`);
  if (!isAgreed && !(ask !== undefined && isYes(await ask("Do this? [y/N] ")))) {
    line(ask === undefined ? "Nothing was changed: pass --yes to do this." : "Nothing was changed.");
    return { hasChanged: false, isDone: false };
  }
  const problems = await fix(plan, { account, store, report: line, ...(now && { now }) });
  for (const problem of problems) line(`not fixed: ${problem}`);
  return { hasChanged: true, isDone: problems.length === 0 };
}
