import path from "node:path";
import { root, say, script, seconds } from "./lib/cli.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { must } from "./lib/run.mjs";

const usage = `
Usage: scripts/docs [--serve]

Builds the documentation as a static site and prints its folder. A dead link fails the build.

  --serve    then serve it at http://127.0.0.1:4173/ until Ctrl-C

DOCS_BASE is the path of the site on its host ("/" if it is not set), DOCS_ORIGIN the host for the links of llms.txt,
such as https://docs.example.com.`;

const site = path.join(root, "docs/site");

await script({ usage, options: { serve: { type: "boolean" } } }, async ({ values }) => {
  await ensureInstalled(site);
  const start = performance.now();
  const vitepress = path.join(site, "node_modules/vitepress/bin/vitepress.js");
  await must(process.execPath, [vitepress, "build"], { cwd: site });
  say(`vitepress build: done in ${seconds(start)}`);
  process.stdout.write(`${path.join(site, "dist/site")}\n`);
  if (values.serve) await must(process.execPath, [vitepress, "preview", "--port", "4173"], { cwd: site, show: true });
});
