import { script, seconds } from "./lib/cli.mjs";

const usage = `
Usage: scripts/demo [--keep]

Shows the main job on a simulated Plivo account: preview, up, drift and its repair, a replacement, destroy.
Prints each command before it runs. Installs and builds what it needs; needs no account. Fails when a step does not
show what it should. Leaves nothing behind: state, project and simulator are temporary.

  --keep    leave the simulator and the stack as they are at the end, and say how to explore and how to clean up`;

const options = /** @type {const} */ ({ keep: { type: "boolean", default: false } });

await script({ usage, options }, async ({ values }) => {
  const start = performance.now();
  const { tellStory } = await import("./demo/story.mjs");
  await tellStory({ keep: values.keep === true, elapsed: () => seconds(start) });
});
