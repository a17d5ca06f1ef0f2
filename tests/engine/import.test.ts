/** The resource option `import` of the dynamic classes, which Pulumi's own host does not know. */
import { join } from "node:path";
import { expect } from "@jest/globals";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo";
import { engineProcesses, providerProcesses } from "./support/processes/processes";
import { accountToImport } from "./support/programs/account-to-import";
import { testInWorld } from "./support/stack/engine";
import { failureOf } from "./support/stack/failure";
import { idOf, resourceOf } from "./support/stack/fleet";
import { writes } from "./support/stack/requests";
import { changesOf } from "./support/stack/steps";
import { until } from "./support/stack/until";

const simulator = { seed: accountToImport };

/** What a user writes for these objects, with names left out as a dynamic resource allows. */
function program(imports: boolean) {
  const option = (id: string): CustomResourceOptions => (imports ? { import: id } : {});
  return async () => {
    const { uriUuid } = new plivo.OriginationUri("uri", { uri: "sip.example.com" }, option("uri-1"));
    const addresses = { ipAddresses: ["192.0.2.1", "2001:db8::1"] };
    new plivo.IpAccessControlList("offices", addresses, option("acl-1"));
    const trunk = { name: "in", trunkDirection: "inbound", primaryUriUuid: uriUuid } as const;
    const { trunkId } = new plivo.Trunk("trunk", trunk, option("100"));
    new plivo.PhoneNumberAttachment("hotline", { number: "+1 415 555 0100", trunkId }, option("+14155550100"));
  };
}

/** With the password that the credential has. */
function credential(imports: boolean) {
  const args = { username: "pbxlondon", password: "Secret!1" };
  new plivo.Credential("pbx", args, imports ? { import: "cred-1" } : {});
}

function trunk(name: string, args: Partial<plivo.TrunkArgs>, opts: CustomResourceOptions) {
  new plivo.Trunk(name, { name: "in", trunkDirection: "inbound", primaryUriUuid: "uri-1", ...args }, opts);
}

const importsOf = (stdout: string) =>
  [...new Set([...stdout.matchAll(/imports .*/g)].map(([line]) => line.trim()))].sort();

testInWorld(
  "each of the five is imported as it is, without a write, and left in the program the option does nothing",
  async (world) => {
    const { stack, run } = world;
    const five = (imports: boolean) => async () => {
      await program(imports)();
      credential(imports);
    };
    run(five(true));
    const { stdout } = await stack.preview();
    expect(stdout).toMatch(
      /dynamic\/plivo:Trunk \(trunk\):\s+a create here imports 100 instead, unless it replaces an object of the state/,
    );
    expect(importsOf(stdout)).toEqual(
      expect.arrayContaining([
        'imports IP access control list "offices" (acl-1) as it is',
        'imports credential "london" (cred-1): sends password, which Plivo never returns',
        'imports origination URI "primary" (uri-1) as it is',
        "imports phone number attachment 14155550100: compares trunkId during `pulumi up`",
        'imports trunk "in" (100): compares primaryUriUuid during `pulumi up`',
      ]),
    );
    expect(writes(world.simulator)).toEqual([]);
    await stack.up();
    expect(writes(world.simulator)).toEqual(["POST Zentrunk/Credential/cred-1/"]);
    expect(["uri", "offices", "trunk", "hotline", "pbx"].map((name) => idOf(world, name))).toEqual([
      "uri-1",
      "acl-1",
      "100",
      "14155550100",
      "cred-1",
    ]);
    await stack.preview({ expectNoChanges: true });
    await stack.refresh({ expectNoChanges: true });
    run(five(false));
    const clean = await stack.up({ expectNoChanges: true });
    expect(clean.stdout).not.toContain("imports ");
    expect(writes(world.simulator)).toHaveLength(1);
  },
  { simulator },
);

testInWorld(
  "an import with `ignoreChanges` leaves what is ignored as it is, the password too",
  async (world) => {
    const { stack, run, simulator } = world;
    const program = (opts: CustomResourceOptions) => async () => {
      const password = "Ignored!1";
      const ignoring = { ignoreChanges: ["password", "username"], ...opts };
      new plivo.Credential("pbx", { username: "ignored", password }, ignoring);
    };
    run(program({ import: "cred-1" }));
    await stack.up();
    for (const opts of [{ import: "cred-1" }, {}]) {
      run(program(opts));
      await stack.preview({ expectNoChanges: true });
    }
    expect(writes(simulator)).toEqual([]);
    expect(simulator.store.credentials.get("cred-1")).toMatchObject({ username: "pbxlondon", password: "Secret!1" });
  },
  { simulator },
);

testInWorld(
  "an object that another resource of the stack manages is not imported, and neither is one for a resource that has another",
  async (world) => {
    const { stack, run } = world;
    run(async () => trunk("trunk", {}, { import: "100" }));
    await stack.up();
    for (const order of [
      ["trunk", "other"],
      ["other", "trunk"],
    ]) {
      run(async () => {
        for (const name of order) trunk(name, {}, { import: "100" });
      });
      expect(await failureOf(stack.preview())).toMatch(
        /another resource of the stack manages trunk 100 already|trunk 100 belongs to this resource and to another one/,
      );
    }
    run(async () => trunk("trunk", {}, { import: "101" }));
    expect(await failureOf(stack.preview())).toMatch(
      /`import` names trunk 101, and this resource is trunk 100 already/,
    );
    expect(writes(world.simulator)).toEqual([]);
  },
  { simulator },
);

