/** Creates a second, and memory over many refreshes: the provider's process alone, without an engine in between. */

import { connect, inParallel, startHost } from "./host.mjs";
import { memoryOf } from "./processes.mjs";
import { AT_ONCE } from "./session.mjs";
import { startSimulator } from "./simulator.mjs";
import { startCommands } from "./start-up.mjs";

const LATENCY_MS = 50;
/** With those before, less than half of the requests that the account allows in 5 s: from there on requests are worth more than time. */
const CREATES = 64;
/** The first ones load what a request needs, which is measured elsewhere. */
const BEFORE = AT_ONCE;
const TRUNKS = 1000;
const REFRESHES = 20;
const PATIENCE_MS = 120_000;

const ADAPTERS = /** @type {Record<string, { type: string, key: string, text?: string }>} */ ({
  plugin: { type: "plivo:index:Trunk", key: "" },
  dynamic: {
    type: "pulumi-nodejs:dynamic/plivo:Trunk",
    key: "plivo:",
    text: 'exports.handler=()=>require("pulumi-plivo/provider").trunk;',
  },
});

/** @typedef {import("./project.mjs").Project} Project */

/**
 * @template T @param {Project} project @param {string} adapter @param {import("pulumi-plivo/simulator").SimulatorOptions} options
 * @param {(world: { client: ReturnType<typeof connect>, pid: number, simulator: import("pulumi-plivo/simulator").Simulator, type: string, hidden: Record<string, string> }) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function inWorld(project, adapter, options, work) {
  const { type, key, text } = ADAPTERS[adapter] ?? { type: "", key: "" };
  const [command, args] = startCommands(project)[adapter] ?? ["", []];
  const simulator = await startSimulator(options);
  const host = await startHost(command, args, { cwd: project.folder, env: project.env });
  const client = connect(host.port);
  try {
    const { url, authId, authToken } = simulator;
    const settings = { baseUrl: url, authId, authToken };
    await client.configure(Object.fromEntries(Object.entries(settings).map(([name, value]) => [key + name, value])));
    return await work({
      client,
      pid: host.pid,
      simulator,
      type,
      hidden: text === undefined ? {} : { __provider: text },
    });
  } finally {
    client.close();
    await host.stop();
    await simulator.close();
  }
}

/** Creates a second against P / (2L): what P at once reach when each needs two answers. @param {Project} project @param {string} adapter */
export function creates(project, adapter) {
  const credential = { credential_uuid: "11111111-1111-1111-1111-111111111111", username: "benchuser", password: "x" };
  const options = { latencyMs: LATENCY_MS, rateLimit: true, seed: { credentials: [credential] } };
  return inWorld(project, adapter, options, async ({ client, simulator, type, hidden }) => {
    const inputs = [];
    for (let index = 0; index < BEFORE + CREATES; index++) {
      const trunk = { name: `trunk-${index}`, trunkDirection: "outbound", credentialUuid: credential.credential_uuid };
      inputs.push(await client.check(type, { ...trunk, ...hidden }));
    }
    await inParallel(AT_ONCE, inputs.slice(0, BEFORE), (input) => client.create(type, input));
    simulator.clearRequests();
    const start = performance.now();
    await inParallel(AT_ONCE, inputs.slice(BEFORE), (input) => client.create(type, input));
    const seconds = (performance.now() - start) / 1000;
    const ideal = AT_ONCE / ((2 * LATENCY_MS) / 1000);
    return { perSecond: CREATES / seconds, ideal, requests: simulator.requests.length / CREATES };
  });
}

/** Twenty refreshes of a thousand trunks in one process, of which an engine would do one. @param {Project} project */
export function refreshes(project) {
  const trunks = Array.from({ length: TRUNKS }, (_, index) => ({
    trunk_id: String(1e15 + index),
    name: `trunk-${index}`,
    trunk_direction: /** @type {const} */ ("inbound"),
    primary_uri_uuid: "22222222-2222-2222-2222-222222222222",
  }));
  const originationUris = [{ uri_uuid: "22222222-2222-2222-2222-222222222222", uri: "sip.example.com" }];
  const options = { seed: { trunks, originationUris }, keepRequests: 1 };
  return inWorld(project, "plugin", options, async ({ client, pid, type }) => {
    const megabytes = [];
    const end = performance.now() + PATIENCE_MS;
    while (megabytes.length < REFRESHES && performance.now() < end) {
      await inParallel(AT_ONCE, trunks, ({ trunk_id: id, name, primary_uri_uuid: primaryUriUuid }) => {
        const inputs = {
          name,
          trunkDirection: "inbound",
          trunkStatus: "enabled",
          secure: false,
          primaryUriUuid,
          forceDestroy: false,
        };
        return client.read(type, id, inputs, { ...inputs, trunkId: id });
      });
      megabytes.push(memoryOf(pid, "VmRSS") ?? 0);
    }
    return { trunks: TRUNKS, refreshes: megabytes.length, megabytes: Object.fromEntries(megabytes.entries()) };
  });
}
