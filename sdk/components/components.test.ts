/** The components of both SDKs under Pulumi's mocks. Each test has logical names of its own. */
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import * as dynamic from "pulumi-plivo";
import * as plugin from "pulumi-plivo/plugin";

type Sdk = Pick<typeof dynamic, "InboundRoute" | "OutboundAccess">;
const sdks: readonly [string, Sdk][] = [
  ["pulumi-plivo", dynamic],
  ["pulumi-plivo/plugin", plugin as unknown as Sdk],
];

const registered: pulumi.runtime.MockResourceArgs[] = [];

async function mock(preview: boolean): Promise<void> {
  await pulumi.runtime.setMocks(
    {
      newResource: (args) => {
        registered.push(args);
        const id = `${args.name}-id`;
        const ids = { uriUuid: id, trunkId: id, credentialUuid: id, ipaclUuid: id, trunkDomain: `${id}.zt.plivo.com` };
        return { id, state: { ...ids, ...args.inputs } };
      },
      call: () => ({}),
    },
    "lines",
    "dev",
    preview,
  );
}

beforeEach(() => mock(false));
// Outputs of a component are registered last: not with the mocks of the next test.
afterEach(() => pulumi.runtime.disconnect());

function inBoth(what: string, body: (sdk: Sdk, name: string) => Promise<void>): void {
  test.each(sdks)(`${what}: %s`, (of, sdk) => body(sdk, `${of.length}${what.replace(/\W/g, "")}`));
}

const promised = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => void output.apply(resolve));
const later = <T>(value: T) => pulumi.output(Promise.resolve(value)) as pulumi.Output<T>;

/** `Trunk`, and `OriginationUri -fallback` for what has more than the name. */
function madeOf(name: string): readonly string[] {
  const found = registered.filter((one) => one.name.startsWith(name));
  return found.map((one) => `${one.type.split(/[:/]/).at(-1)} ${one.name.slice(name.length)}`.trim()).sort();
}

function inputsOf(type: string, name: string): Record<string, unknown> {
  const found = registered.find((one) => one.type.endsWith(`:${type}`) && one.name === name);
  if (!found) throw new Error(`${type} ${name} is not registered`);
  return found.inputs;
}

/** An option of a component that collects what is below it, with the options that each has in the end. */
function collecting() {
  const children: pulumi.Resource[] = [];
  const transformations: pulumi.ResourceTransformation[] = [
    ({ resource, type }) => {
      if (!/:(InboundRoute|OutboundAccess)$/.test(type)) children.push(resource);
      return undefined;
    },
  ];
  return { children, transformations };
}

const route = { to: "sip.example.com;transport=tls", fallback: "sip2.example.com", numbers: ["+1 415 555 0100"] };

inBoth("an inbound route is two URIs, a trunk and a set of numbers, named after it, below it", async (sdk, name) => {
  const { children, transformations } = collecting();
  const made = new sdk.InboundRoute(name, route, { transformations });
  expect(await promised(made.trunkId)).toBe(`${name}-id`);
  const urns = await Promise.all(children.map(({ urn }) => promised(urn)));
  expect(urns).toHaveLength(4);
  for (const urn of urns) expect(urn).toContain("::plivo:index:InboundRoute$");
  expect(await promised(made.urn)).toBe(`urn:pulumi:dev::lines::plivo:index:InboundRoute::${name}`);
  const resources = ["OriginationUri", "OriginationUri -fallback", "Trunk", "TrunkPhoneNumbers"];
  expect(madeOf(name)).toEqual(["InboundRoute", ...resources]);
  const uris = { primaryUriUuid: `${name}-id`, fallbackUriUuid: `${name}-fallback-id` };
  expect(inputsOf("Trunk", name)).toMatchObject({ trunkDirection: "inbound", ...uris });
  expect(inputsOf("TrunkPhoneNumbers", name)).toMatchObject({ trunkId: `${name}-id`, numbers: route.numbers });
});

inBoth("what is left out of a route is not made", async (sdk, name) => {
  await promised(new sdk.InboundRoute(name, { to: "sip.example.com" }).trunkId);
  expect(madeOf(name)).toEqual(["InboundRoute", "OriginationUri", "Trunk"]);
});

inBoth("with addresses alone there is no login", async (sdk, name) => {
  const access = new sdk.OutboundAccess(name, { addresses: ["203.0.113.0/28"], secure: true });
  expect(await promised(access.password)).toBeUndefined();
  expect(await promised(access.username)).toBeUndefined();
  expect(await promised(access.domain)).toBe(`${name}-id.zt.plivo.com`);
  expect(madeOf(name)).toEqual(["IpAccessControlList", "OutboundAccess", "Trunk"]);
  const trunk = inputsOf("Trunk", name);
  expect(trunk).toMatchObject({ trunkDirection: "outbound", ipaclUuid: `${name}-id`, secure: true });
  expect(trunk.credentialUuid ?? null).toBeNull();
});

inBoth("outputs are accepted everywhere", async (sdk, name) => {
  const { children, transformations } = collecting();
  const numbers = [later("+1 415 555 0100"), "+1 415 555 0101"];
  const args = { to: later(route.to), fallback: later(route.to), numbers: later(numbers) };
  new sdk.InboundRoute(name, args, { transformations });
  const login = { username: later("pbxlondon"), password: later("s3cret_s3cret"), secure: later(true) };
  const office = new sdk.OutboundAccess(name, { ...login, addresses: [later("203.0.113.1")] }, { transformations });
  await Promise.all(children.map(({ urn }) => promised(urn)));
  expect(inputsOf("OriginationUri", name)).toMatchObject({ uri: route.to });
  expect(inputsOf("TrunkPhoneNumbers", name)).toMatchObject({ numbers: ["+1 415 555 0100", "+1 415 555 0101"] });
  expect(inputsOf("IpAccessControlList", name)).toMatchObject({ ipAddresses: ["203.0.113.1"] });
  expect(await promised(office.username)).toBe("pbxlondon");
  expect(await promised(office.password)).toBe("s3cret_s3cret");
});

