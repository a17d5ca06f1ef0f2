import { credentials } from "@grpc/grpc-js";
import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as plivo from "pulumi-plivo";
import * as plugin from "pulumi-plivo/plugin";
import { type Simulator, startSimulator } from "pulumi-plivo/simulator";

let simulator: Simulator;
let calls: { readonly token: string; readonly inputs: unknown }[];
const environment = { ...process.env };

beforeAll(async () => {
  simulator = await startSimulator();
  // An account that every request of a function would reach.
  process.env.PLIVO_BASE_URL = simulator.url;
  process.env.PLIVO_AUTH_ID = simulator.authId;
  process.env.PLIVO_AUTH_TOKEN = simulator.authToken;
});

afterAll(async () => {
  process.env = environment;
  await simulator.close();
});

beforeEach(() => mock(false));

async function mock(preview: boolean): Promise<void> {
  calls = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, id, inputs }) => ({ id: id || `${name}-id`, state: { ...inputs, type } }),
      call: ({ token, inputs }) => {
        calls.push({ token, inputs });
        return { ...inputs, name: "mocked", trunks: [{ name: "mocked" }] };
      },
    },
    "lines",
    "dev",
    preview,
  );
}

type Adapter = Pick<typeof plivo, "getTrunk" | "getTrunks" | "getCredentials" | "getTrunkOutput">;

const adapters = [
  { adapter: "dynamic", sdk: plivo as Adapter },
  { adapter: "plugin", sdk: plugin as unknown as Adapter },
];

test.each(adapters)("with mocks a function calls the mock and sends no request: $adapter", async ({ sdk }) => {
  expect(await sdk.getTrunk({ trunkId: "1" })).toMatchObject({ trunkId: "1", name: "mocked" });
  expect((await sdk.getTrunks({ secure: true })).trunks).toEqual([{ name: "mocked" }]);
  await sdk.getTrunks();
  await sdk.getCredentials();
  expect(calls).toEqual([
    { token: "plivo:index:getTrunk", inputs: { trunkId: "1" } },
    { token: "plivo:index:getTrunks", inputs: { secure: true } },
    { token: "plivo:index:getTrunks", inputs: {} },
    { token: "plivo:index:getCredentials", inputs: {} },
  ]);
  expect(simulator.requests).toEqual([]);
});

const promised = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => void output.apply(resolve));

test.each(adapters)(
  "so does its form for outputs, and a secret argument makes a secret result: $adapter",
  async ({ sdk }) => {
    const open = sdk.getTrunkOutput({ trunkId: pulumi.output("1") });
    expect(await promised(open)).toMatchObject({ trunkId: "1", name: "mocked" });
    expect(await pulumi.isSecret(open)).toBe(false);
    const hidden = sdk.getTrunkOutput({ trunkId: pulumi.secret("2") });
    expect(await promised(hidden)).toMatchObject({ trunkId: "2" });
    expect(await pulumi.isSecret(hidden)).toBe(true);
    expect(calls.map(({ inputs }) => inputs)).toEqual([{ trunkId: "1" }, { trunkId: "2" }]);
    expect(simulator.requests).toEqual([]);
  },
);

/** A value that a preview does not know. */
function unknownId(): pulumi.Output<string> {
  return new plivo.OriginationUri("pbx", { uri: "sip.example.com" }).authenticationNeeded.apply(String);
}

test.each(adapters)(
  "in a preview an unknown argument calls no mock, and the result is unknown: $adapter",
  async ({ sdk }) => {
    await mock(true);
    const result = sdk.getTrunkOutput({ trunkId: unknownId() });
    expect(await (result as unknown as { isKnown: Promise<boolean> }).isKnown).toBe(false);
    expect(calls).toEqual([]);
  },
);

test("with mocks get of a resource asks the mock too", async () => {
  const trunk = plivo.Trunk.get("support", "23585512345678");
  expect(await promised(trunk.trunkId)).toBe("23585512345678");
});

test("with an engine a function sends its request to the account", async () => {
  // Never connected to: that it is one is enough.
  const engine = new ResourceMonitorClient("127.0.0.1:1", credentials.createInsecure());
  pulumi.runtime.setMockOptions(engine);
  try {
    expect(await plivo.getTrunks()).toEqual({ trunks: [] });
    expect(simulator.requests).toHaveLength(1);
  } finally {
    engine.close();
  }
});
