/** A password that neither Plivo nor the state tells: nothing is changed until the program gives it. */
import { expect } from "@jest/globals";
import { type Sdk, sdks } from "./support/programs/sdks";
import { testInWorld, type World } from "./support/stack/engine";
import { failureOf } from "./support/stack/failure";
import { writes } from "./support/stack/requests";

/** What is left where a write of the password got no response, and a refresh followed. */
async function forgetPassword({ stack }: World): Promise<void> {
  const exported = await stack.exportStack();
  const resources: { inputs?: Record<string, unknown>; outputs?: Record<string, unknown> }[] =
    exported.deployment.resources;
  const withPassword = resources.filter(({ outputs }) => outputs && "password" in outputs);
  expect(withPassword).toHaveLength(2);
  for (const { inputs, outputs } of withPassword) {
    delete inputs?.password;
    Object.assign(outputs ?? {}, { password: null });
  }
  await stack.importStack(exported);
}

function program({ Credential, OriginationUri }: Sdk, username: string, ignoreChanges: string[]) {
  return async () => {
    new Credential("pbx", { name: "pbx", username, password: "Secret!1" }, { ignoreChanges });
    const login = { authenticationNeeded: true, username, password: "Secret!1" };
    new OriginationUri("uri", { name: "uri", uri: "sip.example.com", ...login }, { ignoreChanges });
  };
}

for (const adapter of ["dynamic", "plugin"] as const)
  testInWorld(
    `${adapter}: with a password that is not known all is clean until something has to be sent`,
    async (world) => {
      const { stack, simulator, run } = world;
      run(program(sdks[adapter], "pbxlondon", []));
      await stack.up();
      await forgetPassword(world);
      const made = writes(simulator);
      run(program(sdks[adapter], "pbxlondon", ["password"]));
      await stack.preview({ expectNoChanges: true });
      await stack.up({ expectNoChanges: true });
      await stack.refresh({ expectNoChanges: true });
      run(program(sdks[adapter], "pbxparis", ["password"]));
      for (const operation of ["preview", "up"] as const)
        expect(await failureOf(stack[operation]())).toMatch(
          /property password\.value .* is not known: Plivo never returns/,
        );
      expect(writes(simulator)).toEqual(made);
      run(program(sdks[adapter], "pbxparis", []));
      await stack.up();
      expect(writes(simulator).slice(made.length).sort()).toEqual([
        expect.stringMatching(/^POST Zentrunk\/Credential\/./),
        expect.stringMatching(/^POST Zentrunk\/URI\/./),
      ]);
      await stack.preview({ expectNoChanges: true });
    },
  );
