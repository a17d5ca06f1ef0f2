/** The built files load in this Node and do their first step. Run by `scripts/test` with another Node than its own. */

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { root } from "../lib/cli.mjs";

const require = createRequire(import.meta.url);
const load = (/** @type {string} */ name) => require(path.join(root, "dist", name));

const { trunk } = load("provider.js");
const { failures } = await trunk.check({}, { trunkDirection: "sideways" });
assert.match(JSON.stringify(failures), /trunkDirection/);
assert.equal(typeof load("sdk.js").Trunk, "function");
const simulator = await load("simulator.js").startSimulator();
// The page with its trunks; `url` itself is the API's root, where nothing is.
assert.equal((await fetch(new URL("/", simulator.url))).status, 200);
await simulator.close();
process.stderr.write(`Node ${process.versions.node}: dist/ works\n`);
