import { listElements } from "../../shared/list-elements";
import { snakeCase } from "../naming/names";
import type { Argument, Program, ProgramResource } from "../program";
import { comments, commentsOf, eightDigits, paragraphs, quoted, type Rendering } from "./rendering";

export function python(program: Program, rendering: Rendering): string {
  const hasSecrets = program.secrets.length > 0;
  const hasOptions = rendering.withImport || rendering.protect;
  const imports = [...(hasSecrets || hasOptions ? ["import pulumi"] : []), "import pulumi_plivo as plivo"];
  const config = hasSecrets ? ["config = pulumi.Config()"] : [];
  const sections = program.sections.flatMap(({ title, resources }) => {
    const [first = [], ...rest] = resources.map((resource) => declaration(resource, rendering));
    return [[`# ${title}`, "", ...first], ...rest];
  });
  // Not in the second line, where Python would read `coding:` as an encoding.
  const head = program.comments.length > 0 ? ["", ...comments("#", "", program.comments)] : [];
  return paragraphs([head, imports, config, ...sections]);
}

/** What `declaration` writes, each line from its beginning: nothing in a literal or a comment is like it. */
export const pythonDeclarations =
  /^(?:\w+ = )?plivo\.(?<token>\w+)\(\n {4}"(?<name>[a-z0-9-]+)",$|^ {4}opts=pulumi\.ResourceOptions\(import_="(?<id>[^"\\]+)"/gm;

function declaration(resource: ProgramResource, { withImport, protect }: Rendering): readonly string[] {
  const { token, id, name, isReferenced, args } = resource;
  const options = [...(withImport ? [`import_=${text(id)}`] : []), ...(protect ? ["protect=True"] : [])];
  return [
    ...comments("#", "", commentsOf(resource)),
    `${isReferenced ? `${snakeCase(name)} = ` : ""}plivo.${token}(`,
    `    ${text(name)},`,
    ...args.map((argument) => `    ${wordsOf(argument.key)}=${value(argument)},${note(argument)}`),
    ...(options.length > 0 ? [`    opts=pulumi.ResourceOptions(${options.join(", ")}),`] : []),
    ")",
  ];
}

/** `primaryUriUuid` -> `primary_uri_uuid` */
function wordsOf(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function note(argument: Argument): string {
  return "note" in argument && argument.note !== undefined ? comments("#", "  ", [argument.note]).join("") : "";
}

function value(argument: Argument): string {
  if ("reference" in argument) return `${snakeCase(argument.reference.name)}.${wordsOf(argument.output)}`;
  if ("secret" in argument) return `config.require_secret(${text(argument.secret)})`;
  const { literal, property } = argument;
  if (typeof literal === "boolean") return literal ? "True" : "False";
  if (typeof literal !== "string") return `[${listElements(literal.map(text), "    ", "    ")}]`;
  const { enumeration } = property.facts;
  const isKnown = enumeration !== undefined && Object.hasOwn(enumeration.values, literal);
  return isKnown ? `plivo.${enumeration.name}.${literal.toUpperCase()}` : text(literal);
}

function text(value: string): string {
  return quoted(value, eightDigits);
}
