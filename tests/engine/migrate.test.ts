import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import * as dynamic from "pulumi-plivo";
import * as plugin from "pulumi-plivo/plugin";
import { migrate } from "../../cli/migrate/migrate";
import { DOWNLOAD_URL } from "../../cli/shared/plugin-source";
import { version } from "../../package.json";
import { must } from "../support/command";
import { engineEnvironment, testInWorld, type World } from "./support/stack/engine";
import { requestLines, writes } from "./support/stack/requests";
import { changesOf } from "./support/stack/steps";

const password = "s3cret_s3cret!";
const options = { simulator: { seed: { numbers: ["14155550100"] } }, withPassphrase: true };

/** One program for both adapters: the import is all that differs. */
function lines(plivo: typeof dynamic | typeof plugin) {
  return async () => {
    const office = new pulumi.ComponentResource("my:index:Office", "london");
    const login = { authenticationNeeded: true, username: "plivo", password: "s3cret_s3cret?" };
    const primary = new plivo.OriginationUri("primary", { uri: "sip.example.com", ...login }, { parent: office });
    const inbound = new plivo.Trunk("in", { trunkDirection: "inbound", primaryUriUuid: primary.uriUuid });
    const hotline = { number: "+1 415 555 0100", trunkId: inbound.trunkId };
    new plivo.PhoneNumberAttachment("hotline", hotline, { parent: inbound });
    const credential = new plivo.Credential("pbx", { username: "pbxlondon", password: pulumi.secret(password) });
    const aliases = [{ name: "old-offices" }];
    const ipAddresses = ["203.0.113.10", "2001:db8::/48"];
    const offices = new plivo.IpAccessControlList("offices", { ipAddresses }, { dependsOn: [inbound], aliases });
    const who = { credentialUuid: credential.credentialUuid, ipaclUuid: offices.ipaclUuid };
    const outbound = new plivo.Trunk("out", { trunkDirection: "outbound", ...who }, { protect: false });
    return { domain: outbound.trunkDomain, urn: outbound.urn, password: credential.password };
  };
}

/** The commands of docs/migrate.md, in an environment without the key server. */
async function moveToPlugin({ folder }: World): Promise<string> {
  const place = { cwd: folder, env: { ...process.env, ...engineEnvironment(folder) } };
  const exported = await must("pulumi", ["stack", "export", "--stack", "dev"], place);
  const { text, moved } = migrate(exported, { version, downloadUrl: DOWNLOAD_URL });
  expect(moved).toBe(6);
  const file = join(folder, "new.json");
  writeFileSync(file, text);
  await must("pulumi", ["stack", "import", "--stack", "dev", "--file", file], place);
  return text;
}

testInWorld(
  "a migrated stack is unchanged for the plugin: nothing at Plivo is touched",
  async (world) => {
    const { stack, simulator, run } = world;
    run(lines(dynamic));
    const before = await stack.up();
    const text = await moveToPlugin(world);
    for (const secret of [password, "s3cret_s3cret?", simulator.authToken]) expect(text).not.toContain(secret);
    const trunks = structuredClone([...simulator.store.trunks]);
    simulator.clearRequests();
    run(lines(plugin));
    await stack.preview({ expectNoChanges: true });
    expect(await changesOf((listening) => stack.up({ ...listening, expectNoChanges: true }))).toEqual({});
    expect(requestLines(simulator)).toEqual([]);
    await stack.refresh({ expectNoChanges: true });
    expect(writes(simulator)).toEqual([]);
    expect([...simulator.store.trunks]).toEqual(trunks);
    const after = await stack.outputs();
    expect(after.domain).toEqual(before.outputs.domain);
    expect(after.password).toEqual({ value: password, secret: true });
    expect(after.urn?.value).toBe("urn:pulumi:dev::world::plivo:index:Trunk::out");
    expect(world.state().resources.filter(({ type }) => type.includes("pulumi-nodejs"))).toEqual([]);
    await stack.destroy();
    expect(simulator.store.trunks.size).toBe(0);
  },
  options,
);

testInWorld(
  "credentials from the environment stay out of a migrated state",
  async (world) => {
    const { stack, simulator, run, folder } = world;
    const { authId, authToken, url } = simulator;
    stack.workspace.envVars = {
      ...stack.workspace.envVars,
      PLIVO_AUTH_ID: authId,
      PLIVO_AUTH_TOKEN: authToken,
      PLIVO_BASE_URL: url,
    };
    run(lines(dynamic));
    await stack.up();
    await moveToPlugin(world);
    simulator.clearRequests();
    run(lines(plugin));
    await stack.up({ expectNoChanges: true });
    expect(requestLines(simulator)).toEqual([]);
    expect(readFileSync(join(folder, "backend/.pulumi/stacks/world/dev.json"), "utf8")).not.toContain(authToken);
    await stack.destroy();
  },
  { ...options, withoutCredentials: true },
);
