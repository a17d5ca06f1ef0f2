/** A question to a person. */
import { createInterface } from "node:readline/promises";

export type Ask = (question: string) => Promise<string>;

export function isYes(answer: string): boolean {
  return /^y(es)?$/i.test(answer.trim());
}

/** `undefined`: there is no terminal to ask on. The question is on stderr: stdout is for the result. */
export function askOnTerminal(): Ask | undefined {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  return async (question) => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await terminal.question(question);
    } finally {
      terminal.close();
    }
  };
}
