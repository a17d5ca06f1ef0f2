/** One command of the story: said, run, shown, and held against what it must show. */

import { Problem } from "../lib/cli.mjs";
import { run } from "./processes.mjs";
import { note, prompt, withoutColours } from "./terminal.mjs";

/**
 * @typedef {object} Step
 * @property {readonly [string, ...string[]]} command
 * @property {string} look one sentence: what to look at
 * @property {boolean} [fails] it must end with an exit code other than 0
 * @property {readonly RegExp[]} [shows] what its output must contain
 */

/** @param {import("./processes.mjs").Place} place @param {Step} step */
export async function play(place, { command, look, fails = false, shows = [] }) {
  prompt(command.map(quoted).join(" "));
  note(look);
  const [program, ...args] = command;
  const { code, text } = await run(program, args, place);
  expect(fails ? code !== 0 : code === 0, `the exit code is ${code}`);
  const output = withoutColours(text);
  for (const pattern of shows) expect(pattern.test(output), `its output has nothing like ${pattern}`);
  if (fails) note(`Exit code ${code}.`);
  return output;
}

/** @param {boolean} condition @param {string} otherwise */
export function expect(condition, otherwise) {
  if (!condition) throw new Problem(`\nThis step does not show what it should: ${otherwise}.`);
}

/** @param {string} word */
function quoted(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
