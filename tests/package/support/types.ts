/** Compiles a user's program against the installed package, as strictly as compilers go. */
import { createRequire } from "node:module";
import { join } from "node:path";
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
  return api.getPreEmitDiagnostics(program).flatMap((found) => {
    const text = api.flattenDiagnosticMessageText(found.messageText, " ");
    if (found.file === undefined) return [text];
    const path = found.file.fileName;
    if (path.includes("/node_modules/") && !path.includes("/node_modules/pulumi-plivo/")) return [];
    const { line } = found.file.getLineAndCharacterOfPosition(found.start ?? 0);
    return [`${path.split("/").at(-1)}:${line + 1} ${text}`];
  });
}
