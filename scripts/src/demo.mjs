import { endNow, Interrupted, watchSignals } from "./demo/processes.mjs";
import { leaveOpen, tellStory } from "./demo/story.mjs";
import { note } from "./demo/terminal.mjs";
import { openWorkspace } from "./demo/workspace.mjs";
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
  watchSignals();
  const workspace = openWorkspace();
  try {
    const access = await tellStory(workspace, { toTheEnd: !values.keep });
    note(`Done in ${seconds(start)}: every step showed what it should.`);
    if (values.keep) leaveOpen(workspace, access);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    note(`${error.signal}: stopped, nothing is left behind.`);
    return error.exitCode;
  } finally {
    await workspace.close();
    endNow();
  }
  return 0;
});
