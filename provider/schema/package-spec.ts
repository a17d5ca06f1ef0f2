/** Definitions -> the schema of the package (`schema.json`), from which Pulumi makes the SDKs of every language. */
import { version } from "../../package.json";
import { type FunctionToken, functions, type RowType } from "../functions/index";
import { listingOf } from "../functions/listings";
import type { Enumeration, Properties, Property } from "../lifecycle/index";
import { type ResourceToken, resources, type Setting, settings } from "../resources/index";
import { capitalised, enumerations, inputsOf, isCertain, isRequired, rowTypes } from "./names";

/** What is `undefined` is left out when it is written. */
type Json = Readonly<Record<string, unknown>>;

const pkg = "plivo:index:";
const repository = "https://github.com/pulumi-plivo/pulumi-plivo";
/** As GitHub serves a file of the repository: a package manager shows the picture, not a page about it. */
const files = "https://raw.githubusercontent.com/pulumi-plivo/pulumi-plivo/main";
const goModule = "github.com/pulumi-plivo/pulumi-plivo/sdk/go";

/** @param examplesOf the example of a resource in each language but TypeScript, as blocks of Markdown */
export function packageSpec(examplesOf: (token: ResourceToken) => string): Json {
  return {
    name: "plivo",
    version,
    displayName: "Plivo",
    description:
      "Plivo SIP trunks as code: trunks, credentials, IP access control lists, origination URIs and number attachments.",
    keywords: ["pulumi", "plivo", "sip", "sip-trunking", "voip", "category/network", "kind/native"],
    homepage: repository,
    configurationDocsUrl: `${repository}/blob/main/docs/installation-configuration.md`,
    repository,
    license: "Apache-2.0",
    logoUrl: `${files}/docs/logo.png`,
    publisher: "pulumi-plivo contributors",
    pluginDownloadURL: "github://api.github.com/pulumi-plivo/pulumi-plivo",
    meta: { supportPack: true },
    language: languages(),
    config: { variables: settingSpecs() },
    provider: {
      description: "An account at Plivo. Use an explicit provider for each further account.",
      inputProperties: settingSpecs(),
      // The engine turns every setting that it stores for a provider into text; only those that are text are declared.
      properties: settingSpecs(({ type }) => type === "string"),
    },
    types: { ...byName(enumerations(), enumSpec), ...byName(rowTypes(), rowSpec) },
    resources: mapTokens(resources, (token) => resourceSpec(token, examplesOf(token))),
    functions: mapTokens(functions, functionSpec),
  };
}

function mapTokens<Token extends string>(table: Readonly<Record<Token, unknown>>, spec: (token: Token) => Json): Json {
  return Object.fromEntries(Object.keys(table).map((token) => [`${pkg}${token}`, spec(token as Token)]));
}

function byName<Type extends { readonly name: string }>(types: readonly Type[], spec: (type: Type) => Json): Json {
  return Object.fromEntries(types.map((type) => [`${pkg}${type.name}`, spec(type)]));
}

function languages(): Json {
  const readme = `Plivo SIP trunks as code. See ${repository} for documentation, examples and the list of resources.`;
  return {
    nodejs: { packageName: "pulumi-plivo-sdk", respectSchemaVersion: true, readme },
    python: { packageName: "pulumi_plivo", respectSchemaVersion: true, pyproject: { enabled: true }, readme },
    go: {
      modulePath: goModule,
      importBasePath: `${goModule}/plivo`,
      respectSchemaVersion: true,
      generateResourceContainerTypes: true,
    },
    csharp: { rootNamespace: "PulumiPlivo", respectSchemaVersion: true, namespaces: { plivo: "Plivo" } },
    java: { basePackage: "com.pulumiplivo", buildFiles: "gradle", respectSchemaVersion: true },
  };
}

/** No environment default on the token: generated SDKs would copy it into the state in plain text. Configure reads it. */
function settingSpecs(isDeclared: (setting: Setting) => boolean = () => true): Json {
  const declared = Object.entries(settings).filter(([, setting]) => isDeclared(setting));
  return Object.fromEntries(
    declared.map(([key, { type, describe: description, secret }]) => [key, { type, description, secret }]),
  );
}

