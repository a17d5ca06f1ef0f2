/** How long processes take to start, and what a program pays for loading the package. */

import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { root } from "../../scripts/src/lib/cli.mjs";
import { must } from "../../scripts/src/lib/run.mjs";
import { connect, startHost } from "./host.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
/** What is loaded after the port is there belongs to the start too. */
const SETTLE_MS = 300;

/** @typedef {import("./project.mjs").Project} Project */
/** @typedef {{ portMs: number, answerMs?: number, peakMb: number }} Start */

/** @param {Project} project @returns {Record<string, [string, string[]]>} */
export function startCommands({ executables }) {
  const peer = (/** @type {string} */ name) => path.join(root, "bench/peers", name);
  return {
    empty: [process.execPath, [peer("empty.cjs")]],
    plugin: [path.join(executables.ours, "pulumi-resource-plivo"), []],
    // As the engine starts it: a shell that looks for the host, and the host.
    dynamic: [path.join(root, "node_modules/@pulumi/pulumi/pulumi-resource-pulumi-nodejs"), []],
    "provider-main": [process.execPath, [peer("provider-main.cjs")]],
    go: [path.join(executables.go, "pulumi-resource-plivo"), []],
  };
}

/** Each process once. @param {Project} project */
export async function startRound(project) {
  /** @type {Record<string, Start>} */
  const starts = {};
  for (const [name, [command, args]] of Object.entries(startCommands(project))) {
    starts[name] = await startOnce(project, command, args, name !== "empty");
  }
  return { starts, program: await programRound(project), firstCheck: await firstCheck(project) };
}

/** @param {Project} project @param {string} command @param {string[]} args @param {boolean} answers @returns {Promise<Start>} */
async function startOnce({ folder, env }, command, args, answers) {
  const host = await startHost(command, args, { cwd: folder, env });
  try {
    if (!answers) {
      await sleep(SETTLE_MS);
      return { portMs: host.portMs, peakMb: host.peakMb() };
    }
    const client = connect(host.port);
    await client.info();
    const answerMs = performance.now() - host.start;
    await sleep(SETTLE_MS);
    client.close();
    return { portMs: host.portMs, answerMs, peakMb: host.peakMb() };
  } finally {
    await host.stop();
  }
}

/** @typedef {{ pulumiMs: number, packageMs: number, modules: number, bareMs: number, firstTrunkMs: number, trunkMs: number }} Program */

/** @param {Project} project @returns {Promise<Program>} */
async function programRound({ folder, env }) {
  const clean = Object.fromEntries(Object.keys(process.env).map((name) => [name, env[name]]));
  const { stdout } = await must(process.execPath, [path.join(HERE, "load-package.cjs")], { cwd: folder, env: clean });
  return JSON.parse(stdout);
}

const EMPTY = "exports.handler=()=>({});";
const OURS = 'exports.handler=()=>require("pulumi-plivo/provider").trunk;';
const TYPE = "pulumi-nodejs:dynamic/plivo:Trunk";

/** The dynamic host loads the provider with the first check. @param {Project} project */
async function firstCheck(project) {
  const [command, args] = startCommands(project).dynamic ?? ["", []];
  const host = await startHost(command, args, { cwd: project.folder, env: project.env });
  const client = connect(host.port);
  try {
    await client.configure({ "plivo:authId": "MABENCH0000000000000", "plivo:authToken": "none" });
    const trunk = { name: "it", trunkDirection: "outbound", credentialUuid: "x" };
    const check = async (/** @type {string} */ text) => {
      const start = performance.now();
      await client.check(TYPE, { ...trunk, __provider: text });
      return performance.now() - start;
    };
    await check(EMPTY); // the connection, and the first of everything in the host
    return { otherMs: await check(`${EMPTY}//`), firstMs: await check(OURS), againMs: await check(OURS) };
  } finally {
    client.close();
    await host.stop();
  }
}
