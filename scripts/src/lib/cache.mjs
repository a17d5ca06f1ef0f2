/** Where things live that are too dear to make again for each checkout. */

import os from "node:os";
import path from "node:path";

/** @param {string[]} segments */
export function cacheFolder(...segments) {
  // The XDG rules say that a relative value is to be ignored.
  const base = process.env.XDG_CACHE_HOME;
  const home = base && path.isAbsolute(base) ? base : path.join(os.homedir(), ".cache");
  return path.join(home, "pulumi-plivo", ...segments);
}
