import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

const root = join(__dirname, "../../..");
const real = readFileSync(join(root, "package-lock.json"), "utf8");

/** The check is an ES module, which jest loads only with flags. */
function problemsIn(text: string): string[] {
  const program = `
    import { text } from "node:stream/consumers";
    import { lockFileProblems } from ${JSON.stringify(join(__dirname, "lock-file.mjs"))};
    process.stdout.write(JSON.stringify(lockFileProblems(await text(process.stdin))));`;
  const args = ["--input-type=module", "-e", program];
  return JSON.parse(execFileSync(process.execPath, args, { input: text, encoding: "utf8" }));
}

const nested = Object.keys(JSON.parse(real).packages).find((name) => name.split("node_modules/").length > 2) ?? "";

function changed(name: string, entry: object): string {
  const lock = JSON.parse(real);
  lock.packages[name] = { ...lock.packages[name], ...entry };
  return JSON.stringify(lock);
}

test("each entry of the lock file has a checksum, without exception", () => {
  expect(problemsIn(real)).toEqual([]);
});

test.each([
  { what: "none", integrity: undefined },
  { what: "one that is empty", integrity: "" },
  { what: "a weak one", integrity: "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=" },
  { what: "a weak one beside a strong one", integrity: `sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk= sha512-${"A".repeat(86)}==` },
])("an entry with $what is named, also in the depth", ({ integrity }) => {
  for (const name of ["node_modules/axios", nested]) {
    const help = expect.stringContaining("npm install --package-lock-only");
    expect(problemsIn(changed(name, { integrity }))).toEqual([
      `package-lock.json: ${name} has no sha512 integrity`,
      help,
    ]);
  }
});

test("what is fetched from a repository, which has no checksum, is named", () => {
  const text = changed("node_modules/x", { resolved: "git+ssh://git@host.example/x.git#0123" });
  expect(problemsIn(text)[0]).toContain("node_modules/x has no sha512 integrity");
});

test("a lock file in an older form, in which the check would see nothing, is no pass", () => {
  expect(problemsIn('{"lockfileVersion":1,"dependencies":{"x":{}}}')).toHaveLength(1);
});
