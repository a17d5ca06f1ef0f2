#!/usr/bin/env node
import { Command } from "commander";
import { version } from "../package.json";
import { adoptCommand } from "./adopt/command";
import { auditCommand } from "./audit/command";
import { contractCommand } from "./contract/command";
import { migrateCommand } from "./migrate/command";
import { routeCommand } from "./route/command";
import { exitCodeOf } from "./shared/errors";
import { simulateCommand } from "./simulate";

// `| head` closes the pipe: the end of the output is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

// Progress that is no longer read stops nothing: what a command has made, it removes all the same.
process.stderr.on("error", () => {});

/** With the first of these commands: they bring the provider, and the others start without it. */
function accountCommands(): typeof import("./account-commands") {
  return require("./account-commands");
}

new Command("pulumi-plivo")
  .description("Tools for Plivo SIP trunks as code.")
  .version(version)
  .addCommand(simulateCommand)
  .addCommand(migrateCommand)
  .addCommand(adoptCommand((options) => accountCommands().adopt(options)))
  .addCommand(contractCommand((options) => accountCommands().contract(options)))
  .addCommand(auditCommand((options) => accountCommands().runAudit(options)))
  .addCommand(routeCommand((number, options) => accountCommands().route(number, options)))
  .parseAsync()
  .catch((thrown) => {
    process.stderr.write(`error: ${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
    process.exitCode = exitCodeOf(thrown);
  });
