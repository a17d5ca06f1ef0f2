/** Runs the official installer: `node install-cli.mjs VERSION FOLDER`. A process of its own, because it can only be stopped from outside. */

import { createRequire } from "node:module";
import { PulumiCommand } from "@pulumi/pulumi/automation/cmd.js";

const [, , version = "", folder = ""] = process.argv;
/** The SDK's own copy: `install` takes an instance of this very class. @type {{ SemVer: new (version: string) => never }} */
const semver = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json"))("semver");
try {
  await PulumiCommand.install({ version: new semver.SemVer(version), root: folder });
} catch (error) {
  process.stderr.write(String(error instanceof Error ? error.message : error));
  process.exitCode = 1;
}
