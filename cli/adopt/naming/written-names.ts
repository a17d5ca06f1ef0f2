/**
 * The logical names in the files that are about to be replaced. An object keeps its name: the stack has it, and another
 * object of the same friendly name must not rename it.
 */
import * as z from "zod";
import { keyOf } from "../../inventory/inventory";
import { type GeneratedFile, isJson } from "../files";
import type { LanguageSpec } from "../languages/index";

const importFile = z.looseObject({
  resources: z.array(z.looseObject({ type: z.string(), name: z.string(), id: z.string() })),
});

/**
 * By `keyOf`.
 *
 * @param files of this command, and not edited since
 */
export function writtenNames(
  files: readonly GeneratedFile[],
  { declarations }: Pick<LanguageSpec, "declarations">,
): ReadonlyMap<string, string> {
  return new Map(files.flatMap(({ text }) => (isJson(text) ? namesInJson(text) : namesIn(text, declarations))));
}

function namesInJson(text: string): readonly (readonly [string, string])[] {
  const { resources } = importFile.parse(JSON.parse(text));
  return resources.map(({ type, name, id }) => [keyOf(type.replace("plivo:index:", ""), id), name]);
}

/** A declaration begins with the type and the name, and ends with the id. */
function namesIn(text: string, declarations: RegExp): readonly (readonly [string, string])[] {
  let declared: { readonly token: string; readonly name: string } | undefined;
  return [...text.matchAll(declarations)].flatMap(({ groups: { token, name, id } = {} }) => {
    if (token !== undefined && name !== undefined) declared = { token, name };
    return declared && id !== undefined ? [[keyOf(declared.token, id), declared.name] as const] : [];
  });
}
