/** HTML in which every value is text, unless it is HTML of this file's making. */

export interface Html {
  /** Marks what was made here: a string that looks like it is escaped. */
  readonly [MARK]: string;
}

const MARK: unique symbol = Symbol("html");

type Value = string | Html | readonly Html[];

/** Where a value stands, in text or between quotation marks, it is escaped. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { [MARK]: parts.map((part, index) => part + shown(values[index] ?? "")).join("") };
}

/** Of this program's own making: a style sheet. */
export function asElements(text: string): Html {
  return { [MARK]: text };
}

export function textOf(page: Html): string {
  return page[MARK];
}

function shown(value: Value): string {
  if (typeof value === "string") return escaped(value);
  return "map" in value ? value.map(textOf).join("") : value[MARK];
}

const SIGNS: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? "");
}
