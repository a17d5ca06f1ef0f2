/** Texts for terminals and logs. Nothing in them may move a cursor, begin a line, or be a command of a CI system. */

/** Control characters, invisible formatting (which can turn the direction of a text), and separators of lines. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** `##[command]`, `##vso[...]`, `##teamcity[...]`: obeyed wherever they stand in a line. */
const CI_COMMAND = /#(?=#\w*\[)/g;

/** `::error::`: obeyed at the beginning of a line. */
const CI_START = /^(?=\s*::)/;

/**
 * The text on one line, with escapes for what cannot be seen: `\n`, `\u001b`. Applied to its own result it changes
 * nothing. Lone surrogates are replaced: what sends one to the engine throws, and the engine waits for ever.
 */
export function visible(text: string): string {
  return text.toWellFormed().replace(UNSEEN, escaped).replace(CI_COMMAND, "#\\").replace(CI_START, "\\");
}

const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escaped(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  return NAMED[sign] ?? (code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`);
}

/** One argument of a command line that a user may copy: quoted where a shell would take it for more than a word. */
export function shellArgument(text: string): string {
  return /^[\w@%+=:,./][\w@%+=:,./-]*$/.test(text) ? text : shellQuoted(text);
}

export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Far more than is ever shown, far less than what would make the work below noticeable. */
const LOOKED_AT = 20_000;

/** Text of a server as one line of at most `longest` characters. What cannot be seen is of no use to a reader, and goes. */
export function oneLine(text: string, longest = 200): string {
  const line = text
    .slice(0, LOOKED_AT)
    .replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, " ")
    .trim()
    .replaceAll('"', "'");
  if (line.length <= longest) return line;
  // Not through the middle of a sign that takes two.
  const start = line.slice(0, longest - 3).replace(/\p{Cs}$/u, "");
  return `${start.trimEnd()}...`;
}

/** What a person would read of an HTML page. */
export function withoutTags(text: string): string {
  return text
    .slice(0, LOOKED_AT)
    .replace(/<(script|style)\b[^<>]*>[^<]*/gi, " ")
    .replace(/<[^<>]*>/g, " ")
    .replace(/&nbsp;/g, " ");
}
