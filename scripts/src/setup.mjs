import { script } from "./lib/cli.mjs";
import { ensureInstalled } from "./lib/install.mjs";

const usage = `
Usage: scripts/setup

Installs what package-lock.json names (npm ci), when node_modules does not hold it already. Prints nothing then.
May be called at any time, also twice at once.`;

await script({ usage }, async () => {
  await ensureInstalled();
});
