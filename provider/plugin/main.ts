/**
 * `pulumi-resource-plivo`: what the engine runs. It prints the port, and nothing else, on stdout: one line more before
 * it makes the engine wait for ever.
 */
import { listen } from "./listen";

/** How often to check whether the engine is still there, in ms. */
const LOOK_EVERY = 2_000;

/**
 * V8 lets the space for young objects grow from 1 to 16 MB, three times over, before it cleans up: a third of all memory
 * at a thousand resources, for no measurable time. It stays as it is. Node knows flags that V8 does not: it says so, and goes on.
 */
const SMALL_HEAP = "--semi-space-growth-factor=1";

async function main(): Promise<void> {
  // The engine passes its address, and flags of its own that are nothing to us.
  const engine = process.argv.slice(2).find((argument) => /^[\w.[\]:-]+:\d+$/.test(argument));
  const listening = await listen();
  process.stdout.write(`${listening.port}\n`);
  // While the engine reads the port and connects. Not `import`: nothing may be asked before all of it is there.
  (require("node:v8") as typeof import("node:v8")).setFlagsFromString(SMALL_HEAP);
  const { serveEngine } = require("./server") as typeof import("./server");
  serveEngine(listening, engine);
}

// The engine ends each command with SIGINT, waits five seconds, and then kills. After its Cancel nothing is left to do.
process.on("SIGINT", () => process.exit(0));
process.on("SIGTERM", () => process.exit(0));

// Node would print the line of code, which here is the whole bundle.
process.on("uncaughtException", (error) => {
  process.stderr.write(`pulumi-resource-plivo failed: ${error}\n`);
  process.exit(1);
});

// An engine that was killed sends nothing at all.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(0);
}, LOOK_EVERY).unref();

main().catch((error: unknown) => {
  process.stderr.write(
    `pulumi-resource-plivo cannot start: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
});