function typeSpec({ facts }: Property): Json {
  if (facts.enumeration) return { $ref: `#/types/${pkg}${facts.enumeration.name}` };
  const list = { type: "array", items: { type: "string" } };
  if (facts.type === "groups") return { type: "object", additionalProperties: list };
  return facts.type === "list" ? list : { type: facts.type };
}

function propertySpec(property: Property): Json {
  const { describe: description, replaceOnChange } = property.facts;
  return { ...typeSpec(property), description, willReplaceOnChanges: replaceOnChange || undefined };
}

function propertySpecs(properties: Properties, spec: (property: Property) => Json = propertySpec): Json {
  return Object.fromEntries(Object.entries(properties).map(([key, property]) => [key, spec(property)]));
}

/**
 * Secrets are marked among inputs only. A secret output makes every SDK ask the engine for `additionalSecretOutputs`,
 * and the engine makes a secret of a missing value too. The provider itself marks each secret that has a value.
 */
function inputSpec(property: Property): Json {
  const { describe, default: value, autoName, secret } = property.facts;
  const description = autoName ? `${describe} Made from the logical name when left out.` : describe;
  return { ...propertySpec(property), description, secret: secret || undefined, default: value };
}

/**
 * What a function or a listing is asked for. `pulumi do` has a flag for each plain value and none for an enumeration: its
 * values are in the description instead.
 */
function querySpec(property: Property): Json {
  const { describe, enumeration } = property.facts;
  if (!enumeration) return propertySpec(property);
  const values = Object.keys(enumeration.values).map((value) => `\`${value}\``);
  return { type: "string", description: `${describe} One of ${values.join(", ")}.` };
}

function required(properties: Properties, isPresent: (property: Property) => boolean): readonly string[] {
  return Object.entries(properties)
    .filter(([, property]) => isPresent(property))
    .map(([key]) => key);
}

function resourceSpec(token: ResourceToken, examples: string): Json {
  const resource = resources[token];
  const inputs = inputsOf(resource.properties);
  const list = functions[listingOf(token).by];
  return {
    description: `${resource.describe}\n\nSee ${resource.docs}.\n\n${exampleSection(token, examples)}\n\n${importSection(token)}`,
    ...outputSpecs(resource.properties),
    inputProperties: propertySpecs(inputs, inputSpec),
    requiredInputs: required(inputs, isRequired),
    listInputs: { properties: propertySpecs(list.properties, querySpec) },
  };
}

/** Pulumi shows readers the block of their language. */
function exampleSection(token: ResourceToken, others: string): string {
  const typescript = `\`\`\`typescript\n${resources[token].example}\n\`\`\``;
  return `{{% examples %}}\n## Example Usage\n{{% example %}}\n${typescript}\n${others}{{% /example %}}\n{{% /examples %}}`;
}

function importSection(token: ResourceToken): string {
  const resource = resources[token];
  const id = resource.id === "number" ? "14155550100" : `<${resource.id}>`;
  const hint = Object.values(resource.properties).some(({ role }) => role === "writeOnly")
    ? "\n\nPlivo never returns the password: add it to the program, and the next `pulumi up` writes it."
    : "";
  return `## Import\n\nBy its id:\n\n\`\`\`sh\n$ pulumi import plivo:index:${token} name ${id}\n\`\`\`${hint}`;
}

function functionSpec(token: FunctionToken): Json {
  const { describe, docs, properties, result } = functions[token];
  return {
    description: `${describe}\n\nSee ${docs}.`,
    inputs: { properties: propertySpecs(properties, querySpec), required: required(properties, isRequired) },
    outputs: "one" in result ? outputSpecs(result.one.fields) : listSpecs(result.key, result.many.name),
  };
}

function outputSpecs(properties: Properties): Json {
  return { properties: propertySpecs(properties), required: required(properties, isCertain) };
}

function listSpecs(key: string, row: string): Json {
  const items = { $ref: `#/types/${pkg}${row}` };
  return {
    properties: { [key]: { type: "array", items, description: "The objects that were found." } },
    required: [key],
  };
}

function enumSpec({ describe: description, values }: Enumeration): Json {
  const members = Object.entries(values).map(([value, text]) => ({
    name: capitalised(value),
    value,
    description: text,
  }));
  return { type: "string", description, enum: members };
}

function rowSpec({ describe: description, fields }: RowType): Json {
  return { type: "object", description, ...outputSpecs(fields) };
}
