/** What only a real engine does with a plugin: attaching, unknown configuration, reading the schema. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@jest/globals";
import * as plivo from "pulumi-plivo/plugin";
import { version } from "../../../package.json";
import { EngineLog } from "../../../provider/plugin/engine-log";
import { Session } from "../../../provider/plugin/session";
import { startServer } from "../../../provider/plugin/testing/start-plugin";
import { pulumi } from "../support/processes/command";
import { testInWorld } from "../support/stack/engine";

const root = join(__dirname, "../../..");
const schemaFile = join(root, "provider/schema/schema.json");

type Json = Readonly<Record<string, unknown>>;

/** The engine leaves out what is empty. */
function withoutEmpty(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutEmpty);
  const entries = Object.entries(value).map(([key, inner]) => [key, withoutEmpty(inner)] as const);
  return Object.fromEntries(
    entries.filter(([, inner]) => JSON.stringify(inner) !== "{}" && JSON.stringify(inner) !== "[]"),
  );
}

/** An engine prints what it knows of a schema; this field came with a later version than the oldest that is tested. */
function asPrinted({ configurationDocsUrl, ...committed }: Json, printed: Json): Json {
  return "configurationDocsUrl" in printed ? { ...committed, configurationDocsUrl } : committed;
}

async function list(): Promise<void> {
  new plivo.IpAccessControlList("offices", { ipAddresses: ["10.0.0.0/7"] });
}

testInWorld("A31 Attach: a plugin that a debugger holds serves one command after the other", async (world) => {
  const { stack, run, simulator } = world;
  const server = await startServer({
    session: new Session(new EngineLog(), { outlivesCommands: true }),
    version,
    schema: () => "{}",
  });
  try {
    stack.workspace.envVars = { ...stack.workspace.envVars, PULUMI_DEBUG_PROVIDERS: `plivo:${server.port}` };
    run(list);
    const { stdout } = await stack.up();
    expect(stdout).toContain("ipAddresses[0] is wider than /8");
    await stack.refresh({ expectNoChanges: true });
    await stack.preview({ expectNoChanges: true });
    await stack.destroy();
    expect(simulator.store.ipAccessControlLists.size).toBe(0);
  } finally {
    server.stop();
  }
});

testInWorld(
  "A8 Unknown provider config: its resources are previewed without a request, and created in the end",
  async ({ stack, run, simulator }) => {
    const { url, authId, authToken } = simulator;
    run(async () => {
      const uri = new plivo.OriginationUri("uri", { uri: "sip.example.com" });
      const later = uri.uriUuid.apply(() => authToken);
      const provider = new plivo.Provider("later", { authId, baseUrl: url, authToken: later });
      const trunk = new plivo.Trunk("eu", { trunkDirection: "inbound", primaryUriUuid: uri.uriUuid }, { provider });
      return { domain: trunk.trunkDomain };
    });
    expect((await stack.preview()).changeSummary).toMatchObject({ create: 4 });
    expect(simulator.requests).toEqual([]);
    const { outputs } = await stack.up();
    expect(outputs.domain?.value).toMatch(/^\d+\.zt\.plivo\.com$/);
    await stack.preview({ expectNoChanges: true });
  },
);

testInWorld("A3 GetSchema: the plugin returns the committed schema, and Pulumi finds no error in it", async (world) => {
  const printed = await pulumi(world, "package", "get-schema", join(root, "bin/pulumi-resource-plivo"));
  const committed = JSON.parse(readFileSync(schemaFile, "utf8"));
  expect(withoutEmpty(JSON.parse(printed))).toEqual(withoutEmpty(asPrinted(committed, JSON.parse(printed))));
  expect((await pulumi(world, "schema", "check", schemaFile)).trim()).toBe("");
});
