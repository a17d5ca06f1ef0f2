/** What the demo prints, so that commands, their output and our own words can be told apart; and the commands themselves. */

import { stripVTControlCharacters, styleText } from "node:util";
import { Problem } from "../lib/cli.mjs";
import { run } from "../lib/run.mjs";

const colourful = process.stdout.isTTY === true && !process.env.NO_COLOR;
/** For tools that look at their own output: whether ours ends on a terminal. */
export const colour = colourful ? "always" : "never";

/** @param {string} text @param {Parameters<typeof styleText>[0]} [style] */
function print(text, style) {
  process.stdout.write(`${colourful && style ? styleText(style, text) : text}\n`);
}

/** @param {string} title */
export const heading = (title) => print(`\n== ${title}`, "bold");

/** What to look at, or what happened. @param {string} text */
export const note = (text) => print(`-- ${text}`, "cyan");

/** A command as it could be typed. @param {string} line */
export const prompt = (line) => print(`\n$ ${line}`, ["bold", "green"]);

/** What another person does. @param {string} line */
export const aside = (line) => print(`\n> ${line}`, ["bold", "yellow"]);

/** Lines of a file before and after. @param {readonly string[]} before @param {readonly string[]} after */
export function edit(before, after) {
  for (const line of before) print(`    - ${line}`, "red");
  for (const line of after) print(`    + ${line}`, "green");
}

/**
 * @typedef {object} Step
 * @property {string} command as it could be typed
 * @property {string} look one sentence: what to look at
 * @property {boolean} [fails] it must end with an exit code other than 0
 * @property {readonly RegExp[]} [shows] what its output must contain
 */

/** One command of the story: said, run, shown, and held against what it must show. @param {import("../lib/run.mjs").RunOptions} place @param {Step} step */
export async function play(place, { command, look, fails = false, shows = [] }) {
  prompt(command);
  note(look);
  const [program = "", ...args] = command.split(" ");
  const onLine = (/** @type {string} */ line) => print(line && `    ${line}`);
  const { code, output } = await run(program, args, { ...place, onLine });
  expect(fails ? code !== 0 : code === 0, `the exit code is ${code}`);
  const text = stripVTControlCharacters(output);
  for (const pattern of shows) expect(pattern.test(text), `its output has nothing like ${pattern}`);
  if (fails) note(`Exit code ${code}.`);
  return text;
}

/** @param {boolean} condition @param {string} otherwise */
export function expect(condition, otherwise) {
  if (!condition) throw new Problem(`\nThis step does not show what it should: ${otherwise}.`);
}
