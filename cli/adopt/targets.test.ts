import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { checkTargets } from "../shared/targets";
import { writeFiles } from "./files";

const folder = mkdtempSync(join(tmpdir(), "adopt-"));
const at = (name: string) => join(folder, name);

beforeAll(() => {
  mkdirSync(at("folder"));
  writeFileSync(at("file"), "");
  execFileSync("mkfifo", [at("pipe")]);
  symlinkSync("folder", at("link"));
  symlinkSync("file", at("file-link"));
  symlinkSync("nothing", at("dangling"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each<[what: string, paths: readonly string[], message: RegExp]>([
  ["no name", [""], /no name of a file/],
  ["a name that ends as a folder's", [at("new/")], /no name of a file/],
  ["a missing folder", [at("no/such.ts")], /no: ENOENT/],
  ["a file for a folder", [at("file/x.ts")], /file is no folder/],
  ["a folder", [at("folder")], /it is no regular file/],
  ["a pipe", [at("pipe")], /it is no regular file/],
  ["a device", ["/dev/null"], /it is no regular file/],
  ["a link that points to nothing", [at("dangling")], /ENOENT/],
  ["a name that is too long", [at("x".repeat(300))], /ENAMETOOLONG/],
  ["one path twice", [at("a.ts"), at("folder/../a.ts")], /the same file as/],
  ["one file through a link to its folder", [at("folder/a.ts"), at("link/a.ts")], /the same file as/],
  ["one file through a link", [at("file"), at("file-link")], /the same file as/],
])("%s is refused as a target, and nothing is written", (_, paths, message) => {
  expect(() => checkTargets(paths)).toThrow(message);
  const files = [...paths, at("other.ts")].map((path) => ({ path, text: "x" }));
  expect(() => writeFiles(files)).toThrow(/; nothing was written$/);
  expect([existsSync(at("other.ts")), existsSync(at("a.ts")), readFileSync(at("file"), "utf8")]).toEqual([
    false,
    false,
    "",
  ]);
});

test("files of their own are accepted, also those that do not exist", () => {
  expect(() => checkTargets([at("file-link"), at("new.ts"), at("folder/new.ts")])).not.toThrow();
});
