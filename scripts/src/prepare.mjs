import { createRequire } from "node:module";
import { say, script } from "./lib/cli.mjs";

const usage = `
Usage: node scripts/src/prepare.mjs

What npm runs after \`npm install\` in a checkout: it builds, so that the folder can be used as a plugin at once.`;

await script({ usage }, async () => {
  try {
    createRequire(import.meta.url).resolve("esbuild");
  } catch {
    say("Not built: the development dependencies are not installed.");
    return;
  }
  // Not through scripts/build, which would install first and so run this again.
  const { build } = await import("./build/build.mjs");
  await build();
});
