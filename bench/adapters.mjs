/** What is compared: our two faces, and what somebody would use instead. */

/**
 * @typedef {object} Face
 * @property {string} name
 * @property {"plugin" | "dynamic" | "typical" | "node"} program which resource classes it declares; `node` declares none
 * @property {"ours" | "go"} [executable] the provider behind the plugin's SDK
 * @property {Record<string, string>} [env] for the provider
 * @property {boolean} limits whether it keeps to the rate limit
 */

/** @type {Face[]} */
const ALL = [
  { name: "plugin", program: "plugin", executable: "ours", limits: true },
  { name: "dynamic", program: "dynamic", limits: true },
  { name: "go", program: "plugin", executable: "go", limits: false },
  { name: "go-limited", program: "plugin", executable: "go", env: { PEER_MODE: "limited" }, limits: true },
  { name: "noop", program: "plugin", executable: "go", env: { PEER_MODE: "noop" }, limits: true },
  { name: "typical-dynamic", program: "typical", limits: false },
  { name: "plain-node", program: "node", limits: true },
];

/** @param {string} name @returns {Face} */
export function faceOf(name) {
  const face = ALL.find((candidate) => candidate.name === name);
  if (!face) throw new Error(`no face "${name}"`);
  return face;
}

/** The one that the others are compared with, among those that were measured. @param {readonly string[]} names */
export function reference(names) {
  return names.includes("go-limited") ? "go-limited" : "go";
}
