/** The newer Node that we promise to run on: the one of the archives, whose checksum is written down. */

import path from "node:path";
import { runtimeFor } from "../package/runtime.mjs";
import { NODE_VERSION, thisMachine } from "../package/targets.mjs";

const MAJOR = Number.parseInt(NODE_VERSION, 10);
/** Only this build is tried here; those for other machines should do, but are untested. */
const TARGET = "linux-amd64";

/** The tests of what another Node could change. All else is about rules and values, which V8 treats alike. */
export const DEPEND_ON_NODE = [
  // Sockets, streams, proxies, TLS, timers, and `URL`.
  "/provider/client/(http/|api/wire|client|config)",
  "/tests/proxy\\.test",
  // Unicode tables, and how errors are printed.
  "/provider/text/",
  "/tests/(secrets|visible)\\.test",
  // What Pulumi's host does with functions and errors, and what comes over gRPC.
  "/provider/dynamic/(contract|errors|session|values)",
  "/provider/plugin/(cancel-and-errors|configuration|engine-log|handshake|own-cache|values)",
  // The HTTP server, and connections that break.
  "/simulator/(http/|page/(?!browser)|faults)",
  // Arguments, files, child processes, signals, and modules.
  "/cli/(shared/|simulate|adopt/files)",
  "/scripts/src/lib/kill-tree",
  "/tests/(migrate|sdk-imports)\\.test",
];
/** Matches the path of every other test, for jest to ignore. */
export const independentOfNode = `^(?!.*(${DEPEND_ON_NODE.join("|")}))`;

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
