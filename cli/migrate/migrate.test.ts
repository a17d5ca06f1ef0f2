import { expect, test } from "@jest/globals";
import { type Migration, migrate } from "./migrate";

const plugin = { version: "1.2.3", downloadUrl: "github://api.github.com/some/where" };
const stack = "urn:pulumi:dev::world";
const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:abc" };

const host = {
  urn: `${stack}::pulumi:providers:pulumi-nodejs::default`,
  custom: true,
  id: "8f28ae6a",
  type: "pulumi:providers:pulumi-nodejs",
  inputs: { "aws:region": "eu", "plivo:authId": "MA1", "plivo:authToken": secret },
};
const hostReference = `${host.urn}::${host.id}`;
const pluginUrn = `${stack}::pulumi:providers:plivo::default_1_2_3_github_/api.github.com/some/where`;

function dynamic(name: string, type: string, more: object = {}) {
  const provider = `exports.handler=()=>require("pulumi-plivo/provider").${type.toLowerCase()};`;
  return {
    urn: `${stack}::pulumi-nodejs:dynamic/plivo:${type}::${name}`,
    custom: true,
    id: `id-of-${name}`,
    type: `pulumi-nodejs:dynamic/plivo:${type}`,
    inputs: { __provider: provider, name },
    outputs: { __provider: provider, name },
    provider: hostReference,
    ...more,
  };
}

type Resource = Readonly<Record<string, unknown>>;

function run(resources: readonly object[], more: object = {}): Migration & { readonly resources: readonly Resource[] } {
  const text = JSON.stringify({ version: 3, deployment: { manifest: {}, resources, ...more } });
  const migration = migrate(text, plugin);
  return { ...migration, resources: JSON.parse(migration.text).deployment.resources };
}

test("a resource gets the type and the provider of the plugin, and the id as an output", () => {
  const { resources, moved } = run([host, dynamic("eu", "Trunk")]);
  expect(moved).toBe(1);
  expect(resources[1]).toEqual({
    urn: `${stack}::plivo:index:Trunk::eu`,
    custom: true,
    id: "id-of-eu",
    type: "plivo:index:Trunk",
    inputs: { name: "eu" },
    outputs: { name: "eu", trunkId: "id-of-eu" },
    provider: expect.stringMatching(/^urn:pulumi:dev::world::pulumi:providers:plivo::default_.*::[\da-f-]{36}$/),
  });
});

test.each([
  ["Credential", "credentialUuid"],
  ["IpAccessControlList", "ipaclUuid"],
  ["OriginationUri", "uriUuid"],
])("the id of %s is its output %s", (type, output) => {
  expect(run([host, dynamic("a", type)]).resources[1]).toMatchObject({ outputs: { [output]: "id-of-a" } });
});

test("an attachment has no output of its own for its id", () => {
  const state = dynamic("a", "PhoneNumberAttachment", {
    outputs: { number: "14155550100", previousApplication: null },
  });
  expect(run([host, state]).resources[1]?.outputs).toEqual({ number: "14155550100", previousApplication: null });
});

test("the provider has the settings of the plugin alone, secrets as they were encrypted", () => {
  const [provider] = run([host, dynamic("eu", "Trunk")]).resources;
  const settings = { authId: "MA1", authToken: secret, version: "1.2.3" };
  expect(provider).toEqual({
    urn: pluginUrn,
    custom: true,
    id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/),
    type: "pulumi:providers:plivo",
    inputs: { __internal: { pluginDownloadURL: plugin.downloadUrl }, ...settings },
    outputs: settings,
  });
});

test("the provider stands before all that refer to it, and the host of dynamic resources goes with the last of them", () => {
  const other = { ...dynamic("x", "Trunk"), type: "pulumi-nodejs:dynamic:Resource", urn: `${stack}::other::x` };
  const types = (resources: readonly object[]) => run(resources).resources.map(({ type }) => type);
  expect(types([host, dynamic("eu", "Trunk")])).toEqual(["pulumi:providers:plivo", "plivo:index:Trunk"]);
  expect(types([host, other, dynamic("eu", "Trunk")])).toEqual([
    "pulumi:providers:pulumi-nodejs",
    "pulumi:providers:plivo",
    "pulumi-nodejs:dynamic:Resource",
    "plivo:index:Trunk",
  ]);
});

test("a provider of the plugin that is there already is used", () => {
  const present = { urn: pluginUrn, custom: true, id: "there", type: "pulumi:providers:plivo" };
  const { resources } = run([host, present, dynamic("eu", "Trunk")]);
  expect(resources.map(({ type }) => type)).toEqual(["pulumi:providers:plivo", "plivo:index:Trunk"]);
  expect(resources[1]?.provider).toBe(`${pluginUrn}::there`);
});

test("URNs are rewritten wherever they stand", () => {
  const uri = `${stack}::my:Office$pulumi-nodejs:dynamic/plivo:OriginationUri::primary`;
  const newUri = `${stack}::my:Office$plivo:index:OriginationUri::primary`;
  const places = {
    parent: uri,
    dependencies: [uri, `${stack}::aws:s3:Bucket::b`],
    propertyDependencies: { __provider: [], primaryUriUuid: [uri] },
    deletedWith: uri,
    aliases: [uri],
  };
  const trunk = run([host, dynamic("eu", "Trunk", places)]).resources[1];
  expect(trunk).toMatchObject({
    parent: newUri,
    dependencies: [newUri, `${stack}::aws:s3:Bucket::b`],
    propertyDependencies: { primaryUriUuid: [newUri] },
    deletedWith: newUri,
    aliases: [newUri],
  });
  expect(trunk?.propertyDependencies).not.toHaveProperty("__provider");
});

