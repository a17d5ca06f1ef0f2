/** A phone number as it is typed: `+14155550100`, `+1 (415) 555-0100`, `14155550100`. */
import { CommandError } from "../shared/errors";
import { EXIT } from "./exit-codes";

const TYPED = /^\s*\+?[\d\s().-]+$/;

/** Its digits. Country code included, as Plivo has it: at most 15 (E.164). */
export function parseNumber(number: string): string {
  const digits = number.replace(/\D/g, "");
  if (TYPED.test(number) && digits.length >= 4 && digits.length <= 15) return digits;
  throw new CommandError(
    `"${number}" is no phone number: give its country code and its digits, such as +14155550100`,
    EXIT.usage,
  );
}
