/** A password that is not set is no secret: it shows as no value. */
import { expect } from "@jest/globals";
import { sdks } from "./support/programs/sdks";
import { Printed } from "./support/secrets/secret-life";
import { testInWorld } from "./support/stack/engine";
import { resourceOf } from "./support/stack/fleet";

const seed = {
  credentials: [{ credential_uuid: "cred-1", name: "london", username: "pbxlondon", password: "Secret!1" }],
};

for (const adapter of ["dynamic", "plugin"] as const)
  testInWorld(
    `${adapter}: a password that is not set is shown and stored as no value, and not as a secret`,
    async (world) => {
      const plivo = sdks[adapter];
      const program = (name: string) => async () => {
        const uri = new plivo.OriginationUri("uri", { name, uri: "sip.example.com" });
        const gotten = plivo.Credential.get("gotten", "cred-1");
        return { uri: uri.password, gotten: gotten.password };
      };
      const { stack, run } = world;
      const printed = new Printed();
      run(program("one"));
      await stack.preview({ diff: true, ...printed.listening });
      await stack.up({ diff: true, ...printed.listening });
      run(program("two"));
      await stack.preview({ diff: true, ...printed.listening });
      await stack.up({ diff: true, ...printed.listening });
      await stack.refresh(printed.listening);
      expect(printed.stdout).not.toContain("[secret]");
      for (const name of ["uri", "gotten"]) expect(resourceOf(world, name).outputs?.password).toBeNull();
      expect(Object.values(await stack.outputs()).map(({ secret }) => secret)).toEqual([false, false]);
      await stack.preview({ expectNoChanges: true });
    },
    { simulator: { seed } },
  );
