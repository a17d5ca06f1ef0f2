/** The JavaScript of the published package. */

import fs from "node:fs";
import path from "node:path";
import * as esbuild from "esbuild";
import { Problem, root } from "../lib/cli.mjs";
import { withoutUnused } from "./unused.mjs";

/** The peer dependency: the user's copy. */
const EXTERNAL = ["@pulumi/pulumi", "@pulumi/pulumi/*"];

/**
 * One bundle loads another by its path: a package does not find itself by name in every layout (Yarn Plug'n'Play), and a
 * user's bundler may leave the name as it is.
 *
 * @type {esbuild.Plugin}
 */
const siblings = {
  name: "siblings",
  setup(build) {
    build.onResolve({ filter: /^pulumi-plivo\/provider$/ }, () => ({ path: "./provider.js", external: true }));
    build.onResolve({ filter: /^\.\/account-commands$/ }, () => ({ path: "./account-commands.js", external: true }));
  },
};

/** The plugin, started by the LAUNCHER. */
export const PLUGIN = "bin/pulumi-resource-plivo.cjs";
/** What the engine runs: no extension, because the engine looks for this name. */
export const LAUNCHER = "bin/pulumi-resource-plivo";

/** Output -> its entry. Those that have types are in TYPED. */
export const ENTRIES = /** @type {Record<string, string>} */ ({
  "dist/sdk.js": "sdk/dynamic/index.ts",
  "dist/plugin.js": "sdk/plugin/index.ts",
  "dist/provider.js": "provider/dynamic/index.ts",
  "dist/simulator.js": "simulator/index.ts",
  "dist/cli.js": "cli/main.ts",
  "dist/account-commands.js": "cli/account-commands.ts",
  [PLUGIN]: "provider/plugin/main.ts",
  [LAUNCHER]: "provider/plugin/launch.cjs",
});

export const TYPED = ["dist/sdk.js", "dist/provider.js", "dist/simulator.js"];
/** Started by their first line. */
export const PROGRAMS = ["dist/cli.js", LAUNCHER];

/** What a bundle may not contain, and what to do instead. */
const CONTENTS = /** @type {Record<string, { never: RegExp, instead: string }>} */ ({
  // An SDK is loaded into every user's program: a library that slips in slows them all.
  "dist/sdk.js": {
    never: /^(?!(sdk\/dynamic|sdk\/components|provider\/warnings)\/)/,
    instead: "it may contain sdk/dynamic, sdk/components, provider/warnings only",
  },
  "dist/plugin.js": {
    never: /^(?!(sdk\/plugin|sdk\/components|sdk\/nodejs|provider\/warnings)\/)/,
    instead: "it may contain sdk/plugin, sdk/components, sdk/nodejs, provider/warnings only",
  },
  // `simulate` and `migrate` start without the provider, but for its few lines on texts.
  "dist/cli.js": { never: /^provider\/(?!text\/)/, instead: "load it from cli/account-commands.ts" },
  // All of Pulumi's SDK takes longer to load than everything else together.
  [PLUGIN]: {
    never: /node_modules\/@pulumi\/pulumi\/(?!proto\/)/,
    instead: "provider/plugin may import its proto/ only",
  },
});

/** @typedef {{ files: Map<string, string>, inputs: Set<string> }} Bundles `inputs`: the source files that ended up in any output. */

/** @type {esbuild.BuildOptions} */
const COMMON = {
  absWorkingDir: root, // paths in comments are relative to it: the same bytes in every checkout
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs", // esbuild adds the list of exports from which ES modules import by name
  external: EXTERNAL,
  supported: { "dynamic-import": false }, // becomes a lazy require: Jest runs no import() in CommonJS
  plugins: [siblings, withoutUnused],
  charset: "utf8",
  logLevel: "silent",
};

/**
 * The plugin brings all that it needs, since it runs without a node_modules. Less text is sooner read by the engine's
 * every command; names stay, for the stack of a crash.
 *
 * @type {esbuild.BuildOptions}
 */
const ALONE = { ...COMMON, external: [], minifyWhitespace: true, minifySyntax: true };

/** What a program loads before anything else: less text is sooner read. @type {esbuild.BuildOptions} */
const LOADED_FIRST = { ...COMMON, minifyWhitespace: true };

/** @returns {Promise<Bundles>} */
export async function bundle() {
  const files = new Map();
  const inputs = new Set();
  await Promise.all(
    Object.entries(ENTRIES).map(async ([output, entry]) => {
      const { text, used } = await bundleOne(output, entry);
      files.set(output, text);
      for (const input of used) inputs.add(input);
    }),
  );
  return { files, inputs };
}

/** @param {string} output @param {string} entry */
export async function bundleOne(output, entry) {
  const options = output === PLUGIN ? ALONE : output === "dist/sdk.js" ? LOADED_FIRST : COMMON;
  if (!fs.existsSync(path.join(root, entry))) throw new Problem(`${entry} is missing: ${output} is made from it.`);
  const { outputFiles, metafile, warnings } = await esbuild
    .build({ ...options, entryPoints: [entry], outfile: output, write: false, metafile: true })
    .catch((error) => {
      throw new Problem(error.message);
    });
  if (warnings[0]) throw new Problem(`${entry}: ${warnings.map(({ text }) => text).join("\n")}`);
  const used = usedInputs(metafile);
  const text = outputFiles[0]?.text ?? "";
  const { never, instead } = CONTENTS[output] ?? {};
  const foreign = never && used.find((file) => never.test(file));
  if (foreign) throw new Problem(`${output} would contain ${foreign}: ${instead}.`);
  if (PROGRAMS.includes(output) && !text.startsWith("#!"))
    throw new Problem(`${entry} must start with #!/usr/bin/env node.`);
  return { text, used };
}

/** @param {esbuild.Metafile} metafile */
function usedInputs(metafile) {
  return Object.values(metafile.outputs).flatMap((output) =>
    Object.entries(output.inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([file]) => file),
  );
}
