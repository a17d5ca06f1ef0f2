import { script } from "./lib/cli.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { TARGETS } from "./package/targets.mjs";

const targets = Object.keys(TARGETS);

const usage = `
Usage: scripts/package [TARGET ...]

Makes what \`pulumi plugin install\` downloads from a release: dist/archives/pulumi-resource-plivo-v<version>-<target>.tar.gz
for each target, all if none is given, and SHA256SUMS. They bring their own Node.js, unmodified, from npm packages whose
checksums are written down in scripts/src/package/targets.mjs. The same sources and the same Node.js give the same bytes.

Targets: ${targets.join(" ")}

An archive for another machine than this one is made, but cannot be tried here: the script says so.`;

await script({ usage, positionals: targets }, async ({ positionals }) => {
  await ensureInstalled();
  // Loaded late: it needs what the line above installs.
  const { makeArchives } = await import("./package/archives.mjs");
  return makeArchives(positionals.length > 0 ? positionals : targets);
});
