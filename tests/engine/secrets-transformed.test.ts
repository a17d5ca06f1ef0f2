/** A secret stays one however it is set: a transformation of the program, a transform that the engine calls, a promise. */
import { join } from "node:path";
import { expect, jest } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { leakingFiles, leakingLines } from "../support/leaks";
import { sdks } from "./support/programs/sdks";
import { type AdapterName, Printed, traceInto } from "./support/secrets/secret-life";
import { testInWorld, type World } from "./support/stack/engine";
import { failureOf } from "./support/stack/failure";
import { resourceOf } from "./support/stack/fleet";

// The SDK returns the result of a transform outside of the inline program that registered it. Without this it takes the
// engine for one that knows no secrets there, which it does not in a program that has a process of its own.
const { getGlobalStore } = jest.requireActual<{ getGlobalStore(): { supportsSecrets: boolean } }>(
  "@pulumi/pulumi/runtime/state",
);
getGlobalStore().supportsSecrets = true;

const adapterNames = ["dynamic", "plugin"] as const;
const known = { password: "known_Pa55!", username: "knownpbx", host: "known.example.com" };
const hidden = Object.values(known);

type Inputs = Readonly<Record<string, unknown>>;

/** What the transformation sets on every resource that has a password: that as a plain text, the others as secrets. */
function changed(type: string, props: Inputs): pulumi.Inputs {
  const secret = { username: pulumi.secret(known.username) };
  if (/[:/]Credential$/.test(type)) return { ...props, ...secret, password: known.password };
  if (!/[:/]OriginationUri$/.test(type)) return { ...props };
  return { ...props, ...secret, password: known.password, uri: pulumi.secret(known.host) };
}

const registrations: Readonly<Record<string, () => void>> = {
  "a transformation of the program": () =>
    pulumi.runtime.registerStackTransformation(({ type, props, opts }) => ({ props: changed(type, props), opts })),
  "a transform that the engine calls": () =>
    pulumi.runtime.registerResourceTransform(({ type, props, opts }) => ({ props: changed(type, props), opts })),
};

function program(adapter: AdapterName, register: () => void, name: string) {
  const plivo = sdks[adapter];
  return async () => {
    register();
    const { password } = new plivo.Credential("pbx", { name, username: "pbxlondon", password: "Secret!1" });
    const uri = { name, uri: "sip.example.com", authenticationNeeded: true, username: "pbx", password: "Secret!1" };
    const { uri: address } = new plivo.OriginationUri("uri", uri);
    return { password, address };
  };
}

/** Everything that a stack goes through, with each of its secrets set by a transformation. */
async function life(world: World, adapter: AdapterName, register: () => void): Promise<Printed> {
  const { stack, run, folder } = world;
  const printed = new Printed();
  run(program(adapter, register, "one"));
  await stack.preview({ diff: true, plan: join(folder, "plan.json"), ...printed.listening });
  await stack.up({ diff: true, ...printed.listening });
  run(program(adapter, register, "two"));
  await stack.up({ diff: true, ...printed.listening });
  await stack.refresh({ expectNoChanges: true, ...printed.listening });
  await stack.preview({ expectNoChanges: true, ...printed.listening });
  return printed;
}

for (const adapter of adapterNames)
  for (const [what, register] of Object.entries(registrations))
    testInWorld(`${adapter}: what ${what} sets is a secret like any other`, async (world) => {
      traceInto(world);
      const { stdout, stderr } = await life(world, adapter, register);
      expect(leakingLines(stdout + stderr, hidden)).toEqual([]);
      expect(leakingFiles(world.folder, hidden)).toEqual([]);
      for (const [name, keys] of Object.entries({
        pbx: ["password", "username"],
        uri: ["password", "username", "uri"],
      }))
        for (const part of ["inputs", "outputs"] as const)
          for (const key of keys) expect(resourceOf(world, name)[part]?.[key]).toHaveProperty("ciphertext");
      const [kept] = world.simulator.store.credentials.values();
      expect(kept).toMatchObject({ password: known.password, username: known.username });
      expect(await world.stack.outputs()).toEqual({
        password: { value: known.password, secret: true },
        address: { value: known.host, secret: true },
      });
      await world.stack.destroy();
      expect(leakingFiles(world.folder, hidden)).toEqual([]);
    });

/** Arguments that break a rule, each with a secret in it, and the words of the refusal. */
function rejected(
  adapter: AdapterName,
): Readonly<Record<string, { readonly program: () => void; readonly text: string }>> {
  const plivo = sdks[adapter];
  const secret = (value: string) => pulumi.secret(value);
  const later = <Value>(value: pulumi.Input<Value>) => Promise.resolve(value) as Promise<Value>;
  const uri = (value: pulumi.Input<string>) => () => void new plivo.OriginationUri("uri", { name: "x", uri: value });
  const bad = "known.example.com/path";
  return {
    "a promise of it": { program: uri(later(secret(bad))), text: "no path" },
    "a promise of a promise of it": { program: uri(later(later(secret(bad)))), text: "no path" },
    "an output of an output of it": { program: uri(pulumi.output("x").apply(() => secret(bad))), text: "no path" },
    "a list in the place of a text": {
      program: uri([secret("known.example.com")] as unknown as string),
      text: "must be",
    },
    "a text in the place of a list": {
      program: () =>
        void new plivo.IpAccessControlList("acl", {
          name: "x",
          ipAddresses: later(secret("known.example.com")) as unknown as Promise<string[]>,
        }),
      text: "must be a list",
    },
    "an element of a list": {
      program: () =>
        void new plivo.IpAccessControlList("acl", { name: "x", ipAddresses: [secret("known.example.com")] }),
      text: "must be an IPv4",
    },
    ...Object.fromEntries(
      (["registerStackTransformation", "registerResourceTransform"] as const).map((register) => [
        `what ${register} set`,
        {
          program: () => {
            pulumi.runtime[register](({ props, opts }: { props: Inputs; opts: object }) => ({
              props: { ...props, uri: secret(bad) },
              opts,
            }));
            uri("sip.example.com")();
          },
          text: "no path",
        },
      ]),
    ),
  };
}

for (const adapter of adapterNames)
  testInWorld(`${adapter}: a secret that breaks a rule is not shown, wherever it stands`, async (world) => {
    for (const [what, { program, text }] of Object.entries(rejected(adapter))) {
      world.run(async () => program());
      const message = await failureOf(world.stack.preview({ diff: true }));
      expect([what, message.includes(text), leakingLines(message, hidden)]).toEqual([what, true, []]);
    }
    expect(leakingFiles(world.folder, hidden)).toEqual([]);
  });
