/** Whether the states are of the account that was read: beside another one everything would be gone and unmanaged. */

import { keyOf } from "../inventory/inventory";
import { managedKey } from "../inventory/stack-state";
import { CommandError } from "../shared/errors";
import { type Audited, digitsOfAll } from "./audited";
import { EXIT } from "./exit-codes";

/** @throws CommandError if the account has nothing of what one of the stacks manages */
export function checkStacks({ stacks, reading }: Audited): void {
  const rented = new Set(digitsOfAll(reading.numbers).map((digits) => keyOf("PhoneNumberAttachment", digits)));
  for (const { label, state, isOfAccount } of stacks) {
    if (isOfAccount) continue;
    const keys = state.entries.flatMap((entry) => managedKey(entry) ?? []);
    const other = state.entries.find(({ otherAccount }) => otherAccount !== undefined)?.otherAccount;
    if (keys.length === 0 && other !== undefined)
      throw new CommandError(`${label} is of account ${JSON.stringify(other)}`, EXIT.usage);
    if (keys.length === 0 || reading.unread.size > 0) continue;
    if (keys.some((key) => reading.objects.has(key) || rented.has(key))) continue;
    throw new CommandError(
      `this account has none of the ${keys.length} objects of ${label}, such as ${keys[0]}: use the credentials of the stack's account, or run \`pulumi refresh\` if they were deleted`,
      EXIT.usage,
    );
  }
}
