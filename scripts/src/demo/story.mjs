/** What the demo shows, from an empty machine to an empty account. */

import path from "node:path";
import { root } from "../lib/cli.mjs";
import { change, declare, farewell, survive } from "./scenes.mjs";
import { heading, note, play, prompt } from "./terminal.mjs";
import { copyExample, engineEnvironment, openAccount, openWorkspace } from "./workspace.mjs";

/** @typedef {import("./workspace.mjs").Workspace} Workspace */
/** @typedef {import("./scenes.mjs").Scene} Scene */

/** @param {{ keep: boolean, elapsed: () => string }} how `keep`: all but the destruction, and leave it open */
export async function tellStory({ keep, elapsed }) {
  const workspace = openWorkspace();
  // `scripts/demo | head`: the reader is gone.
  process.stdout.on("error", () => process.exit(141));
  heading("Install, build, and a Pulumi engine");
  const engine = await prepare();
  heading("A project and a Plivo account");
  const scene = await account(workspace, project(workspace, engine));
  await declare(scene);
  await survive(scene);
  await change(scene);
  if (!keep) await farewell(scene);
  note(`Done in ${elapsed()}: every step showed what it should.`);
  if (keep) leaveOpen(workspace, scene);
}

/** @returns {Promise<string>} the folder that holds the engine */
async function prepare() {
  const here = { cwd: root };
  await play(here, {
    command: "scripts/setup",
    look: "Installs what package-lock.json names; silent when it is there.",
  });
  await play(here, { command: "scripts/build", look: "Makes dist/, what the npm package holds." });
  const output = await play(here, {
    command: "scripts/engine",
    look: "A pulumi on PATH, else the official installer's, else one built from Go modules (minutes, once).",
  });
  return output.trimEnd().split("\n").at(-1) ?? "";
}

/** @param {Workspace} workspace @param {string} engine */
function project(workspace, engine) {
  copyExample(workspace);
  const example = `examples/${path.basename(workspace.project)}`;
  note(`${example} is copied there; node_modules links to this checkout instead of npm install.`);
  prompt(`cd ${workspace.project}`);
  prompt("source ../env.sh");
  note("PATH gets the engine; its state goes to this temporary folder.");
  return engineEnvironment(workspace, engine);
}

/** @param {Workspace} workspace @param {NodeJS.ProcessEnv} env @returns {Promise<Scene>} */
async function account(workspace, env) {
  const simulate = "node_modules/.bin/pulumi-plivo simulate --port 0";
  prompt(`${simulate} > ../simulator.log &`);
  const plivo = await openAccount(workspace, simulate, env);
  note(`A Plivo account with some phone numbers and nothing else. A browser shows it: ${new URL("/", plivo.url)}`);
  const scene = { account: plivo, log: workspace.log, env, cwd: workspace.project };
  await play(scene, {
    command: "pulumi stack init dev",
    look: "The example has a stack for each environment; this is dev.",
  });
  const settings = [`--plaintext plivo:baseUrl=${plivo.url}`, `--plaintext plivo:authId=${plivo.authId}`];
  const secrets = [`--secret plivo:authToken=${plivo.authToken}`, "--secret sipPassword=demo_password1"];
  await play(scene, {
    command: ["pulumi config set-all", ...settings, ...secrets].join(" "),
    look: "For your own account: plivo:authId and plivo:authToken from Plivo's console, and no plivo:baseUrl.",
  });
  return scene;
}

/** The end of the story for those who want to go on by themselves. @param {Workspace} workspace @param {Scene} scene */
function leaveOpen({ folder, project, keep }, { account: { url, pid, release } }) {
  keep();
  release();
  heading("Yours to explore");
  note(`The account: ${new URL("/", url)}   The program: ${path.join(project, "index.ts")}`);
  prompt(`cd ${project} && source ../env.sh`);
  note("Then any command, such as `pulumi stack output`, `pulumi up` or `pulumi destroy`. To clean up:");
  prompt(`kill ${pid}; rm -rf ${folder}`);
}
