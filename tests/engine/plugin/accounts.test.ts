import { join } from "node:path";
import { expect } from "@jest/globals";
import { secret } from "@pulumi/pulumi";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import * as plivo from "pulumi-plivo/plugin";
import { leakingFiles } from "../../support/leaks";
import { testInWorld, type World } from "../support/stack/engine";
import { failureOf } from "../support/stack/failure";
import { writes } from "../support/stack/requests";

const second = { authId: "MASECOND", authToken: "second-token" };

function credentialsOf({ simulator: { url, authId, authToken } }: World) {
  return { authId, authToken, baseUrl: url };
}

/**
 * A list on the account of an explicit provider. Where the engine refuses it, the output keeps the program from
 * registering the stack's outputs with an engine that has gone.
 */
function listOf(account: plivo.ProviderArgs) {
  return async () => {
    const provider = new plivo.Provider("account", account);
    const { name } = new plivo.IpAccessControlList("offices", { ipAddresses: ["192.0.2.1"] }, { provider });
    return { name };
  };
}

async function plainList() {
  const { name } = new plivo.IpAccessControlList("offices", { ipAddresses: ["192.0.2.1"] });
  return { name };
}

/** `update account`, `replace offices`: what is not as it was, providers included. */
async function planned({ stack }: World): Promise<string[]> {
  const steps = new Set<string>();
  const onEvent = ({ resourcePreEvent }: EngineEvent) => {
    const { op = "same", urn = "", type = "" } = resourcePreEvent?.metadata ?? {};
    if (op !== "same" && type !== "pulumi:pulumi:Stack") steps.add(`${op} ${urn.split("::").at(-1)}`);
  };
  await stack.preview({ onEvent });
  return [...steps];
}

/** What the engine keeps: state, history and backups; not the program's environment. */
function backend({ folder }: World): string {
  return join(folder, "backend");
}

testInWorld(
  "two explicit providers serve two accounts in one program, each with its own objects",
  async (world) => {
    const { stack, run, simulator } = world;
    run(async () => {
      for (const [name, account] of [["one", credentialsOf(world)] as const, ["two", second] as const]) {
        const provider = new plivo.Provider(name, { ...account, baseUrl: simulator.url });
        const { uriUuid } = new plivo.OriginationUri(`${name}-uri`, { uri: `${name}.example.com` }, { provider });
        const args = { trunkDirection: "inbound", primaryUriUuid: uriUuid } as const;
        new plivo.Trunk(`${name}-trunk`, args, { provider });
      }
    });
    await stack.up();
    const held = [simulator.authId, second.authId].map((id) => {
      const { trunks, originationUris } = simulator.storeOf(id);
      return { trunks: trunks.size, uris: [...originationUris.values()].map(({ uri }) => uri) };
    });
    expect(held).toEqual([
      { trunks: 1, uris: ["one.example.com"] },
      { trunks: 1, uris: ["two.example.com"] },
    ]);
    await stack.preview({ expectNoChanges: true });
    await stack.refresh({ expectNoChanges: true });
    await stack.destroy();
    expect([simulator.store.trunks.size, simulator.storeOf(second.authId).trunks.size]).toEqual([0, 0]);
  },
  { simulator: { accounts: [second] } },
);

testInWorld(
  "another token of the same account replaces nothing; another account replaces everything on it",
  async (world) => {
    const { stack, run, simulator } = world;
    const account = credentialsOf(world);
    run(listOf(account));
    await stack.up();
    run(listOf({ ...account, authToken: "rotated-token" }));
    expect(await planned(world)).toEqual(["update account"]);
    run(listOf({ ...account, ...second }));
    const steps = await planned(world);
    expect(steps).toEqual(expect.arrayContaining(["replace account", "replace offices"]));
    await stack.up();
    expect(simulator.store.ipAccessControlLists.size).toBe(0);
    expect(simulator.storeOf(second.authId).ipAccessControlLists.size).toBe(1);
    await stack.preview({ expectNoChanges: true });
  },
  { simulator: { accounts: [second] } },
);

testInWorld(
  "a stack whose credentials came from the environment replaces nothing when it gets its own",
  async (world) => {
    const { stack, run, simulator } = world;
    const { authId, authToken } = simulator;
    const bare = stack.workspace.envVars;
    stack.workspace.envVars = { ...bare, PLIVO_AUTH_ID: authId, PLIVO_AUTH_TOKEN: authToken };
    run(plainList);
    await stack.up();
    simulator.clearRequests();
    stack.workspace.envVars = bare;
    await stack.setAllConfig({
      "plivo:authId": { value: authId },
      "plivo:authToken": { value: authToken, secret: true },
    });
    expect((await planned(world)).filter((step) => !step.includes("default"))).toEqual([]);
    await stack.up();
    expect(writes(simulator)).toEqual([]);
  },
  { withoutCredentials: true },
);

testInWorld(
  "a token that stands plainly in the program is encrypted in everything that the engine keeps",
  async (world) => {
    const { stack, run, simulator } = world;
    run(listOf(credentialsOf(world)));
    await stack.up();
    await stack.refresh();
    expect(leakingFiles(backend(world), [simulator.authToken])).toEqual([]);
    expect(leakingFiles(backend(world), [simulator.authId])).not.toEqual([]);
  },
);

testInWorld(
  "credentials from the environment are in nothing that the engine keeps, with the default provider and an explicit one",
  async (world) => {
    const { stack, run, simulator } = world;
    const { authId, authToken, url } = simulator;
    const variables = { PLIVO_AUTH_ID: authId, PLIVO_AUTH_TOKEN: authToken };
    stack.workspace.envVars = { ...stack.workspace.envVars, ...variables };
    for (const program of [plainList, listOf({ baseUrl: url })]) {
      run(program);
      await stack.up();
      await stack.refresh();
      expect(leakingFiles(backend(world), [authId, authToken])).toEqual([]);
    }
  },
  { withoutCredentials: true },
);

testInWorld("a provider that is configured wrongly fails without showing the token", async (world) => {
  const { stack, run } = world;
  const account = credentialsOf(world);
  for (const authToken of ["LEAKY TOKEN", secret("LEAKY TOKEN")]) {
    run(listOf({ ...account, authToken, maxRetries: 99 }));
    const message = await failureOf(stack.preview());
    expect(message).toContain("must not be empty or contain spaces");
    expect(message).toContain("must be a whole number from 0 to 20");
    expect(message).not.toContain("LEAKY");
  }
  await stack.setConfig("plivo:authToken", { value: "LEAKY TOKEN", secret: true });
  run(plainList);
  expect(await failureOf(stack.preview())).not.toContain("LEAKY");
  await stack.setConfig("plivo:authTokn", { value: "LEAKY", secret: false });
  const unknown = await failureOf(stack.preview());
  expect(unknown).toContain('the plivo provider has no setting "authTokn"');
  expect(unknown).not.toContain("LEAKY");
});

testInWorld("a resource that is refused shows none of its secrets", async ({ stack, run }) => {
  run(async () => {
    const { name } = new plivo.Credential("pbx", { username: secret("n0!"), password: "LEAKY-password-too-long" });
    return { name };
  });
  const message = await failureOf(stack.preview());
  expect(message).toMatch(/username.*must be 5-20 characters/);
  expect(message).toMatch(/password.*must be 5-20 characters/);
  expect(message).not.toMatch(/LEAKY|n0!/);
});
