/** The examples of the schema, from which every SDK and the pages of the Registry are made. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import schema from "../../provider/schema/schema.json";
import { must } from "../support/command";
import { root } from "../support/pages/markdown";
import { installFor, problemWithTools } from "./support/programs/languages";
import { yamlProblems } from "./support/programs/yaml-program";

const resources: Readonly<Record<string, { readonly description: string }>> = schema.resources;

/** Of every resource, by its name. */
function examplesIn(language: string): readonly (readonly [name: string, text: string])[] {
  const fence = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\\n\`\`\``, "g");
  return Object.entries(resources).flatMap(([token, { description }]) =>
    [...description.matchAll(fence)].map(([, text = ""]) => [token.replace("plivo:index:", ""), text] as const),
  );
}

/** In a folder below one that is gone afterwards: the tools write beside what they are given. */
async function inFolder(body: (folder: string) => Promise<unknown>): Promise<void> {
  const parent = mkdtempSync(join(tmpdir(), "plivo-schema-examples-"));
  const folder = join(parent, "examples");
  mkdirSync(folder);
  try {
    await body(folder);
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

test.each(["typescript", "python", "go", "yaml"])("every resource has one example in %s", (language) => {
  expect(examplesIn(language).map(([name]) => `plivo:index:${name}`)).toEqual(Object.keys(resources));
});

test.each(examplesIn("yaml"))(
  "the YAML example of %s fits the schema, and refers to nothing outside of it",
  (_, text) => {
    expect(yamlProblems(text)).toEqual([]);
  },
);

test(
  "the Python examples are Python",
  () =>
    inFolder(async (folder) => {
      const files = examplesIn("python").map(([name, text]) => {
        writeFileSync(join(folder, `${name}.py`), `${text}\n`);
        return `${name}.py`;
      });
      await must("python3", ["-m", "py_compile", ...files], { cwd: folder, env: process.env, limit: 60_000 });
    }),
  90_000,
);

/** One function each. `config` is used by some of them only. */
function goFile(): string {
  const bodies = examplesIn("go").map(
    ([name, text]) => `func make${name}(ctx *pulumi.Context) error {\n${text}\nreturn nil\n}`,
  );
  return [
    "package main",
    'import "github.com/pulumi-plivo/pulumi-plivo/sdk/go/plivo"',
    'import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"',
    'import "github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"',
    "var _ = config.New",
    "var trunk *plivo.Trunk",
    ...bodies,
    "func main() {}\n",
  ].join("\n");
}

const noGo = problemWithTools("go");
const goTest = noGo ? test.skip : test;

// Compiling Pulumi's SDK for Go for the first time takes minutes.
goTest(
  `the Go examples compile, and \`go vet\` has nothing to say${noGo ? ` (skipped: ${noGo})` : ""}`,
  () =>
    inFolder(async (folder) => {
      copyFileSync(join(root, "examples/go-outbound/go.mod"), join(folder, "go.mod"));
      writeFileSync(join(folder, "main.go"), goFile());
      const installed = await installFor("go")(folder, process.env);
      await must("go", ["vet", "."], { cwd: folder, env: { ...process.env, ...installed }, limit: 300_000 });
    }),
  720_000,
);
