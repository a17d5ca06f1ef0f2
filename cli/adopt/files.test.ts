import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { confirmOverwriting } from "./confirm";
import { obstacleTo, ownText, signed, signedJson, writeFiles } from "./files";

const folder = mkdtempSync(join(tmpdir(), "adopt-"));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, "index.ts");
const json = join(folder, "import.json");
const program = (body: string, command = "pulumi-plivo adopt") => ({ path, text: signed("//", command, body) });
const list = (ids: readonly string[]) => ({ path: json, text: signedJson("pulumi-plivo adopt", { resources: ids }) });

function present(file: string, text: string): void {
  writeFileSync(file, text);
}

test.each<{ what: string; before: () => void; obstacle: string | undefined }>([
  { what: "no file", before: () => rmSync(path, { force: true }), obstacle: undefined },
  { what: "the same", before: () => present(path, program("b\n").text), obstacle: undefined },
  { what: "its own, of an older account", before: () => present(path, program("a\n").text), obstacle: undefined },
  {
    what: "an edited one",
    before: () => present(path, `${program("a\n").text}c\n`),
    obstacle: "edited since it was written",
  },
  {
    what: "another part",
    before: () => present(path, program("a\n", "pulumi-plivo adopt --trunk x").text),
    obstacle: "written by another `adopt`",
  },
  { what: "a user's file", before: () => present(path, "import x;\n"), obstacle: "not written by this command" },
  { what: "an empty file", before: () => present(path, ""), obstacle: "not written by this command" },
])("$what is overwritten only if nothing of a user's is lost", ({ before, obstacle }) => {
  before();
  expect(obstacleTo(program("b\n"))).toBe(obstacle);
});

test("what a part of a program was written to is never replaced by the next part", () => {
  present(path, program("a\n").text);
  expect(obstacleTo(program("b\n"), false)).toBe("written by another `adopt`");
  expect(obstacleTo(program("a\n"), false)).toBe(undefined);
});

test("the file for `pulumi import` is recognised by its first key, and is JSON", () => {
  present(json, list(["1"]).text);
  expect(JSON.parse(list(["1"]).text)).toMatchObject({ resources: ["1"] });
  expect(obstacleTo(list(["2"]))).toBe(undefined);
  present(json, list(["1"]).text.replace('"1"', '"9"'));
  expect(obstacleTo(list(["2"]))).toBe("edited since it was written");
  present(json, '{"resources": []}');
  expect(obstacleTo(list(["2"]))).toBe("not written by this command");
  present(json, "{");
  expect(obstacleTo(list(["2"]))).toBe("not written by this command");
});

test("an edited first line is an edit too", () => {
  const { text } = program("a\n");
  const edits = [
    (line: string) => `${line} Ours since May.`,
    (line: string) => line.replace("// ", "// Ours. "),
    (line: string) => line.replace(" only", ""),
    (line: string) => `${line}\r`,
  ];
  for (const edit of edits) {
    present(path, text.replace(/^.*/, edit));
    expect(obstacleTo(program("b\n"))).toBe("edited since it was written");
  }
});

test("a file is recognised whatever its name and its command", () => {
  const command = `pulumi-plivo adopt --match '/"a\\d/' ${"--number 14155550100 ".repeat(300)}`;
  const other = join(folder, "import.txt");
  present(other, signedJson(command, { resources: [] }));
  expect(obstacleTo({ path: other, text: signedJson(command, { resources: ["1"] }) })).toBe(undefined);
  expect(ownText(other, command)).toBe(readFileSync(other, "utf8"));
  expect(ownText(other, `${command} --update`)).toBe(undefined);
  present(json, signed("//", command, "a\n"));
  expect(obstacleTo({ path: json, text: signed("//", command, "b\n") })).toBe(undefined);
});

test.each([
  { force: false, reply: undefined, isWritten: false },
  { force: false, reply: "n", isWritten: false },
  { force: false, reply: "", isWritten: false },
  { force: false, reply: "y", isWritten: true },
  { force: true, reply: undefined, isWritten: true },
])("a file in the way, force $force, reply $reply: written $isWritten", async ({ force, reply, isWritten }) => {
  present(path, "import x;\n");
  const questions: string[] = [];
  const ask = async (question: string) => {
    questions.push(question);
    return reply ?? "";
  };
  const asking = { force, mayReplace: true, ask: reply === undefined ? undefined : ask };
  const confirmed = confirmOverwriting([program("b\n")], asking);
  if (isWritten) await confirmed;
  else
    await expect(confirmed).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining("was not written by this command"),
    });
  expect(questions).toHaveLength(reply === undefined ? 0 : 1);
});

test("files are written whole, and it is told which were the same before", () => {
  rmSync(path, { force: true });
  expect(writeFiles([program("a\n")])).toEqual([false]);
  expect(writeFiles([program("a\n")])).toEqual([true]);
  expect(readFileSync(path, "utf8")).toBe(program("a\n").text);
  const missing = { path: join(folder, "no/such/folder.ts"), text: "" };
  expect(() => writeFiles([program("b\n"), missing])).toThrow(/no\/such: ENOENT; nothing was written$/);
  expect(readFileSync(path, "utf8")).toBe(program("a\n").text);
  expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("a file that cannot be replaced leaves the others as they were", () => {
  const other = join(folder, "other.ts");
  // What a draft would be called is there already: the second draft fails. The first is gone again.
  present(path, "before");
  const draft = join(
    folder,
    `.${process.pid}-${createHash("sha256")
      .update(`${realpathSync(folder)}/other.ts`)
      .digest("hex")
      .slice(0, 16)}.tmp`,
  );
  writeFileSync(draft, "");
  expect(() => writeFiles([program("b\n"), { path: other, text: "x" }])).toThrow(/\(EEXIST\); nothing was written$/);
  expect([readFileSync(path, "utf8"), existsSync(other)]).toEqual(["before", false]);
});
