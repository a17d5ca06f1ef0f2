import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@jest/globals";
import { type CustomResourceOptions, type Output, output } from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo/plugin";
import { pulumi } from "../support/processes/command";
import { accountToImport as seed } from "../support/programs/account-to-import";
import { testInWorld } from "../support/stack/engine";
import { failureOf } from "../support/stack/failure";
import { writes } from "../support/stack/requests";
import { changesOf } from "../support/stack/steps";

const objects = [
  { type: "plivo:index:OriginationUri", name: "uri", id: "uri-1" },
  { type: "plivo:index:Credential", name: "pbx", id: "cred-1" },
  { type: "plivo:index:IpAccessControlList", name: "offices", id: "acl-1" },
  { type: "plivo:index:Trunk", name: "trunk", id: "100" },
  { type: "plivo:index:PhoneNumberAttachment", name: "hotline", id: "14155550100" },
];

/** What a user writes for these objects. */
async function program(): Promise<void> {
  new plivo.OriginationUri("uri", { name: "primary", uri: "sip.example.com" });
  new plivo.IpAccessControlList("offices", { name: "offices", ipAddresses: ["192.0.2.1", "2001:db8::1"] });
  new plivo.Trunk("trunk", { name: "in", trunkDirection: "inbound", primaryUriUuid: "uri-1" });
  new plivo.PhoneNumberAttachment("hotline", { number: "+1 415 555 0100", trunkId: "100" });
}

async function credentialToo(): Promise<void> {
  await program();
  new plivo.Credential("pbx", { name: "london", username: "pbxlondon", password: "Secret!1" });
}

/** Without the code that old language hosts cannot write. */
const flags = ["--generate-code=false", "--protect=false", "--yes"];

/** A program in another language may leave out what the types of this one ask for. */
const noPassword = output(undefined) as unknown as Output<string>;

testInWorld(
  "each of the five is imported by its id alone; then a preview is clean, also without the password",
  async (world) => {
    const { stack, simulator, run } = world;
    for (const { type, name, id } of objects) await pulumi(world, "import", type, name, id, "--skip-preview", ...flags);
    expect(writes(simulator)).toEqual([]);

    const withoutPassword = (username: string) => async () => {
      await program();
      new plivo.Credential("pbx", { name: "london", username, password: noPassword });
    };
    run(withoutPassword("pbxlondon"));
    await stack.preview({ expectNoChanges: true });
    await stack.up({ expectNoChanges: true });
    await stack.refresh({ expectNoChanges: true });
    run(withoutPassword("pbxparis"));
    expect(await failureOf(stack.preview())).toMatch(/password.value value .*is not known: Plivo never returns it/);
    expect(writes(simulator)).toEqual([]);

    run(credentialToo);
    expect(await changesOf((listening) => stack.preview(listening))).toEqual({ pbx: "update password" });
    await stack.up();
    expect(writes(simulator)).toEqual(["POST Zentrunk/Credential/cred-1/"]);
    await stack.preview({ expectNoChanges: true });
    await stack.refresh({ expectNoChanges: true });
    run(withoutPassword("pbxlondon"));
    expect(await failureOf(stack.preview())).toMatch(/password.*is required: Plivo never returns it, and blanks it/);
  },
  { simulator: { seed } },
);

testInWorld(
  "an import with `ignoreChanges` of the password is clean, and an update that could blank it is refused in its preview",
  async ({ stack, simulator, run }) => {
    const credential = (username: string, opts: CustomResourceOptions) => async () => {
      const password = "Ignored!1";
      new plivo.Credential("pbx", { name: "london", username, password }, { ignoreChanges: ["password"], ...opts });
      const login = { authenticationNeeded: true, username, password };
      const uri = { name: "secure", uri: "sip.example.com", ...login };
      new plivo.OriginationUri("secure", uri, {
        ignoreChanges: ["password"],
        ...(opts.import ? { import: "uri-2" } : {}),
      });
    };
    run(credential("pbxlondon", { import: "cred-1" }));
    await stack.preview();
    await stack.up();
    for (const opts of [{ import: "cred-1" }, {}]) {
      run(credential("pbxlondon", opts));
      await stack.preview({ expectNoChanges: true });
    }
    run(credential("pbxparis", {}));
    for (const operation of ["preview", "up"] as const) {
      const message = await failureOf(stack[operation]());
      expect(message).toMatch(/property password\.value value .* is not known: .*, and take it out of ignoreChanges/);
    }
    expect(writes(simulator)).toEqual([]);
    expect(simulator.store.credentials.get("cred-1")?.password).toBe("Secret!1");
  },
  { simulator: { seed } },
);