testInWorld(
  "a rename with an alias keeps the object; one without imports it under the new name and deletes nothing",
  async (world) => {
    const { stack, run, simulator } = world;
    run(async () => trunk("one", {}, { import: "100" }));
    await stack.up();
    run(async () => trunk("two", {}, { import: "100", aliases: [{ name: "one" }] }));
    await stack.preview({ expectNoChanges: true });
    await stack.up();
    run(async () => trunk("three", {}, { import: "100" }));
    expect(await changesOf((listening) => stack.up(listening))).toEqual({ three: "create", two: "delete" });
    expect(idOf(world, "three")).toBe("100");
    expect(writes(simulator)).toEqual([]);
    expect(simulator.store.trunks.has("100")).toBe(true);
  },
  { simulator },
);

testInWorld(
  "a rename by import whose run fails or is killed before its delete does not delete the object later",
  async (world) => {
    const { stack, run, simulator } = world;
    run(async () => trunk("one", {}, { import: "100" }));
    await stack.up();
    run(async () => {
      trunk("two", {}, { import: "100" });
      new plivo.OriginationUri("broken", { uri: "sip.example.com" });
    });
    simulator.faults.add({ method: "POST", path: "Zentrunk/URI/", do: { kind: "status", status: 400 } });
    await failureOf(stack.up());
    expect(world.state().resources.filter(({ id }) => id === "100")).toHaveLength(2);
    run(async () => trunk("two", { secure: true }, { import: "100" }));
    simulator.faults.add({ method: "POST", path: "Zentrunk/Trunk/100/", do: { kind: "hang", acts: true } });
    const killed = failureOf(stack.up());
    await until(() => writes(simulator).some((line) => line.endsWith("/100/")), killed);
    for (const id of [...engineProcesses(), ...providerProcesses()]) process.kill(id, "SIGKILL");
    await killed;
    await stack.cancel();
    await stack.up();
    expect(world.state().resources.filter(({ id }) => id === "100")).toHaveLength(1);
    expect(simulator.store.trunks.get("100")).toMatchObject({ secure: true });
    expect(writes(simulator).filter((line) => line.startsWith("DELETE"))).toEqual([]);
    await stack.preview({ expectNoChanges: true });
  },
  { simulator, config: { "plivo:maxRetries": { value: "0" } } },
);

testInWorld(
  "a replacement of what was imported is a new object, and the old one is deleted as always",
  async (world) => {
    const { stack, run, simulator } = world;
    run(async () => trunk("trunk", { name: "too" }, { import: "101" }));
    await stack.up();
    const outbound = {
      trunkDirection: "outbound",
      primaryUriUuid: undefined as unknown as string,
      credentialUuid: "cred-1",
    } as const;
    run(async () => trunk("trunk", { ...outbound, name: "out" }, { import: "101" }));
    await stack.up();
    expect(simulator.store.trunks.has("101")).toBe(false);
    expect(simulator.store.trunks.get(idOf(world, "trunk"))).toMatchObject({ trunk_direction: "outbound" });
    await stack.preview({ expectNoChanges: true });
    await stack.refresh({ expectNoChanges: true });
    await stack.preview({ expectNoChanges: true });
  },
  { simulator },
);

testInWorld(
  "`--target-replace` deletes nothing while the option is there, and replaces without it",
  async (world) => {
    const { stack, run, simulator } = world;
    run(async () => trunk("trunk", { name: "too" }, { import: "101" }));
    await stack.up();
    const replace = [resourceOf(world, "trunk").urn];
    await stack.up({ replace });
    expect(idOf(world, "trunk")).toBe("101");
    expect(simulator.store.trunks.has("101")).toBe(true);
    run(async () => trunk("trunk", { name: "new" }, {}));
    await stack.up({ replace });
    expect(idOf(world, "trunk")).not.toBe("101");
    expect(simulator.store.trunks.has("101")).toBe(false);
  },
  { simulator },
);

testInWorld(
  "an import fits an update plan and a target",
  async (world) => {
    const { stack, run, simulator, folder } = world;
    run(program(true));
    const plan = join(folder, "plan.json");
    const urn = (type: string, name: string) => `urn:pulumi:dev::world::pulumi-nodejs:dynamic/plivo:${type}::${name}`;
    await stack.up({ target: [urn("OriginationUri", "uri")] });
    expect(world.state().resources.map(({ id }) => id)).toContain("uri-1");
    await stack.preview({ plan });
    await stack.up({ plan });
    expect(writes(simulator)).toEqual([]);
    await stack.preview({ expectNoChanges: true });
  },
  { simulator },
);

testInWorld(
  "a create that is left unconfirmed under a name of the user's is resolved by importing what it made",
  async (world) => {
    const { stack, run, simulator } = world;
    const { store, faults } = simulator;
    faults.add({ method: "POST", do: { kind: "drop-after" } });
    run(async () => trunk("trunk", { name: "mine" }, {}));
    const message = await failureOf(stack.up());
    const made = [...store.trunks.values()].find(({ name }) => name === "mine")?.trunk_id ?? "";
    expect(message).toContain(`set the resource option \`import: "${made}"\``);
    run(async () => trunk("trunk", { name: "mine" }, { import: made }));
    await stack.up();
    expect(idOf(world, "trunk")).toBe(made);
    expect(store.trunks.has(made)).toBe(true);
    await stack.preview({ expectNoChanges: true });
  },
  { simulator, config: { "plivo:maxRetries": { value: "0" } } },
);
