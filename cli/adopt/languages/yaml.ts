import { DOWNLOAD_URL } from "../../shared/plugin-source";
import type { Argument, Program, ProgramResource } from "../program";
import { comments, commentsOf, eightDigits, longList, paragraphs, quoted, type Rendering } from "./rendering";

export function yaml(program: Program, rendering: Rendering): string {
  const config = program.secrets.flatMap(({ key }) => [`  ${key}:`, "    type: string", "    secret: true"]);
  const resources = program.sections.flatMap(({ title, resources: own }) => [
    `  # ${title}`,
    ...own.flatMap((resource) => declaration(resource, rendering)),
  ]);
  return paragraphs([
    comments("#", "", program.comments),
    [...(config.length > 0 ? ["config:", ...config] : []), "resources:", ...resources],
  ]);
}

/** What `declaration` writes, each line from its beginning: nothing in a literal or a comment is like it. */
export const yamlDeclarations =
  /^ {2}(?<name>[a-z0-9-]+):\n {4}type: plivo:(?<token>\w+)$|^ {6}import: "(?<id>[^"\\]+)"$/gm;

function declaration(resource: ProgramResource, { withImport, protect, version }: Rendering): readonly string[] {
  const { token, id, name, args } = resource;
  return [
    ...comments("#", "  ", commentsOf(resource)),
    `  ${name}:`,
    `    type: plivo:${token}`,
    "    properties:",
    ...args.flatMap(property),
    "    options:",
    ...(withImport ? [`      import: ${text(id)}`] : []),
    ...(protect ? ["      protect: true"] : []),
    // Where Pulumi finds the plugin: this language has no package that says so.
    `      pluginDownloadURL: ${DOWNLOAD_URL}`,
    `      version: ${version}`,
  ];
}

function property(argument: Argument): readonly string[] {
  const elements = longList(argument);
  if (elements) return [`      ${argument.key}:`, ...elements.map((element) => `        - ${text(element)}`)];
  return [`      ${argument.key}: ${value(argument)}${note(argument)}`];
}

function note(argument: Argument): string {
  return "note" in argument && argument.note !== undefined ? comments("#", " ", [argument.note]).join("") : "";
}

function value(argument: Argument): string {
  if ("reference" in argument) return `\${${argument.reference.name}.${argument.output}}`;
  if ("secret" in argument) return `\${${argument.secret}}`;
  const { literal } = argument;
  if (typeof literal === "boolean") return String(literal);
  return typeof literal === "string" ? text(literal) : `[${literal.map(text).join(", ")}]`;
}

/** A dollar sign begins a reference, unless it is doubled. */
function text(value: string): string {
  return quoted(value.replaceAll("$", "$$$$"), eightDigits);
}
