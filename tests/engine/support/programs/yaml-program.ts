/** A Pulumi program in YAML against the plugin's schema: what the YAML host would refuse before it makes anything. */
import { createRequire } from "node:module";
import schema from "../../../../provider/schema/schema.json";

interface Program {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly resources: Readonly<Record<string, { readonly type: string; readonly properties?: Values }>>;
  readonly outputs?: Values;
}

type Values = Readonly<Record<string, unknown>>;

interface PropertySpec {
  readonly type?: string;
  readonly $ref?: string;
}

interface ResourceSpec {
  readonly inputProperties: Readonly<Record<string, PropertySpec>>;
  readonly requiredInputs: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;
}

const resources: Readonly<Record<string, ResourceSpec>> = schema.resources;
const types: Readonly<Record<string, object>> = schema.types;

function parse(text: string): Program {
  // The copy that Pulumi's own SDK reads Pulumi.yaml with.
  const yaml = createRequire(require.resolve("@pulumi/pulumi/package.json"))("js-yaml");
  return yaml.load(text);
}

/** What is wrong, one line each. */
export function yamlProblems(text: string): readonly string[] {
  const program = parse(text);
  const inResources = Object.entries(program.resources).flatMap(([name, { type, properties = {} }]) => {
    const spec = specOf(type);
    if (!spec) return [`${name}: there is no ${type}`];
    const missing = spec.requiredInputs.filter((key) => properties[key] === undefined);
    const wrong = Object.entries(properties).flatMap(([key, value]) => problemsOf(spec, key, value, program));
    return [...missing.map((key) => `${key} is missing`), ...wrong].map((problem) => `${name}: ${problem}`);
  });
  return [
    ...inResources,
    ...Object.values(program.outputs ?? {}).flatMap((value) => referenceProblems(value, program)),
  ];
}

/** `plivo:Trunk` is short for `plivo:index:Trunk`. */
function specOf(type: string): ResourceSpec | undefined {
  return resources[type.replace(/^(\w+):(\w+)$/, "$1:index:$2")];
}

function problemsOf(spec: ResourceSpec, key: string, value: unknown, program: Program): readonly string[] {
  const property = spec.inputProperties[key];
  if (!property) return [`there is no property ${key}`];
  if (typeof value === "string" && value.startsWith("${")) return referenceProblems(value, program);
  const values = valuesOf(property);
  const type = values ? "string" : property.type;
  const actual = Array.isArray(value) ? "array" : typeof value;
  if (type !== actual) return [`${key} is ${actual}, not ${type}`];
  return values && !values.includes(String(value)) ? [`${key} is not one of ${values.join(", ")}`] : [];
}

/** Of an enumeration. */
function valuesOf({ $ref = "" }: PropertySpec): readonly string[] | undefined {
  const type: { readonly enum?: readonly { readonly value: string }[] } = types[$ref.replace("#/types/", "")] ?? {};
  return type.enum?.map(({ value }) => value);
}

function referenceProblems(value: unknown, { resources: defined, config = {} }: Program): readonly string[] {
  const [, name = "", property] = /^\$\{(\w+)(?:\.(\w+))?\}$/.exec(String(value)) ?? [];
  if (property === undefined) return name in config ? [] : [`${value} refers to nothing`];
  const spec = specOf(defined[name]?.type ?? "");
  return spec && property in spec.properties ? [] : [`${value} refers to nothing`];
}
