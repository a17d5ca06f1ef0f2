/** Started by start-up.mjs in the project: what the package costs a program, as JSON. Under Pulumi's mocks, without an engine. */

const { createRequire } = require("node:module");
const path = require("node:path");

const load = createRequire(path.join(process.cwd(), "index.js"));
const REPEAT = 100;

/** @template T @param {() => T} work @returns {[number, T]} */
function timed(work) {
  const start = performance.now();
  const result = work();
  return [performance.now() - start, result];
}

/** @param {number[]} values */
function middle(values) {
  return values.sort((a, b) => a - b)[values.length / 2] ?? 0;
}

async function main() {
  const [pulumiMs, pulumi] = timed(() => /** @type {typeof import("@pulumi/pulumi")} */ (load("@pulumi/pulumi")));
  const before = Object.keys(require.cache).length;
  const [packageMs, plivo] = timed(() => /** @type {typeof import("pulumi-plivo")} */ (load("pulumi-plivo")));
  const modules = Object.keys(require.cache).length - before;
  await pulumi.runtime.setMocks({ newResource: ({ inputs, name }) => ({ id: name, state: inputs }), call: () => ({}) });
  const args = { name: "it", trunkDirection: "outbound", credentialUuid: "x" };
  class Bare extends pulumi.CustomResource {}
  const bare = (/** @type {string} */ name) => new Bare("bench:index:Trunk", name, args);
  const trunk = (/** @type {string} */ name) =>
    new plivo.Trunk(name, { name, trunkDirection: "outbound", credentialUuid: "x" });
  bare("warm"); // what the first resource of any kind costs is not ours
  const [firstTrunkMs] = timed(() => trunk("first"));
  /** @type {number[]} */
  const bares = [];
  /** @type {number[]} */
  const trunks = [];
  for (let index = 0; index < REPEAT; index++) {
    bares.push(timed(() => bare(`bare-${index}`))[0]);
    trunks.push(timed(() => trunk(`trunk-${index}`))[0]);
  }
  const [bareMs, trunkMs] = [middle(bares), middle(trunks)];
  process.stdout.write(JSON.stringify({ pulumiMs, packageMs, modules, bareMs, firstTrunkMs, trunkMs }));
}

main();
