/** What the demo shows, from an empty machine to an empty account. */

import path from "node:path";
import { root } from "../lib/cli.mjs";
import { accessFrom } from "./account.mjs";
import { change, declare, farewell, survive } from "./scenes.mjs";
import { play } from "./step.mjs";
import { heading, note, prompt } from "./terminal.mjs";
import { copyExample, engineEnvironment, linkPackages } from "./workspace.mjs";

/** @typedef {import("./workspace.mjs").Workspace} Workspace */
/** @typedef {import("./scenes.mjs").Scene} Scene */

/** @param {Workspace} workspace @param {{ toTheEnd: boolean }} how with the destruction of everything, or without */
export async function tellStory(workspace, { toTheEnd }) {
  heading("Install, build, and a Pulumi engine");
  const engine = await prepare();
  heading("A project and a Plivo account");
  const env = project(workspace, engine);
  const scene = await account(workspace, env);
  await declare(scene);
  await survive(scene);
  await change(scene);
  if (toTheEnd) await farewell(scene);
  return scene.access;
}

/** @returns {Promise<string>} the folder that holds the engine */
async function prepare() {
  const here = { cwd: root, env: process.env };
  await play(here, {
    command: ["scripts/setup"],
    look: "Installs what package-lock.json names; silent when it is there.",
  });
  await play(here, { command: ["scripts/build"], look: "Makes dist/, what the npm package holds." });
  const output = await play(here, {
    command: ["scripts/engine"],
    look: "A pulumi on PATH, else the official installer's, else one built from Go modules (minutes, once).",
  });
  return output.trimEnd().split("\n").at(-1) ?? "";
}

/** @param {Workspace} workspace @param {string} engine */
function project(workspace, engine) {
  copyExample(workspace);
  linkPackages(workspace);
  note(
    `examples/${path.basename(workspace.project)} is copied there; node_modules links to this checkout instead of npm install.`,
  );
  const env = engineEnvironment(workspace, engine);
  prompt(`cd ${workspace.project}`);
  prompt("source ../env.sh");
  note("PATH gets the engine; its state goes to this temporary folder.");
  return env;
}

/** @param {Workspace} workspace @param {NodeJS.ProcessEnv} env @returns {Promise<Scene>} */
async function account(workspace, env) {
  const simulate = /** @type {const} */ (["node_modules/.bin/pulumi-plivo", "simulate", "--port", "0"]);
  prompt(`${simulate.join(" ")} > ../simulator.log &`);
  const [command, ...args] = simulate;
  const simulator = workspace.simulate(command, args, env);
  const access = await accessFrom(workspace.log, simulator.isRunning);
  note(`A Plivo account with some phone numbers and nothing else. A browser shows it: ${new URL("/", access.url)}`);
  const scene = { access, log: workspace.log, env, cwd: workspace.project };
  await play(scene, {
    command: ["pulumi", "stack", "init", "dev"],
    look: "The example has a stack for each environment; this is dev.",
  });
  await play(scene, {
    command: [
      "pulumi",
      ...["config", "set-all"],
      ...["--plaintext", `plivo:baseUrl=${access.url}`, "--plaintext", `plivo:authId=${access.authId}`],
      ...["--secret", `plivo:authToken=${access.authToken}`, "--secret", "sipPassword=demo_password1"],
    ],
    look: "For your own account: plivo:authId and plivo:authToken from Plivo's console, and no plivo:baseUrl.",
  });
  return scene;
}

/**
 * The end of the story for those who want to go on by themselves.
 *
 * @param {Workspace} workspace @param {import("./account.mjs").Access} access
 */
export function leaveOpen(workspace, { url }) {
  heading("Yours to explore");
  note(`The account: ${new URL("/", url)}   The program: ${path.join(workspace.project, "index.ts")}`);
  prompt(`cd ${workspace.project} && source ../env.sh`);
  note("Then any command, such as `pulumi stack output`, `pulumi up` or `pulumi destroy`. To clean up:");
  prompt(workspace.keep());
}
