import { listElements } from "../../shared/list-elements";
import { camelCase } from "../naming/names";
import type { Argument, Program, ProgramResource } from "../program";
import { comments, commentsOf, eightDigits, longList, paragraphs, quoted, type Rendering } from "./rendering";

export function go(program: Program, rendering: Rendering): string {
  const imports = [
    `	"github.com/pulumi-plivo/pulumi-plivo/sdk/go/plivo"`,
    `	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"`,
    ...(program.secrets.length > 0 ? [`	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"`] : []),
  ];
  const head = [
    ...comments("//", "", program.comments),
    ...(program.comments.length > 0 ? [""] : []),
    "package main",
    "",
    "import (",
    ...imports,
    ")",
  ];
  const sections = program.sections.flatMap(({ title, resources }) => {
    const [first = [], ...rest] = resources.map((resource) => declaration(resource, rendering));
    return [[`// ${title}`, "", ...first], ...rest];
  });
  const { part } = rendering;
  const [start, end] =
    part === undefined
      ? [
          ["func main() {", "	pulumi.Run(func(ctx *pulumi.Context) error {"],
          ["	})", "}"],
        ]
      : [
          [
            `// Call it in the program: if err := ${part}(ctx); err != nil { return err }`,
            `func ${part}(ctx *pulumi.Context) error {`,
          ],
          ["}"],
        ];
  const depth = part === undefined ? "\t\t" : "\t";
  const body = paragraphs(sections)
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? "" : `${depth}${line}`));
  return paragraphs([head, [...start, ...body, `${depth}return nil`, ...end]]);
}

/** What `declaration` writes, each line from its beginning: nothing in a literal or a comment is like it. */
export const goDeclarations =
  /^\t+(?:\w+|if _), err := plivo\.New(?<token>\w+)\(ctx, "(?<name>[a-z0-9-]+)", |^\t+\}, pulumi\.Import\(pulumi\.ID\("(?<id>[^"\\]+)"\)\)/gm;

function declaration(resource: ProgramResource, rendering: Rendering): readonly string[] {
  const { token, name, isReferenced, args } = resource;
  // gofmt aligns no value that takes several lines.
  const isAligned = (argument: Argument) => longList(argument) === undefined;
  const width = Math.max(0, ...args.filter(isAligned).map(({ key }) => goName(key).length));
  const call = [
    `plivo.New${token}(ctx, ${text(name)}, &plivo.${token}Args{`,
    ...args.flatMap((argument) => [
      ...note(argument),
      `	${`${goName(argument.key)}:`.padEnd(isAligned(argument) ? width + 1 : 0)} ${value(argument)},`,
    ]),
  ];
  const end = `}${optionsOf(resource, rendering)})`;
  const [first = "", ...fields] = call;
  const lines = isReferenced
    ? [`${camelCase(name)}, err := ${first}`, ...fields, end, "if err != nil {"]
    : [`if _, err := ${first}`, ...fields, `${end}; err != nil {`];
  return [...comments("//", "", commentsOf(resource)), ...lines, "	return err", "}"];
}

function optionsOf({ id }: ProgramResource, { withImport, protect }: Rendering): string {
  const options = [
    ...(withImport ? [`pulumi.Import(pulumi.ID(${text(id)}))`] : []),
    ...(protect ? ["pulumi.Protect(true)"] : []),
  ];
  return options.map((option) => `, ${option}`).join("");
}

function goName(key: string): string {
  return `${key.slice(0, 1).toUpperCase()}${key.slice(1)}`;
}

/** On a line of its own: at the end of lines, gofmt would want them in one column. */
function note(argument: Argument): readonly string[] {
  return "note" in argument && argument.note !== undefined ? comments("//", "\t", [argument.note]) : [];
}

function value(argument: Argument): string {
  if ("reference" in argument) return `${camelCase(argument.reference.name)}.${goName(argument.output)}`;
  if ("secret" in argument) return `config.RequireSecret(ctx, ${text(argument.secret)})`;
  const { literal, property } = argument;
  if (typeof literal === "boolean") return `pulumi.Bool(${literal})`;
  if (typeof literal !== "string")
    return `pulumi.ToStringArray([]string{${listElements(literal.map(text), "\t", "\t")}})`;
  const { enumeration } = property.facts;
  if (enumeration === undefined) return `pulumi.String(${text(literal)})`;
  const isKnown = Object.hasOwn(enumeration.values, literal);
  return isKnown ? `plivo.${enumeration.name}${goName(literal)}` : `plivo.${enumeration.name}(${text(literal)})`;
}

function text(value: string): string {
  return quoted(value, eightDigits);
}
