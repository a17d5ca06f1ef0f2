/** The elements of a list in a program that is written for the user. */

/** More do not stand on one line: a diff then shows which come and go. */
export const LONGEST_LINE = 5;

/** What stands between the brackets of a list. */
export function listElements(texts: readonly string[], indent: string, step: string): string {
  if (texts.length <= LONGEST_LINE) return texts.join(", ");
  return ["", ...texts.map((text) => `${indent}${step}${text},`), indent].join("\n");
}
