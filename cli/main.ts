#!/usr/bin/env node
import { Command } from "commander";
import { version } from "../package.json";
import { migrateCommand } from "./migrate/command";
import { simulateCommand } from "./simulate";

// `| head` closes the pipe: the end of the output is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

new Command("pulumi-plivo")
  .description("Tools for Plivo SIP trunks as code.")
  .version(version)
  .addCommand(simulateCommand)
  .addCommand(migrateCommand)
  .parseAsync()
  .catch((thrown) => {
    process.stderr.write(`error: ${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
    process.exitCode = 1;
  });
