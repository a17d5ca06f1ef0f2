/** docs/plugin-coverage.md is true: each row has the tests that it names, and each row that must hold has one. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

const root = join(__dirname, "..");

interface Row {
  readonly id: string;
  readonly bar: string;
  readonly where: string;
  readonly files: readonly string[];
  /** Files with words of the name of a test in each: `a.test.ts` "words". */
  readonly named: readonly { readonly file: string; readonly words: string }[];
}

function rows(): Row[] {
  const text = readFileSync(join(root, "docs/plugin-coverage.md"), "utf8");
  const lines = [...text.matchAll(/^\| ([ABC]\d+) \| [^|]+ \| (\S+) \| ([^|]+) \|$/gm)];
  return lines.map(([, id = "", bar = "", where = ""]) => {
    const files = [...where.matchAll(/`([^`]+\.test\.ts)`/g)].map(([, file = ""]) => file);
    const named = [...where.matchAll(/`([^`]+\.test\.ts)` "([^"]+)"/g)];
    return { id, bar, where, files, named: named.map(([, file = "", words = ""]) => ({ file, words })) };
  });
}

/** A name that begins with the id, as a test or in a table of tests. */
function hasTestOf(file: string, id: string): boolean {
  const path = join(root, file);
  return existsSync(path) && new RegExp(`["'\`]${id} \\S`).test(readFileSync(path, "utf8"));
}

test("the page has every row of the checklist, in order", () => {
  const ids = (letter: string, count: number) => Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
  expect(rows().map(({ id }) => id)).toEqual([...ids("A", 36), ...ids("B", 27), ...ids("C", 25)]);
});

test("each file that a row names has a test that begins with its id", () => {
  const rowsWithIds = rows().filter(({ id }) => !id.startsWith("C"));
  const missing = rowsWithIds.flatMap(({ id, files }) =>
    files.filter((file) => !hasTestOf(file, id)).map((file) => `${id} ${file}`),
  );
  expect(missing).toEqual([]);
});

test("each test of the journey is in its file, by the words that the row quotes", () => {
  const journey = rows().filter(({ id }) => id.startsWith("C"));
  for (const { id, files, named } of journey) expect([id, named.map(({ file }) => file)]).toEqual([id, files]);
  const missing = journey.flatMap(({ id, named }) =>
    named.filter(({ file, words }) => !nameIn(file, words)).map(({ words }) => `${id} ${words}`),
  );
  expect(missing).toEqual([]);
});

/** Whether a line of the file that holds a text has these words in it. */
function nameIn(file: string, words: string): boolean {
  const lines = existsSync(join(root, file)) ? readFileSync(join(root, file), "utf8").split("\n") : [];
  return lines.some(
    (line) => /^\s*(?:test\w*[.(]|["'`]|\]?\)\()/.test(line) && line.replaceAll("\\`", "`").includes(words),
  );
}

test("each row that must hold names a test, each other one a test or a reason", () => {
  const open = rows().filter(({ bar, files, where }) => files.length === 0 && (bar === "M" || where.trim().length < 3));
  expect(open.map(({ id }) => id)).toEqual([]);
});
