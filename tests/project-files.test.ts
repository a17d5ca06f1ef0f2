/** Files that GitHub and editors read: each is right by their rules and fits the project. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import biome from "../biome.json";
import { engines } from "../package.json";
import { root } from "./support/pages/markdown";

const read = (file: string) => readFileSync(join(root, file), "utf8");
const forms = readdirSync(join(root, ".github/ISSUE_TEMPLATE")).filter((file) => file !== "config.yml");

interface Field {
  readonly type: string;
  readonly id?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

test.each(forms)("the form %s has what GitHub requires of one", (file) => {
  const { name, description, body } = parse(read(`.github/ISSUE_TEMPLATE/${file}`));
  expect([name, description]).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)]);
  const inputs = (body as readonly Field[]).filter(({ type }) => type !== "markdown");
  expect(inputs.filter(({ type }) => !["textarea", "input", "dropdown", "checkboxes"].includes(type))).toEqual([]);
  expect(inputs.filter(({ attributes }) => typeof attributes.label !== "string")).toEqual([]);
  const ids = inputs.map(({ id }) => id ?? "");
  expect(ids.filter((id) => !/^[\w-]+$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

const manifests: Readonly<Record<string, RegExp>> = {
  npm: /^package-lock\.json$/,
  gomod: /^go\.mod$/,
  pip: /^(requirements\.txt|pyproject\.toml)$/,
  "github-actions": /\.yml$/,
};

test("each folder that Dependabot searches has something of its kind, and each kind is searched weekly and grouped", () => {
  const { updates } = parse(read(".github/dependabot.yml"));
  expect(updates.map((update: Values) => update["package-ecosystem"]).sort()).toEqual(Object.keys(manifests).sort());
  for (const { "package-ecosystem": kind, directory, directories = [directory], schedule, groups } of updates) {
    expect(schedule).toEqual({ interval: "weekly" });
    expect(Object.values(groups)).toEqual([{ patterns: ["*"] }]);
    for (const folder of directories) {
      const path = kind === "github-actions" && folder === "/" ? ".github/workflows" : `.${folder}`;
      expect([folder, readdirSync(join(root, path)).some((file) => manifests[kind]?.test(file))]).toEqual([
        folder,
        true,
      ]);
    }
  }
});

type Values = Readonly<Record<string, unknown>>;

test("editors format as Biome does", () => {
  const all = /\[\*\]\n([^[]*)/.exec(read(".editorconfig"))?.[1] ?? "";
  const { indentStyle, indentWidth, lineWidth } = biome.formatter;
  for (const line of [
    `indent_style = ${indentStyle}`,
    `indent_size = ${indentWidth}`,
    `max_line_length = ${lineWidth}`,
  ])
    expect(all).toContain(`${line}\n`);
});

test("the development container has the oldest Node.js that is supported, and CI begins with it", () => {
  const oldest = Number(/^>=(\d+)$/.exec(engines.node)?.[1]);
  expect(JSON.parse(read(".devcontainer/devcontainer.json")).image).toContain(`:${oldest}-`);
  const { jobs } = parse(read(".github/workflows/ci.yml"));
  for (const job of ["linux", "others"])
    expect(jobs[job].strategy.matrix.node).toEqual([oldest, oldest + 2, oldest + 4]);
});

test("the bug form says how a trace is switched on and what is in it; a new field of a line is to be added there", () => {
  const trace = read("provider/client/http/trace.ts");
  expect(read(".github/ISSUE_TEMPLATE/bug.yml")).toContain("PLIVO_TRACE=trace.jsonl");
  expect(trace).toContain("environment.PLIVO_TRACE");
  const fields = [...trace.matchAll(/^ {2}readonly (\w+): /gm)].map(([, name]) => name);
  expect(fields).toEqual(["time", "method", "path", "status", "failure", "ms", "attempt", "apiId"]);
});
