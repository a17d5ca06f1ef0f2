/** What every language is told, and what they share: text for literals and comments. */
import { visible } from "../../../provider/text/visible";
import { LONGEST_LINE } from "../../shared/list-elements";
import type { Argument, Program, ProgramResource } from "../program";

export interface Rendering {
  /** The package that the program imports. TypeScript has two. */
  readonly adapter: "dynamic" | "plugin";
  /** Whether each resource says which object it imports. */
  readonly withImport: boolean;
  readonly protect: boolean;
  /** For a file beside an existing program: its name without the ending. */
  readonly part: string | undefined;
  /** Of the plugin. */
  readonly version: string;
}

export type Renderer = (program: Program, rendering: Rendering) => string;

/** Readers of code see what they get: control and format characters, and blanks that are none, are escapes. */
const UNSEEN = /[\p{C}\p{Z}\\"]/gu;
const SHORT: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\\": "\\\\",
  '"': '\\"',
  " ": " ",
};

/** In double quotes, as JSON and all four languages read it, up to signs beyond four hexadecimal digits. */
export function quoted(text: string, beyond: (hex: string) => string): string {
  const escaped = text.toWellFormed().replace(UNSEEN, (sign) => {
    const hex = (sign.codePointAt(0) ?? 0).toString(16);
    return SHORT[sign] ?? (hex.length > 4 ? beyond(hex) : `\\u${hex.padStart(4, "0")}`);
  });
  return `"${escaped}"`;
}

/** `\U0001f600`: Python, Go and YAML. */
export function eightDigits(hex: string): string {
  return `\\U${hex.padStart(8, "0")}`;
}

/** A list that has a line for each element: a diff then shows which come and go. */
export function longList(argument: Argument): readonly string[] | undefined {
  if (!("literal" in argument) || !Array.isArray(argument.literal)) return undefined;
  return argument.literal.length > LONGEST_LINE ? argument.literal : undefined;
}

/** Each text on one line, whatever a friendly name holds. */
export function comments(mark: string, indent: string, texts: readonly string[]): readonly string[] {
  return texts.map((text) => `${indent}${mark} ${visible(text)}`);
}

/** What stands above a resource. */
export function commentsOf({ comments: own }: ProgramResource): readonly string[] {
  return own.map((text) => `NOTE: ${text}`);
}

/** Texts separated by an empty line. */
export function paragraphs(parts: readonly (readonly string[])[]): string {
  const full = parts.filter((lines) => lines.length > 0);
  return `${full.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
