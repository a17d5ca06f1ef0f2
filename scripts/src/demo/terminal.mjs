/** What the demo prints, so that commands, their output and our own words can be told apart. */

import { createInterface } from "node:readline";

const colourful = process.stdout.isTTY === true && !process.env.NO_COLOR;

/** For tools that look at their own output: whether ours ends on a terminal. */
export const colour = colourful ? "always" : "never";

/** @param {string} code @param {string} text */
function styled(code, text) {
  return colourful ? `\u001b[${code}m${text}\u001b[0m` : text;
}

/** @param {string} text */
function print(text) {
  process.stdout.write(`${text}\n`);
}

/** @param {string} title */
export function heading(title) {
  print(`\n${styled("1", `== ${title}`)}`);
}

/** What to look at, or what happened. @param {string} text */
export function note(text) {
  print(styled("36", `-- ${text}`));
}

/** A command as it could be typed. @param {string} line */
export function prompt(line) {
  print(`\n${styled("1;32", `$ ${line}`)}`);
}

/** What somebody else does. @param {string} line */
export function aside(line) {
  print(`\n${styled("1;33", `> ${line}`)}`);
}

/** A part of a file before and after. @param {readonly string[]} before @param {readonly string[]} after */
export function edit(before, after) {
  for (const line of before.filter((line) => !after.includes(line))) print(styled("31", `    - ${line.trim()}`));
  for (const line of after.filter((line) => !before.includes(line))) print(styled("32", `    + ${line.trim()}`));
}

/** Shows a program's output line by line as it comes, set off from ours. @param {import("node:stream").Readable} stream */
export function quote(stream) {
  createInterface({ input: stream, crlfDelay: Infinity }).on("line", (line) => print(line === "" ? "" : `    ${line}`));
}

/** @param {string} text */
export function withoutColours(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character starts every colour code
  return text.replace(/\u001b\[[\d;]*m/g, "");
}
