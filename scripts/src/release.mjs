import { Problem, script } from "./lib/cli.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { TARGETS } from "./package/targets.mjs";
import { publish } from "./release/publish.mjs";

const all = Object.keys(TARGETS);

const usage = `
Usage: scripts/release --dry-run | --tag vX.Y.Z | --publish npm|github  [TARGET ...]

Makes dist/release, all that a release publishes, and installs each part of it as a user would. Needs Go and Python.
A dry run prints what would publish it. A tag has to fit package.json and CHANGELOG.md. --publish makes nothing.

Targets of the plugin, all if none is given: ${all.join(" ")}`;

const text = /** @type {const} */ ({ type: "string" });
const options = { "dry-run": /** @type {const} */ ({ type: "boolean" }), tag: text, publish: text };

await script({ usage, options, positionals: all }, async (args) => {
  const { "dry-run": dryRun, tag, publish: to } = args.values;
  if ([dryRun, tag, to].filter(Boolean).length !== 1) throw new Problem("Give one of --dry-run, --tag and --publish.");
  // Nothing is installed first: what publishes runs no code of packages.
  if (to) return publish(String(to), false);
  await ensureInstalled();
  const { makeRelease } = await import("./release/make.mjs");
  await makeRelease(args.positionals.length > 0 ? args.positionals : all, tag?.toString());
  for (const place of dryRun ? ["github", "npm"] : []) await publish(place, true);
});