test("other resources keep their types; their parents, dependencies and outputs follow", () => {
  const trunk = dynamic("eu", "Trunk");
  const child = {
    urn: `${stack}::pulumi-nodejs:dynamic/plivo:Trunk$aws:sns:Topic::t`,
    type: "aws:sns:Topic",
    parent: trunk.urn,
    outputs: { trunk: { urn: trunk.urn, note: `about ${trunk.urn}` } },
  };
  expect(run([host, trunk, child]).resources[2]).toEqual({
    urn: `${stack}::plivo:index:Trunk$aws:sns:Topic::t`,
    type: "aws:sns:Topic",
    parent: `${stack}::plivo:index:Trunk::eu`,
    outputs: { trunk: { urn: `${stack}::plivo:index:Trunk::eu`, note: `about ${trunk.urn}` } },
  });
});

test("a logical name that looks like a type is not rewritten", () => {
  const name = "pulumi-nodejs:dynamic/plivo:Trunk::x";
  const { resources } = run([host, dynamic(name, "Credential")]);
  expect(resources[1]?.urn).toBe(`${stack}::plivo:index:Credential::${name}`);
});

test("what the state keeps beside the properties moves with them: an unconfirmed object stays one", () => {
  const marks = { __unconfirmed: "proven", __replaces: "7", __stateVersion: 1 };
  const trunk = { ...dynamic("eu", "Trunk"), id: "unconfirmed:eu-0123456", outputs: { __provider: "text", ...marks } };
  const [, migrated] = run([host, trunk]).resources;
  expect(migrated).toMatchObject({ id: "unconfirmed:eu-0123456", outputs: marks });
  expect(migrated?.outputs).not.toHaveProperty("__provider");
});

test("an import is recorded as the engine records one, under the id that stands in the program", () => {
  const __import = { id: "+14155550100", urn: "urn" };
  const number = { ...dynamic("line", "PhoneNumberAttachment"), id: "14155550100" };
  const [, migrated] = run([host, { ...number, inputs: { __import }, outputs: { __import } }]).resources;
  expect(migrated).toMatchObject({ id: "14155550100", importID: "+14155550100", inputs: {}, outputs: {} });
});

test("operations that were interrupted move too", () => {
  const pending = { type: "creating", resource: dynamic("us", "Trunk") };
  const { text } = run([host, dynamic("eu", "Trunk")], { pending_operations: [pending] });
  const [operation] = JSON.parse(text).deployment.pending_operations;
  expect(operation).toMatchObject({ type: "creating", resource: { type: "plivo:index:Trunk" } });
});

test("the rest of the file stays as it is, in its order", () => {
  const before = { version: 3, deployment: { manifest: { time: "t" }, secrets_providers: { type: "passphrase" } } };
  const input = {
    ...before,
    deployment: { ...before.deployment, resources: [host, dynamic("eu", "Trunk")], metadata: {} },
  };
  const output = JSON.parse(migrate(JSON.stringify(input), plugin).text);
  expect(Object.keys(output.deployment)).toEqual(Object.keys(input.deployment));
  expect(output).toMatchObject(before);
});

test("the same input gives the same output", () => {
  const resources = [host, dynamic("eu", "Trunk")];
  expect(run(resources).text).toBe(run(resources).text);
});

const bad: readonly (readonly [string, string, RegExp])[] = [
  ["nothing", " \n", /^there is no input: give it what `pulumi stack export` prints$/],
  ["no JSON", '{"password": "s3cret', /^the input is not JSON \(.*\): give it what `pulumi stack export` prints$/],
  ["something else", "[]", /^the input is no exported stack \(the whole: .*\)$/],
  [
    "an unknown version",
    '{"version": 1, "deployment": {"resources": []}}',
    /^the input is no exported stack \(version: /,
  ],
  ["a resource without URN", '{"version": 3, "deployment": {"resources": [{"type": "a"}]}}', /resources\.0\.urn/],
  [
    "a file of the backend",
    '{"version": 3, "checkpoint": {"latest": {}}}',
    /^the input is a file of the backend: give/,
  ],
  [
    "a stack without ours",
    JSON.stringify({ version: 3, deployment: { resources: [host] } }),
    /there is nothing to migr/,
  ],
  [
    "a stack without the provider",
    JSON.stringify({ version: 3, deployment: { resources: [dynamic("eu", "Trunk")] } }),
    /resources of pulumi-plivo without their provider \(urn:pulumi:dev/,
  ],
];

test.each(bad)("%s is rejected with one line that names the reason", (_, text, message) => {
  let thrown = "";
  try {
    migrate(text, plugin);
  } catch (error) {
    thrown = error instanceof Error ? error.message : "";
  }
  expect(thrown).toMatch(message);
  expect(thrown).not.toMatch(/\n|s3cret/);
});
