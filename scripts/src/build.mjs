import { script } from "./lib/cli.mjs";
import { ensureInstalled } from "./lib/install.mjs";

const usage = `
Usage: scripts/build

Makes what is published beside the sources: dist/*.js (one bundle per entry), dist/*.d.ts (one self-contained file per
entry; a folder for the plugin's SDK), bin/pulumi-resource-plivo (the plugin) and THIRD_PARTY_NOTICES. The same sources
give the same bytes. \`npm pack\` runs it.`;

await script({ usage }, async () => {
  await ensureInstalled();
  // Loaded late: it needs what the line above installs.
  const { build } = await import("./build/build.mjs");
  await build();
});
