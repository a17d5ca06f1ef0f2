import { script } from "./lib/cli.mjs";
import { ensureInstalled } from "./lib/install.mjs";

const usage = `
Usage: scripts/test [unit] [engine] [package] [release] [--all] [--node22 | --no-node22] [-- JEST ARGUMENTS]

Sets everything up (npm ci, build, a real Pulumi engine), then runs scripts/check and all tests but those of "release".
With names: only these jest projects, without scripts/check. The last line is "N passed, N failed": tests, and each
check as one.

  --all          those of "release" too: other package managers, the oldest Pulumi, the site, a dry run of scripts/release
  --node22       also the built files, and the unit tests that depend on Node, under Node 22 (default in a full run, where it can be had)
  --no-node22    not that
  -- ...         for jest, such as: scripts/test engine -- -t drift`;

const options = /** @type {const} */ ({
  all: { type: "boolean" },
  node22: { type: "boolean" },
  "no-node22": { type: "boolean" },
});
const positionals = ["unit", "engine", "package", "release"];

await script({ usage, options, positionals }, async ({ values, positionals: names, rest }) => {
  await ensureInstalled();
  const full = names.length === 0;
  const { testAll } = await import("./test/test-all.mjs");
  return testAll({
    projects: full ? positionals.filter((name) => name !== "release" || values.all) : names,
    full,
    node22: !values["no-node22"] && (values.node22 === true || full),
    jestArgs: rest,
  });
});