testInWorld(
  "many are imported from a file; one that does not exist fails the import and imports none",
  async (world) => {
    const { stack, simulator, run, state, folder } = world;
    const file = join(folder, "import.json");
    const missing = { type: "plivo:index:Trunk", name: "nope", id: "999" };
    writeFileSync(file, JSON.stringify({ resources: [...objects, missing] }));
    expect(await failureOf(pulumi(world, "import", "--file", file, ...flags))).toContain(
      "resource '999' does not exist",
    );
    expect(state().resources.filter(({ type }) => type.startsWith("plivo:"))).toEqual([]);

    writeFileSync(file, JSON.stringify({ resources: objects.filter(({ name }) => name !== "pbx") }));
    await pulumi(world, "import", "--file", file, ...flags);
    run(program);
    await stack.preview({ expectNoChanges: true });
    expect(writes(simulator)).toEqual([]);
  },
  { simulator: { seed } },
);

testInWorld(
  "`import` in the program takes an object over, and `get` reads one",
  async ({ stack, simulator, run }) => {
    run(async () => {
      const args = { name: "in", trunkDirection: "inbound", primaryUriUuid: "uri-1" } as const;
      const trunk = new plivo.Trunk("trunk", args, { import: "100" });
      const gotten = plivo.Trunk.get("gotten", "100");
      return { imported: trunk.trunkDomain, gotten: gotten.trunkDomain };
    });
    const { outputs } = await stack.up();
    expect([outputs.imported?.value, outputs.gotten?.value]).toEqual(["100.zt.plivo.com", "100.zt.plivo.com"]);
    await stack.preview({ expectNoChanges: true });
    expect(writes(simulator)).toEqual([]);
    run(async () => void plivo.Trunk.get("gone", "999"));
    expect(await failureOf(stack.preview())).toContain("resource '999' does not exist");
  },
  { simulator: { seed } },
);

testInWorld(
  "an import without the password works: one warning of ours, none of Pulumi's, the object is protected, nothing was written",
  async (world) => {
    const { simulator, state } = world;
    const credential = ["plivo:index:Credential", "pbx", "cred-1"];
    const printed = await pulumi(world, "import", ...credential, "--generate-code=false", "--yes");
    expect(printed).not.toContain("failed to validate");
    expect(printed).toContain("password is not known: Plivo never returns it");
    const found = state().resources.find(({ type }) => type === "plivo:index:Credential");
    expect(found).toMatchObject({ id: "cred-1", protect: true });
    expect(writes(simulator)).toEqual([]);
  },
  { simulator: { seed } },
);

testInWorld(
  "a number is imported with and without its plus, and with blanks, under the id that Plivo gives it",
  async (world) => {
    for (const [name, id] of [
      ["plain", "14155550100"],
      ["plus", "+14155550100"],
      ["blanks", "+1 415 555 0100"],
    ] as const)
      await pulumi(world, "import", "plivo:index:PhoneNumberAttachment", name, id, "--skip-preview", ...flags);
    const found = world.state().resources.filter(({ type }) => type === "plivo:index:PhoneNumberAttachment");
    expect(found.map(({ id }) => id)).toEqual(["14155550100", "14155550100", "14155550100"]);
  },
  { simulator: { seed } },
);

testInWorld(
  "the `import` option on an attachment that exists leaves the number on its trunk, however its id is written",
  async ({ stack, simulator, run }) => {
    const attached = (options: { readonly import?: string }) => async () => {
      new plivo.PhoneNumberAttachment("hotline", { number: "14155550100", trunkId: "100" }, options);
    };
    run(attached({}));
    await stack.up();
    const routed = () => simulator.store.numbers.get("14155550100")?.application;
    const before = routed();
    for (const id of ["14155550100", "+14155550100"]) {
      run(attached({ import: id }));
      await stack.up();
      expect(routed()).toBe(before);
      run(attached({}));
      await stack.preview({ expectNoChanges: true });
    }
  },
  { simulator: { seed } },
);

testInWorld(
  "the `import` option changes what the program says differently in the same update",
  async ({ stack, simulator, run }) => {
    run(async () => {
      new plivo.OriginationUri("uri", { name: "primary", uri: "sip.example.net" }, { import: "uri-1" });
    });
    await stack.up();
    expect(writes(simulator)).toEqual(["POST Zentrunk/URI/uri-1/"]);
    await stack.preview({ expectNoChanges: true });
  },
  { simulator: { seed } },
);

testInWorld(
  "an object that the program imports under a new name is not deleted with its old entry",
  async ({ stack, simulator, run }) => {
    const trunk = (name: string, opts: CustomResourceOptions) => async () => {
      new plivo.Trunk(
        name,
        { name: "in", trunkDirection: "inbound", primaryUriUuid: "uri-1", forceDestroy: true },
        opts,
      );
    };
    run(trunk("one", { import: "100" }));
    await stack.up();
    run(trunk("two", { import: "100" }));
    expect(await changesOf((listening) => stack.up(listening))).toMatchObject({ one: "delete" });
    expect(writes(simulator)).toEqual([]);
    run(trunk("two", {}));
    await stack.preview({ expectNoChanges: true });
  },
  { simulator: { seed } },
);
