/** The pages for Pulumi's Registry: its linter refuses these mistakes. */
import { expect, test } from "@jest/globals";
import schema from "../provider/schema/schema.json";
import { yamlProblems } from "./engine/support/programs/yaml-program";
import { Page } from "./support/pages/markdown";
import { typeErrors } from "./support/pages/type-check";

const text = (path: string) => new Page(path).lines.join("\n");
const pages = ["docs/_index.md", "docs/installation-configuration.md"];

test("the title of the overview is the display name of the schema", () => {
  expect(text("docs/_index.md")).toMatch(new RegExp(`^---\\ntitle: ${schema.displayName}\\n`));
  expect(text("docs/installation-configuration.md")).toMatch(new RegExp(`^---\\ntitle: ${schema.displayName} `));
});

test.each(pages)("%s: every chooser has a block for each language that it offers, and no other", (path) => {
  const choosers = [...text(path).matchAll(/{{< chooser language "(.*)" >}}([\s\S]*?){{< \/chooser >}}/g)];
  expect(choosers.length).toBeGreaterThan(0);
  for (const [, languages = "", body = ""] of choosers) {
    const blocks = [...body.matchAll(/{{% choosable language (\w+) %}}/g)].map(([, language]) => language);
    expect(blocks).toEqual(languages.split(","));
    expect(body.match(/{{% \/choosable %}}/g)).toHaveLength(blocks.length);
  }
});

test.each(pages)("%s: every chooser is for all languages; where no package is published, it says so", (path) => {
  const offered = [...text(path).matchAll(/{{< chooser language "(.*)" >}}/g)].map(([, languages]) => languages);
  expect(new Set(offered)).toEqual(new Set(["typescript,python,go,csharp,java,yaml"]));
  for (const language of ["dotnet", "java"])
    expect(text(path)).toMatch(new RegExp(`gen-sdk plivo .*--language ${language}`));
  expect(Object.keys(schema.language)).toEqual(["nodejs", "python", "go", "csharp", "java"]);
});

test.each(pages)("%s: no links to files of the repository, which are not there in the Registry", (path) => {
  expect(new Page(path).links).toEqual([]);
});

test("the program of the overview compiles, and fits the schema in YAML", () => {
  const { fences } = new Page("docs/_index.md");
  const programs = fences.filter(({ language }) => language === "typescript");
  expect(programs).toHaveLength(1);
  expect(typeErrors(programs)).toEqual([]);
  const yaml = fences.filter(({ language }) => language === "yaml");
  expect(yaml.flatMap((fence) => yamlProblems(fence.text))).toEqual([]);
  expect(yaml).toHaveLength(1);
}, 300_000);
