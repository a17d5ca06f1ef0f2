/** The committed schema, row by row of docs/plugin-coverage.md, part B. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { version } from "../../package.json";
import { isInput } from "../lifecycle/index";
import { resources, settings } from "../resources/index";
import schema from "./schema.json";

const root = join(__dirname, "../..");

interface PropertySpec {
  readonly type?: string;
  readonly $ref?: string;
  readonly description?: string;
  readonly secret?: boolean;
  readonly default?: unknown;
  readonly defaultInfo?: unknown;
  readonly willReplaceOnChanges?: boolean;
  readonly replaceOnChanges?: boolean;
}

interface ResourceSpec {
  readonly description: string;
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly required: readonly string[];
  readonly inputProperties: Readonly<Record<string, PropertySpec>>;
  readonly requiredInputs: readonly string[];
}

const specs: Readonly<Record<string, ResourceSpec>> = schema.resources;
const table = Object.entries(resources).map(([token, resource]) => {
  const spec = specs[`plivo:index:${token}`];
  if (!spec) throw new Error(`the schema has no ${token}`);
  return { token, resource, spec };
});

test("B1 name, version and title are those of the package", () => {
  expect(schema).toMatchObject({ name: "plivo", version, displayName: "Plivo" });
});

test("B2 description, homepage, repository and licence are filled, and the description names Plivo", () => {
  expect(schema.description).toContain("Plivo");
  for (const text of [schema.homepage, schema.repository]) expect(text).toMatch(/^https:\/\/github\.com\//);
  expect(schema.license).toBe("Apache-2.0");
  expect(schema).not.toHaveProperty("attribution");
});

test("B3 keywords name a category and a kind that the registry knows", () => {
  expect(schema.keywords).toEqual(expect.arrayContaining(["pulumi", "category/network", "kind/native"]));
});

test("B4 the publisher is named", () => {
  expect(schema.publisher).toBe("pulumi-plivo contributors");
});

test("B2 the page of the configuration is one of this repository", () => {
  const page = schema.configurationDocsUrl.replace(`${schema.repository}/blob/main/`, "");
  expect(readFileSync(join(root, page), "utf8")).toContain("Configuration");
});

test("B6 the logo is a picture of this repository, in the format that NuGet takes", () => {
  const [, path = ""] = /^https:\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/main\/(.+)$/.exec(schema.logoUrl) ?? [];
  expect(readFileSync(join(root, path)).subarray(1, 4).toString()).toBe("PNG");
});

test("B7 pluginDownloadURL says where releases are", () => {
  expect(schema.pluginDownloadURL).toMatch(/^github:\/\/api\.github\.com\/[^/]+\/[^/]+$/);
});

test("B9 config variables are the settings, and secret where they are", () => {
  expect(Object.keys(schema.config.variables)).toEqual(Object.keys(settings));
  const variables: Readonly<Record<string, PropertySpec>> = schema.config.variables;
  for (const [key, { secret, describe }] of Object.entries(settings))
    expect(variables[key]).toMatchObject({ description: describe, ...(secret && { secret: true }) });
});

test("B10 no default from the environment: a generated SDK would copy the token into the state", () => {
  expect(JSON.stringify([schema.config, schema.provider])).not.toMatch(/defaultInfo|environment/);
});

test("B11 an explicit Provider takes the same settings, the token as a secret", () => {
  expect(schema.provider.inputProperties).toEqual(schema.config.variables);
});

test("B11 of its settings an explicit Provider returns those that are text, each as it was declared", () => {
  const { authId, authToken, baseUrl } = schema.config.variables;
  expect(schema.provider.properties).toEqual({ authId, authToken, baseUrl });
  expect(authToken.secret).toBe(true);
});

test.each(table)(
  "B12 the description of $token has an example in each language, and how to import it",
  ({ token, spec }) => {
    for (const language of ["typescript", "python", "go", "yaml"])
      expect(spec.description).toContain(`\`\`\`${language}\n`);
    const { description } = spec;
    for (const word of ["example", "examples"]) expect(description.split(`{{% ${word} %}}`).length).toBeGreaterThan(1);
    expect(description.split("{{% example %}}")).toHaveLength(description.split("{{% /example %}}").length);
    expect(description).toContain(`$ pulumi import plivo:index:${token} name `);
  },
);

/** The outputs that always have a value. Taking one away, or adding one, changes the types of every SDK. */
const certain: Readonly<Record<string, readonly string[]>> = {
  Trunk: ["name", "trunkDirection", "trunkStatus", "secure", "forceDestroy", "trunkId"],
  Credential: ["name", "username", "password", "forceDestroy", "credentialUuid"],
  IpAccessControlList: ["name", "ipAddresses", "forceDestroy", "ipaclUuid"],
  OriginationUri: ["name", "uri", "authenticationNeeded", "forceDestroy", "uriUuid"],
  PhoneNumberAttachment: ["number", "trunkId"],
  TrunkPhoneNumbers: ["trunkId", "numbers", "exclusive"],
};

test.each(table)(
  "B13 every property of $token is described, and required where it always has a value",
  ({ token, resource, spec }) => {
    const { properties } = resource;
    const inputs = Object.keys(properties).filter((key) => isInput(properties[key] as never));
    expect(Object.keys(spec.properties)).toEqual(Object.keys(properties));
    expect(Object.keys(spec.inputProperties)).toEqual(inputs);
    for (const { description } of [...Object.values(spec.properties), ...Object.values(spec.inputProperties)])
      expect(description).toMatch(/\w/);
    expect(spec.requiredInputs).toEqual(inputs.filter((key) => properties[key]?.facts.required));
    expect(spec.required).toEqual(certain[token]);
  },
);

