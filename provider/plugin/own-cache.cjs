/**
 * A cache folder from which code can be run: only this user can write to it. For the launcher of the plugin, and for the
 * scripts; plain JavaScript without dependencies, because both run before anything is installed or compiled.
 */
const { chmodSync, mkdirSync, realpathSync, statSync } = require("node:fs");
const { userInfo } = require("node:os");
const { dirname, isAbsolute, join } = require("node:path");

const OTHERS_MAY_WRITE = 0o022;
const OTHERS = 0o077;
/** In such a folder, /tmp for example, others can add names but not take away ours. */
const STICKY = 0o1000;

/**
 * `<caches of the user>/pulumi-plivo`, made if it is missing, or why it cannot be trusted.
 *
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {{ folder: string, problem?: undefined } | { folder?: undefined, problem: string }}
 */
function ownCache(environment = process.env) {
  try {
    const wanted = join(cacheHome(environment), "pulumi-plivo");
    mkdirSync(wanted, { recursive: true, mode: 0o700 });
    // What is checked must be what is used, wherever links lead later.
    const folder = realpathSync(wanted);
    const problem = problemOf(folder);
    return problem ? { problem } : { folder };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** A relative path would lead into the working folder, which may be anybody's: by the XDG rules it is ignored. */
function cacheHome(/** @type {NodeJS.ProcessEnv} */ { HOME, LOCALAPPDATA, XDG_CACHE_HOME }) {
  if (process.platform === "win32") {
    // Its access list keeps others out. Of any other folder Node.js could not tell.
    if (isPath(LOCALAPPDATA)) return LOCALAPPDATA;
    throw new Error("LOCALAPPDATA does not name a folder");
  }
  if (isPath(XDG_CACHE_HOME)) return XDG_CACHE_HOME;
  return join(isPath(HOME) ? HOME : userInfo().homedir, ".cache");
}

/** @param {string | undefined} text @returns {text is string} */
function isPath(text) {
  return text !== undefined && isAbsolute(text);
}

/** Whoever can rename one of the folders above can put another one in its place. @param {string} folder an absolute path without links */
function problemOf(folder) {
  const user = process.geteuid?.();
  // Windows: see above.
  if (user === undefined) return undefined;
  const own = statSync(folder);
  if (own.uid !== user) return `${folder} belongs to another user`;
  if (own.mode & OTHERS_MAY_WRITE) return `other users can write to ${folder}`;
  for (let parent = dirname(folder); parent !== dirname(parent); parent = dirname(parent)) {
    const { uid, mode } = statSync(parent);
    // In a container the owner of everything else may be another number than 0.
    if (uid !== user && uid !== 0 && uid !== statSync("/").uid) return `${parent} belongs to another user`;
    if (mode & OTHERS_MAY_WRITE && !(mode & STICKY)) return `other users can write to ${parent}`;
  }
  // What is made in it later may be made with any mode.
  if (own.mode & OTHERS) chmodSync(folder, 0o700);
  return undefined;
}

module.exports = { ownCache };
