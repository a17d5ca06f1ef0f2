/** The languages that programs can be run in here: a host is of use only where the tools of its language are. */

import { run } from "../lib/run.mjs";

const TOOLS = /** @type {[host: string, command: string, ...args: string[]][]} */ ([
  ["python", "python3", "-c", "import venv, ensurepip"],
  ["go", "go", "version"],
]);

/** @returns {Promise<string[]>} as `scripts/engine --hosts` takes them */
export async function languageHosts() {
  const found = await Promise.all(
    TOOLS.map(async ([host, command, ...args]) => ((await run(command, args)).code === 0 ? [host] : [])),
  );
  // Maven downloads the libraries of a first program: only on request.
  const onRequest = process.env.PULUMI_PLIVO_TEST_JAVA === "1" ? ["java"] : [];
  // A program in YAML needs nothing but its host.
  return ["nodejs", "yaml", ...found.flat(), ...onRequest];
}
