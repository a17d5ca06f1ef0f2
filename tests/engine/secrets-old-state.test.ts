/** States of earlier versions: a password that a transformation set stands in the clear, one that is not set is a secret. */
import { expect } from "@jest/globals";
import { leakingLines } from "../support/leaks";
import { sdks } from "./support/programs/sdks";
import { type AdapterName, Printed, passwords } from "./support/secrets/secret-life";
import { testInWorld, type World } from "./support/stack/engine";
import { resourceOf } from "./support/stack/fleet";
import { writes } from "./support/stack/requests";

const SECRET = "4dabf18193072939515e22adb298388d";
const noValue = { [SECRET]: "1b47061264138c4ac30d75fd1eb44270", plaintext: "null" };

interface OldResource {
  readonly urn: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  additionalSecretOutputs?: readonly string[];
}

/** Rewrites the state to what an earlier version left in it. */
async function age({ stack }: World): Promise<void> {
  const exported = await stack.exportStack();
  const resources: OldResource[] = exported.deployment.resources;
  const named = (name: string) => resources.filter(({ urn }) => urn.endsWith(`::${name}`));
  const [credentials, uris] = [named("pbx"), named("uri")];
  expect([credentials.length, uris.length]).toEqual([1, 1]);
  for (const resource of [...credentials, ...uris]) resource.additionalSecretOutputs = ["password"];
  for (const resource of credentials) resource.inputs = { ...resource.inputs, password: passwords.plain };
  for (const resource of uris) resource.outputs = { ...resource.outputs, password: noValue };
  await stack.importStack(exported);
}

function program(adapter: AdapterName, name: string) {
  const plivo = sdks[adapter];
  return async () => {
    const { password } = new plivo.OriginationUri("uri", { name, uri: "sip.example.com" });
    new plivo.Credential("pbx", { name, username: "pbxlondon", password: passwords.plain });
    return { password };
  };
}

for (const adapter of ["dynamic", "plugin"] as const)
  testInWorld(
    `${adapter}: an old state shows no change, neither in a preview nor in a refresh, and the next up mends it`,
    async (world) => {
      const { stack, run, simulator } = world;
      run(program(adapter, "one"));
      await stack.up();
      const made = writes(simulator);
      for (const operation of ["preview", "refresh", "up"] as const) {
        await age(world);
        await stack[operation]({ expectNoChanges: true });
        expect(writes(simulator)).toEqual(made);
      }
      expect(resourceOf(world, "pbx").inputs?.password).toHaveProperty("ciphertext");
      const printed = new Printed();
      run(program(adapter, "two"));
      await stack.up({ diff: true, ...printed.listening });
      expect(leakingLines(printed.stdout + printed.stderr, [passwords.plain])).toEqual([]);
      expect(resourceOf(world, "uri").outputs?.password).toBeNull();
      await stack.preview({ expectNoChanges: true });
    },
  );
