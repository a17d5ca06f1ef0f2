/** The temporary folder in which everything happens: a copy of an example, the engine's state, the simulator's log. */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../lib/cli.mjs";
import { start } from "./processes.mjs";
import { colour } from "./terminal.mjs";

/** The example with a trunk of each direction and a number. */
const EXAMPLE = "multi-environment";

/** @typedef {ReturnType<typeof openWorkspace>} Workspace */

export function openWorkspace() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "plivo-demo-"));
  const project = path.join(folder, EXAMPLE);
  const log = path.join(folder, "simulator.log");
  /** @type {ReturnType<typeof start> | undefined} */
  let simulator;
  let kept = false;
  const remove = () => kept || fs.rmSync(folder, { recursive: true, force: true });
  process.on("exit", remove);
  return {
    folder,
    project,
    log,
    /** @param {string} command @param {readonly string[]} args @param {NodeJS.ProcessEnv} env */
    simulate(command, args, env) {
      simulator = start(command, args, { cwd: project, env, log });
      return simulator;
    },
    /** Leaves everything as it is when the demo ends. @returns {string} the command that cleans up */
    keep() {
      kept = true;
      simulator?.release();
      return `kill ${simulator?.pid}; rm -rf ${folder}`;
    },
    async close() {
      if (!kept) await simulator?.stop();
      remove();
    },
  };
}

/** Copies the example, without what somebody may have made in it. @param {Workspace} workspace */
export function copyExample({ project }) {
  const source = path.join(root, "examples", EXAMPLE);
  fs.cpSync(source, project, {
    recursive: true,
    filter: (file) => !["node_modules", "bin", "package-lock.json"].includes(path.basename(file)),
  });
}

/**
 * What `npm install` would bring, as links to this checkout: at once, without the network, and with one copy of
 * \@pulumi/pulumi for the program and the package.
 *
 * @param {Workspace} workspace
 */
export function linkPackages({ project }) {
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
  const users = Object.entries(process.env).filter(([name]) => !/^(PULUMI|PLIVO)_/.test(name));
  return {
    ...Object.fromEntries(users),
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
