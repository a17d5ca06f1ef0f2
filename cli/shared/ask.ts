/** A question to a person. */
import { createInterface } from "node:readline/promises";

export type Ask = (question: string) => Promise<string>;

export function isYes(answer: string): boolean {
  return /^y(es)?$/i.test(answer.trim());
}

/** `undefined`: there is no terminal to ask on. The question is on stderr: stdout is for the result. */
export function askOnTerminal(): Ask | undefined {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  return askOn(process.stdin, process.stderr);
}

/** The end of the input, Ctrl-D, is a blank reply: without it the process would end as if all were done. */
export function askOn(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Ask {
  return async (question) => {
    const terminal = createInterface({ input, output });
    const ended = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
    try {
      return await Promise.race([terminal.question(question), ended]);
    } finally {
      terminal.close();
    }
  };
}
