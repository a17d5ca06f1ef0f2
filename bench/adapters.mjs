/** What is compared: our two adapters, and what would be used instead. */

/**
 * @typedef {object} Adapter
 * @property {string} name
 * @property {"plugin" | "dynamic" | "typical" | "node"} program which resource classes it declares; `node` declares none
 * @property {"ours" | "go"} [executable] the provider behind the plugin's SDK
 * @property {Record<string, string>} [env] for the provider
 * @property {boolean} limits whether it keeps to the rate limit
 */

/** @type {Adapter[]} */
const ALL = [
  { name: "plugin", program: "plugin", executable: "ours", limits: true },
  { name: "dynamic", program: "dynamic", limits: true },
  { name: "go", program: "plugin", executable: "go", limits: false },
  { name: "go-limited", program: "plugin", executable: "go", env: { PEER_MODE: "limited" }, limits: true },
  { name: "noop", program: "plugin", executable: "go", env: { PEER_MODE: "noop" }, limits: true },
  { name: "typical-dynamic", program: "typical", limits: false },
  { name: "plain-node", program: "node", limits: true },
];

/** @param {string} name @returns {Adapter} */
export function adapterOf(name) {
  const adapter = ALL.find((candidate) => candidate.name === name);
  if (!adapter) throw new Error(`no adapter "${name}"`);
  return adapter;
}

/** The one that the others are compared with, among those that were measured. @param {readonly string[]} names */
export function reference(names) {
  return names.includes("go-limited") ? "go-limited" : "go";
}
