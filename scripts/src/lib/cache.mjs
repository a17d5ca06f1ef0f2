/** Where things live that are too dear to make again for each checkout. */

import path from "node:path";
import ownCache from "../../../provider/plugin/own-cache.cjs";
import { Problem } from "./cli.mjs";

/** Programs are run from there, so that it has to be a folder that nobody else can write. @param {string[]} segments */
export function cacheFolder(...segments) {
  const { folder, problem } = ownCache.ownCache();
  if (folder === undefined) {
    throw new Problem(`No folder for caches: ${problem}. Set XDG_CACHE_HOME to a folder that only you can write.`);
  }
  return path.join(folder, ...segments);
}
