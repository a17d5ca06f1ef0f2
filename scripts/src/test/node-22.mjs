/** The newer Node that we promise to run on: the one of the archives, whose checksum is written down. */

import path from "node:path";
import { runtimeFor } from "../package/runtime.mjs";
import { NODE_VERSION, thisMachine } from "../package/targets.mjs";

const MAJOR = Number.parseInt(NODE_VERSION, 10);
/** Only this build is tried here; those for other machines should do, but are untested. */
const TARGET = "linux-amd64";

/** @returns {string | undefined} why the tests cannot run under it as well */
export function node22Problem() {
  const machine = thisMachine();
  if (machine !== TARGET) return `tried on ${TARGET} only, this is ${machine}`;
  return Number.parseInt(process.versions.node, 10) === MAJOR ? `this is Node ${MAJOR} already` : undefined;
}

/** @returns {Promise<string>} the folder that holds `node` */
export async function node22() {
  return path.dirname((await runtimeFor(TARGET)).program);
}
