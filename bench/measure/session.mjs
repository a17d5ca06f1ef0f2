/** One adapter with an account and a stack of its own. */

import { fork } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { adapterOf } from "../adapters.mjs";
import { watch } from "./processes.mjs";
import { startSimulator } from "./simulator.mjs";

/** The engine's own default on two cores; on more it would be more. */
export const AT_ONCE = 8;

const PROGRAM = path.join(path.dirname(fileURLToPath(import.meta.url)), "run-adapter.mjs");
const LIMIT = { requests: 300, windowMs: 5_000 };
/** The engine waits for ever when a provider does not answer. */
const PATIENCE_S = 90;
const PATIENCE_S_PER_OBJECT = 0.4;

/** @typedef {import("pulumi-plivo/simulator").Seed} Seed */
/**
 * @typedef {import("./programs.mjs").Extent & { adapter: string, workload: keyof typeof import("./programs.mjs").programs,
 *   resources: number, latencyMs: number, limited: boolean, checkpoints: boolean, seed?: Seed }} Setting
 *   `resources`: how many the program declares
 */
/** @typedef {{ op: string, seconds: number, programMb: number, problem?: string }} Answer */
/** @typedef {Answer & { requests: number, refused: number, failed: number, providerMb: number, providerCpuS: number }} Outcome */
/** @typedef {{ type: string, id?: string, inputs?: Record<string, unknown>, outputs?: Record<string, unknown> }} StateEntry */

/** @typedef {Awaited<ReturnType<typeof openSession>>} Session */

/** @param {import("./project.mjs").Project} project @param {Setting} setting */
export async function openSession(project, setting) {
  const { adapter: name, workload, size, account, resources, latencyMs, limited, checkpoints, seed = {} } = setting;
  const adapter = adapterOf(name);
  const folder = fs.mkdtempSync(path.join(project.folder, "stack-"));
  // Changed between operations: what is not to be measured needs no limit.
  const limit = { ...LIMIT, requests: Number.POSITIVE_INFINITY };
  let skippedMs = 0;
  const clock = { now: () => performance.timeOrigin + performance.now() + skippedMs };
  const simulator = await startSimulator({ latencyMs, rateLimit: limit, seed, clock });
  const { url, authId, authToken } = simulator;
  const access = { url, authId, authToken };
  const extent = { workload, size, account, atOnce: AT_ONCE, limited };
  const task = { ...adapter, folder, access, ...extent, executables: project.executables };
  const env = environmentOf(folder, { ...adapter.env, ...credentials(access) }, checkpoints);
  const child = startChild(project, task, env);
  const watching = watch(child.pid ?? 0);

  /** @param {string} op @param {{ limited?: boolean, stage?: number }} [how] @returns {Promise<Outcome>} */
  const run = async (op, how = {}) => {
    // As if the command were run later: the requests of the one before must not count in this one.
    skippedMs += LIMIT.windowMs;
    limit.requests = how.limited ? LIMIT.requests : Number.POSITIVE_INFINITY;
    simulator.clearRequests();
    watching.takeUsage();
    const order = { op, ...(how.stage && { stage: how.stage }) };
    const answer = await ask(child, order, PATIENCE_S + PATIENCE_S_PER_OBJECT * size);
    const refused = simulator.requests.filter(({ status }) => status === 429).length;
    const requests = simulator.requests.length;
    // Of a pass that failed the engine tells one failure only; who does not repeat what was refused has lost it.
    const lost = answer.problem !== undefined && op === "refresh" && !adapter.limits ? refused : 0;
    const told =
      adapter.program === "node" ? Number(answer.problem !== undefined) : failures(folder, answer, resources);
    const failed = Math.max(lost, told);
    return { ...answer, requests, refused, failed, ...watching.takeUsage() };
  };
  const close = async () => {
    watching.stop();
    watching.killAll();
    process.off("exit", watching.killAll);
    await simulator.close();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  return { run, close, simulator, state: () => stateOf(folder) };
}

/** @param {{ url: string, authId: string, authToken: string }} access */
function credentials({ url, authId, authToken }) {
  // For those who read no stack configuration.
  return { PLIVO_BASE_URL: url, PLIVO_AUTH_ID: authId, PLIVO_AUTH_TOKEN: authToken };
}

/** @param {string} folder @param {Record<string, string>} more @param {boolean} checkpoints */
function environmentOf(folder, more, checkpoints) {
  return {
    ...more,
    PULUMI_BACKEND_URL: `file://${path.join(folder, "state")}`,
    PULUMI_HOME: path.join(folder, "home"),
    // Older engines listen to it only together with the other.
    ...(!checkpoints && { PULUMI_SKIP_CHECKPOINTS: "true", PULUMI_EXPERIMENTAL: "true" }),
  };
}

/** @param {import("./project.mjs").Project} project @param {object} task @param {NodeJS.ProcessEnv} env */
function startChild(project, task, env) {
  return fork(PROGRAM, [JSON.stringify(task)], {
    cwd: project.folder,
    env: { ...project.env, ...env },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    execArgv: [],
  });
}

/** @param {import("node:child_process").ChildProcess} child @param {object} order @param {number} patience in s @returns {Promise<Answer>} */
function ask(child, order, patience) {
  return new Promise((resolve, reject) => {
    const end = (/** @type {() => void} */ how) => {
      clearTimeout(timer);
      child.off("message", answered).off("exit", ended);
      how();
    };
    const answered = (/** @type {any} */ answer) => end(() => resolve(answer));
    const ended = () => end(() => reject(new Error("the program ended without an answer")));
    const timer = setTimeout(() => end(() => reject(new Error(`no end after ${patience} s`))), patience * 1000);
    child.on("message", answered).on("exit", ended).send(order);
  });
}

/** @param {string} folder @returns {StateEntry[]} */
function stateOf(folder) {
  const file = path.join(folder, "state/.pulumi/stacks/bench/dev.json");
  if (!fs.existsSync(file)) return [];
  return JSON.parse(fs.readFileSync(file, "utf8")).checkpoint.latest?.resources ?? [];
}

/** How many objects an operation did not get done. @param {string} folder @param {Answer} answer @param {number} wanted */
function failures(folder, { op, problem }, wanted) {
  if (problem === undefined || op === "preview") return Number(problem !== undefined);
  const ours = stateOf(folder).filter(
    ({ type }) => /plivo:|dynamic:Resource$/.test(type) && !type.startsWith("pulumi:providers"),
  );
  if (op === "up") return wanted - ours.length;
  if (op === "destroy") return ours.length;
  const log = path.join(folder, "events.json");
  const events = fs.existsSync(log) ? fs.readFileSync(log, "utf8") : "";
  return Math.max(1, events.split('"resOpFailedEvent"').length - 1);
}
