/** The languages that a program can be written in. */
import { visible } from "../../../provider/text/visible";
import { go, goDeclarations } from "./go";
import { python, pythonDeclarations } from "./python";
import type { Renderer } from "./rendering";
import { typescript, typescriptDeclarations } from "./typescript";
import { yaml, yamlDeclarations } from "./yaml";

export type Language = "typescript" | "python" | "go" | "yaml";

export interface LanguageSpec {
  readonly render: Renderer;
  /** The file that Pulumi runs. */
  readonly mainFile: string;
  readonly extension: string;
  readonly comment: string;
  /** In a program that was written in it: the type and the name of each resource, or the id that it imports. */
  readonly declarations: RegExp;
  /** What a user does to add the file of an update to their program. */
  include(file: string, part: string): string;
}

export const languages: Readonly<Record<Language, LanguageSpec>> = {
  typescript: {
    render: typescript,
    mainFile: "index.ts",
    extension: ".ts",
    comment: "//",
    declarations: typescriptDeclarations,
    include: includeTypeScript,
  },
  python: {
    render: python,
    mainFile: "__main__.py",
    extension: ".py",
    comment: "#",
    declarations: pythonDeclarations,
    include: includePython,
  },
  go: {
    render: go,
    mainFile: "main.go",
    extension: ".go",
    comment: "//",
    declarations: goDeclarations,
    include: includeGo,
  },
  // Beside the project's own Pulumi.yaml.
  yaml: {
    render: yaml,
    mainFile: "Main.yaml",
    extension: ".yaml",
    comment: "#",
    declarations: yamlDeclarations,
    include: includeYaml,
  },
};

export type { Rendering } from "./rendering";

function includeTypeScript(file: string): string {
  return `Add to your program: import "./${visible(file.replace(/\.\w+$/, ""))}";`;
}

function includePython(file: string): string {
  const module = file.replace(/^.*[/\\]/, "").replace(/\.\w+$/, "");
  if (/^[A-Za-z_]\w*$/.test(module)) return `Add to your program: import ${module}`;
  return `Add to your program: import importlib; importlib.import_module(${visible(JSON.stringify(module))})`;
}

function includeGo(_: string, part: string): string {
  return `Add to your program, in main: if err := ${part}(ctx); err != nil { return err }`;
}

function includeYaml(file: string): string {
  return `Copy \`config\` and \`resources\` of ${visible(file)} into your program.`;
}