test.each(table)(
  "B14 the secrets of $token are secret among inputs; outputs are marked by the provider",
  ({ resource, spec }) => {
    const secrets = Object.keys(resource.properties).filter((key) => resource.properties[key]?.facts.secret);
    const marked = (found: ResourceSpec["properties"]) => Object.keys(found).filter((key) => found[key]?.secret);
    expect([marked(spec.properties), marked(spec.inputProperties)]).toEqual([[], secrets]);
  },
);

test.each(table)("B16 what replaces $token says so, and leaves the decision to the provider", ({ resource, spec }) => {
  const replacing = Object.keys(resource.properties).filter((key) => resource.properties[key]?.facts.replaceOnChange);
  const declared = Object.keys(spec.inputProperties).filter((key) => spec.inputProperties[key]?.willReplaceOnChanges);
  expect(declared).toEqual(replacing);
  expect(JSON.stringify(spec)).not.toContain('"replaceOnChanges"');
});

test("B17 closed sets are enumerations, each value described", () => {
  const enums = Object.entries(schema.types).filter(([, type]) => "enum" in type);
  expect(enums.map(([token]) => token)).toEqual(["plivo:index:TrunkDirection", "plivo:index:TrunkStatus"]);
  for (const [, type] of enums)
    for (const value of "enum" in type ? type.enum : [])
      expect(value).toMatchObject({ name: expect.stringMatching(/^[A-Z]/), description: expect.stringMatching(/\w/) });
  for (const properties of [specs["plivo:index:Trunk"]?.inputProperties, specs["plivo:index:Trunk"]?.properties]) {
    expect(properties?.trunkDirection?.$ref).toBe("#/types/plivo:index:TrunkDirection");
    expect(properties?.trunkStatus?.$ref).toBe("#/types/plivo:index:TrunkStatus");
  }
  expect(specs["plivo:index:OriginationUri"]?.properties).not.toHaveProperty("transport");
});

test("B17 what a function or a listing is asked for is plain, with the values described: `pulumi do` has flags for nothing else", () => {
  const queries: readonly Readonly<Record<string, PropertySpec>>[] = [
    ...Object.values(schema.functions).map(({ inputs }) => inputs.properties),
    ...Object.values(schema.resources).map(({ listInputs }) => listInputs.properties),
  ];
  const properties = queries.flatMap((query) => Object.values(query));
  expect(properties.length).toBeGreaterThan(5);
  expect(properties.filter(({ $ref, type }) => $ref !== undefined || type === "array")).toEqual([]);
  const [direction] = properties.filter(({ description }) => description?.includes("`outbound`"));
  expect(direction).toMatchObject({
    type: "string",
    description: expect.stringContaining("One of `inbound`, `outbound`"),
  });
});

test("B18 defaults are these; changing one breaks users", () => {
  const found = table.flatMap(({ token, spec }) =>
    Object.entries(spec.inputProperties)
      .filter(([, { default: value }]) => value !== undefined)
      .map(([key, { default: value }]) => `${token}.${key} = ${value}`),
  );
  expect(found).toEqual([
    "Trunk.trunkStatus = enabled",
    "Trunk.secure = false",
    "Trunk.forceDestroy = false",
    "Credential.forceDestroy = false",
    "IpAccessControlList.forceDestroy = false",
    "OriginationUri.authenticationNeeded = false",
    "OriginationUri.forceDestroy = false",
    "TrunkPhoneNumbers.exclusive = false",
  ]);
});

test("B19 nothing but the id is needed to get an object", () => {
  expect(JSON.stringify(schema)).not.toContain("stateInputs");
});

test("B20 every resource says how it can be listed", () => {
  for (const { spec } of table) expect(spec).toHaveProperty("listInputs.properties");
});

test("B21 every function, its arguments and its result are described", () => {
  for (const [token, { description, inputs, outputs }] of Object.entries(schema.functions)) {
    const properties: PropertySpec[] = [...Object.values(inputs.properties), ...Object.values(outputs.properties)];
    for (const text of [description, ...properties.map((property) => property.description)])
      expect([token, text]).toEqual([token, expect.stringMatching(/\w/)]);
  }
});

test("B24 every language takes the version of the schema", () => {
  const languages = ["nodejs", "python", "go", "csharp", "java"] as const;
  expect(Object.keys(schema.language)).toEqual(languages);
  for (const language of languages) expect(schema.language[language].respectSchemaVersion).toBe(true);
});

test("B25 every language has the name under which it is published, or of the folder that `pulumi package gen-sdk` writes", () => {
  expect(schema.language).toMatchObject({
    nodejs: { packageName: "pulumi-plivo-sdk" },
    python: { packageName: "pulumi_plivo" },
    go: {
      modulePath: "github.com/pulumi-plivo/pulumi-plivo/sdk/go",
      importBasePath: "github.com/pulumi-plivo/pulumi-plivo/sdk/go/plivo",
      generateResourceContainerTypes: true,
    },
    csharp: { rootNamespace: "PulumiPlivo", namespaces: { plivo: "Plivo" } },
    java: { basePackage: "com.pulumiplivo", buildFiles: "gradle" },
  });
});

test("B25 the Go module that the schema names is the one of the SDK", () => {
  const [, name] = /^module (\S+)$/m.exec(readFileSync(join(root, "sdk/go/go.mod"), "utf8")) ?? [];
  expect(schema.language.go.modulePath).toBe(name);
});

test("B26 the published SDKs have a page that is not empty", () => {
  for (const language of ["nodejs", "python"] as const) expect(schema.language[language].readme).toMatch(/\w/);
  expect(schema.language.python.pyproject.enabled).toBe(true);
});
