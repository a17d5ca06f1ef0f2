/** The languages that a program can be written in. */
import { go } from "./go";
import { python } from "./python";
import type { Renderer } from "./rendering";
import { typescript } from "./typescript";
import { yaml } from "./yaml";

export type Language = "typescript" | "python" | "go" | "yaml";

export interface LanguageSpec {
  readonly render: Renderer;
  /** The file that Pulumi runs. */
  readonly mainFile: string;
  readonly extension: string;
  readonly comment: string;
}

export const languages: Readonly<Record<Language, LanguageSpec>> = {
  typescript: { render: typescript, mainFile: "index.ts", extension: ".ts", comment: "//" },
  python: { render: python, mainFile: "__main__.py", extension: ".py", comment: "#" },
  go: { render: go, mainFile: "main.go", extension: ".go", comment: "//" },
  // Beside the project's own Pulumi.yaml.
  yaml: { render: yaml, mainFile: "Main.yaml", extension: ".yaml", comment: "#" },
};

export type { Rendering } from "./rendering";
