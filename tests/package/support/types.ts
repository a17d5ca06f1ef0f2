/** Compiles a user's program against the installed package, as strictly as compilers go. */
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import type * as compiler from "typescript";

type Compiler = typeof compiler;

export interface Setting {
  readonly name: string;
  /** Where `typescript` is, from the project or the checkout. */
  readonly compiler: string;
  readonly options: compiler.CompilerOptions;
}

const newest = createRequire(__filename).resolve("typescript");
const ts: Compiler = require(newest);
const strict: compiler.CompilerOptions = { strict: true, noEmit: true, target: ts.ScriptTarget.ES2020 };
const strictest = { ...strict, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };

/** How users' compilers find and read declarations. */
export const settings: readonly Setting[] = [
  {
    name: "node10",
    compiler: newest,
    options: { ...strictest, module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10 },
  },
  {
    name: "node16",
    compiler: newest,
    options: { ...strictest, module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  },
  {
    name: "bundler",
    compiler: newest,
    options: { ...strictest, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
  },
  {
    // What Pulumi compiles a program with when the project has no typescript.
    name: "TypeScript 3.8",
    compiler: "node_modules/@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js",
    options: { ...strict, module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10 },
  },
];

/** The mistakes in the file and in our declarations, as `file:line message`; those of other packages are not ours. */
export function mistakes(folder: string, file: string, { compiler, options }: Setting): string[] {
  const api: Compiler = compiler === newest ? ts : require(join(folder, compiler));
  const program = api.createProgram([join(folder, file)], options);
  const ours = program.getSourceFiles().filter(({ fileName }) => isOurs(fileName));
  const found = ours.flatMap((source) => [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ]);
  return [...program.getOptionsDiagnostics(), ...found].map(({ messageText, file: source, start = 0 }) => {
    const text = api.flattenDiagnosticMessageText(messageText, " ");
    if (source === undefined) return text;
    return `${basename(source.fileName)}:${source.getLineAndCharacterOfPosition(start).line + 1} ${text}`;
  });
}

/** The program, and our declarations that it loads. */
function isOurs(file: string): boolean {
  return !file.includes("/node_modules/") || file.includes("/node_modules/pulumi-plivo/");
}
