/** Phone numbers in international form, by the numbering plans that libphonenumber knows. */
import { LONGEST_NUMBER, NOT_INTERNATIONAL } from "../warnings/index";
import type { PhoneNumber } from "./numbering-plans";

const NO_EXTENSION = "must be a phone number without an extension";
const NOT_IN_PLAN =
  "is no phone number of its country's numbering plan; correct it, or write it as + and digits only, without a leading 0, if it is right";

const LONGEST_E164 = 15;

/** A set of thousands is checked, compared and read back: each of its numbers ten times. */
const MOST_PARSED = 50_000;
const parsed = new Map<string, ParsedNumber>();

export type ParsedNumber = { readonly digits: string } | { readonly problem: string };

/**
 * Digits with the country code. Digits alone, with or without `+`, are taken as written, so that a new range of numbers
 * is not refused; any other spelling must lead to a number that exists in the plan of its country, because only then
 * is it certain what blanks, parentheses and a leading 0 mean.
 */
export function parsePhoneNumber(text: string): ParsedNumber {
  const known = parsed.get(text);
  if (known) return known;
  const result = parseAnew(text);
  if (parsed.size >= MOST_PARSED) parsed.clear();
  if (text.length <= LONGEST_NUMBER) parsed.set(text, result);
  return result;
}

function parseAnew(text: string): ParsedNumber {
  const written = text.length > LONGEST_NUMBER ? "" : text.trim();
  const [, plus, isDigits] = /^(\+?)(?:([1-9]\d*)$)?/.exec(written) ?? [];
  // Without a country code, (415) 555-0100 and +41 55 550100 have the same digits.
  const number = plus || isDigits ? parse(plus ? written : `+${written}`) : undefined;
  if (!number || number.number.length > LONGEST_E164 + 1) return { problem: NOT_INTERNATIONAL };
  if (number.ext !== undefined) return { problem: NO_EXTENSION };
  const digits = number.number.slice(1);
  if (digits === isDigits) return isLongEnough(number) ? { digits } : { problem: NOT_INTERNATIONAL };
  // What the library makes of its own result must be the same, or a second check would change the number.
  return number.isValid() && parse(number.number)?.number === number.number ? { digits } : { problem: NOT_IN_PLAN };
}

/** The plans are loaded with the first number: most programs have none, and each command starts the provider anew. */
function parse(text: string): PhoneNumber | undefined {
  const { parsePhoneNumberFromString }: typeof import("./numbering-plans") = require("./numbering-plans");
  return parsePhoneNumberFromString(text, { extract: false });
}

/** Shorter than the numbers of its country: a national number, whose first digits could be a country code. */
function isLongEnough(number: PhoneNumber): boolean {
  const { validatePhoneNumberLength }: typeof import("./numbering-plans") = require("./numbering-plans");
  return validatePhoneNumberLength(number.number) !== "TOO_SHORT";
}