inBoth("a password is a secret, given in the plain or generated", async (sdk, name) => {
  const given = new sdk.OutboundAccess(name, { username: "pbxlondon", password: "s3cret_s3cret" });
  expect(await pulumi.isSecret(given.password)).toBe(true);
  expect(await pulumi.isSecret(given.username)).toBe(false);
  expect(await pulumi.isSecret(new sdk.OutboundAccess(`${name}-other`).password)).toBe(true);
});

inBoth("a generated login keeps the rules of Plivo, and differs from every other", async (sdk, name) => {
  const made = Array.from({ length: 20 }, (_, index) => new sdk.OutboundAccess(`the office_of-london ${name}${index}`));
  const logins = await Promise.all(
    made.map(async ({ username, password }) => [await promised(username), await promised(password)]),
  );
  for (const [username, password] of logins) {
    expect(username).toMatch(/^theofficeofl[0-9a-f]{8}$/);
    expect(password).toMatch(/^(?=[^_+]*[_+][^_+]*$)[A-Za-z0-9_+]{20}$/);
  }
  expect(new Set(logins.flat()).size).toBe(40);
});

inBoth("the resources inherit protect and the provider of the component", async (sdk, name) => {
  const { children, transformations } = collecting();
  const provider = new plugin.Provider(name, { authId: "MASALES0000000000000" });
  new sdk.InboundRoute(name, route, { protect: true, provider, transformations });
  expect(children).toHaveLength(4);
  for (const child of children) {
    expect(Reflect.get(child, "__protect")).toBe(true);
    // Dynamic resources have none: their provider is Pulumi's own.
    if (sdk !== dynamic) expect(Reflect.get(child, "__prov")).toBe(provider);
  }
  await Promise.all(children.map(({ urn }) => promised(urn)));
});

const mistakes: readonly [string, object, RegExp][] = [
  ["InboundRoute", {}, /^to is required$/],
  ["InboundRoute", { to: "" }, /^to must be host, host:port/],
  ["InboundRoute", { to: "sip.example.com/path" }, /^to must be host, host:port/],
  ["InboundRoute", { ...route, fallback: "sip.example.com:0" }, /^fallback the port must be 1-65535$/],
  ["InboundRoute", { ...route, numbers: ["(415) 555-0100"] }, /^numbers\[0\] must be a phone number with its country/],
  ["InboundRoute", { ...route, numbers: [] }, /^numbers must not be empty: leave it out instead$/],
  ["InboundRoute", { ...route, numbers: "+14155550100" }, /^numbers must be a list of strings$/],
  ["InboundRoute", { ...route, numbers: [14155550100] }, /^numbers\[0\] must be a string$/],
  ["InboundRoute", { ...route, number: "1" }, /^there is no argument number: use to, fallback, numbers$/],
  ["OutboundAccess", { username: "pbx", password: "Ab1_" }, /^username must be 5-20.*\npassword must be 5-20 char/],
  ["OutboundAccess", { addresses: ["203.0.113.1", "203.0.113.0/33"] }, /^addresses\[1\] must be an IPv4 or IPv6/],
  ["OutboundAccess", { secure: "yes" }, /^secure must be true or false$/],
  [
    "InboundRoute",
    "sip.example.com" as unknown as object,
    /^the arguments must be an object with to, fallback, numbers$/,
  ],
  // Taken for an object without arguments, it would be an access for everyone who has the login.
  ["OutboundAccess", Promise.resolve({ addresses: ["203.0.113.1"] }), /^the arguments must be an object with username/],
  ["OutboundAccess", [], /^the arguments must be an object with username/],
];
const everyMistake = sdks.flatMap(([of, sdk]) => mistakes.map(([is, args, text]) => ({ of, sdk, is, args, text })));

test.each(everyMistake)("$is refuses $args by its name, before any resource: $of", async (row) => {
  const { sdk, is, args, text } = row;
  const { children, transformations } = collecting();
  const Component = Reflect.get(sdk, is) as new (name: string, args: object, opts: object) => unknown;
  expect(() => new Component("bad", args, { transformations })).toThrow(text);
  expect(children).toEqual([]);
});

inBoth("isInstance tells the components apart, by their type", async (sdk, name) => {
  const made = new sdk.InboundRoute(name, route);
  expect(sdk.InboundRoute.isInstance(made)).toBe(true);
  expect(sdk.OutboundAccess.isInstance(made)).toBe(false);
  expect(sdk.InboundRoute.isInstance({ __pulumiType: "plivo:index:InboundRoute" })).toBe(true);
  expect(sdk.InboundRoute.isInstance(undefined)).toBe(false);
  await promised(made.trunkId);
});

inBoth(
  "a preview does not know a generated login, because it is not the one that an update uses",
  async (sdk, name) => {
    await mock(true);
    const { username, password } = new sdk.OutboundAccess(name);
    for (const output of [username, password])
      expect(await (output as unknown as { isKnown: Promise<boolean> }).isKnown).toBe(false);
  },
);
