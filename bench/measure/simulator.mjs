/** The simulator as it is built. By its path: `scripts` is a package of its own, from which our name leads nowhere. */

import path from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../../scripts/src/lib/cli.mjs";

/** @type {typeof import("pulumi-plivo/simulator")} */
const built = await import(pathToFileURL(path.join(root, "dist/simulator.js")).href);

export const { startSimulator } = built;
