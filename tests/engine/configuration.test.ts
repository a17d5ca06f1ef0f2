import { expect } from "@jest/globals";
import * as plivo from "pulumi-plivo";
import { startSimulator } from "pulumi-plivo/simulator";
import { testInWorld, type World } from "./support/stack/engine";
import { failureOf } from "./support/stack/failure";

async function uri(): Promise<void> {
  new plivo.OriginationUri("uri", { name: "pbx", uri: "sip.example.com" });
}

testInWorld(
  "new resources are previewed without credentials; `up` then names the config key and the variable",
  async ({ stack, simulator, run }) => {
    run(uri);
    expect((await stack.preview()).changeSummary).toEqual({ create: 2 });
    const withoutId = await failureOf(stack.up());
    expect(withoutId).toContain("run `pulumi config set plivo:authId <value>` or set PLIVO_AUTH_ID");
    await stack.setConfig("plivo:authId", { value: simulator.authId });
    const withoutToken = await failureOf(stack.up());
    expect(withoutToken).toContain("run `pulumi config set --secret plivo:authToken <value>` or set PLIVO_AUTH_TOKEN");
    expect(simulator.requests).toEqual([]);
    await stack.setConfig("plivo:authToken", { value: simulator.authToken, secret: true });
    await stack.up();
    expect(simulator.store.originationUris.size).toBe(1);
  },
  { withoutCredentials: true },
);

/** Credentials from the environment of `pulumi`. */
function fromEnvironment({ stack: { workspace }, simulator }: World): void {
  const variables = { PLIVO_AUTH_ID: simulator.authId, PLIVO_AUTH_TOKEN: simulator.authToken };
  workspace.envVars = { ...workspace.envVars, ...variables };
}

testInWorld(
  "credentials come from the environment where the stack has none, and the stack's count before those",
  async (world) => {
    const { stack, simulator, run } = world;
    fromEnvironment(world);
    stack.workspace.envVars = { ...stack.workspace.envVars, PLIVO_BASE_URL: "http://127.0.0.1:1/v1" };
    run(uri);
    await stack.up();
    expect(simulator.store.originationUris.size).toBe(1);
    await stack.setConfig("plivo:authId", { value: "MASOMEBODYELSE" });
    expect(await failureOf(stack.refresh({ runProgram: true }))).toContain(
      'Auth ID "MASOMEBODYELSE" or its Auth Token',
    );
  },
  { withoutCredentials: true },
);

testInWorld("PLIVO_BASE_URL is used where the stack has no base URL", async (world) => {
  const { stack, simulator, run } = world;
  const other = await startSimulator();
  try {
    await stack.removeConfig("plivo:baseUrl");
    stack.workspace.envVars = { ...stack.workspace.envVars, PLIVO_BASE_URL: other.url };
    run(uri);
    await stack.up();
    expect([simulator.store.originationUris.size, other.store.originationUris.size]).toEqual([0, 1]);
  } finally {
    await other.close();
  }
});

testInWorld(
  "values of the configuration that cannot be are all named at once, none is quoted",
  async ({ stack, run, simulator }) => {
    run(uri);
    const message = await failureOf(stack.preview());
    expect(message).toContain("the configuration of the plivo provider is wrong: plivo:authId must");
    expect(message).toContain("; plivo:maxRetries must be a whole number from 0 to 20; plivo:requestTimeout must");
    expect(message).not.toContain("not an id");
    expect(simulator.requests).toEqual([]);
  },
  {
    config: {
      "plivo:authId": { value: "not an id" },
      "plivo:maxRetries": { value: "many" },
      "plivo:requestTimeout": { value: "0" },
    },
  },
);
