import { script, seconds } from "./lib/cli.mjs";
import { ensureInstalled } from "./lib/install.mjs";

const usage = `
Usage: scripts/check

Runs everything that needs no test: format, lint, file and function budgets (biome), types (tsc), import direction,
dead files, exports and dependencies (knip), generated files, machine paths and registries, a checksum for each
package of the lock file, bash syntax.
Prints a line per check; exit code 1 when any failed. To repair what can be repaired: npx biome check --write`;

await script({ usage }, async () => {
  await ensureInstalled();
  const start = performance.now();
  const { check } = await import("./check/check.mjs");
  const { passed, failed } = await check((line) => process.stdout.write(`${line}\n`));
  process.stdout.write(`${passed} ok, ${failed} failed in ${seconds(start)}\n`);
  return failed === 0 ? 0 : 1;
});
