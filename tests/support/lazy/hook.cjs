/** `node --require` this: it makes the libraries lazy in a process of Node.js. Not for one that compiles programs. */
const Module = require("node:module");
const { lazily } = require("./lazily.cjs");

const LAZY = new Set(["typescript", "@npmcli/arborist"]);

const loader = /** @type {{ _load(request: string, ...from: unknown[]): Record<PropertyKey, unknown> }} */ (
  /** @type {unknown} */ (Module)
);
const load = loader._load;

loader._load = (/** @type {string} */ request, /** @type {unknown[]} */ ...from) => {
  const real = () => load(request, ...from);
  return LAZY.has(request) ? lazily(real) : real();
};
