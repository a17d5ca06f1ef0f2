/** Whether the states are of the account that was read: beside another one everything would be gone and unmanaged. */

import { keyOf } from "../inventory/inventory";
import { managedKey } from "../inventory/stack-state";
import { CommandError } from "../shared/errors";
import { type Audited, type AuditedStack, digitsOfAll } from "./audited";
import { EXIT } from "./exit-codes";

/** @throws CommandError if the account has nothing of what one of the stacks manages */
export function checkStacks(audited: Audited): void {
  const { stacks, reading } = audited;
  for (const stack of stacks) {
    if (stack.isOfAccount) continue;
    const { label, state } = stack;
    const keys = state.entries.flatMap((entry) => managedKey(entry) ?? []);
    const all = [...state.entries, ...state.pending];
    const [other] = all.flatMap(({ otherAccount }) => otherAccount ?? []);
    if (other !== undefined && keys.length === 0 && all.every(({ otherAccount }) => otherAccount !== undefined))
      throw new CommandError(`${label} is of account ${JSON.stringify(other)}`, EXIT.usage);
    if (keys.length === 0 || reading.unread.size > 0 || hasSomeOf(stack, audited)) continue;
    throw new CommandError(
      `this account has none of the ${keys.length} objects of ${label}, such as ${keys[0]}: use the credentials of the stack's account, or run \`pulumi refresh\` if they were deleted`,
      EXIT.usage,
    );
  }
}

/** Whether something shows it. A state that has pending creates only says nothing of its account by itself. */
export function isKnownOfAccount(stack: AuditedStack, audited: Audited): boolean {
  return stack.isOfAccount || hasSomeOf(stack, audited);
}

function hasSomeOf({ state }: AuditedStack, { reading }: Audited): boolean {
  const rented = new Set(digitsOfAll(reading.numbers).map((digits) => keyOf("PhoneNumberAttachment", digits)));
  return state.entries
    .flatMap((entry) => managedKey(entry) ?? [])
    .some((key) => reading.objects.has(key) || rented.has(key));
}
