/** The pages of the recipes: every fact says where it is from and as of when, and every recipe is listed. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import type { Platform } from "../sdk/components/platform-data";
import * as platformData from "../sdk/components/platform-data";
import { runRecipe } from "./engine/support/programs/recipe";
import { Page, root } from "./support/pages/markdown";

const groups = ["voice-agents", "pbx"].map((name) => `examples/${name}`);

function foldersOf(path: string): readonly string[] {
  const entries = readdirSync(join(root, path), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory() && entry.name !== "node_modules").map(({ name }) => name);
}

const recipes = groups.flatMap((group) => foldersOf(group).map((name) => `${group}/${name}`));
const programs = recipes.flatMap((recipe) => foldersOf(recipe).map((language) => `${recipe}/${language}`));

/** Rows of the table under a heading, without its head. */
function rowsUnder({ prose }: Page, heading: string): readonly (readonly string[])[] {
  const after = prose.slice(prose.indexOf(`## ${heading}`) + 1);
  const end = after.findIndex((line) => line.startsWith("## "));
  const lines = (end < 0 ? after : after.slice(0, end)).filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test.each([...groups, ...recipes])("each fact of %s has a source and a date", (folder) => {
  const page = new Page(`${folder}/README.md`);
  expect(page.prose).toContain("| Fact | Source | As of |");
  const rows = rowsUnder(page, "Facts");
  expect(rows.length).toBeGreaterThan(4);
  const today = new Date().toISOString().slice(0, 7);
  const isSound = ([fact = "", source = "", date = "", ...more]: readonly string[]) =>
    fact !== "" &&
    /\b[\w-]+\.(com|io|ai|org)\b/.test(source) &&
    /^20\d\d-\d\d$/.test(date) &&
    date <= today &&
    more.length === 0;
  expect(rows.filter((row) => !isSound(row))).toEqual([]);
});

test.each([...groups, ...recipes])("%s says that it was not tried with a live call", (folder) => {
  expect(new Page(`${folder}/README.md`).lines.join(" ")).toMatch(/\b[Nn]o(t| recipe was) tried with a live call/);
});

test("every recipe is in the table of its group, with a word for each direction, and both groups are listed", () => {
  for (const group of groups) {
    const [, ...rows] = new Page(`${group}/README.md`).prose.filter((line) => line.startsWith("| "));
    for (const name of foldersOf(group))
      expect(rows).toContainEqual(
        expect.stringMatching(new RegExp(`^\\| \\[[^\\]]+\\]\\(${name}/\\).* \\| yes \\| (yes|no) \\| `)),
      );
    expect(new Page("examples/README.md").links).toContain(`${group.replace("examples/", "")}/`);
  }
});

test("every recipe has a program in TypeScript, and links each of its programs", () => {
  for (const recipe of recipes) {
    expect(foldersOf(recipe)).toContain("typescript");
    expect(new Page(`${recipe}/README.md`).links).toEqual(
      expect.arrayContaining(foldersOf(recipe).map((language) => `${language}/`)),
    );
  }
});

interface Project {
  readonly name: string;
  readonly config: Readonly<Record<string, { secret?: boolean; default?: unknown; type: string }>>;
}

test.each(programs)("the page of %s has each setting of its program, and passwords are secrets", (program) => {
  const { config }: Project = parse(readFileSync(join(root, program, "Pulumi.yaml"), "utf8"));
  const page = new Page(join(program, "../README.md"));
  const settings = Object.keys(config).filter((key) => !page.prose.join("\n").includes(`\`${key}\``));
  expect(settings).toEqual([]);
  const passwords = Object.entries(config).filter(([key]) => /password/i.test(key));
  expect(passwords.filter(([, { secret, default: value }]) => secret !== true || value !== undefined)).toEqual([]);
});

test("a program reads no setting that its Pulumi.yaml does not declare, but the optional ones on its page", () => {
  for (const program of programs.filter((path) => existsSync(join(root, path, "index.ts")))) {
    const { config }: Project = parse(readFileSync(join(root, program, "Pulumi.yaml"), "utf8"));
    const page = new Page(join(program, "../README.md")).prose.join("\n");
    const text = readFileSync(join(root, program, "index.ts"), "utf8");
    const read = [...text.matchAll(/\.(get|require)\w*(?:<[^>]+>)?\(\s*"(\w+)"/g)];
    expect(read.length).toBeGreaterThan(0);
    for (const [, how, key = ""] of read) {
      if (how === "require") expect(Object.keys(config)).toContain(key);
      expect(page).toContain(`\`${key}\``);
    }
  }
});

const data: readonly [string, Platform][] = Object.entries(platformData);

/** The hosts of a platform; where the customer's own label comes first, the region and what is the same for all. */
function hostsOf({ hosts }: Platform, quote: string): readonly string[] {
  return Object.entries(hosts.value).map(([region, host]) => {
    if (!host.startsWith("{subdomain}")) return host;
    return region === "" ? host.replace("{subdomain}", "") : `${quote}${region}${quote}`;
  });
}

test.each(data)(
  "the page of %s has each host of plivo.platforms, and its addresses as the certain ones",
  (name, platform) => {
    const page = new Page(`examples/voice-agents/${name}/README.md`);
    const text = page.prose.join("\n");
    expect(hostsOf(platform, "`").filter((host) => !text.includes(host))).toEqual([]);
    const certain = rowsUnder(page, "Facts").filter(([fact = ""]) => !fact.includes("**second-hand**"));
    const ranges = certain.join("\n").match(/\b\d+(\.\d+){3}\/\d+/g);
    const known = Object.values(platform.addresses?.value ?? {}).flat();
    expect(new Set(ranges)).toEqual(new Set(known));
  },
);

test.each(data)("the programs of %s in Python and YAML have the hosts of plivo.platforms", (name, platform) => {
  const source = (file: string) => join(root, "examples/voice-agents", name, file);
  const missing = (file: string, hosts: readonly string[]) => {
    const text = existsSync(source(file)) ? readFileSync(source(file), "utf8") : undefined;
    return hosts.filter((host) => text?.includes(host) === false);
  };
  expect(missing("python/__main__.py", hostsOf(platform, '"'))).toEqual([]);
  // It has no choice of a region.
  expect(missing("yaml/Pulumi.yaml", hostsOf(platform, "").slice(0, 1))).toEqual([]);
});

test("every recipe is run by the engine's test", () => {
  const text = readFileSync(join(root, "tests/engine/recipes.test.ts"), "utf8");
  expect(recipes.filter((recipe) => !text.includes(`"${recipe.replace("examples/", "")}"`))).toEqual([]);
});

test.each(recipes)(
  "%s hands over the number as it is set: its digits alone may be those of another country",
  async (recipe) => {
    const attached: unknown[] = [];
    const newResource = ({ name, type, inputs }: pulumi.runtime.MockResourceArgs) => {
      if (type.endsWith(":PhoneNumberAttachment")) attached.push(inputs.number);
      return { id: `${name}-id`, state: inputs };
    };
    await pulumi.runtime.setMocks({ newResource, call: () => ({}) });
    const number = "(415) 555-0100";
    const settings = { number, sipPassword: "try_this;one", sipSubdomain: "acme", ring: "PJSIP/100" };
    runRecipe(recipe.replace("examples/", ""), {
      ...settings,
      pbxHost: "pbx.example.com",
      pbxAddresses: '["203.0.113.10"]',
    });
    await pulumi.runtime.disconnect();
    expect(attached).toEqual([number]);
  },
);
