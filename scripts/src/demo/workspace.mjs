/** The temporary folder in which everything happens: a copy of an example, the engine's state, the simulator and its log. */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { Problem, root } from "../lib/cli.mjs";
import { start } from "../lib/run.mjs";
import { colour } from "./terminal.mjs";

/** The example with a trunk of each direction and a number. */
const EXAMPLE = "multi-environment";
const START_MS = 10_000;

/** @typedef {ReturnType<typeof openWorkspace>} Workspace */
/** @typedef {{ url: string, authId: string, authToken: string }} Access */
/** @typedef {Record<string, unknown>} Row */

/** Gone with the process, unless it is kept. */
export function openWorkspace() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "plivo-demo-"));
  const remove = () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.on("exit", remove);
  return {
    folder,
    project: path.join(folder, EXAMPLE),
    log: path.join(folder, "simulator.log"),
    keep: () => process.off("exit", remove),
  };
}

/**
 * Copies the example, without what was added to it. What `npm install` would bring are links to this
 * checkout: at once, without the network, and with one copy of \@pulumi/pulumi for the program and the package.
 *
 * @param {Workspace} workspace
 */
export function copyExample({ project }) {
  const made = ["node_modules", "bin", "package-lock.json"];
  const filter = (/** @type {string} */ file) => !made.includes(path.basename(file));
  fs.cpSync(path.join(root, "examples", EXAMPLE), project, { recursive: true, filter });
  const modules = path.join(project, "node_modules");
  fs.mkdirSync(path.join(modules, ".bin"), { recursive: true });
  fs.symlinkSync(root, path.join(modules, "pulumi-plivo"), "dir");
  fs.symlinkSync(path.join(root, "node_modules/@pulumi"), path.join(modules, "@pulumi"), "dir");
  fs.symlinkSync("../pulumi-plivo/dist/cli.js", path.join(modules, ".bin/pulumi-plivo"));
}

/**
 * An engine that keeps to the workspace whatever the user has configured, and says so in a file that can be sourced.
 *
 * @param {Workspace} workspace @param {string} engine @returns {NodeJS.ProcessEnv}
 */
export function engineEnvironment({ folder }, engine) {
  const state = path.join(folder, "state");
  const temporary = path.join(folder, "tmp");
  for (const made of [state, temporary]) fs.mkdirSync(made);
  const ours = {
    PULUMI_BACKEND_URL: pathToFileURL(state).href,
    PULUMI_HOME: path.join(folder, "home"),
    PULUMI_CONFIG_PASSPHRASE: "demo",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  const lines = Object.entries(ours).map(([name, value]) => `export ${name}='${value}'`);
  fs.writeFileSync(path.join(folder, "env.sh"), [`export PATH='${engine}':"$PATH"`, ...lines, ""].join("\n"));
  const users = Object.keys(process.env).filter((name) => /^(PULUMI|PLIVO)_/.test(name));
  return {
    ...Object.fromEntries(users.map((name) => [name, undefined])),
    ...ours,
    // Pulumi leaves named pipes there, and ts-node its cache.
    TMPDIR: temporary,
    // The program of the demo is known to compile.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    PATH: `${engine}${path.delimiter}${process.env.PATH ?? ""}`,
    NO_PROXY: [process.env.NO_PROXY ?? "", "127.0.0.1"].filter(Boolean).join(","),
    PULUMI_OPTION_COLOR: colour,
    PULUMI_OPTION_SUPPRESS_PROGRESS: "true",
  };
}

/** Starts the simulator, and waits until it says how to reach it. @param {Workspace} workspace @param {string} command @param {NodeJS.ProcessEnv} env */
export async function openAccount({ project, log }, command, env) {
  const [program = "", ...args] = command.split(" ");
  const { pid, isRunning, release } = start(program, args, { cwd: project, env, log });
  const deadline = Date.now() + START_MS;
  for (;;) {
    const text = fs.readFileSync(log, "utf8");
    const [, url, authId, authToken] =
      /PLIVO_BASE_URL=(\S+) PLIVO_AUTH_ID=(\S+) PLIVO_AUTH_TOKEN=(\S+)/.exec(text) ?? [];
    if (url && authId && authToken)
      return { ...clientOf({ url, authId, authToken }), url, authId, authToken, pid, release };
    if (!isRunning() || Date.now() > deadline) throw new Problem(`The simulator did not start:\n${text}`);
    await sleep(50);
  }
}

/** The account as it is without Pulumi. @param {Access} access */
function clientOf({ url, authId, authToken }) {
  const authorization = `Basic ${Buffer.from(`${authId}:${authToken}`).toString("base64")}`;
  const headers = { authorization, "content-type": "application/json" };
  /** @param {string} method @param {string} path @param {Row} [body] @returns {Promise<Row>} */
  const send = async (method, path, body) => {
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(`${url}/Account/${authId}/${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Problem(`${method} ${path} -> ${response.status} ${text}`);
    return JSON.parse(text);
  };
  return {
    send,
    /** @param {string} path @returns {Promise<Row[]>} */
    list: async (path) => /** @type {Row[]} */ ((await send("GET", path)).objects ?? []),
  };
}
