/**
 * The program of one adapter: `node run-adapter.mjs ADAPTER-AS-JSON`. A process of its own, so that its memory is its
 * own. Does what its parent asks for, one operation after the other, and reports how long it took.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import * as auto from "@pulumi/pulumi/automation/index.js";
import { plainNode } from "../peers/plain-node.mjs";
import { programs } from "./programs.mjs";

/** @typedef {import("./programs.mjs").Extent & { workload: keyof typeof programs, atOnce: number, limited: boolean }} Work */
/** @typedef {import("../adapters.mjs").Adapter & Work & { folder: string, access: { url: string, authId: string, authToken: string }, executables: Record<string, string> }} Task */
/** @typedef {{ op: string, stage?: number }} Order */

/** @type {Task} */
const task = JSON.parse(process.argv[2] ?? "{}");
let stage = 0;

/** @returns {Promise<import("./programs.mjs").Classes>} */
async function classes() {
  if (task.program === "typical") return (await import("../peers/typical-dynamic.mjs")).typical;
  const require = createRequire(path.join(process.cwd(), "index.js"));
  return require(task.program === "plugin" ? "pulumi-plivo/plugin" : "pulumi-plivo");
}

/** @returns {Promise<Record<string, () => Promise<unknown>>>} */
async function operations() {
  const { access, size, atOnce, limited } = task;
  if (task.program === "node") return plainNode(access, { trunks: size, atOnce, limited });
  const plivo = await classes();
  const providers = [{ name: "plivo", path: task.executables[task.executable ?? "ours"] ?? "" }];
  const plugins = task.program === "plugin" ? { plugins: { providers } } : {};
  const program = async () => programs[task.workload](plivo, task, stage);
  fs.mkdirSync(path.join(task.folder, "state"), { recursive: true });
  const stack = await auto.LocalWorkspace.createOrSelectStack(
    { stackName: "dev", projectName: "bench", program },
    { workDir: task.folder, projectSettings: { name: "bench", runtime: "nodejs", ...plugins } },
  );
  await stack.setAllConfig({
    "plivo:baseUrl": { value: access.url },
    "plivo:authId": { value: access.authId },
    "plivo:authToken": { value: access.authToken, secret: true },
  });
  const parallel = atOnce;
  return {
    up: () => stack.up({ parallel }),
    preview: () => stack.preview({ parallel }),
    // As people run it: the Automation API has one pass only, the command line reads everything twice.
    refresh: () => pulumi("refresh", "--yes", "--parallel", String(parallel), "--event-log", eventLog),
    readOnce: () => stack.refresh({ parallel }),
    destroy: () => stack.destroy({ parallel }),
  };
}

const eventLog = path.join(task.folder, "events.json");

/** @param {string[]} args */
async function pulumi(...args) {
  const child = spawn("pulumi", [...args, "--stack", "dev", "--non-interactive", "--suppress-progress"], {
    cwd: task.folder,
    env: { ...process.env, PULUMI_DEBUG_COMMANDS: "true" }, // else it knows no --event-log
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (chunk) => (text += chunk));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(text);
}

/** What matters of what the engine says. @param {unknown} error */
function firstError(error) {
  const text = error instanceof Error ? error.message : String(error);
  return (/^.*\berror: .*$/m.exec(text)?.[0] ?? text.trim().split("\n").at(-1) ?? "").trim().slice(0, 300);
}

const known = operations();
process.on("message", async (/** @type {Order} */ order) => {
  let problem;
  let start = performance.now();
  try {
    const operation = (await known)[order.op];
    if (!operation && order.op !== "open") throw new Error(`cannot ${order.op}`);
    stage = order.stage ?? 0;
    start = performance.now();
    await operation?.();
  } catch (error) {
    problem = firstError(error);
  }
  const seconds = (performance.now() - start) / 1000;
  const programMb = process.resourceUsage().maxRSS / 1024;
  process.send?.({ op: order.op, seconds, programMb, ...(problem !== undefined && { problem }) });
});
