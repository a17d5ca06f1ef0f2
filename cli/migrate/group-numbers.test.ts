import { expect, test } from "@jest/globals";
import { groupNumbers } from "./group-numbers";

const stack = "urn:pulumi:dev::world";
const providerOf = (export_: string) => `exports.handler=()=>require("pulumi-plivo/provider").${export_};`;

/** As either provider has written it. */
const kinds = {
  dynamic: { prefix: "pulumi-nodejs:dynamic/plivo:", mark: (name: string) => ({ __provider: providerOf(name) }) },
  plugin: { prefix: "plivo:index:", mark: () => ({}) },
};
type Kind = keyof typeof kinds;

function trunk(kind: Kind, name: string, id: string) {
  const type = `${kinds[kind].prefix}Trunk`;
  return { urn: `${stack}::${type}::${name}`, custom: true, id, type, inputs: {}, outputs: {}, provider: "p" };
}

function attachment(
  kind: Kind,
  name: string,
  number: string,
  more: { outputs?: object; [field: string]: unknown } = {},
) {
  const { prefix, mark } = kinds[kind];
  const type = `${prefix}PhoneNumberAttachment`;
  const { outputs, ...fields } = more;
  const own = { ...mark("phoneNumberAttachment"), number, trunkId: "100" };
  return {
    urn: `${stack}::${type}::${name}`,
    ...{ custom: true, id: number, type, inputs: own, provider: "p", created: "then" },
    outputs: { ...own, restoreApplication: null, previousApplication: null, ...outputs },
    dependencies: [`${stack}::${prefix}Trunk::in`],
    propertyDependencies: { trunkId: [`${stack}::${prefix}Trunk::in`], number: [] },
    ...fields,
  };
}

function group(resources: readonly object[], more: object = {}) {
  const grouping = groupNumbers(JSON.stringify({ version: 3, deployment: { resources, ...more } }));
  return { ...grouping, resources: JSON.parse(grouping.text).deployment.resources };
}

const [a, b, c] = ["14155550100", "14155550101", "14155550102"];

test.each(["dynamic", "plugin"] as const)(
  "%s: the attachments of a trunk become a set, with their previous routes",
  (kind) => {
    const { prefix, mark } = kinds[kind];
    const { resources, sets, left } = group([
      trunk(kind, "in", "100"),
      attachment(kind, "two", b, { outputs: { previousApplication: "900", restoreApplication: "901" } }),
      attachment(kind, "one", a, { outputs: { previousApplication: "900" } }),
      attachment(kind, "three", c, { protect: true }),
    ]);
    const set = { name: "in-numbers", trunkId: "100", numbers: [a, b, c], options: ["protect: true"] };
    expect({ sets, left }).toEqual({ sets: [set], left: [] });
    const own = { ...mark("trunkPhoneNumbers"), trunkId: "100", numbers: [a, b, c], exclusive: false };
    const on = [`${stack}::${prefix}Trunk::in`];
    expect(resources.slice(1)).toEqual([
      {
        urn: `${stack}::${prefix}TrunkPhoneNumbers::in-numbers`,
        ...{ custom: true, id: "100", type: `${prefix}TrunkPhoneNumbers`, inputs: own, provider: "p", created: "then" },
        outputs: { ...own, restoreApplication: null, previousApplications: { 900: [a], 901: [b] } },
        ...{ protect: true, dependencies: on, propertyDependencies: { trunkId: on, numbers: [] } },
      },
    ]);
  },
);

test("an attachment that is not settled, secret or needed by others stays as it is", () => {
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:abc" };
  const plain = [attachment("plugin", "one", a), attachment("plugin", "two", b)];
  const others = [
    attachment("plugin", "secret", c, { outputs: { number: secret } }),
    attachment("plugin", "drifted", "1", { outputs: { trunkId: null } }),
    attachment("plugin", "doubtful", "2", { outputs: { __maybe: { trunkId: "101" } } }),
    attachment("plugin", "failed", "3", { initErrors: ["x"] }),
    attachment("plugin", "deleted", "4", { delete: true }),
    attachment("plugin", "tainted", "8", { taint: true }),
    attachment("plugin", "hidden", "9", { inputs: { number: secret, trunkId: "100" } }),
    attachment("plugin", "replacing", "10"),
    attachment("plugin", "needed", "5"),
    { ...trunk("plugin", "with", "7"), replaceWith: [`${stack}::plivo:index:PhoneNumberAttachment::replacing`] },
    { ...trunk("plugin", "after", "7"), dependencies: [`${stack}::plivo:index:PhoneNumberAttachment::needed`] },
    attachment("plugin", "elsewhere", "6", { parent: `${stack}::my:Component::site` }),
  ];
  const { sets, left, resources } = group([...plain, ...others]);
  expect(sets).toEqual([{ name: "trunk-100-numbers", trunkId: "100", numbers: [a, b], options: [] }]);
  expect(left).toEqual([
    "secret",
    "drifted",
    "doubtful",
    "failed",
    "deleted",
    "tainted",
    "hidden",
    "replacing",
    "needed",
    "elsewhere",
  ]);
  expect(resources.slice(1)).toEqual(JSON.parse(JSON.stringify(others)));
});

test("a set of that name in the stack is left alone", () => {
  const pair = [attachment("plugin", "one", a), attachment("plugin", "two", b)];
  const first = group([trunk("plugin", "in", "100"), ...pair]);
  expect(group([...first.resources, ...pair]).sets).toMatchObject([{ name: "in-numbers-2" }]);
});

test("without two attachments of a trunk, and with pending ones, it refuses", () => {
  expect(() => group([attachment("plugin", "one", a)])).toThrow("there is nothing to group");
  const pending_operations = [{ resource: attachment("plugin", "one", a), type: "creating" }];
  expect(() => group([], { pending_operations })).toThrow("attachments are pending in the stack");
});

test("a set has each option of its attachments that keeps numbers where they are", () => {
  const pair = [attachment("plugin", "one", a, { retainOnDelete: true }), attachment("plugin", "two", b)];
  expect(group(pair).resources[0]).toMatchObject({ retainOnDelete: true });
  expect(group(pair).resources[0]).not.toHaveProperty("protect");
});
