/** Compiles programs that are in no file, all at once, as TypeScript programs of a user of the package. */
import { join } from "node:path";
import ts from "typescript";
import { root } from "./markdown";

export interface Snippet {
  readonly text: string;
  /** Where it comes from, for messages. */
  readonly at: string;
}

/** What a snippet that imports nothing may use: the texts in definitions show no imports. */
const PRELUDE = `import * as pulumi from "@pulumi/pulumi"; import * as plivo from "pulumi-plivo";`;
const AMBIENT = `declare const trunk: import("pulumi-plivo").Trunk;`;

const DOCUMENTED = join(root, "documented");

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  strict: true,
  esModuleInterop: true,
  noEmit: true,
  skipLibCheck: true,
  resolveJsonModule: true,
  types: ["node"],
  baseUrl: root,
  paths: {
    "pulumi-plivo": ["sdk/dynamic/index.ts"],
    "pulumi-plivo/plugin": ["sdk/plugin/index.ts"],
    "pulumi-plivo/simulator": ["simulator/index.ts"],
  },
};

/** The mistakes, each with the place that the snippet comes from. */
export function typeErrors(snippets: readonly Snippet[]): readonly string[] {
  // In folders that do not exist, below the root so that modules are found.
  const files = new Map(snippets.map((snippet, index) => [pathOf(snippet, index), snippet]));
  const ambient = join(DOCUMENTED, "ambient.d.ts");
  const textOf = (path: string) => (path === ambient ? AMBIENT : programOf(files.get(path)));
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, directoryExists } = host;
  host.fileExists = (path) => textOf(path) !== undefined || fileExists(path);
  host.directoryExists = (path) => path.startsWith(DOCUMENTED) || directoryExists?.(path) === true;
  host.getSourceFile = (path, version, ...rest) => {
    const text = textOf(path);
    return text === undefined ? getSourceFile(path, version, ...rest) : ts.createSourceFile(path, text, version);
  };
  const program = ts.createProgram([ambient, ...files.keys()], options, host);
  return [...files].flatMap(([path, { at }]) => {
    const file = program.getSourceFile(path);
    if (file === undefined) return [`${at}: was not compiled`];
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return found.map(({ messageText }) => `${at}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
  });
}

/** A program whose first line is `// lines.ts` can be imported by the others of its page. */
export function fileNameIn(text: string): string | undefined {
  return /^\/\/ (\S+\.ts)\n/.exec(text)?.[1];
}

function pathOf({ text, at }: Snippet, index: number): string {
  const name = fileNameIn(text);
  const page = at.replace(/:\d+$/, "");
  return join(DOCUMENTED, name === undefined ? `${index}.ts` : join(page, name));
}

function programOf(snippet: Snippet | undefined): string | undefined {
  if (snippet === undefined || /^import /m.test(snippet.text)) return snippet?.text;
  // `await` at the top level is for reading; a program of Pulumi has it in a function.
  const body = /^[^\n]*\bawait\b/m.test(snippet.text)
    ? `export async function main() {\n${snippet.text}\n}`
    : snippet.text;
  return `${PRELUDE}\n${body}\nexport {};`;
}
