import { DEFAULT_VERSION, engine } from "./engine/engine.mjs";
import { parseHosts } from "./engine/files.mjs";
import { script } from "./lib/cli.mjs";

const usage = `
Usage: scripts/engine [--version X] [--hosts nodejs,python,go,yaml,java]

Makes a real Pulumi engine available and prints the folder that holds it as the last line of stdout:
pulumi, the language hosts, and the host of dynamic resources. Put that folder first in PATH.
Progress goes to stderr. It takes the first of:
  1. pulumi on PATH, 3.216 or newer, with its language hosts
  2. the official installer, through the Automation API
  3. a build from Go modules (some minutes, once)
2 and 3 go to \${XDG_CACHE_HOME:-~/.cache}/pulumi-plivo/engine/VERSION/bin and are used again.

  --version X    exactly this version, such as ${DEFAULT_VERSION} (the one for 2 and 3 if not given)
  --hosts LIST   language hosts to have, default nodejs`;

const options = /** @type {const} */ ({
  version: { type: "string" },
  hosts: { type: "string", default: "nodejs" },
});

await script({ usage, options }, async ({ values }) => {
  const version = values.version === undefined ? undefined : String(values.version).replace(/^v/, "");
  process.stdout.write(`${await engine({ version, hosts: parseHosts(String(values.hosts)) })}\n`);
});
