import { listElements } from "../../shared/list-elements";
import { camelCase } from "../naming/names";
import type { Argument, Program, ProgramResource } from "../program";
import { comments, commentsOf, paragraphs, quoted, type Rendering } from "./rendering";

const PACKAGES = { dynamic: "pulumi-plivo", plugin: "pulumi-plivo/plugin" } as const;

export function typescript(program: Program, rendering: Rendering): string {
  const hasSecrets = program.secrets.length > 0;
  const imports = [
    ...(hasSecrets ? [`import * as pulumi from "@pulumi/pulumi";`] : []),
    `import * as plivo from "${PACKAGES[rendering.adapter]}";`,
  ];
  const config = hasSecrets ? ["const config = new pulumi.Config();"] : [];
  const sections = program.sections.flatMap(({ title, resources }) => {
    const [first = [], ...rest] = resources.map((resource) => declaration(resource, rendering));
    return [[`// ${title}`, "", ...first], ...rest];
  });
  return paragraphs([comments("//", "", program.comments), imports, config, ...sections]);
}

/** What `declaration` writes, each line from its beginning: nothing in a literal or a comment is like it. */
export const typescriptDeclarations =
  /^(?:const \w+ = )?new plivo\.(?<token>\w+)\(\n {2}"(?<name>[a-z0-9-]+)",$|^ {2}\{ import: "(?<id>[^"\\]+)"/gm;

function declaration(resource: ProgramResource, { withImport, protect }: Rendering): readonly string[] {
  const { token, id, name, isReferenced, args } = resource;
  const start = isReferenced ? `const ${camelCase(name)} = new` : "new";
  const options = [...(withImport ? [`import: ${text(id)}`] : []), ...(protect ? ["protect: true"] : [])];
  return [
    ...comments("//", "", commentsOf(resource)),
    `${start} plivo.${token}(`,
    `  ${text(name)},`,
    "  {",
    ...args.map((argument) => `    ${argument.key}: ${value(argument)},${note(argument)}`),
    "  },",
    ...(options.length > 0 ? [`  { ${options.join(", ")} },`] : []),
    ");",
  ];
}

function note(argument: Argument): string {
  return "note" in argument && argument.note !== undefined ? comments("//", " ", [argument.note]).join("") : "";
}

function value(argument: Argument): string {
  if ("reference" in argument) return `${camelCase(argument.reference.name)}.${argument.output}`;
  if ("secret" in argument) return `config.requireSecret(${text(argument.secret)})`;
  const { literal, property } = argument;
  if (typeof literal === "boolean") return String(literal);
  if (typeof literal !== "string") return `[${listElements(literal.map(text), "    ", "  ")}]`;
  const { enumeration } = property.facts;
  const isKnown = enumeration === undefined || Object.hasOwn(enumeration.values, literal);
  // A value that did not exist when our types were written down.
  return isKnown ? text(literal) : `${text(literal)} as string as plivo.${enumeration.name}`;
}

function text(value: string): string {
  return quoted(value, (hex) => `\\u{${hex}}`);
}
