/** What `adopt` reports: the same for a person and as JSON. */
import { shellArgument } from "../../provider/text/visible";
import { countOf, describe } from "../inventory/describe";
import type { Inventory, LiveObject } from "../inventory/inventory";
import type { Output } from "../shared/output";
import { languages } from "./languages/index";
import type { Oddity } from "./oddities";
import type { AdoptOptions, Target } from "./options";
import type { Program, ProgramResource, Secret } from "./program";

export interface Result {
  readonly files: readonly { readonly path: string; readonly unchanged: boolean }[];
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly id: string;
    readonly friendlyName: string;
  }[];
  /** Keys of the stack's configuration that `pulumi up` needs. */
  readonly secrets: readonly { readonly key: string; readonly resource: string; readonly property: string }[];
  readonly odd: readonly { readonly kind: string; readonly object: string | null; readonly text: string }[];
  readonly numbers: {
    readonly rented: number;
    readonly onInboundTrunks: number;
    readonly adopted: number;
    /** Of those: in sets, not attachments. */
    readonly inSets: number;
    /** On inbound trunks, and not what the filters ask for. */
    readonly leftOut: number;
  };
  /** Objects that the stack has already, with --update. */
  readonly alreadyManaged: number;
  readonly commands: readonly string[];
}

export interface Findings {
  readonly inventory: Inventory;
  /** What is in the program, by key. */
  readonly objects: ReadonlyMap<string, LiveObject>;
  readonly program: Program;
  readonly oddities: readonly Oddity[];
  readonly numbersLeftOut: number;
  readonly alreadyManaged: number;
}

export function resultOf({
  inventory,
  objects,
  program,
  oddities,
  numbersLeftOut,
  alreadyManaged,
}: Findings): Omit<Result, "files" | "commands"> {
  const all = resourcesOf(program);
  const isAttachment = ({ token }: Pick<ProgramResource, "token">) => token === "PhoneNumberAttachment";
  const sizes = [...objects.values()].map(({ token, live }) => {
    return token === "TrunkPhoneNumbers" && Array.isArray(live.numbers) ? live.numbers.length : 0;
  });
  const inSets = sizes.reduce((sum, size) => sum + size, 0);
  const object = (at: string | undefined) => {
    const found = at === undefined ? undefined : (objects.get(at) ?? inventory.objects.get(at));
    return found ? describe(found) : null;
  };
  return {
    resources: all.map(({ token, name, id, friendlyName }) => ({
      type: `plivo:index:${token}`,
      name,
      id,
      friendlyName,
    })),
    secrets: program.secrets.map(({ key, of, property }) => ({ key, resource: of.name, property })),
    odd: oddities.map(({ kind, at, text }) => ({ kind, object: object(at), text })),
    numbers: {
      rented: inventory.numbers.length,
      onInboundTrunks: [...inventory.objects.values()].filter((one: LiveObject) => isAttachment(one)).length,
      adopted: all.filter(isAttachment).length + inSets,
      inSets,
      leftOut: numbersLeftOut,
    },
    alreadyManaged,
  };
}

export function resourcesOf({ sections }: Program): readonly ProgramResource[] {
  return sections.flatMap(({ resources }) => resources);
}

/** What to type next. */
export function commandsFor(
  { secrets }: { readonly secrets: readonly Pick<Secret, "key">[] },
  { stack, importFile, protect }: AdoptOptions,
): readonly string[] {
  const place = stack === undefined ? "" : ` --stack ${shellArgument(stack)}`;
  const imports =
    importFile === undefined
      ? []
      : [
          `pulumi import --file ${shellArgument(importFile)} --generate-code=false${protect ? "" : " --protect=false"}${place}`,
        ];
  return [
    ...secrets.map(({ key }) => `pulumi config set --secret ${key}${place}`),
    ...imports,
    ...(importFile === undefined || secrets.length > 0 ? [`pulumi up${place}`] : []),
    `pulumi preview --expect-no-changes${place}`,
  ];
}

/** What to do before the commands: a file beside a program does nothing by itself. */
export function nextSteps(
  { language }: AdoptOptions,
  { file, part }: Pick<Target, "file" | "part">,
): readonly string[] {
  return part === undefined ? [] : [languages[language].include(file, part)];
}

export function print(result: Result, steps: readonly string[], output: Output): void {
  const { files, resources, secrets, odd, numbers, alreadyManaged, commands } = result;
  if (resources.length === 0) output.line(`Nothing to adopt: ${reasonFor(result)}.`);
  for (const { path, unchanged } of files)
    output.line(`${output.styled("green", unchanged ? "Unchanged" : "Written")}: ${path}`);
  if (resources.length > 0) output.line(summary(result));
  if (alreadyManaged > 0 && resources.length > 0)
    output.line(`The stack manages ${countOf(alreadyManaged, "object")} already.`);
  const others = numbers.rented - numbers.onInboundTrunks;
  if (others > 0) output.line(`Not written: ${countOf(others, "phone number")} on no inbound trunk.`);
  if (numbers.leftOut > 0) output.line(`Left out by the filters: ${countOf(numbers.leftOut, "phone number")}.`);
  if (odd.length > 0) {
    output.line();
    output.line(output.styled("yellow", files.length > 0 ? "Odd, and marked in the program:" : "Odd:"));
    for (const { object, text } of odd) output.line(`  ${object === null ? "" : `${object}: `}${text}`);
  }
  if (commands.length === 0) return;
  output.line();
  output.line(output.styled("bold", "Next:"));
  for (const step of steps) output.line(`  ${step}`);
  if (secrets.length > 0) {
    output.line(
      "  Plivo returns no passwords. Set those in use now; `pulumi up` sends each of them once, and writes nothing else.",
    );
    output.line(
      "  A wrong password replaces the right one at Plivo. If you do not know one, see docs/import.md#passwords.",
    );
  }
  for (const command of commands) output.line(`  ${command}`);
}

/** Why there is no resource. */
function reasonFor({ odd, alreadyManaged }: Result): string {
  const isDoubtful = ({ kind }: Result["odd"][number]) =>
    kind === "unconfirmed-create" || kind === "interrupted-create";
  if (odd.some(isDoubtful)) return "a create of the stack may have made what it does not manage";
  if (odd.some(({ kind }) => kind === "exclusive-set")) return "a set of the stack is exclusive";
  return alreadyManaged > 0
    ? `the stack manages all ${countOf(alreadyManaged, "object")}`
    : "the account holds nothing to manage";
}

function summary({ resources, numbers: { inSets } }: Result): string {
  const counts = new Map<string, number>();
  for (const { type } of resources) counts.set(type, (counts.get(type) ?? 0) + 1);
  const parts = [...counts].map(([type, count]) => {
    const size = type === "plivo:index:TrunkPhoneNumbers" ? ` (${countOf(inSets, "phone number")})` : "";
    return `${count} ${type.replace("plivo:index:", "")}${size}`;
  });
  return `${countOf(resources.length, "resource")}: ${parts.join(", ")}`;
}
